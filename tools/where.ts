/**
 * `npm run where posts.create`: every place of an operation: contract, route, guard, function, SQL, events
 * and facts, tests. It also takes a path (`/posts/{post_id}`, also with ids or with a method), a name of the
 * official client library (`createPost`), an event (`posted`) and an action of the socket (`user_typing`).
 * Reads the sources each time, so the result is never out of date.
 */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Row } from '@plausch/server/core/route.ts'
import { parseSync } from 'oxc-parser'
import { officialNames } from './official-names.ts'

const root = join(import.meta.dirname, '..')
const features = join(root, 'apps/server/src/features')

type Node = { type: string; start: number; end: number; [key: string]: unknown }
/** A top-level declaration of a file, with its source. */
type Declared = { file: string; line: number; name: string; text: string }
/** The names that a file knows: its declarations, and the origins of its imports. */
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

/** The declaration of a name that a file uses, followed through imports and the index files of features. */
const find = async (file: string, name: string): Promise<Declared | undefined> => {
  const { declared, imported } = await moduleOf(file)
  const found = declared.get(name)
  if (found) return found
  const from = imported.get(name)
  return from ? await find(from.file, from.name) : undefined
}

/** Everything of the same feature that a declaration uses, itself first. */
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

/** Lines of a file that match a pattern. */
const matches = async (file: string, pattern: RegExp): Promise<string[]> => {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  return lines.flatMap((text, at) =>
    pattern.test(text) ? [`${shown({ file, line: at + 1 })}  ${text.trim()}`] : [],
  )
}

/** Those of the noun itself first. */
const testsOf = async (id: string, own: string): Promise<string[]> => {
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
  return [...found.filter((each) => each.startsWith(own)), ...found.filter((each) => !each.startsWith(own))]
}

/** Events for clients, and facts for other features with those who listen to them. */
const toldBy = async (parts: Declared[]): Promise<string[]> => {
  const { events } = await import('../packages/wire/src/index.ts')
  const lines: string[] = []
  for (const part of parts) {
    for (const [, name = ''] of part.text.matchAll(/'(\w+)'/g))
      if (name in events) lines.push(`event ${name}  ${shown(part)}`)
    for (const [, fact = ''] of part.text.matchAll(/\bemit\(\s*(\w+)/g)) {
      lines.push(`fact ${fact}  ${shown(part)}`)
      const heard = new RegExp(`\\b(within|after|afterIn)\\(\\s*${fact}\\b`)
      for (const line of await linesIn(['apps/server/src/features'], heard)) lines.push(`  heard by ${line}`)
    }
  }
  return [...new Set(lines)]
}

const isSql = ({ file, text }: Declared) => /(^|[/-])store\.ts$/.test(file) && text.startsWith('export')

/** Guard and function of a row, which may span several lines. */
const rowOf = async (file: string, verb: string) => {
  const text = await readFile(file, 'utf8').catch(() => '')
  const found = new RegExp(`^  ${verb}: on\\(\\s*(?:anyoneWho\\()?(\\w+)\\)?,\\s*(\\w+)`, 'm').exec(text)
  return found && { line: lineAt(text, found.index), guard: found[1] ?? '', run: found[2] ?? '' }
}

const floorOf = async (noun: string): Promise<string> => {
  const { floors } = await import('../apps/server/src/features/index.ts')
  const found = Object.entries(floors).find(([, rooms]) => rooms.some(({ name }) => name === noun))
  return found?.[0] ?? ''
}

/** Prints the places of an operation. */
const showOperation = async (id: string) => {
  const [noun = '', verb = ''] = id.split('.')
  const floor = await floorOf(noun)
  const contract = await matches(
    join(root, `packages/wire/src/${floor}/${noun}.ts`),
    new RegExp(`^  ${verb}: \\w+(\\.\\w+)?\\(`),
  )
  const table = join(features, floor, noun, 'routes.ts')
  const row = await rowOf(table, verb)
  const { guard, run } = row ?? { guard: '', run: '' }
  const [judge, work] = [await find(table, guard), await find(table, run)]
  const [judging, parts] = [judge ? await reachable(judge) : [], work ? await reachable(work) : []]
  const stores = new Map(
    [...parts, ...judging].filter(isSql).map((part) => [`${part.file} ${part.name}`, part]),
  )
  say('contract', contract)
  say('route', row ? [shown({ file: table, line: row.line })] : [])
  say('guard', judge ? [`${shown(judge)}  ${guard}`] : [])
  say('function', work ? [`${shown(work)}  ${run}`] : [])
  say(
    'SQL',
    [...stores.values()].map((part) => `${shown(part)}  ${part.name}`),
  )
  say('tells', await toldBy(parts))
  say('tests', await testsOf(id, join('apps/server/src/features', floor, noun)))
}

/** Matching lines of sources: of the server, the contract, the clients, or all tests. */
const linesIn = async (folders: string[], pattern: RegExp, isTest = false): Promise<string[]> => {
  const found: string[] = []
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true })
    for (const entry of entries.sort()) {
      if (!/\.tsx?$/.test(entry) || entry.includes('node_modules')) continue
      if (isTest === /\.test\.ts$|\/test\//.test(join(folder, entry)))
        found.push(...(await matches(join(root, folder, entry), pattern)))
    }
  }
  return found
}

/** Prints the places of an event or a socket action. */
const showEvent = async (name: string) => {
  const named = new RegExp(`'${name}'`)
  say('contract', await linesIn(['packages/wire/src'], new RegExp(`^  '?${name}'?:`)))
  say('server', await linesIn(['apps/server/src'], new RegExp(`'${name}'|^  ${name}: `)))
  say('clients', await linesIn(['packages/client/src', 'apps/web/src'], new RegExp(`'${name}'|^  ${name}: `)))
  say('tests', (await linesIn(['apps', 'packages', 'e2e'], named, true)).slice(0, 20))
}

const rows = async (): Promise<readonly Row[]> => {
  const { features: all } = await import('../apps/server/src/features/index.ts')
  return all.flatMap((feature) => feature.routes ?? [])
}

/** Operations that match a request; without a method, those of all methods. */
const idsAt = async (method: string, path: string): Promise<string[]> => {
  const asked = path.replace(/^\/?(api\/v4\/)?/, '/api/v4/').split('/')
  const fits = (pattern: string): number => {
    const parts = pattern.split('/')
    const same = parts.map((part, at) => (part === asked[at] ? 1 : part.startsWith('{') ? 0 : -1))
    if (parts.length !== asked.length || same.includes(-1)) return -1
    return same.filter((each) => each === 1).length
  }
  const found = (await rows())
    .map(({ operation }) => operation)
    .filter((operation) => method === '' || operation.method === method)
    .map(({ id, path: pattern }) => ({ id, fit: fits(pattern) }))
    .filter(({ fit }) => fit >= 0)
  // As in the server, a fixed word is preferred to a parameter.
  const best = Math.max(...found.map(({ fit }) => fit))
  return found.filter(({ fit }) => fit === best).map(({ id }) => id)
}

const idsNamed = async (question: string): Promise<string[]> => {
  const [, method = '', path] = /^(?:([A-Za-z]+)\s+)?(\/?[\w{}.-]*\/.*)$/.exec(question) ?? []
  if (path) return await idsAt(method.toUpperCase(), path)
  if ((await rows()).some(({ operation }) => operation.id === question)) return [question]
  const official = (await officialNames()).get(question)
  return official ? await idsAt(official.method, official.path) : []
}

const where = async (question: string): Promise<number> => {
  const { actions, events } = await import('../packages/wire/src/index.ts')
  if (question in events || question in actions) {
    await showEvent(question)
    return 0
  }
  const ids = await idsNamed(question)
  for (const [at, id] of ids.entries()) {
    if (at > 0) process.stdout.write('\n')
    if (id !== question) say('operation', [id])
    await showOperation(id)
  }
  if (ids.length > 0) return 0
  process.stderr.write(
    `Nothing here is called '${question}'. Ask for an operation (posts.create), a path (/posts/{post_id}), a name of
the official client (createPost), an event (posted) or an action of the socket (user_typing).
`,
  )
  return 1
}

// Some of the imports keep the process running.
process.exit(await where(process.argv.slice(2).join(' ')))
