/**
 * Memberships of channels: the signed-in person's own for all channels, and member lists for channels that a
 * screen shows.
 */
import { type ChannelMember, type Home, members as operations, users as userOperations } from '@plausch/wire'
import { Layered } from '../layered.ts'
import { Collection, keyed, type Source, sameFields, select } from '../source.ts'
import { createMemberCounts } from './member-counts.ts'
import { byKey, type Context, type Noun } from './noun.ts'
import type { Users } from './users.ts'

/** The loaded part of a channel's member list. */
export type Roster = { userIds: readonly string[]; isComplete: boolean }

const PAGE = 100

type NotifyProps = ChannelMember['notify_props'] | undefined
const sameProps = (a: NotifyProps, b: NotifyProps): boolean => a === b || (!!a && !!b && sameFields(a, b))

type Kept = { mine: Collection<ChannelMember>; rosters: Collection<Roster> }

/** What people do with memberships. */
const memberCalls = ({ call, me }: Context, users: Users, { mine, rosters }: Kept) => ({
  /** Loads the next page of a channel's people. */
  async loadMore(channelId: string): Promise<void> {
    const known = rosters.one(channelId)?.userIds ?? []
    const page = Math.floor(known.length / PAGE)
    const found = await call(userOperations.list, {
      query: { in_channel: channelId, page, per_page: PAGE },
    })
    for (const user of found) users.put(user)
    const before = rosters.one(channelId)?.userIds ?? []
    const userIds = [...new Set([...before, ...found.map(({ id }) => id)])]
    rosters.set(channelId, { userIds, isComplete: found.length < PAGE })
  },
  async add(channelId: string, userIds: readonly string[]): Promise<void> {
    await call(operations.add, { params: { channel_id: channelId }, body: { user_ids: [...userIds] } })
  },
  async remove(channelId: string, userId: string): Promise<void> {
    await call(operations.remove, { params: { channel_id: channelId, user_id: userId } })
  },
  /** Changes some of one's notification settings in a channel, at once; takes it back if it is refused. */
  async setNotifyProps(channelId: string, props: Record<string, string>): Promise<void> {
    const before = mine.one(channelId)
    const after = before && { ...before, notify_props: { ...before.notify_props, ...props } }
    if (after) mine.set(channelId, after)
    const ids = { channel_id: channelId, user_id: me() }
    try {
      await call(operations.setNotifyProps, { params: ids, body: { ...props, ...ids } })
    } catch (fault) {
      if (before && mine.one(channelId) === after) mine.set(channelId, before)
      throw fault
    }
  },
})

export const createMembers = (context: Context, users: Users) => {
  const { call, me, track } = context
  const mine = new Layered<ChannelMember>()
  /** Each new message changes a membership, but not these settings of it. */
  const notifyProps = keyed(
    (channelId): Source<NotifyProps> => select((read) => read(mine.at(channelId))?.notify_props, sameProps),
  )
  const rosters = new Collection<Roster>()
  const sizes = createMemberCounts(context)

  const put = (member: ChannelMember): void => {
    if (member.user_id !== me()) return
    const known = mine.base(member.channel_id)
    if (!known || member.last_update_at >= known.last_update_at) mine.set(member.channel_id, member)
  }

  const noun: Noun = {
    on: {
      channel_member_updated: ({ channelMember }) => put(channelMember),
      // The permissions of members have changed, and with them the names of my roles.
      channel_scheme_updated: (_, { broadcast }) => {
        const params = { channel_id: broadcast.channel_id, user_id: me() }
        track(call(operations.get, { params }).then(put))
      },
      user_added: ({ user_id }, { broadcast }) => {
        users.ensure([user_id])
        sizes.changed(broadcast.channel_id)
        rosters.update(broadcast.channel_id, (roster) =>
          roster.userIds.includes(user_id) ? roster : { ...roster, userIds: [...roster.userIds, user_id] },
        )
      },
      members_joined: (_, { broadcast }) => {
        rosters.delete(broadcast.channel_id)
        sizes.changed(broadcast.channel_id)
      },
      user_removed: ({ user_id = '' }, { broadcast }) => {
        sizes.changed(broadcast.channel_id)
        rosters.update(broadcast.channel_id, (roster) => ({
          ...roster,
          userIds: roster.userIds.filter((id) => id !== user_id),
        }))
      },
    },
    load(home: Home) {
      mine.replace(byKey(home.channel_members, ({ channel_id }) => channel_id))
      // Changes of others meanwhile are unknown; the next screen loads the lists again.
      rosters.clear()
      sizes.clear()
    },
    clear() {
      mine.clear()
      rosters.clear()
      sizes.clear()
    },
  }

  return {
    ...noun,
    mine,
    notifyProps,
    rosters,
    /** How many people are in a channel, once `count` has asked. */
    counts: sizes.counts,
    count: sizes.ask,
    put,
    ...memberCalls(context, users, { mine, rosters }),
  }
}

export type Members = ReturnType<typeof createMembers>
