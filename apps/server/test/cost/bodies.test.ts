/** Bodies that are expensive to parse, for any operation. */
import { type Place, place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { provenExcess } from './measure.ts'

let at: Place
beforeAll(async () => {
  at = await place({ checksReplies: false, fixed: unlimited })
})
afterAll(() => at.stop())

const SIZE = 290_000
const shapes: Record<string, (size: number) => string> = {
  'nested lists': (size) => `{"props":{"a":${'['.repeat(size / 2)}${']'.repeat(size / 2)}}}`,
  'nested objects': (size) => `{"props":${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}}`,
  'lists a thousand deep': (size) =>
    `{"props":{"a":[${Array(Math.floor(size / 2002))
      .fill('['.repeat(1000) + ']'.repeat(1000))
      .join()}]}}`,
  'many names': (size) => `{"props":{${Array.from({ length: size / 10 }, (_, n) => `"${n}":1`).join()}}}`,
  'many names that are no numbers': (size) =>
    `{"props":{${Array.from({ length: size / 14 }, (_, n) => `"name${n}":1`).join()}}}`,
  'names that differ late': (size) =>
    `{"props":{${Array.from({ length: size / 100 }, (_, n) => `"${'a'.repeat(90)}${n}":1`).join()}}}`,
  'many numbers': (size) => `{"props":{"a":[${'1e9,'.repeat(size / 5)}1]}}`,
  escapes: (size) => `{"message":"${'\\u00e4'.repeat(size / 6)}"}`,
  'halves of surrogate pairs': (size) => `{"message":"${'\\ud83d'.repeat(size / 6)}"}`,
  'nothing but blanks': (size) => ' '.repeat(size),
  'no JSON': (size) => '{"a"'.repeat(size / 4),
}

it.each(Object.keys(shapes))(
  '%s cost at most a turn, and no more than linearly in their length',
  async (name) => {
    const channel_id = at.townSquare.id
    const attempt = async (share: number) => {
      const body = shapes[name]?.(Math.floor(SIZE * share)) ?? ''
      const filled =
        body.startsWith('{"') && !body.startsWith('{"a"')
          ? `{"channel_id":"${channel_id}",${body.slice(1)}`
          : body
      const { status } = await at.ana.fetch('/api/v4/posts', { method: 'POST', body: filled })
      expect([201, 400]).toContain(status)
    }
    expect(await provenExcess(attempt)).toBeUndefined()
  },
)
