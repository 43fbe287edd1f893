/**
 * Tells the service worker which files it keeps for a start without the server, and names the version after
 * them. `PLAUSCH_SERVICE_WORKER=off` builds one that removes itself from every browser.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const WORKER = 'service-worker.js'
/** Parts that most people never use, or not without the server: they are kept when they are first used. */
const ON_DEMAND = /admin|calls|katex|emoji-data|emoji-table|highlight|chart/i

/** `publicFolder` has files that are copied as they are. */
export const shellOf = (publicFolder: string): Plugin => ({
  name: 'plausch-shell',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const worker = bundle[WORKER]
      if (worker?.type !== 'chunk') return this.error(`${WORKER} is missing`)
      if (worker.imports.length > 0) return this.error(`${WORKER} must be one file`)
      const built = Object.keys(bundle).filter(
        (name) => name !== WORKER && !name.endsWith('.map') && !ON_DEMAND.test(name),
      )
      const copied = existsSync(publicFolder) ? readdirSync(publicFolder) : []
      const files = [...new Set([...built, ...copied])].sort()
      const hash = createHash('sha256')
      for (const name of files) {
        hash.update(name)
        const file = bundle[name]
        if (file?.type === 'asset') hash.update(file.source)
        else if (file?.type === 'chunk') hash.update(file.code)
        else hash.update(readFileSync(join(publicFolder, name)))
      }
      const isOff = process.env.PLAUSCH_SERVICE_WORKER === 'off'
      const paths = files.map((name) => `/${name}`)
      const facts = [
        `const shellFiles=${JSON.stringify(paths)}`,
        `shellName=${JSON.stringify(hash.digest('hex').slice(0, 16))}`,
        `isSwitchedOff=${isOff}`,
      ]
      worker.code = `${facts.join(',')};\n${worker.code}`
    },
  },
})
