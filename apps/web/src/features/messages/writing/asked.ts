/** Which name is being typed at the caret: of a person, a channel, an emoji or a command. */
import { isInCode } from './code-spans.ts'

export type AskedKind = 'mention' | 'channel' | 'emoji' | 'command'
/** `from` is where its sign is; `term` is what follows the sign, in lower case. */
export type Asked = { kind: AskedKind; from: number; to: number; term: string }

const PATTERNS: readonly [AskedKind, RegExp][] = [
  ['mention', /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{M}\p{N}._-]{0,64})$/u],
  ['channel', /(?:^|[^\p{L}\p{N}_~])~([\p{L}\p{M}\p{N}._-]{0,64})$/u],
  // Two letters at least: ":D" and "at 10:3" are no emoji.
  ['emoji', /(?:^|[^\p{L}\p{N}_:]):([\p{L}\p{N}_+-][\p{L}\p{M}\p{N}_+-]{1,63})$/u],
]
/** Longer than any name with its sign. */
const LOOKS_BACK = 70

/** What is being typed at the caret; undefined if it is none of these. */
export const askedAt = (text: string, caret: number): Asked | undefined => {
  if (text.startsWith('/') && !text.slice(0, caret).includes('\n'))
    return { kind: 'command', from: 0, to: caret, term: text.slice(1, caret).toLowerCase() }
  const before = text.slice(Math.max(0, caret - LOOKS_BACK), caret)
  for (const [kind, pattern] of PATTERNS) {
    const term = pattern.exec(before)?.[1]
    if (term === undefined) continue
    if (isInCode(text, caret)) return undefined
    return { kind, from: caret - term.length - 1, to: caret, term: term.toLowerCase() }
  }
  return undefined
}

/** A change of a text: `insert` replaces what is between `from` and `to`; then the selection is set. */
export type Edit = { from: number; to: number; insert: string; select: [start: number, end: number] }

/** Replaces the typed part with `insert` and a space. */
export const complete = (text: string, { from, to }: Asked, insert: string): Edit => {
  const hasSpace = text.startsWith(' ', to)
  const caret = from + insert.length + 1
  return { from, to, insert: hasSpace ? insert : `${insert} `, select: [caret, caret] }
}
