import { type InputOf, type Job, type JobStatus, jobStatuses, type jobs } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import { addJobs } from '../../../core/queue.ts'
import { record } from '../audit/index.ts'
import { running } from './running.ts'
import { insertJob, type JobRow, listJobs, moveJob } from './store.ts'
import type { JobData, JobType } from './types.ts'

const ok = { status: 'OK' as const }

const shown = (row: JobRow): Job => row

/** Stores a job, which begins after the commit. */
export const startJob = async (context: Context, type: string, data: JobData = {}): Promise<Job> => {
  const { db, now } = context
  const job: JobRow = {
    id: newId(now),
    type,
    priority: 0,
    create_at: now,
    start_at: 0,
    last_activity_at: now,
    status: 'pending',
    progress: 0,
    data,
  }
  await insertJob(db, job)
  await addJobs(context, running, [{ key: job.id, payload: { id: job.id }, lane: type }])
  return shown(job)
}

/** v4's limit for the data of a job. */
const MOST_DATA = 20_000

export const create = async (
  context: Context,
  { body }: InputOf<typeof jobs.create>,
  { type, accepts = [] }: JobType,
) => {
  const sent = Object.entries(body.data ?? {})
  const data = Object.fromEntries(sent.filter(([name]) => accepts.includes(name)))
  if (JSON.stringify(data).length > MOST_DATA)
    throw new Fault('api.context.invalid_body_param.app_error', { name: 'data' })
  const job = await startJob(context, type, data)
  await record(context, '/jobs', `type=${type} job=${job.id}`)
  return job
}

type Paged = { query: { page: number; per_page: number } }

export const list = async ({ db }: Context, { query }: InputOf<typeof jobs.list>, types: string[]) =>
  (await listJobs(db, types, query.status, query.per_page, Math.max(query.page, 0) * query.per_page)).map(
    shown,
  )

export const listOfType = async ({ db }: Context, { query }: Paged, types: string[]) =>
  (await listJobs(db, types, '', query.per_page, Math.max(query.page, 0) * query.per_page)).map(shown)

export const get = (_context: Context, _input: unknown, job: JobRow): Job => shown(job)

/** A job that waits is canceled at once; one that runs ends between two steps. */
export const cancel = async (context: Context, _input: unknown, job: JobRow) => {
  const { db, now } = context
  const isDone =
    (await moveJob(db, job.id, ['pending'], 'canceled', now)) ||
    (await moveJob(db, job.id, ['in_progress'], 'cancel_requested', now))
  if (!isDone) throw new Fault('app.job.request_cancellation.status.error')
  await record(context, '/jobs/cancel', `job=${job.id}`)
  return ok
}

/** v4's moves from one status to another. */
const moves: Partial<Record<JobStatus, readonly JobStatus[]>> = {
  pending: ['in_progress'],
  cancel_requested: ['in_progress', 'pending'],
  canceled: ['cancel_requested'],
}

export const setStatus = async (context: Context, { body }: InputOf<typeof jobs.setStatus>, job: JobRow) => {
  const status = body.status as JobStatus
  const from = moves[status]
  if (!from) throw new Fault('api.job.status.invalid')
  const allowed = body.force ? jobStatuses : from
  if (!(await moveJob(context.db, job.id, allowed, status, context.now)))
    throw new Fault('api.job.status.invalid')
  if (status === 'pending')
    await addJobs(context, running, [{ key: job.id, payload: { id: job.id }, lane: job.type }])
  await record(context, '/jobs/status', `job=${job.id} status=${status}`)
  return ok
}
