/**
 * Replaces TypeBox in the browser. The client uses the contract's schemas only as types; the server checks
 * with them. At run time the client needs only method and path of an operation, so the library that builds
 * schemas (some 20 kB) is left out. Keeps what the contract reads back: `properties`.
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
