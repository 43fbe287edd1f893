import type { InputOf, ScheduledPost, scheduled, Writing } from '@plausch/wire'
import type { Actor, Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import type { SeenPlace } from '../../places/channels/index.ts'
import { checkMessage, checkProps, checkRoot } from '../posts/writing/index.ts'
import { announceScheduled } from './events.ts'
import { shownScheduled } from './records.ts'
import { forgetSending, planSending } from './sending.ts'
import {
  countScheduled,
  deleteScheduled,
  insertScheduled,
  type ScheduledRow,
  scheduledIn,
  updateScheduled,
} from './store.ts'

/** The most scheduled posts of one person at a time. */
const MOST = 1000

const checkTime = (time: number, now: number) => {
  if (time <= now) throw new Fault('scheduled.past')
}

const writtenOf = (body: Writing, actor: Actor) => ({
  message: checkMessage(body.message ?? ''),
  type: body.type ?? '',
  props: checkProps(body.props ?? {}, actor),
  file_ids: body.file_ids ?? [],
  priority: body.priority ?? null,
})

export const create = async (
  context: Context,
  { body }: InputOf<typeof scheduled.create>,
  { channel }: SeenPlace,
): Promise<ScheduledPost> => {
  const { db, actor, now } = context
  checkTime(body.scheduled_at, now)
  await checkRoot(context, channel.id, body.root_id ?? '')
  if ((await countScheduled(db, actor.userId)) >= MOST) throw new Fault('scheduled.limit', { max: MOST })
  const row: ScheduledRow = {
    ...writtenOf(body, actor),
    id: newId(now),
    create_at: now,
    update_at: now,
    user_id: actor.userId,
    channel_id: channel.id,
    root_id: body.root_id ?? '',
    scheduled_at: body.scheduled_at,
    processed_at: 0,
    error_code: '',
  }
  await insertScheduled(db, row)
  await planSending(context, row)
  announceScheduled(context, 'scheduled_post_created', shownScheduled(row))
  return shownScheduled(row)
}

/** Text, priority and time may change; channel and thread stay. */
export const update = async (
  context: Context,
  { body }: InputOf<typeof scheduled.update>,
  before: ScheduledRow,
): Promise<ScheduledPost> => {
  const { db, now } = context
  checkTime(body.scheduled_at, now)
  const row: ScheduledRow = {
    ...before,
    ...writtenOf(body, context.actor),
    scheduled_at: body.scheduled_at,
    update_at: Math.max(now, before.update_at + 1),
    processed_at: 0,
    error_code: '',
  }
  await updateScheduled(db, row)
  await planSending(context, row)
  announceScheduled(context, 'scheduled_post_updated', shownScheduled(row))
  return shownScheduled(row)
}

export const remove = async (
  context: Context,
  _input: unknown,
  row: ScheduledRow,
): Promise<ScheduledPost> => {
  await deleteScheduled(context.db, row.id)
  await forgetSending(context, row.id)
  announceScheduled(context, 'scheduled_post_deleted', shownScheduled(row))
  return shownScheduled(row)
}

/** By team; those in conversations are in a separate list. */
export const list = async (
  { db, actor }: Context,
  { query }: InputOf<typeof scheduled.list>,
  teamId: string,
): Promise<Record<string, ScheduledPost[]>> => {
  const rows = await scheduledIn(db, actor.userId, teamId, query.includeDirectChannels)
  const of = (id: string) => rows.filter((row) => row.team_id === id).map(shownScheduled)
  return { [teamId]: of(teamId), ...(query.includeDirectChannels ? { directChannels: of('') } : {}) }
}
