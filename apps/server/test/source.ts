/**
 * Reads the source of the project for the tests that check it: files, their imports, and the tables that they
 * write.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')

export type SourceFile = {
  /** Relative to the root of the project, with slashes. */
  path: string
  text: string
  lines: number
  /**
   * Its imports, at run time and of types only: paths of files, or names of packages. Those that are made
   * later, by `import()`, are `isLater`.
   */
  imports: { to: string; isType: boolean; isLater: boolean }[]
}

const skipped = new Set(['node_modules', 'dist', 'data', '.git', '.cache', 'output'])

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })

const importPattern =
  /^(import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm

const importsOf = (path: string, text: string): SourceFile['imports'] =>
  [...text.matchAll(importPattern)].map(([, , type, named, bare, dynamic]) => {
    const to = named ?? bare ?? dynamic ?? ''
    return {
      to: to.startsWith('.') ? relative(root, resolve(dirname(path), to)) : to,
      isType: type !== undefined,
      isLater: dynamic !== undefined,
    }
  })

/** All TypeScript of the project, tests included. */
export const sourceFiles = (): SourceFile[] =>
  walk(root)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      return {
        path: relative(root, path),
        text,
        lines: text.split('\n').length - 1,
        imports: importsOf(path, text),
      }
    })

/** Every path in the project, files and folders. */
export const everyPath = (): string[] => walk(root).map((path) => relative(root, path))
