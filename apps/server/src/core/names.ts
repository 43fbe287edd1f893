/** Applies the rule for names to input, wherever the contract says that a field is a name. */
import { readableName } from '@plausch/wire'

type Schema = {
  'x-name'?: 'name' | 'text'
  properties?: Record<string, Schema>
  items?: Schema
}

type Cleaner = (value: unknown) => unknown

/** Undefined if the schema contains no name. */
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
