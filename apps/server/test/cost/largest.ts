/** The largest requests that the contract permits, filled with text that is expensive to parse. */
import type { Operation } from '@plausch/wire'
import { takesRecord } from '../rows.ts'
import { filled } from './measure.ts'

/** Text to fill fields with, by a name for the report. */
export const fillers: readonly (readonly [name: string, unit: string])[] = [
  ['letters', 'a'],
  ['blanks', ' '],
  ['words', 'wort '],
  ['images without an end', '(!['],
  ['hosts without an end', '[www..'],
  ['names', '@ana. '],
  ['names that are glued together', '_@'],
  ['hashtags', '#a '],
  ['quotes', '"- '],
  ['marks', '_*`~'],
  ['brackets', '<a>'],
  ['signs of four bytes', '😀'],
  ['lines', 'a,\n'],
  [
    'tables without cells',
    `@ana \`a\`\n\n|${'a|'.repeat(180)}\n|${'-|'.repeat(180)}\n${'|\n'.repeat(360)}\n`,
  ],
]

/** Bytes of JSON: less than the limit of an operation (core/http.ts). */
const MOST_BYTES = 280_000
const MOST_PROPS = 60_000
const MOST_IN_ADDRESS = 400
const MOST_ITEMS = 1000

type Schema = {
  type?: string
  pattern?: string
  maxLength?: number
  maxItems?: number
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
}

/** `longest` and `most` limit texts and lists if the contract does not. */
type Filling = { unit: string; share: number; longest: number; most: number }

const isId = ({ pattern = '' }: Schema) => pattern.includes('{26}')
let serial = 0
const someId = () => {
  serial += 1
  return serial.toString(36).padStart(26, 'x')
}

/** Each text differs from all earlier ones, so that a message parsed before is not found in the cache. */
const text = ({ unit, share, longest }: Filling, maxLength = longest): string => {
  serial += 1
  const length = Math.floor(Math.min(maxLength, longest) * share)
  return `${serial.toString(36)} ${filled(unit, length)}`.slice(0, length)
}

/**
 * `sample` is the value in a permitted request: values that the schema does not describe (ids, enumerated
 * words) stay.
 */
const fill = (schema: Schema, sample: unknown, filling: Filling): unknown => {
  const { share, longest, most } = filling
  if (schema.const !== undefined) return sample ?? schema.const
  if (schema.anyOf) {
    const [text] = schema.anyOf.filter(({ type, const: word }) => type === 'string' && word === undefined)
    return text && !isId(text) ? fill(text, sample, filling) : sample
  }
  switch (schema.type) {
    case 'string':
      if (isId(schema)) return sample
      return text(filling, schema.maxLength)
    case 'array': {
      const known = Array.isArray(sample) ? sample : []
      const count = Math.floor(Math.min(schema.maxItems ?? most, most) * share)
      const items = schema.items ?? {}
      const each = { ...filling, share: 1, longest: Math.min(longest, 200) }
      return Array.from({ length: Math.max(count, known.length) }, (_, index) =>
        isId(items) ? (known[index] ?? someId()) : fill(items, known[index % known.length], each),
      )
    }
    case 'object': {
      if (schema.properties) return fillObject(schema.properties, sample, filling)
      return { ...(sample as object), text: text(filling, MOST_PROPS) }
    }
    default:
      return sample
  }
}

const fillObject = (properties: Record<string, Schema>, sample: unknown, filling: Filling): unknown => {
  const known = (sample ?? {}) as Record<string, unknown>
  const parts = Object.entries(properties).map(([name, schema]) => [name, fill(schema, known[name], filling)])
  return { ...known, ...Object.fromEntries(parts.filter(([, value]) => value !== undefined)) }
}

type Request = { body: unknown; query: Record<string, string> }

/** A request with one part as large as permitted; `of` takes the share: 1, or 0.5 for half of that. */
export type Variant = { name: string; of(share: number): Request }

type Shrinking = (filling: Filling) => unknown

/** The largest filling that fits into a request. */
const fitting = (make: Shrinking, unit: string, longest: number): Filling => {
  for (let filling = { unit, share: 1, longest, most: MOST_ITEMS }; ; ) {
    if (Buffer.byteLength(JSON.stringify(make(filling))) <= MOST_BYTES) return filling
    filling = { ...filling, longest: filling.longest / 2, most: filling.most / 3 }
  }
}

/** Valid texts have at most 16,383 characters; larger ones are refused, which may also be expensive. */
const LENGTHS = [16_383, MOST_BYTES]

const variantOf = (
  name: string,
  request: Request,
  unit: string,
  longest: number,
  make: Shrinking,
): Variant => {
  const filling = fitting(make, unit, longest)
  return { name, of: (share) => ({ ...request, body: make({ ...filling, share }) }) }
}

const bodyVariants = (operation: Operation, request: Request, unit: string): Variant[] => {
  if (!takesRecord(operation)) return []
  const schema = operation.body as Schema
  const sample = request.body as Record<string, unknown>
  const makers: [name: string, make: Shrinking][] = schema.properties
    ? Object.entries(schema.properties)
        .filter(
          ([name, part]) =>
            fill(part, sample[name], { unit, share: 1, longest: 2, most: 1 }) !== sample[name],
        )
        .map(([name, part]) => [
          name,
          (filling) => ({ ...sample, [name]: fill(part, sample[name], filling) }),
        ])
    : [['body', (filling) => fill(schema, sample, filling)]]
  return makers.flatMap(([name, make]) =>
    LENGTHS.map((longest) => variantOf(`${name} of ${longest}`, request, unit, longest, make)),
  )
}

const queryVariants = ({ query: parts = {} }: Operation, request: Request, unit: string): Variant[] =>
  Object.entries(parts).flatMap(([name, { schema }]) => {
    const { maxLength } = schema as Schema
    if (maxLength === undefined) return []
    const longest = Math.min(maxLength, MOST_IN_ADDRESS)
    const of = (share: number) => ({
      ...request,
      query: { ...request.query, [name]: filled(unit, Math.floor(longest * share)) },
    })
    return [{ name, of }]
  })

/** A permitted request, with each of its parts in turn as large as permitted. */
export const variantsOf = (operation: Operation, request: Request, unit: string): Variant[] => [
  ...bodyVariants(operation, request, unit),
  ...queryVariants(operation, request, unit),
]
