/** Whether a message mentions a person, for clients that highlight it. The server counts by the same rules. */
import { mentionWords } from '@plausch/markdown'
import { type ChannelMember, hearsEverybody, matchesInside, mentionKeysOf, type User } from '@plausch/wire'

/**
 * Does the message name the person: by username, by one of their keywords, or with everybody in the channel?
 * `member` is the person's membership of the channel.
 */
export const isNamedIn = (
  message: string,
  person: Pick<User, 'username' | 'first_name' | 'notify_props'>,
  member: Pick<ChannelMember, 'notify_props'> | undefined,
): boolean => {
  const { words, exact, wide, text } = mentionWords(message)
  const keys = mentionKeysOf(person)
  return (
    keys.words.some((key) => words.includes(key) || (matchesInside(key) && text.includes(key))) ||
    (keys.firstName !== undefined && exact.includes(keys.firstName)) ||
    ((wide.channel || wide.all || wide.here) && hearsEverybody(person, member))
  )
}
