import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { checkStrictly } from './strict.ts'

const Inner = Type.Object({ id: Type.String(), note: Type.Optional(Type.String()) })
const Outer = Type.Object({
  inner: Inner,
  list: Type.Array(Inner),
  map: Type.Record(Type.String(), Inner),
  either: Type.Union([Inner, Type.Null()]),
  props: Type.Record(Type.String(), Type.Unknown()),
  properties: Type.Optional(Type.Object({ a: Type.Integer() })),
})
const good = {
  inner: { id: 'a' },
  list: [{ id: 'b', note: 'n' }],
  map: { any: { id: 'c' } },
  either: { id: 'd' },
  props: { whatever: { people: 'write' } },
  properties: { a: 1 },
}
const more = { id: 'x', generation: 7 }

it('accepts what the contract names, and maps with any keys', () => {
  expect(() => checkStrictly('a record', Outer, good)).not.toThrow()
})

it.each([
  ['at the top', { ...good, generation: 7 }],
  ['in a record', { ...good, inner: more }],
  ['in a list', { ...good, list: [more] }],
  ['in a map', { ...good, map: { any: more } }],
  ['in one of several', { ...good, either: more }],
  ['in a record that is called like a word of schemas', { ...good, properties: { a: 1, b: 2 } }],
])('refuses a key that the contract does not name: %s', (_, value) => {
  expect(() => checkStrictly('a record', Outer, value)).toThrow('a record is not what the contract says')
})
