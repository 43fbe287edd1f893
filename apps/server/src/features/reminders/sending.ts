/** Reminds whoever wanted it, once: the reminder goes in the transaction that writes the message. */
import { type Context, change, system } from '../../core/context.ts'
import type { Server } from '../../core/server.ts'
import { conversationWith, seeChannels } from '../channels/index.ts'
import { findPosts, noted } from '../posts/index.ts'
import { actorFor, findUsers, systemBot, type UserRow } from '../users/index.ts'
import { reminderOf } from './service.ts'
import { dueReminders, postponeReminder, type ReminderRow, takeReminder } from './store.ts'
import { reminder } from './words.ts'

const MOST_AT_ONCE = 200
/** One that cannot be sent must not keep the others waiting. */
const AGAIN_MS = 10 * 60_000

/** The post, if the person may still read it. */
const readablePost = async (context: Context, user: UserRow, postId: string) => {
  const [post] = await findPosts(context.db, [postId])
  if (!post || post.delete_at > 0) return undefined
  const seen = await seeChannels({ ...context, actor: actorFor(context.server, user) }, [post.channel_id])
  const channel = seen.get(post.channel_id)?.channel
  return channel ? { post, channel } : undefined
}

const remind = async (context: Context, bot: UserRow, row: ReminderRow): Promise<void> => {
  if (!(await takeReminder(context.db, row))) return
  const [user] = await findUsers(context.db, [row.user_id])
  const found = user && user.delete_at === 0 ? await readablePost(context, user, row.post_id) : undefined
  if (!user || !found) return
  const about = await reminderOf(context, found.post, found.channel.team_id)
  await noted(context, await conversationWith(context, bot, user), bot, {
    type: 'reminder',
    message: reminder(user.locale, about),
    props: about.props,
  })
}

/** Sends all that is due now. One that fails stops no other. */
export const remindDue = async (server: Server): Promise<void> => {
  for (;;) {
    const due = await dueReminders(server.db, Date.now(), MOST_AT_ONCE)
    if (due.length === 0) return
    const bot = await change(server, { actor: system }, systemBot)
    for (const row of due) {
      try {
        await change(server, { actor: actorFor(server, bot) }, (context) => remind(context, bot, row))
      } catch (error) {
        server.log.warn({ err: error, post: row.post_id }, 'a reminder will be tried again')
        await postponeReminder(server.db, row, Date.now() + AGAIN_MS)
      }
    }
  }
}
