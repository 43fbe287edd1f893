/** Automatic replies of absent people. */
import type { Context } from '../../../core/context.ts'
import { findUsers } from '../../people/users/index.ts'
import { type ChannelRow, lockChannel } from '../../places/channels/index.ts'
import type { PostRow } from '../posts/index.ts'
import { noted } from '../posts/writing/index.ts'
import { hasAnsweredSince, otherInDirect } from './store.ts'

const DAY_MS = 24 * 3_600_000

/** Sends the automatic reply of an absent person: at most one a day in a conversation, and never to a bot. */
export const answerForAbsent = async (
  context: Context,
  post: PostRow,
  channel: ChannelRow,
): Promise<void> => {
  const { db, now } = context
  const otherId = await otherInDirect(db, channel.id, post.user_id)
  const [author] = await findUsers(db, [post.user_id])
  const [other] = otherId ? await findUsers(db, [otherId]) : []
  if (!other || other.is_bot || other.delete_at > 0 || !author || author.is_bot) return
  const { auto_responder_active, auto_responder_message = '' } = other.notify_props
  if (auto_responder_active !== 'true' || auto_responder_message === '') return
  await lockChannel(db, channel.id)
  if (await hasAnsweredSince(db, channel.id, other.id, now - DAY_MS)) return
  await noted(context, channel, other, {
    type: 'system_auto_responder',
    message: auto_responder_message,
    props: {},
    root_id: post.root_id || post.id,
    // An absent person has read nothing.
    marks_read: false,
  })
}
