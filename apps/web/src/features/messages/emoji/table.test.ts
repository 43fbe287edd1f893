import { createRequire } from 'node:module'
import { isSystemEmoji } from '@plausch/wire'
import { expect, test } from 'vitest'
import { linesOf } from '../../../../build/emoji.ts'
import { EMOJI } from '../../../ui/emoji/emoji-table.ts'
import { type PickedEmoji, searched, tableFrom } from './table.ts'

const { resolve } = createRequire(import.meta.url)
const linesIn = (language: string) => linesOf(resolve(`emojibase-data/${language}/compact.json`)).join('\n')
const table = tableFrom(EMOJI, linesIn('de'), linesIn('en'))
const first = (term: string) => searched(table, term)[0]?.text

test('every emoji is one that the server knows, in every tone that it offers', () => {
  expect(table.length).toBeGreaterThan(1700)
  const unknown = ({ name, hasTones }: PickedEmoji): boolean =>
    !isSystemEmoji(name) || (hasTones && !isSystemEmoji(`${name}_dark_skin_tone`))
  expect(table.filter(unknown).map(({ name }) => name)).toEqual([])
})

test('emoji are found by German words, English words and their names', () => {
  expect(first('rakete')).toBe('🚀')
  expect(first('rocket')).toBe('🚀')
  expect(first('+1')).toBe('👍️')
  expect(first('Daumen hoch')).toBe('👍️')
  expect(first('wurfel')).toBe(first('Würfel'))
  expect(searched(table, 'flagge deutschland').map(({ text }) => text)).toEqual(['🇩🇪'])
  expect(searched(table, 'xyzzy')).toEqual([])
})
