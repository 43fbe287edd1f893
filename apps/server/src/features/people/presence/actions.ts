import { type ActionTable, act } from '../../../core/action.ts'
import type { Context } from '../../../core/context.ts'
import { signedIn } from '../../../core/route.ts'
import { maySeeStatuses } from './access.ts'
import { noteActivity, statusesOf } from './service.ts'

const nothing = () => undefined

const shownTo = async ({ server }: Context, { granted }: { granted: readonly string[] }) =>
  Object.fromEntries((await statusesOf(server, granted)).map(({ user_id, status }) => [user_id, status]))

export const actions: ActionTable = {
  ping: act(signedIn, nothing, ({ server, now }) => ({
    text: 'pong',
    version: server.versionId(),
    server_time: now,
    node_id: '',
  })),
  user_update_active_status: act(signedIn, nothing, async ({ server, actor }, { data }) => {
    await noteActivity(server, actor.userId, data.user_is_active ?? false)
    return undefined
  }),
  presence: act(signedIn, nothing, (_context, { data, connection }) => {
    if (data.thread_channel_id !== undefined)
      connection.threadChannelId = data.is_thread_view ? data.thread_channel_id : ''
    if (data.channel_id !== undefined) connection.channelId = data.channel_id
    return undefined
  }),
  get_statuses: act(maySeeStatuses, (_data, { server }) => ({ body: server.hub.onlineUsers() }), shownTo),
  get_statuses_by_ids: act(maySeeStatuses, ({ user_ids }) => ({ body: user_ids }), shownTo),
}
