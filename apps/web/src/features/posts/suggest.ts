/** Which name is being typed at the caret, and which of the known ones it could become. */
import type { User } from '@plausch/wire'

export type Asked = { from: number; to: number; term: string }

/** The `@name` that ends at the caret; undefined when none is being typed. */
export const askedAt = (text: string, caret: number): Asked | undefined => {
  const match = /(?:^|[^\p{L}\p{N}_@.])@([a-z0-9._-]{0,64})$/iu.exec(text.slice(0, caret))
  const term = match?.[1]
  return term === undefined
    ? undefined
    : { from: caret - term.length - 1, to: caret, term: term.toLowerCase() }
}

/** Puts a name in the place of what was typed, with a blank after it. */
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
  [user.username, user.first_name, user.last_name, user.nickname, ...user.username.split(/[._-]/)].map(
    (word) => word.toLowerCase(),
  )

/** Those of `users` whose names begin with `term`, usernames first, at most `most`. */
export const matching = (users: readonly User[], term: string, most = 8): User[] => {
  const rank = (user: User): number => (user.username.startsWith(term) ? 0 : 1)
  return users
    .filter(
      (user) => user.delete_at === 0 && wordsOf(user).some((word) => word !== '' && word.startsWith(term)),
    )
    .sort((a, b) => rank(a) - rank(b) || a.username.localeCompare(b.username))
    .slice(0, most)
}
