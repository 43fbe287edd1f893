/**
 * Builds the web client into the given folder, with compressed files beside the others, which the server
 * sends as they are.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Below this size a compressed file saves no packet. */
const LEAST_BYTES = 1024
const texts = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.webmanifest', '.xml'])

const compressInto = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile() || !texts.has(extname(entry.name))) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (bytes.length <= LEAST_BYTES) continue
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    const [small, smaller] = await Promise.all([
      promisify(gzip)(bytes, { level: 9 }),
      promisify(brotliCompress)(bytes, { params }),
    ])
    await writeFile(`${path}.gz`, small)
    await writeFile(`${path}.br`, smaller)
  }
}

type Vite = {
  build(options: {
    configFile: string
    logLevel: 'warn'
    build: { outDir: string; emptyOutDir: boolean }
  }): Promise<unknown>
}

const build = async (outDir: string) => {
  const configFile = join(import.meta.dirname, '../apps/web/vite.config.ts')
  // Vite is a dependency of the web client, not of the tools.
  const { build: run } = (await import(createRequire(configFile).resolve('vite'))) as Vite
  await run({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  await compressInto(outDir)
}

const [outDir] = process.argv.slice(2)
if (outDir === undefined || outDir.startsWith('-')) throw new Error('the folder to build into must be named')
await build(outDir)
