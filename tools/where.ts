/**
 * `npm run where posts.create`: every place where an operation is at home: contract, route, guard, function,
 * SQL, what it tells, tests. Reads the sources; nothing is kept, so nothing is ever out of date.
 */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

const root = join(import.meta.dirname, '..')
const features = join(root, 'apps/server/src/features')

type Node = { type: string; start: number; end: number; [key: string]: unknown }
/** A thing that a file declares at its top, with its source. */
type Declared = { file: string; line: number; name: string; text: string }
/** Names that a file knows: what it declares, and where the others come from. */
type Module = { declared: Map<string, Declared>; imported: Map<string, { file: string; name: string }> }

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

const nodesOf = (value: unknown): Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []

const nameOf = (node: unknown): string => {
  if (!isNode(node)) return ''
  return String(node.name ?? node.value ?? '')
}

const modules = new Map<string, Promise<Module>>()

const readModule = async (file: string): Promise<Module> => {
  const text = await readFile(file, 'utf8').catch(() => '')
  const module: Module = { declared: new Map(), imported: new Map() }
  const declare = (name: string, { start, end }: Node) =>
    module.declared.set(name, { file, line: lineAt(text, start), name, text: text.slice(start, end) })
  for (const node of nodesOf(parseSync(file, text).program.body)) {
    const source = isNode(node.source) ? String(node.source.value) : ''
    for (const each of nodesOf(node.specifiers)) {
      if (!source.startsWith('.')) continue
      const [here, there] =
        each.type === 'ExportSpecifier' ? [each.exported, each.local] : [each.local, each.imported]
      module.imported.set(nameOf(here), { file: join(dirname(file), source), name: nameOf(there) })
    }
    const inner = isNode(node.declaration) ? node.declaration : node
    if (inner.type === 'FunctionDeclaration') declare(nameOf(inner.id), node)
    for (const each of nodesOf(inner.declarations)) declare(nameOf(each.id), node)
  }
  return module
}

const moduleOf = (file: string): Promise<Module> => {
  const known = modules.get(file) ?? readModule(file)
  modules.set(file, known)
  return known
}

/** Where a name that a file uses is declared; followed through imports and the index files of features. */
const find = async (file: string, name: string): Promise<Declared | undefined> => {
  const { declared, imported } = await moduleOf(file)
  const found = declared.get(name)
  if (found) return found
  const from = imported.get(name)
  return from ? await find(from.file, from.name) : undefined
}

/** Everything of the same feature that something uses, itself first. */
const reachable = async (start: Declared): Promise<Declared[]> => {
  const seen = new Map([[`${start.file} ${start.name}`, start]])
  for (const each of seen.values()) {
    for (const [word] of each.text.matchAll(/\b[A-Za-z_]\w*\b/g)) {
      const found = await find(each.file, word)
      if (found && dirname(found.file) === dirname(start.file)) seen.set(`${found.file} ${found.name}`, found)
    }
  }
  return [...seen.values()]
}

const shown = (place: { file: string; line: number }) => `${relative(root, place.file)}:${place.line}`

const say = (title: string, places: string[]) => {
  for (const [at, place] of (places.length > 0 ? places : ['none']).entries()) {
    process.stdout.write(`${(at === 0 ? title : '').padEnd(10)}${place}\n`)
  }
}

/** Lines of a file that a pattern fits. */
const matches = async (file: string, pattern: RegExp): Promise<string[]> => {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  return lines.flatMap((text, at) =>
    pattern.test(text) ? [`${shown({ file, line: at + 1 })}  ${text.trim()}`] : [],
  )
}

const testsOf = async (id: string): Promise<string[]> => {
  const pattern = new RegExp(`\\b${id.replace('.', '\\.')}\\b`)
  const found: string[] = []
  for (const folder of ['apps', 'packages', 'e2e']) {
    const entries = await readdir(join(root, folder), { recursive: true })
    for (const entry of entries
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
      .sort()) {
      const [first, ...more] = await matches(join(root, folder, entry), pattern)
      if (first) found.push(more.length > 0 ? `${first}  (and ${more.length} more)` : first)
    }
  }
  return found
}

/** What something tells: events to clients, facts to other features. */
const toldBy = (parts: Declared[]): string[] =>
  parts.flatMap((part) =>
    [...part.text.matchAll(/\b(publish|emit)\(\s*'?([\w.]+)'?/g)].map(([, kind, name]) => {
      return `${kind === 'publish' ? 'event' : 'fact'} ${name}  ${shown(part)}`
    }),
  )

const isSql = ({ file, text }: Declared) => /(^|[/-])store\.ts$/.test(file) && text.startsWith('export')

/** Guard and function of a row, which may stand on several lines. */
const rowOf = async (file: string, verb: string) => {
  const text = await readFile(file, 'utf8').catch(() => '')
  const found = new RegExp(`^  ${verb}: on\\(\\s*(?:anyoneWho\\()?(\\w+)\\)?,\\s*(\\w+)`, 'm').exec(text)
  return found && { line: lineAt(text, found.index), guard: found[1] ?? '', run: found[2] ?? '' }
}

const where = async (id: string): Promise<number> => {
  const [, noun = '', verb = ''] = /^(\w+)\.(\w+)$/.exec(id) ?? []
  const contract = await matches(
    join(root, `packages/wire/src/${noun}.ts`),
    new RegExp(`^  ${verb}: \\w+(\\.\\w+)?\\(`),
  )
  const table = join(features, noun, 'routes.ts')
  const row = await rowOf(table, verb)
  if (verb === '' || contract.length === 0 || !row) {
    process.stderr.write(
      `There is no operation '${id}'. They are named noun.verb, after the files in packages/wire/src.\n`,
    )
    return 1
  }
  const { guard, run } = row
  const [judge, work] = [await find(table, guard), await find(table, run)]
  const [judging, parts] = [judge ? await reachable(judge) : [], work ? await reachable(work) : []]
  const stores = new Map(
    [...parts, ...judging].filter(isSql).map((part) => [`${part.file} ${part.name}`, part]),
  )
  say('contract', contract)
  say('route', [shown({ file: table, line: row.line })])
  say('guard', judge ? [`${shown(judge)}  ${guard}`] : [])
  say('function', work ? [`${shown(work)}  ${run}`] : [])
  say(
    'SQL',
    [...stores.values()].map((part) => `${shown(part)}  ${part.name}`),
  )
  say('tells', [...new Set(toldBy(parts))])
  say('tests', await testsOf(id))
  return 0
}

process.exit(await where(process.argv[2] ?? ''))
