/**
 * Stands in for TypeBox in the browser. The contract's schemas are types here and checks on the server; the client needs method and path
 * of an operation only, so the library that builds schemas (some 20 kB) is left out. Keeps what the contract reads back: `properties`.
 */
type Schema = { properties?: unknown }

const nothing: Schema = {}

export const Type = {
  Object: (properties: unknown): Schema => ({ properties }),
  Array: () => nothing,
  Boolean: () => nothing,
  Integer: () => nothing,
  Literal: () => nothing,
  Null: () => nothing,
  Number: () => nothing,
  Optional: () => nothing,
  Record: () => nothing,
  String: () => nothing,
  Union: () => nothing,
  Unknown: () => nothing,
  Unsafe: () => nothing,
}
