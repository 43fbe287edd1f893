import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionWords, nameAlternatives } from './mentions.ts'

const words = (message: string) => mentionWords(message).words

describe('mentionWords', () => {
  test('finds a name anywhere in a sentence', () => {
    for (const message of [
      '@ana',
      'hi @ana!',
      '(@Ana)',
      '**@ana**',
      '> @ana',
      '- @ana',
      'so:@ana',
      '_@ana_',
      '"@ana", he said',
      '@ana…',
    ]) {
      expect(words(message), message).toContain('@ana')
    }
  })

  test('finds no name in code, in link targets and inside e-mail addresses', () => {
    for (const message of [
      '`@ana`',
      '```\n@ana\n```',
      '    @ana',
      '~~~\n@ana',
      '[x](https://h/@ana)',
      'https://h/@ana',
      '<https://h/@ana>',
      'a@ana',
    ]) {
      expect(words(message), message).not.toContain('@ana')
    }
  })

  test('reads a link by its text', () => {
    expect(words('[ask @ana](https://h/@bo)')).toEqual(['@ana', 'ask'])
  })

  test('skips words in the form of an emoji, but not words that only begin like one', () => {
    expect(words(':ana: :bo')).toEqual(['bo'])
  })

  test('returns the readings of a name at the end of a sentence, longest first', () => {
    const { words: all, readings } = mentionWords('ask @Ana_.')
    expect(all).toEqual(['@ana_.', '@ana_', '@ana', 'ask'])
    expect(readings).toEqual([['@ana_.', '@ana_', '@ana']])
    expect(nameAlternatives('ana.-')).toEqual(['ana.-', 'ana.', 'ana'])
  })

  test('splits ordinary words at inner punctuation, but never names', () => {
    expect(words('up:down')).toEqual(['up:down', 'up', 'down'])
    expect(words('@up-down')).toEqual(['@up-down'])
  })

  test('keeps the case for first names', () => {
    expect(mentionWords('Ana and ANA').exact).toEqual(['Ana', 'and', 'ANA'])
    expect(words('Ana and ANA')).toEqual(['ana', 'and'])
  })

  test('knows the names that mean everybody', () => {
    expect(mentionWords('@channel: hello').wide).toEqual({ channel: true, all: false, here: false })
    expect(mentionWords('@All @HERE.').wide).toEqual({ channel: false, all: true, here: true })
    expect(mentionWords('channel `@here` all').wide).toEqual({ channel: false, all: false, here: false })
  })

  test('keeps names if a message has too many words', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `w${i}`).join(' ')
    const { words: all, exact } = mentionWords(`${many} @ana`)
    expect(all).toContain('@ana')
    expect(exact).toHaveLength(1000)
  })

  test('for any input, returns no more than the limit, and always finds a name between spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { words: all, exact } = mentionWords(text)
        expect(all.length).toBeLessThanOrEqual(1000)
        expect(new Set(all).size).toBe(all.length)
        expect(new Set(exact.map((word) => word.toLowerCase()))).toEqual(new Set(all))
      }),
    )
    const harmless = fc.string({ unit: fc.constantFrom(...'aZ9é漢 ,;!?()"\'*/'), maxLength: 80 })
    fc.assert(
      fc.property(
        harmless,
        harmless,
        (before, after) => void expect(words(`${before} @ana ${after}`)).toContain('@ana'),
      ),
    )
  })

  test('an emphasis that ends before a name does not hide the name', () => {
    expect(words('_a_@ana')).toContain('@ana')
    expect(words('_see.@ana_')).toContain('@ana')
  })

  test('parsing makes no difference if markdown hides nothing', () => {
    // Underscores only within words: elsewhere they may be an emphasis, which ends a word in the middle of a
    // name.
    const text = fc.string({ unit: fc.constantFrom(...'ab@.-: ,*\n>', 'a_b'), maxLength: 60 })
    fc.assert(
      fc.property(text, (message) => {
        // The escaped backslash forces a parse and is no part of any word.
        const parsed = new Set(words(`${message}\n\n\\\\`).filter((word) => word.startsWith('@')))
        for (const name of parsed) expect(words(message)).toContain(name)
      }),
    )
  })
})
