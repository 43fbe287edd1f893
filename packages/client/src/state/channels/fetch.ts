/** Loads a channel together with the signed-in person's membership, and with its people. */
import {
  type Channel,
  type ChannelMember,
  members as memberOperations,
  channels as operations,
} from '@plausch/wire'
import type { Collection } from '../../source.ts'
import type { Context } from '../noun.ts'
import type { Users } from '../users.ts'

/** The other person of a direct conversation; for a conversation with oneself, oneself. */
export const partnerOf = (channel: Pick<Channel, 'name'>, me: string): string => {
  const [a = '', b = ''] = channel.name.split('__')
  return a === me ? b : a
}

/** The part of a channel that changes with its posts. */
export const countersOf = ({
  last_post_at,
  last_root_post_at,
  total_msg_count,
  total_msg_count_root,
}: Channel) => ({
  last_post_at,
  last_root_post_at,
  total_msg_count,
  total_msg_count_root,
})

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
export const createFetch = ({ call, me }: Context, users: Users, { records, people, mine }: Stores) => {
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
