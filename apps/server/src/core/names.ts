/** Applies the rule of names to what a request brings, wherever the contract says that something is one. */
import { readableName } from '@plausch/wire'

type Schema = {
  'x-name'?: 'name' | 'text'
  properties?: Record<string, Schema>
  items?: Schema
}

type Cleaner = (value: unknown) => unknown

/** Undefined where no name is in the schema. */
export const nameCleanerOf = (schema: Schema | undefined): Cleaner | undefined => {
  const kind = schema?.['x-name']
  if (kind !== undefined) return (value) => (typeof value === 'string' ? readableName(value, kind) : value)
  const item = schema?.items && nameCleanerOf(schema.items)
  if (item) return (value) => (Array.isArray(value) ? value.map(item) : value)
  const named = Object.entries(schema?.properties ?? {}).flatMap(([name, each]): [string, Cleaner][] => {
    const cleaner = nameCleanerOf(each)
    return cleaner ? [[name, cleaner]] : []
  })
  if (named.length === 0) return undefined
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const cleaned: Record<string, unknown> = { ...value }
    for (const [name, cleaner] of named) if (name in cleaned) cleaned[name] = cleaner(cleaned[name])
    return cleaned
  }
}
