/** Which name is being typed at the caret, and which known names match it. */
import type { User } from '@plausch/wire'
import { formsOf } from '../../../browser/folding.ts'

export type Asked = { from: number; to: number; term: string }

/** The `@name` that ends at the caret; undefined if none is being typed. */
export const askedAt = (text: string, caret: number): Asked | undefined => {
  const match = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{M}\p{N}._-]{0,64})$/u.exec(text.slice(0, caret))
  const term = match?.[1]
  return term === undefined
    ? undefined
    : { from: caret - term.length - 1, to: caret, term: term.toLowerCase() }
}

/** Replaces the typed part with a name and a space. */
export const complete = (
  text: string,
  { from, to }: Asked,
  username: string,
): { text: string; caret: number } => {
  const after = text.slice(to)
  const insert = `@${username}${after.startsWith(' ') ? '' : ' '}`
  return {
    text: text.slice(0, from) + insert + after,
    caret: from + insert.length + (after.startsWith(' ') ? 1 : 0),
  }
}

const wordsOf = (user: User): string[] =>
  [user.username, user.first_name, user.last_name, user.nickname, ...user.username.split(/[._-]/)].flatMap(
    formsOf,
  )

/** Those of `users` whose names begin with `term`, usernames first, at most `most`. */
export const matching = (users: readonly User[], term: string, most = 8): User[] => {
  const terms = formsOf(term)
  const begins = (word: string) => word !== '' && terms.some((each) => word.startsWith(each))
  const rank = (user: User): number => (begins(user.username) ? 0 : 1)
  return users
    .filter((user) => user.delete_at === 0 && wordsOf(user).some(begins))
    .sort((a, b) => rank(a) - rank(b) || a.username.localeCompare(b.username))
    .slice(0, most)
}
