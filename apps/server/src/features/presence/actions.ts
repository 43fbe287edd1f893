import { type ActionTable, act } from '../../core/action.ts'
import { signedIn } from '../../core/route.ts'
import { noteActivity, statusesOf } from './service.ts'

const record = (statuses: { user_id: string; status: string }[]) =>
  Object.fromEntries(statuses.map(({ user_id, status }) => [user_id, status]))

export const actions: ActionTable = {
  ping: act(signedIn, ({ server, now }) => ({
    text: 'pong',
    version: server.versionId(),
    server_time: now,
    node_id: '',
  })),
  user_update_active_status: act(signedIn, async ({ server, actor }, { data }) => {
    await noteActivity(server, actor.userId, data.user_is_active ?? false)
    return undefined
  }),
  presence: act(signedIn, (_context, { data, connection }) => {
    if (data.thread_channel_id !== undefined)
      connection.threadChannelId = data.is_thread_view ? data.thread_channel_id : ''
    if (data.channel_id !== undefined) connection.channelId = data.channel_id
    return undefined
  }),
  get_statuses: act(signedIn, async ({ server }) =>
    record(await statusesOf(server, server.hub.onlineUsers())),
  ),
  get_statuses_by_ids: act(signedIn, async ({ server }, { data }) =>
    record(await statusesOf(server, data.user_ids)),
  ),
}
