/** Posts that one person sees and that exist nowhere else: answers and hints of the system. */
import type { InputOf, Post, posts } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { newId } from '../../core/ids.ts'
import { findChannelAccess, type SeenChannel } from '../channels/index.ts'
import { postOf } from './batch-store.ts'
import { announceEphemeral } from './publish.ts'
import { shownPost } from './records.ts'
import { checkMessage, checkProps } from './rules.ts'

type Ephemeral = {
  channel_id: string
  message: string
  root_id?: string
  /** Who says it; the receiver where nobody does. */
  user_id?: string
  props?: Record<string, unknown>
}

/** Sends a post to one person's clients; it is not kept. */
export const sendEphemeral = (context: Context, to: string, said: Ephemeral): Post => {
  const row = {
    id: newId(context.now),
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
    counts: false,
    marks_read: false,
  }
  const post = shownPost(postOf(row, context.now))
  announceEphemeral(context, to, post)
  return post
}

/** Only to people who are in the channel: nobody else could make anything of it. */
export const createEphemeral = async (
  context: Context,
  { body }: InputOf<typeof posts.createEphemeral>,
  { channel }: SeenChannel,
): Promise<Post> => {
  const place = await findChannelAccess(context.db, body.user_id, channel.id)
  if (!place || place.member_scheme_user === null) throw new Fault('channels.member_not_found')
  return sendEphemeral(context, body.user_id, {
    channel_id: channel.id,
    message: checkMessage(body.post.message ?? ''),
    root_id: body.post.root_id ?? '',
    user_id: context.actor.userId,
    props: checkProps(body.post.props ?? {}),
  })
}
