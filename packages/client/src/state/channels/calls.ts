/** What people do with channels. */
import {
  type Channel,
  type ChannelPatch,
  members as memberOperations,
  channels as operations,
} from '@plausch/wire'
import type { Collection } from '../../source.ts'
import type { Context } from '../noun.ts'

type Kept = {
  records: Collection<Channel>
  put(channel: Channel): void
  forget(channelId: string): void
  fetch(channelId: string): Promise<void>
}

type NewChannel = { team_id: string; name: string; display_name: string; type: 'O' | 'P'; purpose?: string }

export const channelCalls = ({ call, me }: Context, { records, put, forget, fetch }: Kept) => ({
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
