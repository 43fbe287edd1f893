import type { InputOf, reminders } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { sendEphemeral } from '../ephemeral/index.ts'
import type { PostRow, SeenPost } from '../posts/index.ts'
import { findTeam } from '../teams/index.ts'
import { findUsers } from '../users/index.ts'
import { upsertReminder } from './store.ts'
import { confirmation } from './words.ts'

/** What clients need to show a reminder, and the address of the post. */
export const reminderOf = async (
  { db, server }: Pick<Context, 'db' | 'server'>,
  post: PostRow,
  teamId: string,
) => {
  const [author] = await findUsers(db, [post.user_id])
  const team = teamId === '' ? undefined : await findTeam(db, teamId)
  const site = server.settings().ServiceSettings.SiteURL.replace(/\/$/, '')
  const username = author?.username ?? ''
  return {
    author: username,
    link: `${site}/${team?.name ?? '_redirect'}/pl/${post.id}`,
    props: { team_name: team?.name ?? '', post_id: post.id, username },
  }
}

/** One for each post: a later wish takes the place of an earlier one. Confirmed where the post stands, to its reader only. */
export const save = async (
  context: Context,
  { body }: InputOf<typeof reminders.save>,
  { post, channel }: SeenPost<PostRow>,
) => {
  const { db, actor, now } = context
  const at = body.target_time * 1000
  if (at <= now) throw new Fault('reminders.past')
  await upsertReminder(db, { user_id: actor.userId, post_id: post.id, target_at: at })
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
