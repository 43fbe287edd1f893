/** Builds the page of parts for its test, and serves it. It is not part of the client. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { build, mergeConfig } from 'vite'
import config from '../../vite.config.ts'

const here = import.meta.dirname

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** As the server's own, so that a part that needs more is noticed. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

/** Those of the client's build that describe its own pages. */
const OF_THE_CLIENT = new Set(['plausch-preloads', 'plausch-shell'])

const isOfTheClient = (plugin: unknown): boolean =>
  typeof plugin === 'object' && plugin !== null && OF_THE_CLIENT.has(String(Reflect.get(plugin, 'name')))

export const buildParts = async (outDir: string): Promise<void> => {
  const { plugins = [], build: { rolldownOptions: _, ...building } = {}, ...rest } = config
  await build(
    mergeConfig(
      { ...rest, build: building, plugins: plugins.filter((plugin) => !isOfTheClient(plugin)) },
      {
        configFile: false,
        root: here,
        logLevel: 'warn',
        build: { outDir, emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 1000 },
      },
    ),
  )
}

export const serveParts = async (folder: string): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://parts')
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    readFile(join(folder, name)).then(
      (content) => {
        response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream')
        response.setHeader('content-security-policy', POLICY)
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
