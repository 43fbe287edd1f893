/** Which words mention whom. Source: protocol, semantics 13. */
import { type MentionWords, mentionWords } from '@plausch/markdown'
import type { NewRow } from '../posts/index.ts'
import type { UserRow } from '../users/index.ts'

/** First names are compared exactly: they are kept behind a sign that no word of a message begins with. */
const EXACT = '='

const MOST_KEYWORDS = 100

/** The words that mention a person: @username, their keywords, and their first name if they want that. */
export const wordsOf = ({ username, first_name, notify_props }: UserRow): string[] => {
  const keywords = (notify_props.mention_keys ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '' && word.length <= 64)
  const firstName = notify_props.first_name === 'true' && first_name !== '' ? [EXACT + first_name] : []
  return [...new Set([`@${username}`, ...keywords.slice(0, MOST_KEYWORDS), ...firstName])]
}

type Candidate = { word: string; group: number; rank: number }

/** Every candidate of a message; those of one group are readings of one name, of which the first that exists counts. */
const candidates = ({ words, exact, readings }: MentionWords): Candidate[] => {
  const grouped = readings.flatMap((group, index) => group.map((word, rank) => ({ word, group: index, rank })))
  const inGroups = new Set(grouped.map(({ word }) => word))
  const single = [...words.filter((word) => !inGroups.has(word)), ...exact.map((word) => EXACT + word)]
  return [...grouped, ...single.map((word, index) => ({ word, group: readings.length + index, rank: 0 }))]
}

const isSilent = (row: NewRow) => row.type.startsWith('system_') || row.message === ''

/** May the message mention everybody? Its author may not where the guard of posting has said so. */
const mayMentionAll = (props: Record<string, unknown>) => props.mentionHighlightDisabled !== true

/** The values that the counting of a batch needs; see `countingSql`. */
export const countingValues = (rows: readonly NewRow[], mostMembers: number): unknown[] => {
  const [numbers, words, groups, ranks]: [number[], string[], number[], number[]] = [[], [], [], []]
  const [everybody, online]: [number[], number[]] = [[], []]
  for (const [index, row] of rows.entries()) {
    if (isSilent(row)) continue
    const n = index + 1
    const found = mentionWords(row.message)
    for (const { word, group, rank } of candidates(found)) {
      numbers.push(n)
      words.push(word)
      groups.push(group)
      ranks.push(rank)
    }
    if (!mayMentionAll(row.props)) continue
    if (found.wide.channel || found.wide.all) everybody.push(n)
    else if (found.wide.here) online.push(n)
  }
  return [numbers, words, groups, ranks, everybody, online, mostMembers]
}

/** Does a message mention the person whose words these are? For counting again what was counted before. */
export const mentions = (message: string, props: Record<string, unknown>, own: ReadonlySet<string>): boolean => {
  const found = mentionWords(message)
  if (mayMentionAll(props) && (found.wide.channel || found.wide.all)) return true
  return candidates(found).some(({ word }) => own.has(word))
}
