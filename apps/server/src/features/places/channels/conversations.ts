/** Conversations between people. Creating one that exists returns it. */
import type { Channel, ChannelType } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, seenPeople, type UserRow } from '../../people/users/index.ts'
import { membershipsOfUser } from '../teams/index.ts'
import { announceDirect, announceGroup, channelCreated } from './events.ts'
import { shownChannel } from './records.ts'
import { directName, groupName } from './rules.ts'
import { type ChannelRow, insertConversation, newChannel } from './store.ts'

/** The people of a conversation. All of them must exist, as far as the actor may know. */
const people = async (context: Context, ids: readonly string[]): Promise<UserRow[]> => {
  const users = await seenPeople(context, await findUsers(context.db, ids))
  if (users.length !== ids.length) throw new Fault('users.not_found')
  return users
}

const checkTeams = async ({ db, actor, server }: Context, others: readonly string[]) => {
  if (server.settings().TeamSettings.RestrictDirectMessage !== 'team') return
  const teamsOf = async (userId: string) =>
    (await membershipsOfUser(db, userId)).map((member) => member.team_id)
  const own = new Set(await teamsOf(actor.userId))
  for (const id of others) {
    if (!(await teamsOf(id)).some((teamId) => own.has(teamId))) throw new Fault('channels.direct_team_only')
  }
}

const open = async (context: Context, type: ChannelType, name: string, users: readonly UserRow[]) => {
  const { actor, db, now } = context
  const usernames = users.map((user) => user.username).sort()
  const made = newChannel(now, {
    team_id: '',
    type,
    name,
    display_name: type === 'G' ? usernames.join(', ').slice(0, 64) : '',
    creator_id: actor.userId,
  })
  const { row, isNew } = await insertConversation(db, made)
  // People can still read an existing conversation, but cannot begin one with a deactivated person.
  if (isNew && users.some((user) => user.delete_at > 0)) throw new Fault('users.not_found')
  const ids = users.map((user) => user.id)
  if (isNew)
    await context.emit(channelCreated, { channel: row, user_ids: ids, admin_ids: [], by: actor.userId })
  return { row, isNew }
}

/**
 * A conversation for an administrator who created it for two other people: it must not show when these last
 * wrote.
 */
const withoutLife = (row: ChannelRow): ChannelRow => ({
  ...row,
  update_at: row.create_at,
  header: '',
  last_post_at: 0,
  last_root_post_at: 0,
  total_msg_count: 0,
  total_msg_count_root: 0,
})

/** Takes two ids, or the actor's own id (once or twice) for notes to oneself. */
export const createDirect = async (
  context: Context,
  { body }: { body: readonly string[] },
): Promise<Channel> => {
  const [first = '', second = first] = body
  const ids = [...new Set([first, second])]
  const users = await people(context, ids)
  await checkTeams(
    context,
    ids.filter((id) => id !== context.actor.userId),
  )
  const { row, isNew } = await open(context, 'D', directName(first, second), users)
  if (isNew) {
    const teammate = ids.find((id) => id !== context.actor.userId) ?? context.actor.userId
    announceDirect(context, row, teammate)
  }
  return shownChannel(ids.includes(context.actor.userId) ? row : withoutLife(row))
}

/**
 * The actor's conversation with a person, for messages of the server itself: restrictions on who may write to
 * whom do not apply.
 */
export const conversationWith = async (
  context: Context,
  self: UserRow,
  other: UserRow,
): Promise<ChannelRow> => {
  const { row, isNew } = await open(context, 'D', directName(self.id, other.id), [self, other])
  if (isNew) announceDirect(context, row, other.id)
  return row
}

/** Takes three to eight people. The actor is always included, named or not. */
export const createGroup = async (
  context: Context,
  { body }: { body: readonly string[] },
): Promise<Channel> => {
  const ids = [...new Set([...body, context.actor.userId])]
  if (ids.length < 3 || ids.length > 8) throw new Fault('channels.group_size')
  const users = await people(context, ids)
  await checkTeams(
    context,
    ids.filter((id) => id !== context.actor.userId),
  )
  const { row, isNew } = await open(context, 'G', groupName(ids), users)
  if (isNew) announceGroup(context, row, ids)
  return shownChannel(row)
}
