import { expect, test } from 'vitest'
import { askedAt, complete } from './asked.ts'
import { isInCode } from './code-spans.ts'

const at = (text: string) => askedAt(text, text.length)

test('finds the name at the caret, but not inside words and addresses', () => {
  expect(at('hi @an')).toEqual({ kind: 'mention', from: 3, to: 6, term: 'an' })
  expect(at('@')).toEqual({ kind: 'mention', from: 0, to: 1, term: '' })
  expect(at('(@Ana')?.term).toBe('ana')
  for (const text of ['mail a@b', '@ana ', 'x', '@@a']) expect(at(text), text).toBeUndefined()
  for (const typed of ['änne', 'jör', 'jo\u0308r', 'мари', '美']) expect(at(`hi @${typed}`)?.term).toBe(typed)
})

test('finds channels, emoji and commands', () => {
  expect(at('see ~tow')).toEqual({ kind: 'channel', from: 4, to: 8, term: 'tow' })
  expect(at('nice :sm')).toEqual({ kind: 'emoji', from: 5, to: 8, term: 'sm' })
  expect(at('/rem')).toEqual({ kind: 'command', from: 0, to: 4, term: 'rem' })
  expect(at('/remind me')?.term).toBe('remind me')
  for (const text of ['at 10:30', ':D', 'a ~~b', 'not /rem', '/me\nnext', 'http://x', 'x::y'])
    expect(at(text), text).toBeUndefined()
})

test('never inside code', () => {
  const code = ['`@an', '``a ` @an', '```\n@an', 'x\n~~~ js\n:smi', '```\na\n````x\n@an', '```@an']
  for (const text of code) expect([at(text), isInCode(text, text.length)], text).toEqual([undefined, true])
  const prose = ['`a` @an', '```\na\n```\n@an', '``a`` @an', '~~~\nx\n~~~~\n@an']
  for (const text of prose) expect(at(text)?.term, text).toBe('an')
})

test('completing leaves the rest unchanged and the caret after the name', () => {
  const done = (text: string, caret: number) => {
    const asked = askedAt(text, caret)
    if (!asked) return undefined
    const { from, to, insert, select } = complete(text, asked, '@ana')
    return [text.slice(0, from) + insert + text.slice(to), select[0]]
  }
  expect(done('hi @an, there', 6)).toEqual(['hi @ana , there', 8])
  expect(done('@an there', 3)).toEqual(['@ana there', 5])
})
