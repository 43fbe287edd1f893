/**
 * Compiles the catalogues `src/i18n/<language>/<noun>.json`: the browser gets messages as syntax trees and
 * does not need the parser of ICU messages. They come in parts, so that no page waits for texts that it does
 * not show: `virtual:texts/<language>/<part>`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@formatjs/icu-messageformat-parser'
import type { Plugin } from 'vite'
import { forEverybody, loadedWith, onlyInConsole } from './loads.ts'

const ID = /^virtual:texts\/([a-z]{2})\/(entry|chat|rest|console)$/

/** Which of these ids do the files name, whole or by their beginning (`status.${…}`)? */
const namedIn = (files: ReadonlySet<string>, ids: readonly string[]): Set<string> => {
  const program = [...files].map((file) => readFileSync(file, 'utf8')).join('\n')
  const quoted = new Set([...program.matchAll(/['"]([a-z]\w*\.[\w.]+)['"]/gi)].map(([, id = '']) => id))
  const beginnings = [...program.matchAll(/`([a-z]\w*\.[\w.]*)\$\{/gi)].map(([, start = '']) => start)
  return new Set(ids.filter((id) => quoted.has(id) || beginnings.some((start) => id.startsWith(start))))
}

const catalogueOf = (folder: string): Record<string, string> =>
  Object.assign(
    {},
    ...readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  )

/** `source` is the folder `src` of the client. */
export const compiledTexts = (source: string): Plugin => {
  const partsOf = (ids: readonly string[]): Record<string, (id: string) => boolean> => {
    const atEntry = namedIn(
      loadedWith([join(source, 'main.tsx'), join(source, 'screens/SignedOut.tsx')]),
      ids,
    )
    const inChat = namedIn(loadedWith([join(source, 'screens/SignedIn.tsx')]), ids)
    const anywhere = namedIn(forEverybody(source), ids)
    const inConsole = namedIn(onlyInConsole(source), ids)
    const isForConsole = (id: string): boolean => inConsole.has(id) && !anywhere.has(id)
    return {
      entry: (id) => atEntry.has(id),
      chat: (id) => inChat.has(id) && !atEntry.has(id),
      rest: (id) => !inChat.has(id) && !atEntry.has(id) && !isForConsole(id),
      console: isForConsole,
    }
  }
  return {
    name: 'plausch-texts',
    resolveId: (id) => (ID.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, language = '', part = ''] = ID.exec(id.slice(1)) ?? []
      if (part === '') return undefined
      const folder = join(source, 'i18n', language)
      for (const name of readdirSync(folder)) this.addWatchFile(join(folder, name))
      const all = catalogueOf(folder)
      const isWanted = partsOf(Object.keys(all))[part] ?? (() => false)
      const compiled = Object.entries(all)
        .filter(([name]) => isWanted(name))
        .map(([name, text]) => {
          try {
            const tree = parse(text)
            // A text without parameters needs no tree.
            return [name, tree.length === 1 && tree[0]?.type === 0 ? tree[0].value : tree]
          } catch (error) {
            return this.error(`${language}, ${name}: ${String(error)}`)
          }
        })
      const data = JSON.stringify(JSON.stringify(Object.fromEntries(compiled)))
      return { code: `export default JSON.parse(${data})`, map: null }
    },
  }
}
