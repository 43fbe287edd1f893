/** The words that mention people. Source: protocol, semantics 13. */
import { type MentionWords, mentionWords } from '@plausch/markdown'
import { matchesInside, mentionKeysOf } from '@plausch/wire'
import type { NewRow } from '../../messages/posts/writing/index.ts'
import type { UserRow } from '../../people/users/index.ts'

/** First names are case-sensitive: they are stored with a prefix with which no word of a message begins. */
export const EXACT = '='

/** The words that mention a person, as they are kept. */
export const wordsOf = (user: UserRow): string[] => {
  const { words, firstName } = mentionKeysOf(user)
  return firstName === undefined ? words : [...words, EXACT + firstName]
}

type Candidate = { word: string; group: number; rank: number }

/**
 * All candidate words of a message. Those of one group are readings of the same name; the first one that
 * exists counts.
 */
const candidates = ({ words, exact, readings }: MentionWords): Candidate[] => {
  const grouped = readings.flatMap((group, index) =>
    group.map((word, rank) => ({ word, group: index, rank })),
  )
  const inGroups = new Set(grouped.map(({ word }) => word))
  const single = [...words.filter((word) => !inGroups.has(word)), ...exact.map((word) => EXACT + word)]
  return [...grouped, ...single.map((word, index) => ({ word, group: readings.length + index, rank: 0 }))]
}

/** The properties of a message that decide whom it concerns. */
export type Said = Pick<NewRow, 'type' | 'message' | 'props'>

const isSilent = (said: Said) => said.type.startsWith('system_') || said.message === ''

/** May the message mention everybody? The guard of posting marks messages whose authors may not. */
const mayMentionAll = (props: Record<string, unknown>) => props.mentionHighlightDisabled !== true

/** May the message mention groups? */
const mayMentionGroups = (props: Record<string, unknown>) => props.disable_group_highlight !== true

/**
 * Messages by number, starting at 1: the values of `spokenSql`; whether any word begins with an @ (most
 * messages have none, and cost less); and which messages mention everybody, or everybody who is online.
 */
export type Spoken = {
  values: unknown[]
  hasNames: boolean
  everybody: number[]
  online: number[]
  /** The words that could mention somebody, and the texts in which a keyword could be inside a word. */
  words: readonly string[]
  texts: readonly string[]
}

export const spokenIn = (messages: readonly Said[]): Spoken => {
  const [numbers, words, groups, ranks]: [number[], string[], number[], number[]] = [[], [], [], []]
  const [everybody, online, textNumbers, texts]: [number[], number[], number[], string[]] = [[], [], [], []]
  const grouped: number[] = []
  for (const [index, said] of messages.entries()) {
    if (isSilent(said)) continue
    const n = index + 1
    const found = mentionWords(said.message)
    for (const { word, group, rank } of candidates(found)) {
      numbers.push(n)
      words.push(word)
      groups.push(group)
      ranks.push(rank)
    }
    // Keywords beyond ASCII also match inside words; an ASCII text contains none of them.
    if (matchesInside(found.text)) {
      textNumbers.push(n)
      texts.push(found.text)
    }
    if (mayMentionGroups(said.props)) grouped.push(n)
    if (!mayMentionAll(said.props)) continue
    if (found.wide.channel || found.wide.all) everybody.push(n)
    else if (found.wide.here) online.push(n)
  }
  const hasNames = words.some((word) => word.startsWith('@')) || everybody.length + online.length > 0
  const different = [...new Set(words)]
  const values = [numbers, words, groups, ranks, textNumbers, texts, different]
  return {
    values: hasNames ? [...values, grouped] : values,
    hasNames,
    everybody,
    online,
    words: different,
    texts,
  }
}
