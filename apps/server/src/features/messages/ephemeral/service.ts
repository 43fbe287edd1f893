/** Posts that only one person sees and that the server does not store: replies and hints of the system. */
import type { InputOf, Post, ephemeral as wire } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { findChannelAccess, type SeenChannel } from '../../places/channels/index.ts'
import { type SealedPost, withCookies } from '../attachments/index.ts'
import { shownPost } from '../posts/index.ts'
import { checkMessage, checkProps, postOf } from '../posts/writing/index.ts'
import { announceEphemeral, announceEphemeralEdited } from './events.ts'

type Ephemeral = {
  id?: string
  channel_id: string
  message: string
  root_id?: string
  /** The author; the receiver if nobody is given. */
  user_id?: string
  props?: Record<string, unknown>
}

const ephemeral = (said: Ephemeral, to: string, at: number): Post => {
  const row = {
    id: said.id ?? newId(at),
    user_id: said.user_id ?? to,
    channel_id: said.channel_id,
    root_id: said.root_id ?? '',
    message: said.message,
    type: 'system_ephemeral',
    props: said.props ?? {},
    hashtags: '',
    pending_post_id: '',
    priority: null,
    file_ids: [],
    needs_no_membership: true,
    marks_read: false,
    in_conversation: false,
  }
  return shownPost(postOf(row, at))
}

/** Sends a post to one person's clients, without storing it. */
export const sendEphemeral = (context: Context, to: string, said: Ephemeral): Post => {
  const post = ephemeral(said, to, context.now)
  announceEphemeral(context, to, post)
  return post
}

/** Only for people who are in the channel: other clients could not show the post. */
export const create = async (
  context: Context,
  { body }: InputOf<typeof wire.create>,
  { channel }: SeenChannel,
): Promise<Post> => {
  const place = await findChannelAccess(context.db, body.user_id, channel.id)
  if (!place || place.member_scheme_user === null) throw new Fault('channels.member_not_found')
  const post = {
    id: newId(context.now),
    channel_id: channel.id,
    root_id: body.post.root_id ?? '',
    user_id: context.actor.userId,
    create_at: context.now,
  }
  return sendEphemeral(context, body.user_id, {
    ...post,
    message: checkMessage(body.post.message ?? ''),
    props: await withCookies(context, body.user_id, post, checkProps(body.post.props ?? {}, context.actor)),
  })
}

/** Replaces an ephemeral post with the version that its integration sends, for the same person. */
export const rewriteEphemeral = async (
  context: Context,
  to: string,
  post: SealedPost,
  { message, props }: { message: string; props: Record<string, unknown> },
): Promise<void> => {
  const said = { ...post, message, props: await withCookies(context, to, post, props) }
  announceEphemeralEdited(context, to, { ...ephemeral(said, to, post.create_at), update_at: context.now })
}
