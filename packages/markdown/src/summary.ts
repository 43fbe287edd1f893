/** A message in one line of plain text, for places that show only its beginning. */
import type { Block, Inline } from './nodes.ts'
import { readMessage } from './read.ts'

/** `emoji` gives the characters of an emoji; a name without any stays as it was typed. */
type Shown = { emoji?(name: string): string | undefined }

const inline = (nodes: readonly Inline[], shown: Shown): string =>
  nodes.map((node) => inlineText(node, shown)).join('')

const inlineText = (node: Inline, shown: Shown): string => {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'math':
      return node.text
    case 'break':
      return ' '
    case 'image':
      return node.alt || node.href
    case 'mention':
      return `@${node.name}`
    case 'channel':
      return `~${node.name}`
    case 'hashtag':
      return `#${node.tag}`
    case 'emoji':
      return shown.emoji?.(node.name) ?? `:${node.name}:`
    default:
      return inline(node.children, shown)
  }
}

const blockText = (block: Block, shown: Shown): string => {
  switch (block.kind) {
    case 'code':
      return block.text
    case 'rule':
      return ''
    case 'quote':
      return blocks(block.children, shown)
    case 'list':
      return block.items.map(({ children }) => blocks(children, shown)).join(' ')
    case 'table':
      return [block.head, ...block.rows]
        .flat()
        .map((cell) => inline(cell, shown))
        .join(' ')
    default:
      return inline(block.children, shown)
  }
}

const blocks = (all: readonly Block[], shown: Shown): string =>
  all.map((block) => blockText(block, shown)).join(' ')

/** So much of a message is read at the most, for each character that is wanted. */
const READ_PER_CHARACTER = 4

/**
 * The first `most` characters of the message without its markup, in one line. A longer text ends in "…". Cuts
 * between characters, never within one.
 */
export const summaryOf = (message: string, most: number, shown: Shown = {}): string => {
  const begin = message.slice(0, most * READ_PER_CHARACTER)
  const text = blocks(readMessage(begin), shown).replaceAll(/\s+/g, ' ').trim()
  const characters = [...text]
  const isCut = characters.length > most || begin.length < message.length
  return isCut ? `${characters.slice(0, most).join('').trimEnd()}…` : text
}
