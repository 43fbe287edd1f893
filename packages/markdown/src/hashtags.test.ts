import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashtags } from './hashtags.ts'

describe('hashtags', () => {
  test('consist of a #, a letter, and more characters up to a letter or digit', () => {
    expect(hashtags('#tag #a1 #größe #x-y_z.0')).toBe('#tag #a1 #größe #x-y_z.0')
    expect(hashtags('# no #1a #a # a#b #-x')).toBe('')
  })

  test('lose surrounding punctuation, and duplicates', () => {
    expect(hashtags('(#one), ##two! "#one" #three…')).toBe('#one #two #three')
  })

  test('are not in code', () => {
    expect(hashtags('`#include` and #yes\n```\n#define\n```')).toBe('#yes')
  })

  test('have at most 1,000 characters together and are never cut', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z][a-z0-9]{1,60}$/), { maxLength: 120 }), (names) => {
        const list = hashtags(names.map((name) => `#${name}`).join(' '))
        expect(list.length).toBeLessThanOrEqual(1000)
        for (const tag of list.split(' ').filter(Boolean)) expect(names).toContain(tag.slice(1))
      }),
    )
  })

  test('for any input, the result contains only hashtags', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const tag of hashtags(`# ${text} #`).split(' ').filter(Boolean))
          expect(tag).toMatch(/^#\p{L}\S+$/u)
      }),
    )
  })
})
