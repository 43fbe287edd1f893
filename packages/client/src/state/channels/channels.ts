/** Channels and conversations of the signed-in person. */
import { type Channel, type Home, isCounted, type Post } from '@plausch/wire'
import type { Handlers } from '../../events.ts'
import { Collection, keyed, type Source, sameFields, sameList, select } from '../../source.ts'
import type { Members } from '../members.ts'
import { byKey, type Context, type Noun } from '../noun.ts'
import type { Users } from '../users.ts'
import { channelCalls } from './calls.ts'
import { countersOf, createFetch } from './fetch.ts'

/** Are two states of a channel the same but for its counters? */
const saysTheSame = (a: Channel | undefined, b: Channel | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && sameFields({ ...a, ...countersOf(b) }, b))

/** The known channels. Other nouns hear which of them are gone or moved to another team. */
const createRecords = (members: Members) => {
  const records = new Collection<Channel>()
  /** The people of group conversations. */
  const people = new Collection<readonly string[]>()

  const put = (channel: Channel): void => {
    const known = records.one(channel.id)
    if (known && channel.update_at < known.update_at) return
    // Counters change with posts, not with edits of the channel: the larger ones are the later ones.
    const counted = known && known.last_post_at > channel.last_post_at ? countersOf(known) : {}
    records.set(channel.id, { ...channel, ...counted })
  }

  /** Nouns that keep data of a channel, and must drop it with the channel. */
  const keepers: ((channelId: string) => void)[] = []
  /** Nouns that keep data by team. */
  const movers: (() => void)[] = []

  const forget = (channelId: string): void => {
    const isKnown = records.has(channelId)
    records.delete(channelId)
    members.mine.delete(channelId)
    people.delete(channelId)
    if (isKnown) for (const letGo of keepers) letGo(channelId)
  }

  const moved = (): void => {
    for (const move of movers) move()
  }

  /** A channel, told of again when more than its counters changed: each new message changes those. */
  const described = keyed(
    (channelId): Source<Channel | undefined> => select((read) => read(records.at(channelId)), saysTheSame),
  )
  const teamOf = keyed((channelId) => select((read) => read(records.at(channelId))?.team_id))
  /** The channels of a team; for '', direct and group conversations. */
  const idsOf = keyed(
    (teamId): Source<readonly string[]> =>
      select((read) => read(records.ids).filter((id) => read(teamOf(id)) === teamId), sameList),
  )

  return {
    records,
    described,
    people,
    idsOf,
    put,
    forget,
    moved,
    /** Calls `letGo` for each channel that the signed-in person has left; no more of its events come. */
    onGone: (letGo: (channelId: string) => void): void => void keepers.push(letGo),
    /** Calls `move` when a channel moves to another team, or a conversation becomes a channel of a team. */
    onMoved: (move: () => void): void => void movers.push(move),
  }
}

type Kept = ReturnType<typeof createRecords>

const channelHandlers = (
  me: () => string,
  { records, put, forget, moved }: Kept,
  fetchLater: (channelId: string) => void,
): Handlers => ({
  channel_created: ({ channel_id }) => fetchLater(channel_id),
  channel_updated: ({ channel }) => {
    const known = records.one(channel.id)
    if (known) put(channel)
    if (known && known.team_id !== channel.team_id) moved()
  },
  channel_converted: ({ channel_id }) => {
    if (records.has(channel_id)) fetchLater(channel_id)
  },
  channel_deleted: ({ channel_id, delete_at }) => {
    const later = ({ update_at }: Channel): number => Math.max(update_at, delete_at)
    records.update(channel_id, (channel) => ({ ...channel, delete_at, update_at: later(channel) }))
  },
  channel_restored: ({ channel_id }) => {
    records.update(channel_id, (channel) => ({ ...channel, delete_at: 0 }))
  },
  direct_added: (_, { broadcast }) => fetchLater(broadcast.channel_id),
  group_added: (_, { broadcast }) => fetchLater(broadcast.channel_id),
  user_added: ({ user_id }, { broadcast }) => {
    if (user_id === me()) fetchLater(broadcast.channel_id)
  },
  user_removed: ({ user_id = '', channel_id = '' }, { broadcast }) => {
    if (user_id === me()) forget(broadcast.channel_id)
    else if (channel_id !== '' && broadcast.user_id === me()) forget(channel_id)
  },
  leave_team: ({ user_id, team_id }) => {
    if (user_id !== me()) return
    for (const channel of records.get()) if (channel.team_id === team_id) forget(channel.id)
  },
  delete_team: ({ team }) => {
    for (const channel of records.get()) if (channel.team_id === team.id) forget(channel.id)
  },
})

/**
 * Counts a new post. Returns false if the channel is unknown or the post is counted already: `create_at` grows
 * strictly within a channel, so the server's totals include every post that is not newer than the newest.
 */
const count = (records: Collection<Channel>, post: Post): boolean => {
  const channel = records.one(post.channel_id)
  if (!channel || post.create_at <= channel.last_post_at) return false
  const one = isCounted(post.type) ? 1 : 0
  const isRoot = post.root_id === ''
  records.set(channel.id, {
    ...channel,
    last_post_at: post.create_at,
    last_root_post_at: isRoot ? post.create_at : channel.last_root_post_at,
    total_msg_count: channel.total_msg_count + one,
    total_msg_count_root: channel.total_msg_count_root + (isRoot ? one : 0),
  })
  return true
}

export const createChannels = (context: Context, users: Users, members: Members) => {
  const kept = createRecords(members)
  const { records, people, forget } = kept
  const fetch = createFetch(context, users, { records, people, mine: members.mine })
  const fetchLater = (channelId: string): void => context.track(fetch(channelId))

  const noun: Noun = {
    on: channelHandlers(context.me, kept, fetchLater),
    load(home: Home) {
      const present = new Set(home.channels.map(({ id }) => id))
      for (const id of records.keys()) if (!present.has(id)) forget(id)
      people.replace(new Map(Object.entries(home.direct)))
      records.replace(byKey(home.channels, ({ id }) => id))
    },
    clear() {
      records.clear()
      people.clear()
    },
  }

  return {
    ...noun,
    ...kept,
    fetch,
    fetchLater,
    /** Counts a new post; returns false if it is counted already. */
    count: (post: Post): boolean => count(records, post),
    ...channelCalls(context, { ...kept, fetch }),
  }
}

export type Channels = ReturnType<typeof createChannels>
