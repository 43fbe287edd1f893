/**
 * Replaces `packages/wire` in the browser by what a client needs of it at run time: method, path and id of the
 * operations that it calls, and some functions. The schemas, which are most of the contract, are only for
 * types here; the server checks with them. Each operation becomes an export of its own, so that the bundler
 * leaves out those that nobody calls.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Plugin, runnerImport } from 'vite'

const NAME = '@plausch/wire'
const INDEX = '\0contract'
const NOUN = '\0contract/'

/** The functions that make schemas and operations. */
const MAKERS = /(?<![\w$.`])(?:Type\.\w+|operations|verbs?)(?=[(<])/g

type Operation = { id: string; method: string; path: string }
type Exports = Record<string, unknown>

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'id' in value

const isNoun = (value: unknown): value is Record<string, Operation> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(isOperation)

/** The operations of a noun, each an export: `export { o0 as list, o1 as delete }`. */
const nounCode = (operations: Record<string, Operation>): string => {
  const entries = Object.entries(operations)
  const made = entries.map(
    ([, { id, method, path }], n) => `const o${n} = ${JSON.stringify({ id, method, path })}`,
  )
  return `${made.join('\n')}\nexport { ${entries.map(([name], n) => `o${n} as ${name}`).join(', ')} }`
}

/** Everything else is exported from the files themselves: functions, and tables of words. */
const indexCode = (nouns: readonly string[], files: ReadonlyMap<string, string[]>): string =>
  [
    ...nouns.map((noun) => `export * as ${noun} from ${JSON.stringify(NOUN + noun)}`),
    ...[...files].map(([file, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(file)}`),
  ].join('\n')

/** The names that a file exports, as they are written in it. */
const exportedBy = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  )

/** Schemas and operations are values and nothing else: the bundler may leave out those that nobody uses. */
const asPure = (code: string): string =>
  code
    .split('\n')
    .map((line) => (/^\s*\/?\*/.test(line) ? line : line.replaceAll(MAKERS, '/*#__PURE__*/ $&')))
    .join('\n')

/** `folder` is the one of the contract's sources. */
export const slimContract = (folder: string): Plugin => {
  const source = realpathSync(folder)
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(source, name))
  let contract: Promise<Exports> | undefined
  const read = (): Promise<Exports> => {
    contract ??= runnerImport<Exports>(join(source, 'index.ts')).then(({ module }) => module)
    return contract
  }
  return {
    name: 'plausch-contract',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === NAME) return { id: INDEX, moduleSideEffects: false }
      if (id.startsWith(NOUN)) return { id, moduleSideEffects: false }
      // The files only declare: one of which nothing is used is left out.
      if (importer === undefined || !id.endsWith('.ts')) return undefined
      const path = id.startsWith('.') ? join(dirname(importer), id) : id
      return path.startsWith(source) && existsSync(path) ? { id: path, moduleSideEffects: false } : undefined
    },
    async load(id) {
      if (id !== INDEX && !id.startsWith(NOUN)) return undefined
      for (const file of files) this.addWatchFile(file)
      const all = await read()
      if (id !== INDEX) return nounCode(all[id.slice(NOUN.length)] as Record<string, Operation>)
      const nouns = Object.keys(all).filter((name) => isNoun(all[name]))
      const others = files.map((file): [string, string[]] => [
        file,
        exportedBy(file).filter((name) => name in all && !nouns.includes(name)),
      ])
      return indexCode(nouns, new Map(others.filter(([, names]) => names.length > 0)))
    },
    transform(code, id) {
      return id.startsWith(source) ? { code: asPure(code), map: null } : undefined
    },
    handleHotUpdate({ file }) {
      if (file.startsWith(source)) contract = undefined
    },
  }
}
