import type { DialogElement } from '@plausch/wire'
import { expect, test } from 'vitest'
import { problemWith, submissionOf, valuesOf } from './form.ts'

const text = (more: Partial<DialogElement> = {}): DialogElement => ({
  ...{ name: 'a', display_name: 'A', type: 'text' as const },
  ...more,
})
const options = [
  { text: 'One', value: '1' },
  { text: 'Two', value: '2' },
]

test('values begin with the defaults, and keep what an earlier step had', () => {
  const elements = [
    text({ default: 'x' }),
    text({ name: 'b', type: 'bool', default: 'true' }),
    text({ name: 'c', type: 'select', options, default: '2' }),
    text({ name: 'd', type: 'select', options, multiselect: true, default: '1, 2' }),
  ]
  expect(valuesOf(elements)).toEqual({ a: 'x', b: true, c: [options[1]], d: options })
  expect(valuesOf(elements, { a: 'y' }).a).toBe('y')
})

test('what is wrong is said before it is sent', () => {
  expect(problemWith(text(), '')?.id).toBe('form.missing')
  expect(problemWith(text({ optional: true }), '')).toBeUndefined()
  expect(problemWith(text({ min_length: 3 }), 'ab')?.id).toBe('interactions.tooShort')
  expect(problemWith(text(), 'a'.repeat(151))?.id).toBe('interactions.tooLong')
  expect(problemWith(text({ subtype: 'number' }), '1,5')?.id).toBe('interactions.noNumber')
  expect(problemWith(text({ subtype: 'email' }), 'ada')?.id).toBe('interactions.noEmail')
  expect(problemWith(text({ type: 'bool' }), false)).toBeUndefined()
})

test('numbers, lists and yes or no are sent as such', () => {
  const elements = [
    text({ subtype: 'number' }),
    text({ name: 'b', type: 'bool' }),
    text({ name: 'c', type: 'select', options }),
    text({ name: 'd', type: 'select', options, multiselect: true }),
    text({ name: 'e', optional: true }),
  ]
  expect(submissionOf(elements, { a: '7', b: false, c: [options[0] as never], d: options, e: '' })).toEqual({
    ...{ a: 7, b: false, c: '1', d: ['1', '2'] },
  })
})
