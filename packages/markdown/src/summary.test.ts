import { describe, expect, it } from 'vitest'
import { summaryOf } from './summary.ts'

describe('the summary of a message', () => {
  it.for([
    ['**Guten** _Morgen_, `Welt`', 'Guten Morgen, Welt'],
    ['# Title\n\n- one\n- two\n\n> quoted', 'Title one two quoted'],
    ['```js\nlet a = 1\n```', 'let a = 1'],
    ['[the page](https://example.org/x) by @ana in ~town', 'the page by @ana in ~town'],
    ['![a tree](https://example.org/t.png)', 'a tree'],
    ['| a | b |\n| - | - |\n| 1 | 2 |', 'a b 1 2'],
    ['1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
    ['', ''],
  ])('of %j is plain text', ([message = '', text]) => {
    expect(summaryOf(message, 100)).toBe(text)
  })

  it('has emoji as characters, and unknown names as they were typed', () => {
    const emoji = (name: string) => (name === 'smile' ? '😄' : undefined)
    expect(summaryOf('good :smile: :own_one:', 100, { emoji })).toBe('good 😄 :own_one:')
  })

  it('is cut between characters', () => {
    expect(summaryOf('😄😄😄', 2)).toBe('😄😄…')
    expect(summaryOf('word '.repeat(100), 9)).toBe('word word…')
  })
})
