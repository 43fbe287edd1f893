/** Which words mention whom. Source: protocol, semantics 13. */
import { type MentionWords, mentionWords } from '@plausch/markdown'
import { matchesInside, mentionKeysOf } from '@plausch/wire'
import type { NewRow } from '../../messages/posts/writing/index.ts'
import type { UserRow } from '../../people/users/index.ts'

/** First names are compared exactly: they are kept behind a sign that no word of a message begins with. */
export const EXACT = '='

/** The words that mention a person, as they are kept. */
export const wordsOf = (user: UserRow): string[] => {
  const { words, firstName } = mentionKeysOf(user)
  return firstName === undefined ? words : [...words, EXACT + firstName]
}

type Candidate = { word: string; group: number; rank: number }

/** Every candidate of a message; those of one group are readings of one name, of which the first that exists counts. */
const candidates = ({ words, exact, readings }: MentionWords): Candidate[] => {
  const grouped = readings.flatMap((group, index) =>
    group.map((word, rank) => ({ word, group: index, rank })),
  )
  const inGroups = new Set(grouped.map(({ word }) => word))
  const single = [...words.filter((word) => !inGroups.has(word)), ...exact.map((word) => EXACT + word)]
  return [...grouped, ...single.map((word, index) => ({ word, group: readings.length + index, rank: 0 }))]
}

/** What of a message says whom it concerns. */
export type Said = Pick<NewRow, 'type' | 'message' | 'props'>

const isSilent = (said: Said) => said.type.startsWith('system_') || said.message === ''

/** May the message mention everybody? Its author may not where the guard of posting has said so. */
const mayMentionAll = (props: Record<string, unknown>) => props.mentionHighlightDisabled !== true

/** May it mention groups? */
const mayMentionGroups = (props: Record<string, unknown>) => props.disable_group_highlight !== true

/**
 * Messages by their numbers from 1 on: the values of `spokenSql`, whether any word begins with an @ (most messages speak to nobody, and cost
 * less), and which of them mention everybody, or everybody who is online.
 */
export type Spoken = {
  values: unknown[]
  hasNames: boolean
  everybody: number[]
  online: number[]
  /** The words that could mention somebody, and the texts in which a keyword could stand inside a word. */
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
    // Keywords beyond ASCII match inside words too; a text within ASCII holds none.
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
