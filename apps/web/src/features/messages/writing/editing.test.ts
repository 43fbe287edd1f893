import { expect, test } from 'vitest'
import type { Edit } from './asked.ts'
import { code, lines, link, newLine, type Selected, wrap } from './editing.ts'

/** A text with its selection between | and |, or with the caret at one |. */
const selected = (marked: string): Selected => {
  const start = marked.indexOf('|')
  const rest = marked.slice(0, start) + marked.slice(start + 1)
  const second = rest.indexOf('|', start)
  const end = second < 0 ? start : second
  return { text: second < 0 ? rest : rest.slice(0, end) + rest.slice(end + 1), start, end }
}
const after = ({ text }: Selected, { from, to, insert, select: [start, end] }: Edit): string => {
  const next = text.slice(0, from) + insert + text.slice(to)
  if (start === end) return `${next.slice(0, start)}|${next.slice(start)}`
  return `${next.slice(0, start)}|${next.slice(start, end)}|${next.slice(end)}`
}
const done = (marked: string, edit: (it: Selected) => Edit | undefined): string | undefined => {
  const it = selected(marked)
  const change = edit(it)
  return change && after(it, change)
}

test('marks are put around a selection, and taken away again', () => {
  const bold = (it: Selected) => wrap(it, '**')
  const italic = (it: Selected) => wrap(it, '*')
  expect(done('a |word| b', bold)).toBe('a **|word|** b')
  expect(done('a **|word|** b', bold)).toBe('a |word| b')
  expect(done('a |**word**| b', bold)).toBe('a |word| b')
  expect(done('a| word |b', bold)).toBe('a **|word|** b')
  expect(done('a |', bold)).toBe('a **|**')
  expect(done('a **|word|** b', italic)).toBe('a ***|word|*** b')
  expect(done('***|word|***', italic)).toBe('**|word|**')
})

test('a link takes the selection as text or as address', () => {
  expect(done('see |this|', link)).toBe('see [this](|https://|)')
  expect(done('see |https://a.de/x|', link)).toBe('see [|](https://a.de/x)')
  expect(done('see |this|', (it) => link(it, 'https://a.de'))).toBe('see [this](https://a.de)|')
})

test('code is a block for several lines', () => {
  expect(done('run |ls|', code)).toBe('run `|ls|`')
  expect(done('run |a\nb|', code)).toBe('run \n```\n|a\nb|\n```')
})

test('lines get marks, exchange them and lose them', () => {
  const all = (kind: Parameters<typeof lines>[1]) => (it: Selected) => lines(it, kind)
  expect(done('|a\nb|', all('bullets'))).toBe('|- a\n- b|')
  expect(done('|- a\n- b|', all('numbers'))).toBe('|1. a\n2. b|')
  expect(done('|1. a\n2. b|', all('tasks'))).toBe('|- [ ] a\n- [ ] b|')
  expect(done('|- [ ] a\n- [ ] b|', all('tasks'))).toBe('|a\nb|')
  expect(done('x\na|b', all('quote'))).toBe('x\n> a|b')
  expect(done('## a|b', all('heading'))).toBe('a|b')
})

test('Enter continues lists and quotes, and ends them on an empty item', () => {
  expect(done('- a|', newLine)).toBe('- a\n- |')
  expect(done('  9. a|', newLine)).toBe('  9. a\n  10. |')
  expect(done('- [x] a|', newLine)).toBe('- [x] a\n- [ ] |')
  expect(done('> a|', newLine)).toBe('> a\n> |')
  expect(done('- a\n- |', newLine)).toBe('- a\n|')
  for (const plain of ['a|', '```\n- a|', '-a|']) expect(done(plain, newLine), plain).toBeUndefined()
})
