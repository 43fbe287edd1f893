import { expect, test } from 'vitest'
import { isFound } from './search.ts'

test('a setting is found by parts of its words, in any order', () => {
  const texts = ['Uhrzeit', 'Im 24-Stunden-Format']
  expect(isFound('uhr', texts)).toBe(true)
  expect(isFound('format 24', texts)).toBe(true)
  expect(isFound('  Stunden ', texts)).toBe(true)
  expect(isFound('uhr sprache', texts)).toBe(false)
})

test('accents and case do not matter', () => {
  expect(isFound('kanale', ['Kanäle'])).toBe(true)
  expect(isFound('KANÄLE', ['Kanäle'])).toBe(true)
})

test('an empty term finds everything', () => {
  expect(isFound('', ['Uhrzeit'])).toBe(true)
})
