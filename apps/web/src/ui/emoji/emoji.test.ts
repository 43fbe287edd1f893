import { readMessage } from '@plausch/markdown'
import { isSystemEmoji } from '@plausch/wire'
import { expect, test } from 'vitest'
import { emojiOf, loadEmoji } from './emoji.ts'
import { EMOJI } from './emoji-table.ts'

const names = EMOJI.split('|').flatMap((entry) => entry.split(' ').slice(0, -1))
const tones = ['light', 'medium_light', 'medium', 'medium_dark', 'dark']

test('every emoji name that the server knows has a character, in every skin tone', async () => {
  await loadEmoji()
  expect(names.length).toBeGreaterThan(1900)
  const isOne = (name: string) => {
    expect(readMessage(`:${name}:`), name).toEqual([
      { kind: 'paragraph', children: [{ kind: 'emoji', name }] },
    ])
    expect(emojiOf(name), name).toMatch(/^\p{RGI_Emoji}$/v)
  }
  let toned = 0
  for (const name of names) {
    isOne(name)
    for (const tone of tones) {
      if (!isSystemEmoji(`${name}_${tone}_skin_tone`)) continue
      toned += 1
      isOne(`${name}_${tone}_skin_tone`)
    }
  }
  expect(toned).toBeGreaterThan(1000)
})

test('skin tones are in the right places', async () => {
  await loadEmoji()
  expect(emojiOf('+1_medium_light_skin_tone')).toBe('👍🏼')
  expect(emojiOf('handshake_light_skin_tone_dark_skin_tone')).toBe('🫱🏻‍🫲🏿')
  expect(emojiOf('people_holding_hands_dark_skin_tone_light_skin_tone')).toBe('🧑🏿‍🤝‍🧑🏻')
  expect(emojiOf('nothing_of_the_kind')).toBeUndefined()
})
