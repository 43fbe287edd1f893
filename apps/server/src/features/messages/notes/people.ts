/**
 * Notes about people who join or leave a channel or a team. The English text is for old clients; ours
 * translate by type and props.
 */
import type { Context } from '../../../core/context.ts'
import { findUsers, isGuest, type UserRow } from '../../people/users/index.ts'
import { type ChannelRow, isConversation, TOWN_SQUARE } from '../../places/channels/index.ts'
import type { Added } from '../../places/members/index.ts'
import { type Note, noted, notedTogether } from '../posts/writing/index.ts'

/** Reads the user in this transaction: a person who signs up in it is in no cache yet. */
export const userOf = async (context: Context, id: string): Promise<UserRow | undefined> =>
  id === '' ? undefined : (await findUsers(context.db, [id]))[0]

const joined = (channel: ChannelRow, user: UserRow, isNew: boolean): Note => {
  const isTeam = channel.name === TOWN_SQUARE && isNew
  const asGuest = isGuest(user)
  const place = isTeam ? 'team' : asGuest ? 'channel as a guest' : 'channel'
  const type = isTeam ? 'system_join_team' : asGuest ? 'system_guest_join_channel' : 'system_join_channel'
  return {
    type,
    message: `${user.username} joined the ${place}.`,
    props: { username: user.username },
  }
}

const wasAdded = (user: UserRow, by: UserRow): Note => ({
  type: isGuest(user) ? 'system_add_guest_to_chan' : 'system_add_to_channel',
  message: `${user.username} added to the channel ${isGuest(user) ? 'as a guest ' : ''}by ${by.username}.`,
  props: { userId: by.id, username: by.username, addedUserId: user.id, addedUsername: user.username },
})

/**
 * The first channel of a team gets a note about each person who joins or leaves the team, unless the
 * administrators have switched that off.
 */
const isUnwanted = ({ server }: Context, channel: ChannelRow) =>
  channel.name === TOWN_SQUARE &&
  !server.settings().ServiceSettings.ExperimentalEnableDefaultChannelLeaveJoinMessages

/** If more people than this are added at once, no notes are written. */
const MOST_NOTES = 20

type MembersAdded = {
  added: Added[]
  users: readonly UserRow[]
  by: string
  isNew: boolean
  isQuiet: boolean
}

const isNoted = (context: Context, { channel, user_ids }: Added, by: string, isNew: boolean): boolean => {
  if (isConversation(channel) || user_ids.length > MOST_NOTES) return false
  if (isNew && isUnwanted(context, channel)) return false
  // The creator of a channel does not "join" it, and a note about the first member of a new team would tell
  // nothing.
  return !(isNew && by !== '' && user_ids.length === 1 && user_ids[0] === channel.creator_id)
}

/** Writes the notes of all channels at once. */
export const noteMembersAdded = async (
  context: Context,
  { added: all, users: read, by, isNew, isQuiet }: MembersAdded,
): Promise<void> => {
  if (isQuiet) return
  const added = all.filter((each) => isNoted(context, each, by, isNew))
  if (added.length === 0) return
  const users = new Map(read.map((user) => [user.id, user]))
  const wanted = new Set([...added.flatMap(({ user_ids }) => user_ids), ...(by === '' ? [] : [by])])
  const missing = [...wanted].filter((id) => !users.has(id))
  if (missing.length > 0) for (const user of await findUsers(context.db, missing)) users.set(user.id, user)
  const author = users.get(by)
  const notes = added.flatMap(({ channel, user_ids }) =>
    user_ids.flatMap((id) => {
      const user = users.get(id)
      if (!user) return []
      return isNew || by === id || !author
        ? [{ channel, author: user, note: joined(channel, user, isNew) }]
        : [{ channel, author, note: wasAdded(user, author) }]
    }),
  )
  await notedTogether(context, notes)
}

type MemberRemoved = { channel: ChannelRow; user_id: string; by: string; withTeam: boolean }

export const noteMemberRemoved = async (
  context: Context,
  { channel, user_id, by, withTeam }: MemberRemoved,
): Promise<void> => {
  const [user, author] = [await userOf(context, user_id), await userOf(context, by)]
  if (!user || !author || isConversation(channel) || channel.delete_at > 0) return
  if (withTeam && (channel.name !== TOWN_SQUARE || isUnwanted(context, channel))) return
  const isOwnDoing = by === user_id
  const place = withTeam ? 'team' : 'channel'
  const note: Note = isOwnDoing
    ? {
        type: withTeam ? 'system_leave_team' : 'system_leave_channel',
        message: `${user.username} left the ${place}.`,
        props: { username: user.username },
      }
    : {
        type: withTeam ? 'system_remove_from_team' : 'system_remove_from_channel',
        message: `${user.username} was removed from the ${place}.`,
        props: { removedUserId: user.id, removedUsername: user.username, username: user.username },
      }
  await noted(context, channel, isOwnDoing ? user : author, note)
}
