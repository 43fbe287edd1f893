/** What is offered to complete a name, and how offers are ordered. */
import type { User } from '@plausch/wire'
import { formsOf } from '../../../browser/folding.ts'

export type Offer = {
  key: string
  /** What it writes, with its sign. */
  insert: string
  /** The name that is shown. */
  name: string
  /** A faint text beside the name. */
  note?: string
  person?: User
  /** The character of an emoji, or the id of a custom one. */
  emoji?: string
  customEmoji?: string
}

export const MOST = 8

const words = new WeakMap<User, readonly string[]>()

/** The folded words by which people find somebody. */
const wordsOf = (user: User): readonly string[] => {
  const known = words.get(user)
  if (known) return known
  const { username, first_name, last_name, nickname } = user
  const all = [username, first_name, last_name, nickname, `${first_name} ${last_name}`]
  const found = [...all, ...username.split(/[._-]/)].filter((word) => word !== '').flatMap(formsOf)
  words.set(user, found)
  return found
}

/** Whether somebody reads the channel, as far as this device knows. */
export type Standing = 'inside' | 'unknown' | 'outside'
const STANDINGS: readonly Standing[] = ['inside', 'unknown', 'outside']

type Ranked = { user: User; rank: number }

/**
 * Those of `users` whose names begin with `term`: first members of the channel, among them usernames before
 * other names.
 */
export const matching = (
  users: readonly User[],
  term: string,
  standingOf: (userId: string) => Standing = () => 'unknown',
  most = MOST,
): User[] => {
  const terms = formsOf(term)
  const begins = (word: string): boolean => terms.some((each) => word.startsWith(each))
  const ranked: Ranked[] = []
  for (const user of users) {
    if (user.delete_at > 0 || !wordsOf(user).some(begins)) continue
    const standing = STANDINGS.indexOf(standingOf(user.id))
    ranked.push({ user, rank: standing * 2 + (begins(user.username) ? 0 : 1) })
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.user.username < b.user.username ? -1 : 1))
    .slice(0, most)
    .map(({ user }) => user)
}

/** 0 for the same name, 1 if it begins alike, 2 if one of its words does, 3 if it contains the term, or 4. */
const distance = (form: string, term: string): number => {
  if (form === term) return 0
  const at = form.indexOf(term)
  if (at === 0) return 1
  for (let from = at; from > 0; from = form.indexOf(term, from + 1))
    if (/[\s_+.-]/.test(form[from - 1] ?? '')) return 2
  return at > 0 && term.length > 2 ? 3 : 4
}

/** The best by their names: those that begin with the term first, shorter ones before longer ones. */
export const bestNames = <T>(
  all: readonly T[],
  term: string,
  namesOf: (one: T) => readonly string[],
  most = MOST,
): T[] => {
  const terms = formsOf(term)
  const rankOf = (names: readonly string[]): number =>
    Math.min(4, ...names.flatMap(formsOf).flatMap((form) => terms.map((each) => distance(form, each))))
  return all
    .map((one) => {
      const names = namesOf(one)
      return { one, rank: rankOf(names), name: names[0] ?? '' }
    })
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ one }) => one)
}
