/**
 * Sends each reminder once, by a job for its time: the transaction that writes the message also deletes the
 * reminder.
 */
import { type Context, change, system } from '../../../core/context.ts'
import { addJobs, each, queue, removeJobs } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { findPosts, type PostEraser } from '../../messages/posts/index.ts'
import { noted } from '../../messages/posts/writing/index.ts'
import { actorFor, findUsers, systemBot, type UserRow } from '../../people/users/index.ts'
import { conversationWith, seeChannels } from '../../places/channels/index.ts'
import { reminderOf } from './records.ts'
import { eraseReminders, type ReminderRow, remindersWithoutJob, takeReminder } from './store.ts'
import { reminder } from './words.ts'

const MOST_AT_ONCE = 500

/** The post, if the person may still read it. */
const readablePost = async (context: Context, user: UserRow, postId: string) => {
  const [post] = await findPosts(context.db, [postId])
  if (!post || post.delete_at > 0) return undefined
  const seen = await seeChannels({ ...context, actor: actorFor(context.server, user) }, [post.channel_id])
  const channel = seen.get(post.channel_id)?.channel
  return channel ? { post, channel } : undefined
}

type Whose = Pick<ReminderRow, 'user_id' | 'post_id'>

const remind = async (context: Context, bot: UserRow, row: Whose): Promise<void> => {
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

export const reminding = queue<Whose>({
  name: 'reminders.send',
  batch: 10,
  run: each(async (server, { payload }) => {
    const bot = await change(server, { actor: system }, systemBot)
    await change(server, { actor: actorFor(server, bot) }, (context) => remind(context, bot, payload))
    return 'done'
  }),
})

const keyOf = ({ user_id, post_id }: Whose) => `${user_id} ${post_id}`

const jobOf = ({ user_id, post_id, target_at }: ReminderRow) => ({
  key: keyOf({ user_id, post_id }),
  payload: { user_id, post_id },
  runAt: target_at,
})

/** Call this in the transaction that saves the reminder or changes its time. */
export const planReminder = (context: Context, row: ReminderRow) => addJobs(context, reminding, [jobOf(row)])

/** Makes sure that each reminder has its job. */
export const keepJobs = async (server: Server): Promise<void> => {
  for (;;) {
    const rows = await remindersWithoutJob(server.db, reminding.name, MOST_AT_ONCE)
    if (rows.length > 0) {
      const jobs = rows.map(jobOf)
      await change(server, { actor: system }, (context) => addJobs(context, reminding, jobs, 'keep'))
    }
    if (rows.length < MOST_AT_ONCE) return
  }
}

/** Nobody is reminded of a post that is gone. */
export const eraseRemindersOf: PostEraser = async ({ db }, postIds) => {
  const erased = await eraseReminders(db, postIds)
  await removeJobs(db, reminding, erased.map(keyOf))
}
