import { expect, test } from 'vitest'
import { placesOf } from './highlights.ts'

const marked = (text: string, ...words: string[]) =>
  placesOf(text, words).map(([from, to]) => text.slice(from, to))

test('words are found in any case, with and without umlauts', () => {
  expect(marked('Die Prüfung der PRÜFUNGEN', 'prufung')).toEqual(['Prüfung', 'PRÜFUNG'])
  expect(marked('Die Prufung', 'Prüfung')).toEqual(['Prufung'])
})

test('short words are marked only where a word begins', () => {
  expect(marked('an und daran', 'an')).toEqual(['an'])
  expect(marked('Strahlenschutz', 'schutz')).toEqual(['schutz'])
})

test('nothing is marked where folding would move the letters', () => {
  expect(marked('İstanbul', 'istanbul')).toEqual([])
})
