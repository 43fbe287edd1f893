/** Channels and conversations of the signed-in person. */
import {
  type Channel,
  type ChannelMember,
  type ChannelPatch,
  type Home,
  isCounted,
  members as memberOperations,
  channels as operations,
  type Post,
} from '@plausch/wire'
import { Collection, keyed, type Source, sameList, select } from '../source.ts'
import type { Members } from './members.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import type { Users } from './users.ts'

/** The other person of a direct conversation; for a conversation with oneself, oneself. */
export const partnerOf = (channel: Pick<Channel, 'name'>, me: string): string => {
  const [a = '', b = ''] = channel.name.split('__')
  return a === me ? b : a
}

export const createChannels = (context: Context, users: Users, members: Members) => {
  const { me, track } = context
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

  const teamOf = keyed((channelId) => select((read) => read(records.at(channelId))?.team_id))
  /** The channels of a team; for '', direct and group conversations. */
  const idsOf = keyed(
    (teamId): Source<readonly string[]> =>
      select((read) => read(records.ids).filter((id) => read(teamOf(id)) === teamId), sameList),
  )

  const fetch = createFetch(context, users, { records, people, mine: members.mine })
  const fetchLater = (channelId: string): void => track(fetch(channelId))

  const noun: Noun = {
    on: {
      channel_created: ({ channel_id }) => fetchLater(channel_id),
      channel_updated: ({ channel }) => {
        const known = records.one(channel.id)
        if (known) put(channel)
        if (known && known.team_id !== channel.team_id) for (const move of movers) move()
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
    },
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
    records,
    people,
    idsOf,
    put,
    forget,
    fetch,
    fetchLater,
    /** Calls `letGo` for each channel that the signed-in person has left; no more of its events come. */
    onGone: (letGo: (channelId: string) => void): void => void keepers.push(letGo),
    /** Calls `move` when a channel moves to another team, or a conversation becomes a channel of a team. */
    onMoved: (move: () => void): void => void movers.push(move),
    /**
     * Counts a new post. Returns false if the channel is unknown or the post is counted already: `create_at`
     * grows strictly within a channel, so the server's totals include every post that is not newer than the
     * newest.
     */
    count(post: Post): boolean {
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
    },
    ...channelCalls(context, { records, put, forget, fetch }),
  }
}

type Stores = {
  records: Collection<Channel>
  people: Collection<readonly string[]>
  mine: Collection<ChannelMember>
}

/** How often a channel is loaded to get it and a membership of the same moment. */
const MOST_ROUNDS = 4

/**
 * Makes the function that loads a channel with my membership; if it is called again meanwhile, it loads once
 * more.
 */
const createFetch = ({ call, me }: Context, users: Users, { records, people, mine }: Stores) => {
  const running = new Map<string, { isOutdated: boolean }>()

  const loadPeople = async (channel: Channel): Promise<void> => {
    if (channel.type === 'D') users.ensure([partnerOf(channel, me())])
    if (channel.type !== 'G') return
    const found = await call(memberOperations.list, {
      params: { channel_id: channel.id },
      query: { per_page: 20 },
    })
    const ids = found.map(({ user_id }) => user_id)
    people.set(channel.id, ids)
    users.ensure(ids)
  }

  /**
   * Loads a channel and my membership of the same moment. They are two answers; a post between them would be
   * in the totals of one and not in the mentions of the other. So this loads the channel before and after,
   * until no post came in between. In a busy channel that may never happen: after `MOST_ROUNDS` the last
   * answers count, and the next look at the channel corrects them.
   */
  const loadBoth = async (channelId: string): Promise<[Channel, ChannelMember]> => {
    const params = { channel_id: channelId }
    let before = await call(operations.get, { params })
    for (let round = 1; ; round += 1) {
      const member = await call(memberOperations.get, { params: { ...params, user_id: 'me' } })
      const after = await call(operations.get, { params })
      if (after.last_post_at === before.last_post_at || round === MOST_ROUNDS) return [after, member]
      before = after
    }
  }

  const load = async (channelId: string): Promise<void> => {
    const [channel, member] = await loadBoth(channelId)
    mine.set(channelId, member)
    const known = records.one(channelId)
    // An event may have brought a later state while these answers were on their way; only the counters are new.
    const isLate = known !== undefined && known.update_at > channel.update_at
    records.set(channelId, isLate ? { ...known, ...countersOf(channel) } : channel)
    if (!people.has(channelId)) await loadPeople(channel)
  }

  return async (channelId: string): Promise<void> => {
    const known = running.get(channelId)
    if (known) {
      known.isOutdated = true
      return
    }
    const run = { isOutdated: false }
    running.set(channelId, run)
    try {
      do {
        run.isOutdated = false
        await load(channelId)
      } while (run.isOutdated)
    } finally {
      running.delete(channelId)
    }
  }
}

const countersOf = ({ last_post_at, last_root_post_at, total_msg_count, total_msg_count_root }: Channel) => ({
  last_post_at,
  last_root_post_at,
  total_msg_count,
  total_msg_count_root,
})

type Kept = {
  records: Collection<Channel>
  put(channel: Channel): void
  forget(channelId: string): void
  fetch(channelId: string): Promise<void>
}

type NewChannel = { team_id: string; name: string; display_name: string; type: 'O' | 'P'; purpose?: string }

const channelCalls = ({ call, me }: Context, { records, put, forget, fetch }: Kept) => ({
  async create(channel: NewChannel): Promise<Channel> {
    const created = await call(operations.create, { body: channel })
    await fetch(created.id)
    return created
  },
  /** Joins a public channel; does nothing for a member. */
  async join(channelId: string): Promise<void> {
    if (records.has(channelId)) return
    await call(memberOperations.add, { params: { channel_id: channelId }, body: { user_id: me() } })
    await fetch(channelId)
  },
  async leave(channelId: string): Promise<void> {
    await call(memberOperations.remove, { params: { channel_id: channelId, user_id: me() } })
    forget(channelId)
  },
  /**
   * The conversation with these people, created if it does not exist: direct with one, group with two to
   * seven.
   */
  async open(userIds: readonly string[]): Promise<Channel> {
    const [only] = userIds
    const channel =
      userIds.length === 1 && only !== undefined
        ? await call(operations.createDirect, { body: [me(), only] })
        : await call(operations.createGroup, { body: [me(), ...userIds] })
    if (!records.has(channel.id)) await fetch(channel.id)
    return channel
  },
  async patch(channelId: string, patch: ChannelPatch): Promise<void> {
    put(await call(operations.patch, { params: { channel_id: channelId }, body: patch }))
  },
  async archive(channelId: string): Promise<void> {
    await call(operations.archive, { params: { channel_id: channelId } })
  },
  async restore(channelId: string): Promise<void> {
    put(await call(operations.restore, { params: { channel_id: channelId } }))
  },
  /** Public channels of a team, including the person's own. */
  listPublic: (teamId: string, page = 0): Promise<Channel[]> =>
    call(operations.listPublic, { params: { team_id: teamId }, query: { page, per_page: 200 } }),
  getByName: (teamId: string, name: string): Promise<Channel> =>
    call(operations.getByName, {
      params: { team_id: teamId, channel_name: name },
      query: { include_deleted: true },
    }),
})

export type Channels = ReturnType<typeof createChannels>
