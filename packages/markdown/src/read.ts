/** Turns message text into the tree of nodes.ts. */
import type { Token } from 'markdown-it'
import { type Marks, markText } from './marks.ts'
import type { Align, Block, Inline, ListItem } from './nodes.ts'
import { BARE_ADDRESS, parseTokens } from './parser.ts'
import { LONGEST_PARSED } from './visible-text.ts'

/** A position in a list of tokens; a closing token ends a level. */
type Cursor = { tokens: Token[]; at: number }

const headingLevel = (tag: string): 1 | 2 | 3 | 4 | 5 | 6 => {
  const level = Number(tag.slice(1))
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5 ? level : 6
}

const alignOf = (token: Token): Align => {
  const style = String(token.attrGet('style') ?? '')
  return style.endsWith('center')
    ? 'center'
    : style.endsWith('right')
      ? 'right'
      : style.endsWith('left')
        ? 'left'
        : null
}

const inlineNode = (token: Token, cursor: Cursor, marks: Marks): Inline[] => {
  switch (token.type) {
    case 'text':
      return markText(token.content, marks)
    case 'code_inline':
      return [{ kind: 'code', text: token.content }]
    case 'math_inline':
      return [{ kind: 'math', text: token.content }]
    case 'softbreak':
    case 'hardbreak':
      return [{ kind: 'break' }]
    case 'strong_open':
      return [{ kind: 'strong', children: inlineLevel(cursor, marks) }]
    case 'em_open':
      return [{ kind: 'em', children: inlineLevel(cursor, marks) }]
    case 's_open':
      return [{ kind: 'strike', children: inlineLevel(cursor, marks) }]
    case 'link_open': {
      const href = String(token.attrGet('href') ?? '')
      const isAddress = token.info === BARE_ADDRESS || token.markup === 'autolink'
      const children = inlineLevel(cursor, isAddress ? 'none' : 'names')
      const title = String(token.attrGet('title') ?? '')
      return href === '' ? children : [{ kind: 'link', href, children, ...(title === '' ? {} : { title }) }]
    }
    case 'image': {
      const href = String(token.attrGet('src') ?? '')
      return href === ''
        ? [{ kind: 'text', text: token.content }]
        : [{ kind: 'image', href, alt: token.content }]
    }
    default:
      return token.content === '' ? [] : [{ kind: 'text', text: token.content }]
  }
}

/** Reads up to the closing token of this level, and past it. */
const inlineLevel = (cursor: Cursor, marks: Marks): Inline[] => {
  const nodes: Inline[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at++]
    if (token === undefined || token.nesting === -1) return nodes
    // A tight list item or an emphasis leaves empty texts behind.
    if (token.type === 'text' && token.content === '') continue
    for (const node of inlineNode(token, cursor, marks)) nodes.push(node)
  }
}

const inlines = (token: Token | undefined): Inline[] =>
  inlineLevel({ tokens: token?.children ?? [], at: 0 }, 'all')

const TASK = /^\[([ xX])\]\s+/

const listItem = (children: Block[]): ListItem => {
  const [first] = children
  const text = first?.kind === 'paragraph' ? first.children[0] : undefined
  const task = text?.kind === 'text' ? TASK.exec(text.text) : null
  if (first?.kind !== 'paragraph' || text?.kind !== 'text' || task === null)
    return { checked: null, children }
  const rest = { kind: 'text' as const, text: text.text.slice(task[0].length) }
  const paragraph: Block = { kind: 'paragraph', children: [rest, ...first.children.slice(1)] }
  return { checked: task[1] !== ' ', children: [paragraph, ...children.slice(1)] }
}

const list = (token: Token, cursor: Cursor): Block => {
  const items: ListItem[] = []
  let mark = ''
  for (;;) {
    const next = cursor.tokens[cursor.at++]
    if (next === undefined || next.nesting === -1) break
    mark = next.info + next.markup
    items.push(listItem(blockLevel(cursor)))
  }
  if (items.length === 1 && items[0]?.children.length === 0) return lone(mark)
  return {
    kind: 'list',
    ordered: token.type === 'ordered_list_open',
    start: Number(token.attrGet('start') ?? 1),
    items,
  }
}

const table = (cursor: Cursor): Block => {
  const align: Align[] = []
  const rows: Inline[][][] = []
  for (let depth = 1; depth > 0; ) {
    const token = cursor.tokens[cursor.at++]
    if (token === undefined) break
    depth += token.nesting
    if (token.type === 'tr_open') rows.push([])
    if (token.type === 'th_open') align.push(alignOf(token))
    if (token.type === 'inline') rows.at(-1)?.push(inlines(token))
  }
  const [head = [], ...body] = rows
  return { kind: 'table', align, head, rows: body }
}

const withoutLastBreak = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text)

/** A markup character without content becomes plain text. */
const lone = (text: string): Block => ({ kind: 'paragraph', children: [{ kind: 'text', text }] })

const LANGUAGE = /^[\p{L}\p{N}+#._-]{0,32}$/u

/** The text after the fence is the language if it can be one, otherwise the first line of code. */
const fence = ({ info, content, markup }: Token): Block => {
  const named = info.trim()
  const text = withoutLastBreak(content)
  if (text === '') return named === '' ? lone(markup) : { kind: 'code', language: '', text: named }
  if (LANGUAGE.test(named)) return { kind: 'code', language: named.toLowerCase(), text }
  return { kind: 'code', language: '', text: `${named}\n${text}` }
}

const blockNode = (token: Token, cursor: Cursor): Block | undefined => {
  switch (token.type) {
    case 'paragraph_open':
    case 'heading_open': {
      const children = inlines(cursor.tokens[cursor.at])
      cursor.at += 2
      if (token.type === 'paragraph_open')
        return children.length === 0 ? undefined : { kind: 'paragraph', children }
      if (children.length === 0) return lone(token.markup)
      return { kind: 'heading', level: headingLevel(token.tag), children }
    }
    case 'blockquote_open': {
      const children = blockLevel(cursor)
      return children.length === 0 ? lone(token.markup) : { kind: 'quote', children }
    }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return list(token, cursor)
    case 'table_open':
      return table(cursor)
    case 'fence':
      return fence(token)
    case 'code_block':
      return { kind: 'code', language: '', text: withoutLastBreak(token.content) }
    case 'hr':
      return { kind: 'rule' }
    default:
      return token.content === ''
        ? undefined
        : { kind: 'paragraph', children: [{ kind: 'text', text: token.content }] }
  }
}

const blockLevel = (cursor: Cursor): Block[] => {
  const blocks: Block[] = []
  for (;;) {
    const token = cursor.tokens[cursor.at++]
    if (token === undefined || token.nesting === -1) return blocks
    const block = blockNode(token, cursor)
    if (block !== undefined) blocks.push(block)
  }
}

/**
 * Parses a message. Never throws. Time is limited for any input: blocks nest at most 24 deep, and text after
 * the first 20,000 characters becomes plain text. HTML has no meaning and appears as typed; a line break
 * stays a line break. With `hasMath`, `$…$` is a formula.
 */
export const readMessage = (message: string, { hasMath = false } = {}): Block[] => {
  const blocks = blockLevel({ tokens: parseTokens(message.slice(0, LONGEST_PARSED), hasMath), at: 0 })
  if (message.length > LONGEST_PARSED) {
    blocks.push({ kind: 'paragraph', children: [{ kind: 'text', text: message.slice(LONGEST_PARSED) }] })
  }
  return blocks
}
