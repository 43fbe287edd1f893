/** Schemas of the contract that allow nothing beside what they name: for tests and development. */
import type { TSchema } from 'typebox'
import type { Validator } from 'typebox/compile'
import { compiled } from './schemas.ts'

/**
 * The same schema, but that records of it have no other keys. Maps by contract (`Type.Record`) name none and
 * stay open.
 */
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

/** Per process: strict forms of schemas, made of the contract. */
const known = new WeakMap<TSchema, TSchema>()

const strict = (schema: TSchema): Validator => {
  const made = known.get(schema) ?? (closed(schema) as TSchema)
  known.set(schema, made)
  return compiled(made)
}

/** Throws where a value is not what its schema says, or has keys that it does not name, in whatever depth. */
export const checkStrictly = (what: string, schema: TSchema, value: unknown): void => {
  const check = strict(schema)
  if (check.Check(value)) return
  const errors = JSON.stringify([...check.Errors(value)].slice(0, 3))
  throw new Error(`${what} is not what the contract says: ${errors}`)
}
