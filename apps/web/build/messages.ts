/**
 * Compiles the catalogues: the browser gets messages as syntax trees, and does not need the parser of ICU
 * messages.
 */
import { basename } from 'node:path'
import { parse } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'

/** A Vite plugin that turns `src/i18n/<language>.json` into a module of parsed messages. */
export const compiledMessages = (): Plugin => ({
  name: 'plausch-messages',
  enforce: 'pre',
  transform(code, file) {
    const [path = ''] = file.split('?')
    if (!/\/i18n\/[a-z]{2}\.json$/.test(path)) return undefined
    const messages = JSON.parse(code) as Record<string, string>
    const compiled = Object.entries(messages).map(([id, message]) => {
      try {
        return [id, parse(message)]
      } catch (error) {
        return this.error(`${basename(path)}, ${id}: ${String(error)}`)
      }
    })
    return { code: JSON.stringify(Object.fromEntries(compiled)), map: null }
  },
})
