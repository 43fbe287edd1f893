/** The results of the quick switcher: channels, conversations, people, and what can be done, best first. */
import type { Channel, User } from '@plausch/wire'
import { formsOf } from '../../../browser/folding.ts'

export type Place =
  | { kind: 'channel'; id: string; name: string; channel: Channel }
  | { kind: 'person'; id: string; name: string; user: User }

/** What a typed term is compared with: a name, and further words that lead to it. */
export type Named = { forms: readonly string[]; words: readonly string[] }

const wordsIn = (text: string): string[] => text.split(/[\s._@~#/-]+/).filter(Boolean)

export const named = (name: string, others: string): Named => ({
  forms: formsOf(name).map((form) => wordsIn(form).join(' ')),
  words: [...new Set([...formsOf(name), ...formsOf(others)].flatMap(wordsIn))],
})

/** A typed term, ready to be compared many times. */
export const termOf = (text: string): readonly (readonly string[])[] =>
  formsOf(text.trim()).map((form) => wordsIn(form))

/**
 * Larger is better; 0 is no match. 3: the name begins with the term; 2: each word of the term begins a word; 1:
 * each is somewhere inside.
 */
export const scoreOf = ({ forms, words }: Named, term: ReturnType<typeof termOf>): number => {
  let best = 0
  for (const wanted of term) {
    if (wanted.length === 0) continue
    const whole = wanted.join(' ')
    if (forms.some((form) => form.startsWith(whole))) return 3
    if (wanted.every((word) => words.some((each) => each.startsWith(word)))) best = 2
    else if (best < 1 && wanted.every((word) => words.some((each) => each.includes(word)))) best = 1
  }
  return best
}

/** What is known of a place; larger ranks are visited more often. */
export type Candidate = { place: Place; named: Named; rank: number; isUnread: boolean; at: number }

const byName = new Intl.Collator(undefined, { sensitivity: 'base' })

/** The places that fit a term, best first: by how well it fits, then by visits, then by the last message. */
export const ranked = (candidates: readonly Candidate[], text: string, most: number): Place[] => {
  const term = termOf(text)
  const found: { candidate: Candidate; score: number }[] = []
  for (const candidate of candidates) {
    const fit = scoreOf(candidate.named, term)
    if (fit === 0) continue
    const isKnown = candidate.place.kind === 'channel' ? 0.4 : 0
    const score = fit + isKnown + Math.min(1, candidate.rank / 8) + (candidate.isUnread ? 0.2 : 0)
    found.push({ candidate, score })
  }
  found.sort(
    (a, b) =>
      b.score - a.score ||
      b.candidate.at - a.candidate.at ||
      byName.compare(a.candidate.place.name, b.candidate.place.name),
  )
  return found.slice(0, most).map(({ candidate }) => candidate.place)
}

/** Without a term: what is unread, and what was visited last and most. */
export const waiting = (
  candidates: readonly Candidate[],
  most: number,
): { unread: Place[]; recent: Place[] } => {
  const channels = candidates.filter(({ place }) => place.kind === 'channel')
  const unread = channels.filter((each) => each.isUnread).sort((a, b) => b.at - a.at)
  const recent = channels
    .filter((each) => !each.isUnread)
    .sort((a, b) => b.rank - a.rank || b.at - a.at)
    .slice(0, Math.max(3, most - unread.length))
  return { unread: unread.slice(0, most).map(({ place }) => place), recent: recent.map(({ place }) => place) }
}
