/**
 * Sends due posts, each exactly once. Each post has a job for its time. The job first takes the post, so that
 * nobody can change it any more. It then writes the post under its own `pending_post_id`, so that a repeated
 * run finds it written if the first one was killed. At last it deletes the plan.
 */
import type { FaultCode, ScheduledError } from '@plausch/wire'
import { type Actor, type Context, change, ownRequest, read, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { addJobs, each, queue, removeJobs } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { actorFor, findUsers } from '../../people/users/index.ts'
import { findChannels } from '../../places/channels/index.ts'
import { createPost, mayPostIn } from '../posts/writing/index.ts'
import { announceScheduled } from './events.ts'
import { shownScheduled } from './records.ts'
import {
  deleteScheduled,
  failScheduled,
  type ScheduledRow,
  scheduledWithoutJob,
  takeScheduled,
} from './store.ts'

const MOST_AT_ONCE = 500
/** A post that is this late is no longer what its writer wants to say. */
const TOO_LATE_MS = 24 * 3_600_000

const writerOf = async (server: Server, userId: string): Promise<Actor | ScheduledError> => {
  const [user] = await findUsers(server.db, [userId])
  if (!user) return 'user_missing'
  return user.delete_at > 0 ? 'user_deleted' : actorFor(server, user)
}

const reasons: Partial<Record<FaultCode, ScheduledError>> = {
  'channels.not_found': 'no_channel_member',
  'channels.archived': 'channel_archived',
  'api.context.permissions.app_error': 'no_channel_permission',
  'api.post.create_post.root_id.app_error': 'thread_deleted',
  'posts.too_long': 'invalid_post',
  'posts.type': 'invalid_post',
  'posts.props_too_large': 'invalid_post',
}

/** These faults are temporary: the post is tried again. */
const passing: readonly FaultCode[] = ['unavailable', 'storage.full', 'posts.slow_down']

const write = async (server: Server, actor: Actor, row: ScheduledRow): Promise<void> => {
  const { channel_id, root_id, message, type, props, file_ids, priority } = row
  const body = {
    channel_id,
    root_id,
    message,
    type,
    props,
    file_ids,
    pending_post_id: `scheduled:${row.id}`,
    ...(priority ? { metadata: { priority } } : {}),
  }
  await read(server, { actor, request: ownRequest }, async (context) =>
    createPost(
      context,
      { params: {}, query: { set_online: false }, body },
      await mayPostIn(context, { body }),
    ),
  )
}

/** The reason why the post cannot be sent; '' if it was sent. */
const attempt = async (server: Server, row: ScheduledRow): Promise<ScheduledError> => {
  if (row.processed_at > row.scheduled_at + TOO_LATE_MS) return 'unable_to_send'
  const actor = await writerOf(server, row.user_id)
  if (typeof actor === 'string') return actor
  try {
    await write(server, actor, row)
    return ''
  } catch (error) {
    if (!(error instanceof Fault) || passing.includes(error.code)) throw error
    const isGone = (await findChannels(server.db, [row.channel_id])).length === 0
    const { code }: Fault = error
    return isGone ? 'channel_not_found' : (reasons[code] ?? 'unable_to_send')
  }
}

const send = async (server: Server, row: ScheduledRow): Promise<void> => {
  const code = await attempt(server, row)
  await change(server, { actor: system }, async (context) => {
    if (code === '') {
      await deleteScheduled(context.db, row.id)
      announceScheduled(context, 'scheduled_post_deleted', shownScheduled(row))
      return
    }
    const failed = await failScheduled(context.db, row.id, code, context.now)
    if (failed) announceScheduled(context, 'scheduled_post_updated', shownScheduled(failed))
  })
}

/**
 * One job for each post, under its id. The queue retries it for more than a day; after that the post is too
 * late anyway.
 */
export const sending = queue<object>({
  name: 'scheduled.send',
  batch: 5,
  atOnce: 4,
  retry: { most: 200, firstMs: 5000, longestMs: 10 * 60_000 },
  run: each(async (server, { key }) => {
    const row = await takeScheduled(server.db, key, Date.now())
    if (row) await send(server, row)
    return 'done'
  }),
})

type Planned = Pick<ScheduledRow, 'id' | 'scheduled_at'>

const jobOf = ({ id, scheduled_at }: Planned) => ({ key: id, payload: {}, runAt: scheduled_at })

/** In the transaction that schedules the post or changes its time. */
export const planSending = (context: Context, row: Planned) => addJobs(context, sending, [jobOf(row)])

export const forgetSending = ({ db }: Context, id: string) => removeJobs(db, sending, [id])

/** Makes sure that each post has its job. */
export const keepJobs = async (server: Server): Promise<void> => {
  for (;;) {
    const rows = await scheduledWithoutJob(server.db, sending.name, MOST_AT_ONCE)
    if (rows.length > 0) {
      const jobs = rows.map(jobOf)
      await change(server, { actor: system }, (context) => addJobs(context, sending, jobs, 'keep'))
    }
    if (rows.length < MOST_AT_ONCE) return
  }
}
