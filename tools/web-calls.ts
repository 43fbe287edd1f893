/** Which operations of the contract the web client calls, read from its source and that of packages/client. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as wire from '../packages/wire/src/index.ts'
import { codeOf } from './setting-readers.ts'

const root = join(import.meta.dirname, '..')
const folders = ['apps/web/src', 'packages/client/src']
/** Tests call operations that no person does. */
const notCode = /\.(test|fixture)\.tsx?$/

export type Operation = { id: string; method: string; path: string }
type Table = Readonly<Record<string, Operation>>

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'id' in value && 'method' in value && 'path' in value

/** The tables of operations by the names under which the contract exports them. */
const tables = new Map(
  Object.entries(wire).flatMap(([name, value]: [string, unknown]): [string, Table][] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    const members = Object.values(value)
    return members.length > 0 && members.every(isOperation) ? [[name, value as Table]] : []
  }),
)

/** Every operation of the contract. */
export const contract: readonly Operation[] = [...tables.values()].flatMap((table) => Object.values(table))

/** `GET /api/v4/users/{}`: an operation or an address without the names of its parameters. */
export const nameless = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/\$?\{[^{}]*(\{[^{}]*\})*[^{}]*\}/g, '{}')}`

const byAddress = new Map(contract.map((each) => [nameless(each.method, each.path), each.id]))

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<![:'"`\w])\/\/[^\n]*/g, '')

const imports = /import (?:type )?\{([^}]*)\} from '@plausch\/wire'/g

/** The tables that a file imports, by their names in the file. */
const importedBy = (code: string): [alias: string, table: Table][] =>
  [...code.matchAll(imports)]
    .flatMap(([, names = '']) => names.split(','))
    .flatMap((part): [string, Table][] => {
      const [name = '', alias = name] = part.trim().split(' as ')
      const table = tables.get(name)
      return table ? [[alias, table]] : []
    })

/** What follows a table's name in the code; texts may have the same words. */
const usesOf = (code: string, alias: string): string[] =>
  [
    ...codeOf(code.replaceAll(imports, '')).matchAll(
      new RegExp(`(?<![.\\w])${alias}\\b(?!\\s*:)(?:\\.(\\w+))?`, 'g'),
    ),
  ].map(([, verb = '']) => verb)

/** The ids of the operations that a source file names. */
export const calledIn = (text: string): string[] => {
  const code = withoutComments(text)
  const byName = importedBy(code).flatMap(([alias, table]) =>
    usesOf(code, alias).flatMap((verb) => table[verb]?.id ?? []),
  )
  // Pictures and downloads: the browser gets them by their addresses.
  const byText = [...code.matchAll(/[`'"]((?:\/api\/v4)?\/(?:[^`'"?\s])+)/g)].flatMap(
    ([, address = '']) => byAddress.get(nameless('GET', address)) ?? [],
  )
  return [...new Set([...byName, ...byText])]
}

/** Uses of a table in a way that `calledIn` does not understand: not followed by one of its operations. */
export const unclearIn = (text: string): string[] => {
  const code = withoutComments(text)
  return importedBy(code).flatMap(([alias, table]) =>
    usesOf(code, alias)
      .filter((verb) => !(verb in table))
      .map((verb) => `${alias}.${verb}`),
  )
}

/** The source of the web client and of packages/client: paths from the root, and their texts. */
export const clientSources = async (): Promise<[path: string, text: string][]> => {
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((file) => `${folder}/${file}`),
    ),
  )
  const files = found.flat().filter((file) => /\.tsx?$/.test(file) && !notCode.test(file))
  return await Promise.all(
    files
      .sort()
      .map(async (file): Promise<[string, string]> => [file, await readFile(join(root, file), 'utf8')]),
  )
}

/** The files that call each operation, by its id. */
export const callersOf = async (): Promise<Map<string, string[]>> => {
  const callers = new Map<string, string[]>()
  for (const [path, text] of await clientSources())
    for (const id of calledIn(text)) callers.set(id, [...(callers.get(id) ?? []), path])
  return callers
}
