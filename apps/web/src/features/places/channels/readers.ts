/** Who can read a channel, as the server decides it (docs/decisions/0003). */
import { Collection, keyed, type Source, select } from '@plausch/client'
import {
  type Channel,
  groups as groupOperations,
  channels as operations,
  teams as teamOperations,
  users,
} from '@plausch/wire'
import { client } from '../../../platform/client.ts'

export type Audience = {
  /** People in the channel, the reader too. */
  members: number
  guests: number
  /** The first of them, by name. */
  userIds: readonly string[]
  /** Groups of which some people are in the channel. */
  groups: readonly { id: string; count: number }[]
}

/** Numbers of people by team, as they were last asked for. */
const inTeams = new Collection<number>()
const audiences = new Collection<Audience>()

const SOME = 12

/** How many people are in a channel; undefined while unknown: conversations know it, for others ask. */
export const memberCount: (channelId: string) => Source<number | undefined> = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.described(channelId))
    if (channel?.type === 'D') return new Set(channel.name.split('__')).size
    const people = channel?.type === 'G' ? read(client.channels.people.at(channelId)) : undefined
    return people?.length ?? read(client.members.counts.at(channelId))
  }),
)

/** How many people can read a channel: a public one, everybody in the team. */
export const readerCount: (channelId: string) => Source<number | undefined> = keyed((channelId) =>
  select((read) => {
    const channel = read(client.channels.described(channelId))
    return channel?.type === 'O' ? read(inTeams.at(channel.team_id)) : read(memberCount(channelId))
  }),
)

export const audienceOf = (channelId: string): Source<Audience | undefined> => audiences.at(channelId)

/** Asks how many people are in a channel, unless it is known. */
export const countMembers = async (channelId: string): Promise<void> => {
  if (memberCount(channelId).get() !== undefined) return
  await client.members.count(channelId)
}

const countTeam = async (teamId: string): Promise<void> => {
  const stats = await client.call(teamOperations.stats, { params: { team_id: teamId } })
  inTeams.set(teamId, stats.active_member_count)
}

/** Asks how many people can read a channel, unless it is known. A failure leaves it unknown. */
export const countReaders = async ({ id, type, team_id }: Channel): Promise<void> => {
  if (readerCount(id).get() !== undefined) return
  await (type === 'O' ? countTeam(team_id) : countMembers(id))
}

const groupsIn = async (channelId: string): Promise<Audience['groups']> => {
  await client.groups.open()
  const found = await client.call(groupOperations.countInChannel, { params: { channel_id: channelId } })
  return found
    .filter(({ group_id, channel_member_count }) => group_id !== '' && channel_member_count > 0)
    .map(({ group_id, channel_member_count }) => ({ id: group_id, count: channel_member_count }))
}

/** Loads who can read a channel. */
export const loadAudience = async ({ id, type, team_id }: Channel): Promise<void> => {
  const params = { channel_id: id }
  const isConversation = type === 'D' || type === 'G'
  const [stats, people, groups] = await Promise.all([
    client.call(operations.stats, { params, query: { exclude_files_count: true } }),
    client.call(users.list, { query: { in_channel: id, per_page: SOME } }),
    // Who may not see groups sees the people all the same.
    isConversation ? [] : groupsIn(id).catch(() => []),
    type === 'O' ? countTeam(team_id) : undefined,
  ])
  for (const user of people) client.users.put(user)
  client.members.counts.set(id, stats.member_count)
  audiences.set(id, {
    members: stats.member_count,
    guests: stats.guest_count,
    userIds: people.map((user) => user.id),
    groups,
  })
}
