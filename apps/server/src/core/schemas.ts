/**
 * Compiles schemas of the contract, each when something is first checked against it: most of them never are between two starts. The compiler
 * itself is a library of hundreds of modules: it is loaded when the start is over, or with the first check (at once, as checks do not wait).
 */
import { createRequire } from 'node:module'
import type { TSchema } from 'typebox'
import type * as typebox from 'typebox/compile'

const load = createRequire(import.meta.url)
/** Per process: a library that is loaded when it is first needed. */
let compiler: typeof typebox | undefined

/** Loads it before it is needed, without holding anything up. */
export const loadCompiler = async (): Promise<void> => {
  compiler ??= await import('typebox/compile')
}

/** Per process: checkers, made of the contract. */
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
