/** Parses and checks the input of a request, once, against the contract. */
import { fitsPath, isStreamed, type Operation } from '@plausch/wire'
import type { Validator } from 'typebox/compile'
import { Fault } from './faults.ts'
import { readJson } from './json.ts'
import { nameCleanerOf } from './names.ts'
import { compiled } from './schemas.ts'

export type Input = { params: Record<string, string>; query: Record<string, unknown>; body: unknown }

/** `self` is the caller's id, for which `me` in a path stands. */
type Reader = (
  params: Record<string, string>,
  query: Record<string, string | string[] | undefined>,
  body: Buffer,
  self: string,
) => Input

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Parses JSON as Go's decoder does. */
const parse = (bytes: Buffer): unknown => {
  const text = bytes.toString('utf8')
  if (text.trim() === '') return undefined
  try {
    return readJson(text)
  } catch {
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'JSON' })
  }
}

const withoutNulls = (value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)) : value

/** Keeps only the properties that the contract names, so that no unknown one goes any further. */
const pick = (value: unknown, names: readonly string[] | undefined): unknown =>
  names && isRecord(value)
    ? Object.fromEntries(names.flatMap((name) => (name in value ? [[name, value[name]]] : [])))
    : value

/** How a body is read: which properties are kept, and the value of an absent body. */
type Shape = {
  names: readonly string[] | undefined
  absent: unknown
  cleaned: ((value: unknown) => unknown) | undefined
}

type Schema = { properties?: Record<string, unknown>; required?: readonly string[] }

/** A body without required properties may be absent altogether, as in v4. */
const shapeOf = ({ properties, required = [], ...schema }: Schema = {}): Shape => ({
  cleaned: nameCleanerOf({ properties, ...schema } as Parameters<typeof nameCleanerOf>[0]),
  names: properties && Object.keys(properties),
  absent: properties && required.length === 0 ? {} : undefined,
})

const readBody = (check: Validator, { names, absent, cleaned }: Shape, bytes: Buffer): unknown => {
  const parsed = parse(bytes) ?? absent
  const picked = pick(withoutNulls(parsed), names)
  const value = cleaned ? cleaned(picked) : picked
  if (check.Check(value)) return value
  const [first] = check.Errors(value)
  const path = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? ''
  throw new Fault('api.context.invalid_body_param.app_error', { name: path === '' ? 'body' : path })
}

/**
 * Values that a body may repeat from the path, as [in the body, in the path]: ids of the same name, and the
 * `id` of what the path ends with.
 */
const repeatedIn = ({ path }: Operation, names: readonly string[] = []): [string, string][] => {
  const inPath = [...path.matchAll(/\{(\w+_id)\}/g)].map(([, name = '']) => name)
  const subject = path.endsWith('}') ? inPath.at(-1) : undefined
  return names.flatMap((name): [string, string][] => {
    if (name === 'id') return subject ? [[name, subject]] : []
    return inPath.includes(name) ? [[name, name]] : []
  })
}

/** The server must not guess which of two contradicting ids the client means. */
const refuseContradiction = (repeated: readonly [string, string][], { params, body }: Input): void => {
  if (!isRecord(body)) return
  for (const [name, inPath] of repeated) {
    const said = body[name]
    if (said !== undefined && said !== '' && said !== params[inPath])
      throw new Fault('api.context.invalid_body_param.app_error', { name })
  }
}

/** Makes the reader of an operation's input. */
export const readerOf = (operation: Operation): Reader => {
  const shape = shapeOf(operation.body as Schema | undefined)
  const repeated = repeatedIn(operation, shape.names)
  const parts = Object.entries(operation.query ?? {})
  return (params, query, body, self) => {
    for (const [name, value] of Object.entries(params)) {
      if (!fitsPath(name, value)) throw new Fault('api.context.invalid_url_param.app_error', { name })
    }
    const read: Record<string, unknown> = {}
    for (const [name, part] of parts) {
      const raw = query[name]
      const value = part.read(Array.isArray(raw) ? raw[0] : raw)
      if (value === undefined) throw new Fault('api.context.invalid_body_param.app_error', { name })
      read[name] = value
    }
    if (params.user_id === 'me') params.user_id = self
    if (!operation.body || isStreamed(operation)) return { params, query: read, body: undefined }
    const input = { params, query: read, body: readBody(compiled(operation.body), shape, body) }
    refuseContradiction(repeated, input)
    return input
  }
}
