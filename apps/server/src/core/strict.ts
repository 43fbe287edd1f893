/** Schemas of the contract that allow no additional keys: for tests and development. */
import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { compiled } from './schemas.ts'

/** The same schema, but its records allow no other keys. Maps (`Type.Record`) name no keys and stay open. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    copy[key] =
      key === 'properties'
        ? Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, closed(part)]))
        : closed(value)
  }
  return 'properties' in schema ? { ...copy, additionalProperties: false } : copy
}

/** Per process: strict forms of schemas, derived from the contract. */
const known = new WeakMap<TSchema, TSchema>()

const strict = (schema: TSchema): Validator => {
  const made = known.get(schema) ?? (closed(schema) as TSchema)
  known.set(schema, made)
  return compiled(made)
}

/** Throws if a value does not match its schema, or has, at any depth, keys that the schema does not name. */
export const checkStrictly = (what: string, schema: TSchema, value: unknown): void => {
  const check = strict(schema)
  if (check.Check(value)) return
  const errors = JSON.stringify([...check.Errors(value)].slice(0, 3))
  throw new Error(`${what} is not what the contract says: ${errors}`)
}
