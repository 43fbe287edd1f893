/**
 * Finds the keys that are always present in a record by the official types. The compiler answers: it resolves
 * type operators, generics and intersections better than any reader of their text.
 */
import { join } from 'node:path'
import { API, type Checker, SignatureKind, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync'

const repository = join(import.meta.dirname, '../../../..')
const CONFIG = join(repository, 'tsconfig.json')
const TYPES = join(import.meta.dirname, 'replies.ts')

/** A missing key, with the name of the type that requires it, and an example of where. */
export type Missing = { key: string; where: string }

export type Shapes = {
  /**
   * The missing keys of a value and of the records in it; null if the official types do not know the name.
   */
  missing(group: 'Replies' | 'Events' | 'Nested', name: string, value: unknown): Missing[] | null
  /** Types with keys in `Besides`, of which no record was seen. */
  unseen(): string[]
  close(): void
}

type Property = { name: string; type: Type; isOptional: boolean }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const has = (type: Type, flags: TypeFlags): boolean => (type.flags & flags) !== 0
const RECORD = TypeFlags.Object | TypeFlags.Intersection

const nameOf = (type: Type): string | undefined => {
  const name = (type.getAliasSymbol() ?? type.getSymbol())?.name
  return name === undefined || name === '__type' ? undefined : name
}

const readingProperties = (checker: Checker) => {
  const known = new Map<number, readonly Property[]>()
  return (type: Type): readonly Property[] => {
    const found =
      known.get(type.id) ??
      checker.getPropertiesOfType(type).map((symbol) => ({
        name: symbol.name,
        type: checker.getTypeOfSymbol(symbol) ?? checker.getAnyType(),
        isOptional: (symbol.flags & SymbolFlags.Optional) !== 0,
      }))
    known.set(type.id, found)
    return found
  }
}

type Properties = ReturnType<typeof readingProperties>
type Besides = ReadonlyMap<string, readonly Property[]>

/** Compares values with types, and records which types of `besides` it has met. */
const comparing = (checker: Checker, propertiesOf: Properties, besides: Besides, met: Set<string>) => {
  const itemOf = (type: Type) => checker.getIndexInfosOfType(type)[0]?.valueType
  /** Built-in types of the language, such as Date and Headers, have methods, and are not part of JSON. */
  const isOfLanguage = (own: readonly Property[]) =>
    own.some(({ type }) => checker.getSignaturesOfType(type, SignatureKind.Call).length > 0)

  const inRecord = (type: Type, value: Record<string, unknown>, where: string, owner: string): Missing[] => {
    const own = propertiesOf(type)
    if (isOfLanguage(own)) return []
    const name = nameOf(type) ?? owner
    const others = besides.get(name) ?? []
    if (others.length > 0) met.add(name)
    const needed = [...own.filter(({ isOptional }) => !isOptional), ...others]
    const values = itemOf(type)
    return [
      ...needed
        .filter((each) => !Object.hasOwn(value, each.name))
        .map((each) => ({ key: `${name}.${each.name}`, where })),
      ...own.flatMap((each) =>
        inValue(each.type, value[each.name], `${where}.${each.name}`, `${name}.${each.name}`),
      ),
      ...(values
        ? Object.values(value).flatMap((each) => inValue(values, each, `${where}.*`, `${name}.*`))
        : []),
    ]
  }

  const inValue = (type: Type, value: unknown, where: string, owner: string): Missing[] => {
    if (typeof value !== 'object' || value === null) return []
    if (type.isUnionType()) {
      const results = (type.getTypes() ?? [])
        .filter((each) => has(each, RECORD))
        .map((each) => inValue(each, value, where, owner))
      return results.sort((a, b) => a.length - b.length)[0] ?? []
    }
    if (!has(type, RECORD)) return []
    if (isRecord(value)) return inRecord(type, value, where, owner)
    const item = itemOf(type)
    return item && Array.isArray(value)
      ? value.flatMap((each) => inValue(item, each, `${where}[]`, `${owner}[]`))
      : []
  }
  return inValue
}

/** Asks the compiler about the types in replies.ts. */
export const openShapes = (): Shapes => {
  const api = new API({ cwd: repository })
  const project = api.updateSnapshot({ openProjects: [CONFIG] }).getProject(CONFIG)
  const source = project?.program.getSourceFile(TYPES)
  const module = source && project?.checker.getSymbolAtLocation(source)
  if (!project || !module) throw new Error('the compiler does not know the types of replies')
  const { checker } = project
  const propertiesOf = readingProperties(checker)
  const groups = new Map(
    checker
      .getExportsOfModule(module)
      .map((symbol) => [
        symbol.name,
        new Map(propertiesOf(checker.getDeclaredTypeOfSymbol(symbol)).map(({ name, type }) => [name, type])),
      ]),
  )
  const besides = new Map(
    [...(groups.get('Besides') ?? [])].map(([name, type]) => [name, propertiesOf(type)]),
  )
  const met = new Set<string>()
  const inValue = comparing(checker, propertiesOf, besides, met)
  return {
    missing(group, name, value) {
      const type = groups.get(group)?.get(name)
      return type ? inValue(type, value, name, name) : null
    },
    unseen: () => [...besides.keys()].filter((name) => !met.has(name)),
    close: () => api.close(),
  }
}
