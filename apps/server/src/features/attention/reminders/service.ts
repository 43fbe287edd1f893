import type { InputOf, reminders } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { sendEphemeral } from '../../messages/ephemeral/index.ts'
import type { PostRow, SeenPost } from '../../messages/posts/index.ts'
import { findUsers } from '../../people/users/index.ts'
import { reminderOf } from './records.ts'
import { planReminder } from './sending.ts'
import { upsertReminder } from './store.ts'
import { confirmation } from './words.ts'

/**
 * Saves the reminder of a post; a new one replaces it. The confirmation appears in the channel or thread of
 * the post, and only its reader sees it.
 */
export const save = async (
  context: Context,
  { body }: InputOf<typeof reminders.save>,
  { post, channel }: SeenPost<PostRow>,
) => {
  const { db, actor, now } = context
  const at = body.target_time * 1000
  if (at <= now) throw new Fault('reminders.past')
  const row = { user_id: actor.userId, post_id: post.id, target_at: at }
  await upsertReminder(db, row)
  await planReminder(context, row)
  const [self] = await findUsers(db, [actor.userId])
  const about = await reminderOf(context, post, channel.team_id)
  const { automaticTimezone, manualTimezone, useAutomaticTimezone } = self?.timezone ?? {}
  const zone = (useAutomaticTimezone === 'false' ? manualTimezone : automaticTimezone) || 'UTC'
  sendEphemeral(context, actor.userId, {
    channel_id: channel.id,
    root_id: post.root_id,
    message: confirmation(actor.locale, zone, { ...about, at }),
    props: { ...about.props, target_time: body.target_time, type: 'reminder' },
  })
  return { status: 'OK' as const }
}
