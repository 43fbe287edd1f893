/** No text of a message is dropped, and clients show exactly those mentions that notify people. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionWords, nameAlternatives } from './mentions.ts'
import type { Block, Inline } from './nodes.ts'
import { readMessage } from './read.ts'

/** Every text of a tree: visible texts, URLs and languages. */
const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(strings)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

const nodesOf = (value: unknown): Inline[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.values(value).flatMap(nodesOf)
  return 'kind' in value ? [value as Inline, ...inner] : inner
}

const kinds = (message: string) => nodesOf(readMessage(message)).map(({ kind }) => kind)
const hrefs = (message: string) =>
  nodesOf(readMessage(message)).flatMap((node) => (node.kind === 'link' ? [node.href] : []))
const shown = (message: string) => JSON.stringify(readMessage(message))

describe('nothing is dropped', () => {
  test.each([
    ['[WARN]: disk-full', ['[WARN]: disk-full']],
    ['[10:32]: ok', ['[10:32]: ok']],
    ['[Anna]: ja', ['[Anna]: ja']],
    ['[INFO]: https://ci.example.org/job/5', ['[INFO]: ', 'https://ci.example.org/job/5']],
    ['[a]: /b "c"\n\n[a]', ['[a]: /b "c"', '[a]']],
    ['[](https://a.example/x)', ['[](', 'https://a.example/x']],
    ['[ \u200B](https://a.example/x)', ['https://a.example/x']],
    ['[alles]()', ['[alles]()']],
    ['![]()', ['![]()']],
    ['[alles](<>)', ['[alles](<>)']],
    ['[a](https://b.example "Titelx")', ['Titelx']],
    ['#', ['#']],
    ['###', ['###']],
    ['>', ['>']],
    ['-', ['-']],
    ['1.', ['1.']],
    ['*', ['*']],
    ['```', ['```']],
    ['~~~~', ['~~~~']],
    ['```ls', ['ls']],
    ['``` erste Zeile\nzweite\n```', ['erste Zeile\nzweite']],
    ['|a|b|\n|-|-|\n|1|2|drei|vier|', ['drei', 'vier']],
    ['> |a|\n> |-|\n> |1|zweix|', ['zweix']],
    ['****', []],
    ['[x][y]', ['[x][y]']],
    ['![x][y]', ['![x][y]']],
  ])('%j', (message, texts) => {
    for (const text of texts) expect(strings(readMessage(message)).join(''), shown(message)).toContain(text)
    expect(readMessage(message)).not.toEqual([])
  })

  test('words survive every construct', () => {
    const sign = fc.constantFrom(
      ...'`*_~[]()<>!#|-+\n &;:/"=\'.'.split(''),
      '\n\n',
      '\n> ',
      '\n- ',
      '\n1. ',
      '```',
      '\n|',
      '|-|\n',
      ']: ',
      '](',
      '](<',
      '~~~',
      'https://',
      '\n    ',
      '\n===',
      '**',
    )
    let count = 0
    const word = fc.constant(0).map(() => `wort${count++}x`)
    fc.assert(
      fc.property(fc.array(fc.oneof(sign, word), { maxLength: 60 }), (parts) => {
        const message = parts.join('')
        const all = strings(readMessage(message)).join(' ').toLowerCase()
        for (const [found] of message.matchAll(/wort\d+x/g)) expect(all, message).toContain(found)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('mentions', () => {
  const called = (message: string) =>
    mentionWords(message).words.filter((each) => /^@[a-z0-9][a-z0-9._-]{0,63}$/.test(each))
  const mentioned = (message: string) => [
    ...new Set(
      nodesOf(readMessage(message)).flatMap((node) =>
        node.kind === 'mention' ? nameAlternatives(node.name).map((name) => `@${name.toLowerCase()}`) : [],
      ),
    ),
  ]

  test.each([
    ['[TODO]: @bob', ['@bob']],
    ['.@ana', ['@ana']],
    ['x.@ana', ['@ana']],
    ['@ana@bo', []],
    ['@anaä', []],
    ['a-@b.de', []],
    [':@ana:', []],
    ['[frag @ana](https://h.example/@bo)', ['@ana']],
    ['https://h.example/@ana', []],
    ['|a|\n|-|\n|1|@ana|', ['@ana']],
  ])('%j calls %j and shows it', (message, names) => {
    expect(called(message)).toEqual(names)
    expect(mentioned(message)).toEqual(names)
  })

  test('shown mentions notify people, and mentions that notify are shown', () => {
    const part = fc.constantFrom(
      '@ana',
      '@bo.',
      '@',
      '@c-d',
      '@Ana_',
      'wort',
      'ä',
      '漢',
      ' ',
      '.',
      ':',
      '-',
      '_',
      '*',
      '**',
      '`',
      '~~',
      '[',
      ']',
      '](',
      ')',
      'https://h.example/',
      'a@b.de',
      '\n',
      '\n> ',
      '\n- ',
      '|',
      '\n|-|\n',
      '\\',
      '<',
      '>',
      '&',
      '#',
      '/',
      '!',
      ',',
      '(',
      '    ',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        const message = parts.join('')
        expect(mentioned(message).sort(), message).toEqual(called(message).sort())
      }),
      { numRuns: 5000 },
    )
  })
})

describe('addresses', () => {
  test.each([
    ['„https://example.com/ent“', ['https://example.com/ent']],
    ['»https://example.com/ent«', ['https://example.com/ent']],
    ['«https://example.com/ent»', ['https://example.com/ent']],
    ['‚https://example.com/ent‘', ['https://example.com/ent']],
    ['‘https://example.com/ent’', ['https://example.com/ent']],
    ['…https://example.com/ent…', ['https://example.com/ent']],
    ['（http://google.com/）', ['http://google.com/']],
    ['「http://google.com/」', ['http://google.com/']],
    ['https://mattermost.com/，這是', ['https://mattermost.com/']],
    ['https://mattermost.com/。', ['https://mattermost.com/']],
    ['看https://mattermost.com/！好', []],
    ['„www.example.com/ent“', ['http://www.example.com/ent']],
    ['„mailto:a@b.de“', ['mailto:a@b.de']],
    ['https://de.example/Größe', ['https://de.example/Gr%C3%B6%C3%9Fe']],
    ['https://zh.example/東京', ['https://zh.example/%E6%9D%B1%E4%BA%AC']],
    ['https://en.example/a_(b)', ['https://en.example/a_(b)']],
    ['(https://en.example/a_(b))', ['https://en.example/a_(b)']],
    ['https://zh.example/a（b）', ['https://zh.example/a%EF%BC%88b%EF%BC%89']],
    ['https://en.example/it’s', ['https://en.example/it%E2%80%99s']],
  ])('%j', (message, expected) => {
    expect(hrefs(message)).toEqual(expected)
  })
})

describe('marks close as readers expect', () => {
  test.each([
    ['**Hinweis:**Text dahinter', 'Hinweis:'],
    ['**Achtung!**weiter', 'Achtung!'],
    ['**„Zitat“**sagte er', '„Zitat“'],
    ['**"Zitat"**sagte er', '"Zitat"'],
    ['**(Klammer)**danach', '(Klammer)'],
    ['davor**(Klammer)**', '(Klammer)'],
    ['davor**„Zitat“**danach', '„Zitat“'],
    ['**50 %**ig', '50 %'],
    ['**重要：**本文', '重要：'],
    ['**「引用」**と言った', '「引用」'],
    ['これは**「引用」**です', '「引用」'],
    ['**한국어.**는', '한국어.'],
    ['**a:** b **c:**d', 'a:'],
  ])('%j', (message, strong) => {
    const [first] = nodesOf(readMessage(message)).filter((node) => node.kind === 'strong')
    expect(
      strings(first)
        .slice(1)
        .filter((text) => text !== 'text')
        .join(''),
    ).toBe(strong)
    expect(strings(readMessage(message) as Block[]).join('')).not.toContain('**')
  })

  test.each([
    ['*foo "*bar*" foo*', ['em', 'em']],
    ['*foo (*bar*) foo*', ['em', 'em']],
    ['~~weg:~~da', ['strike']],
    ['2*3*4', ['em']],
    ['a * b * c', []],
    ['foo_bar_baz', []],
    ['**', []],
  ])('%j has %j', (message, expected) => {
    expect(kinds(message).filter((kind) => kind === 'em' || kind === 'strike')).toEqual(expected)
  })
})
