import { expect, test } from 'vitest'
import { askedTerms, completed, dayOf, daysBefore, namesChannel, typedAt, withModifier } from './terms.ts'

test('the modifier at the caret is found, also negated and in capitals', () => {
  expect(typedAt('beam from:an', 12)).toEqual({ modifier: 'from', value: 'an', from: 10, to: 12 })
  expect(typedAt('-IN:town', 8)).toMatchObject({ modifier: 'in', value: 'town' })
  expect(typedAt('channel:x', 9)).toMatchObject({ modifier: 'in' })
  expect(typedAt('perform:x', 9)).toBeUndefined()
  expect(typedAt('from:ana beam', 13)).toBeUndefined()
})

test('a value is completed, and what follows stays', () => {
  const text = 'from:an beam'
  const typed = typedAt(text, 7)
  expect(typed && completed(text, typed, 'ana')).toEqual({ text: 'from:ana beam', caret: 9 })
})

test('modifiers are added after the words', () => {
  expect(withModifier('beam ', 'in')).toBe('beam in:')
  expect(withModifier('', 'on', '2026-11-30')).toBe('on:2026-11-30 ')
})

test('from:me names the searcher, but not people whose names begin with it', () => {
  expect(askedTerms('from:me beam -from:ME', 'ana')).toBe('from:ana beam -from:ana')
  expect(askedTerms('from:merle', 'ana')).toBe('from:merle')
})

test('a search that names a channel is known', () => {
  expect(namesChannel('x in:town')).toBe(true)
  expect(namesChannel('within:town')).toBe(false)
})

test('days are those of the calendar here', () => {
  expect(dayOf(new Date(2026, 0, 5))).toBe('2026-01-05')
  expect(daysBefore(1, new Date(2026, 2, 1))).toBe('2026-02-28')
})
