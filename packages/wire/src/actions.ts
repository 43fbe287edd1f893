/**
 * The actions that a client may send over the socket: name and shape of `data`. The answer is a ReplyFrame.
 */
import { type Static, type TObject, Type } from 'typebox'
import { IdOrNone, Ids, Text } from './records.ts'

export const actions = {
  /** Answers `{text: 'pong', version, server_time, node_id}`. */
  ping: Type.Object({}),
  user_typing: Type.Object({ channel_id: IdOrNone, parent_id: Type.Optional(IdOrNone) }),
  user_update_active_status: Type.Object({
    user_is_active: Type.Optional(Type.Boolean()),
    manual: Type.Optional(Type.Boolean()),
  }),
  /** What the connection shows now. The server stops sending it typing events of other channels. */
  presence: Type.Object({
    channel_id: Type.Optional(Text(26)),
    team_id: Type.Optional(Text(26)),
    thread_channel_id: Type.Optional(Text(26)),
    is_thread_view: Type.Optional(Type.Boolean()),
  }),
  /**
   * What a client did with a message that it was notified of: it showed a notification, or why it did not.
   */
  posted_notify_ack: Type.Object({
    post_id: Text(26),
    user_agent: Type.Optional(Text(1024)),
    status: Text(64),
    reason: Type.Optional(Text(256)),
    data: Type.Optional(Text(65_535)),
  }),
  get_statuses: Type.Object({}),
  get_statuses_by_ids: Type.Object({ user_ids: Ids(1000) }),
} satisfies Record<string, TObject>

export type ActionName = keyof typeof actions
export type ActionData<A extends ActionName> = Static<(typeof actions)[A]>
