/**
 * Compiles schemas of the contract, each at its first check: most are not needed between two starts. The
 * compiler itself is a library of hundreds of modules. It is loaded after the start, or at the first check
 * (synchronously, because checks cannot wait).
 */
import { createRequire } from 'node:module'
import type { TSchema } from 'typebox'
import type * as typebox from 'typebox/compile'

const load = createRequire(import.meta.url)
/** Per process: a library that is loaded when it is first needed. */
let compiler: typeof typebox | undefined

/** Loads it before it is needed, without blocking anything. */
export const loadCompiler = async (): Promise<void> => {
  compiler ??= await import('typebox/compile')
}

/** Per process: checkers, derived from the contract. */
const known = new WeakMap<TSchema, unknown>()

export const compiled = <T extends TSchema>(schema: T): typebox.Validator<Record<never, never>, T> => {
  let validator = known.get(schema)
  if (!validator) {
    compiler ??= load('typebox/compile') as typeof typebox
    validator = compiler.Compile(schema)
    known.set(schema, validator)
  }
  return validator as typebox.Validator<Record<never, never>, T>
}
