/**
 * Which words mention a person. The server counts mentions by these rules, and clients highlight by them.
 * Source: protocol, semantics 13.
 */

import type { User } from '../people/users.ts'
import type { ChannelMember } from '../places/members.ts'

type Addressee = Pick<User, 'username' | 'first_name' | 'notify_props'>

const MOST_KEYWORDS = 100
const LONGEST_KEYWORD = 64

/**
 * Of "@bo." the longest reading counts that is a word of anybody. As a keyword of somebody else it would take
 * Bo's mentions away.
 */
const COULD_HIDE_A_NAME = /^@.*[._:-]$/

export type MentionKeys = {
  /** In lower case, each once: `@username` first, then the keywords. */
  words: string[]
  /** Mentions only as it is written here; undefined if the person does not want that. */
  firstName: string | undefined
}

export const mentionKeysOf = ({ username, first_name, notify_props }: Addressee): MentionKeys => {
  const keywords = (notify_props.mention_keys ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '' && word.length <= LONGEST_KEYWORD && !COULD_HIDE_A_NAME.test(word))
  return {
    words: [...new Set([`@${username}`, ...keywords.slice(0, MOST_KEYWORDS)])],
    firstName: notify_props.first_name === 'true' && first_name !== '' ? first_name : undefined,
  }
}

/** Languages such as Japanese write no spaces: a keyword beyond ASCII also matches inside a word. */
export const matchesInside = (keyword: string): boolean => !/^[\0-\x7f]*$/.test(keyword)

/**
 * Do @channel, @all and @here concern a person in a channel? Their own wish counts first, then what they set
 * for the channel. Who mutes a channel does not hear them there.
 */
export const hearsEverybody = (
  { notify_props }: Pick<User, 'notify_props'>,
  member: Pick<ChannelMember, 'notify_props'> | undefined,
): boolean => {
  if ((notify_props.channel ?? 'true') !== 'true') return false
  const { ignore_channel_mentions = 'default', mark_unread = 'all' } = member?.notify_props ?? {}
  return ignore_channel_mentions === 'default' ? mark_unread !== 'mention' : ignore_channel_mentions === 'off'
}
