/** The visible text of a message: without code and link targets. */
import type { Token } from 'markdown-it'
import { BARE_ADDRESS, parseTokens } from './parser.ts'
import { recently } from './recent.ts'

/**
 * Messages on a server with default settings have at most 16,383 characters; the rest of a longer one is read
 * without its markdown.
 */
export const LONGEST_PARSED = 20_000

// Without any of these, markdown cannot hide a part of the text, and parsing is unnecessary. Four spaces or a
// tab start a code block, also in a quote or a list.
const MAY_HIDE_TEXT = /[`[<\\&]|~~~|^(?:[ >*+-]|\d{1,9}[.)])*(?: {4}|\t)|www\.|(?:https?|ftp|mailto|tel):/im

// An underscore after a name may end an emphasis that began anywhere before, and is then no part of the name.
const MAY_BEGIN_EMPHASIS = /(?:^|[^\p{L}\p{N}_])_/u

const mayHide = (message: string): boolean =>
  MAY_HIDE_TEXT.test(message) || (message.includes('@') && MAY_BEGIN_EMPHASIS.test(message))

const collect = (tokens: Token[], into: string[]): void => {
  let hidden = 0
  for (const token of tokens) {
    if (token.type === 'link_open' && token.info === BARE_ADDRESS) hidden++
    else if (token.type === 'link_close' && token.info === BARE_ADDRESS) hidden--
    else if (token.type === 'link_open' && token.markup === 'autolink') hidden++
    else if (token.type === 'link_close' && token.markup === 'autolink') hidden--
    else if (token.type === 'text' && hidden === 0 && token.content !== '') into.push(token.content)
    else if (token.type === 'inline' && token.children) collect(token.children, into)
  }
}

const read = recently((message): readonly string[] => {
  const texts: string[] = []
  collect(parseTokens(message.slice(0, LONGEST_PARSED)), texts)
  if (message.length > LONGEST_PARSED) texts.push(message.slice(LONGEST_PARSED))
  return texts
})

/**
 * The text nodes of a message in order. Code spans, code blocks, link targets and bare URLs are left out.
 * Linear in the length of the message; parses only if something in it could hide text.
 */
export const visibleTexts = (message: string): readonly string[] => {
  if (!mayHide(message)) return message === '' ? [] : [message]
  return read(message)
}
