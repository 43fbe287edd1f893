import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, Inline } from './nodes.ts'
import { readMessage } from './read.ts'

/** The visible text of a tree, including the signs of marks; breaks become line breaks. */
const visible = (nodes: (Block | Inline)[]): string => nodes.map(visibleNode).join('')

const visibleNode = (node: Block | Inline): string => {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'math':
      return node.text
    case 'break':
      return '\n'
    case 'mention':
      return `@${node.name}`
    case 'channel':
      return `~${node.name}`
    case 'hashtag':
      return node.tag
    case 'emoji':
      return `:${node.name}:`
    case 'image':
      return node.alt
    case 'list':
      return node.items.map((item) => visible(item.children)).join('')
    case 'table':
      return [node.head, ...node.rows].flat().map(visible).join('')
    case 'rule':
      return ''
    default:
      return visible(node.children)
  }
}

const hrefs = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(hrefs)
  if (typeof value !== 'object' || value === null) return []
  const own = 'href' in value && typeof value.href === 'string' ? [value.href] : []
  return [...own, ...Object.values(value).flatMap(hrefs)]
}

const depth = (value: unknown): number => {
  if (Array.isArray(value)) return Math.max(0, ...value.map(depth))
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depth))
}

const only = (message: string): Inline[] => {
  const [block, ...more] = readMessage(message)
  expect(more).toEqual([])
  return block?.kind === 'paragraph' ? block.children : []
}

describe('readMessage', () => {
  test('blocks', () => {
    const kinds = readMessage(
      '# h\np\n\n> q\n\n- a\n- b\n\n```ts\nx\n```\n\n---\n\n|a|b|\n|:-|-:|\n|1|2|',
    ).map((block) => block.kind)
    expect(kinds).toEqual(['heading', 'paragraph', 'quote', 'list', 'code', 'rule', 'table'])
  })

  test('a line break stays a line break', () => {
    expect(only('a\nb')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'break' },
      { kind: 'text', text: 'b' },
    ])
  })

  test('emphasis, strike and code', () => {
    expect(only('**s** *e* ~~d~~ `c`').map((node) => node.kind)).toEqual([
      'strong',
      'text',
      'em',
      'text',
      'strike',
      'text',
      'code',
    ])
  })

  test('HTML is text', () => {
    expect(visible(readMessage('<img src=x onerror=alert(1)> <b>x</b> &lt;'))).toBe(
      '<img src=x onerror=alert(1)> <b>x</b> <',
    )
  })

  test('tasks', () => {
    const [list] = readMessage('- [ ] open\n- [x] **done**\n- plain\n- [link](https://h)')
    expect(list?.kind === 'list' && list.items.map((item) => item.checked)).toEqual([false, true, null, null])
    expect(visible(readMessage('- [x] **done**'))).toBe('done')
  })

  test('lists keep their first number', () => {
    expect(readMessage('7. seven\n8. eight')).toMatchObject([{ kind: 'list', ordered: true, start: 7 }])
  })

  test('tables keep the alignment of their columns', () => {
    const [table] = readMessage('|a|b|c|\n|:-|:-:|-|\n|1|**2**|')
    expect(table).toMatchObject({
      kind: 'table',
      align: ['left', 'center', null],
      rows: [[[{ text: '1' }], [{ kind: 'strong' }], []]],
    })
  })

  test('rows are filled up, but no message gets many more cells than somebody wrote', () => {
    const tableOf = (columns: number, rows: number) =>
      `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'|\n'.repeat(rows)}`
    const cells = (message: string): number =>
      readMessage(message).reduce((sum, block) => {
        const rows = block.kind === 'table' ? [block.head, ...block.rows] : []
        return sum + rows.flat().length
      }, 0)
    expect(cells(tableOf(10, 20))).toBe(210)
    const many = Array(11).fill(tableOf(181, 362)).join('\n')
    expect(cells(many)).toBeLessThan(10_000)
    // A table beyond the limit is shown as plain text.
    expect(visible(readMessage(`${tableOf(181, 362)}\n**after**`))).toContain('|a|a|')
    expect(readMessage(`${tableOf(181, 362)}\n**after**`).at(-1)).toMatchObject({
      kind: 'paragraph',
      children: [{ kind: 'strong' }],
    })
    // Small tables of the same message stay tables while the limit allows.
    expect(readMessage(`${tableOf(3, 3)}\n${tableOf(181, 362)}`).map(({ kind }) => kind)).toEqual([
      'table',
      'paragraph',
    ])
  })

  test('marks', () => {
    expect(only('@ana ~town-square #größe :+1: a@b.de')).toEqual([
      { kind: 'mention', name: 'ana' },
      { kind: 'text', text: ' ' },
      { kind: 'channel', name: 'town-square' },
      { kind: 'text', text: ' ' },
      { kind: 'hashtag', tag: '#größe' },
      { kind: 'text', text: ' ' },
      { kind: 'emoji', name: '+1' },
      { kind: 'text', text: ' ' },
      { kind: 'link', href: 'mailto:a@b.de', children: [{ kind: 'text', text: 'a@b.de' }] },
    ])
  })

  test('no marks inside words, code and links', () => {
    for (const message of ['a@b', 'x~y', 'a#b', '10:30:45', '`@ana`']) {
      expect(
        only(message).every((node) => node.kind === 'text' || node.kind === 'code'),
        message,
      ).toBe(true)
    }
    expect(only('[@ana](https://h)')).toEqual([
      { kind: 'link', href: 'https://h', children: [{ kind: 'mention', name: 'ana' }] },
    ])
    expect(only('https://h/@ana')).toMatchObject([{ kind: 'link', children: [{ kind: 'text' }] }])
  })

  test('bare URLs end where the sentence continues', () => {
    const addressed = (message: string) => hrefs(readMessage(message))
    expect(addressed('see https://a.de/x_y_(z)_w.')).toEqual(['https://a.de/x_y_(z)_w'])
    expect(addressed('(https://a.de/x)')).toEqual(['https://a.de/x'])
    expect(addressed('www.desy.de, and FTP://h/f!')).toEqual(['http://www.desy.de', 'ftp://h/f'])
    expect(addressed('mailto:a@b.de tel:+49-40-8998')).toEqual(['mailto:a@b.de', 'tel:+49-40-8998'])
    expect(addressed('http:// xhttp://a www. README.md file:///etc/passwd')).toEqual([])
  })

  test('URLs without a scheme mean a host, with a slash this server', () => {
    expect(hrefs(readMessage('[a](example.org) [b](/team/pl/x)'))).toEqual([
      'http://example.org',
      '/team/pl/x',
    ])
  })

  test('dangerous URLs stay text', () => {
    for (const message of [
      '[x](javascript:alert(1))',
      '[x](//evil.org)',
      '![x](data:image/svg+xml,y)',
      '<vbscript:x>',
      '[x](JaVaScRiPt&colon;alert(1))',
    ]) {
      for (const href of hrefs(readMessage(message)))
        expect(href, message).toMatch(/^(https?|ftp|mailto|tel):/)
    }
  })

  test('hostile repetition is parsed, completely and within the depth limit', () => {
    const units = [
      '>',
      '- ',
      '* a\n ',
      '[',
      '![',
      '`',
      '*a ',
      '**a_',
      '<',
      '&',
      '@a',
      ':a',
      'http://(',
      'a@b.',
      '|-',
      '[a]: b\n',
      '[a][',
      '1. ',
      '>- ',
      '~~',
    ]
    for (const unit of units) {
      const message = unit.repeat(Math.floor(16_383 / unit.length))
      expect(depth(readMessage(message)), unit).toBeLessThan(130)
    }
    expect(visible(readMessage(`${'>'.repeat(10_000)}deep`))).toContain('deep')
    expect(visible(readMessage(`${'- '.repeat(8_000)}deep`))).toContain('deep')
    expect(visible(readMessage(`${'x'.repeat(30_000)}end`))).toContain('end')
  })

  test('plain text stays unchanged', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'abzÄ漢👍09 ,.;?()"\'/%@#~:$€'), maxLength: 120 })
    fc.assert(
      fc.property(plain, (text) => {
        const expected = text.trim()
        fc.pre(!/^[#~>]|^\d+[.)]/.test(expected) && !/~~|:\/\/|[A-Za-z]+:/.test(expected))
        expect(visible(readMessage(`a ${expected}`))).toBe(`a ${expected}`.trim())
      }),
    )
  })

  test('any input can be parsed, and links only to allowed schemes', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(...'`*_~[]()<>!#|-+\n &;:@/\\'.split(''), 'http://', 'javascript:'),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 120 }), (parts) => {
        for (const href of hrefs(readMessage(parts.join(''))))
          expect(href).toMatch(/^(https?:|ftp:|mailto:|tel:|\/(?!\/))/i)
      }),
      { numRuns: 300 },
    )
  })
})

test('formulas between dollar signs, only where the reader wants them', () => {
  const kinds = (text: string, hasMath = true) =>
    readMessage(text, { hasMath }).flatMap((block) =>
      block.kind === 'paragraph'
        ? block.children.map((node) => ('text' in node ? node.text : node.kind))
        : [],
    )
  const math = { kind: 'math', text: 'a_b*c*\\{x\\}' }
  expect(readMessage('so $a_b*c*\\{x\\}$.', { hasMath: true })).toEqual([
    { kind: 'paragraph', children: [{ kind: 'text', text: 'so ' }, math, { kind: 'text', text: '.' }] },
  ])
  expect(kinds('$x$', false)).toEqual(['$x$'])
  for (const text of ['costs $5 and $10', 'US$5 or $', 'a$b$', '$ x $', '$$', '`$x$` $'])
    expect(JSON.stringify(readMessage(text, { hasMath: true })), text).not.toContain('"math"')
  expect(kinds('$'.repeat(50_000)).join('').length).toBe(50_000)
})
