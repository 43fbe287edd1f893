/** Runs jobs, one of each type at a time on a server. */
import { asError, each, queue } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { findJob, moveJob, saveProgress } from './store.ts'
import { findType, type Running } from './types.ts'

/**
 * After this many deliveries the server has died in the middle each time, so the job itself is the reason.
 */
const MOST_TRIES = 5

const run = async (server: Server, id: string, tries: number, signal: AbortSignal): Promise<boolean> => {
  const { db } = server
  const job = await findJob(db, id)
  const type = job && findType(server, job.type)
  if (!job || !type) return true
  const end = async (status: 'success' | 'warning' | 'error' | 'canceled', progress: number, data = {}) => {
    await saveProgress(db, id, progress, data, Date.now())
    await moveJob(db, id, ['in_progress', 'cancel_requested'], status, Date.now())
  }
  // It was canceled while it waited.
  const isMine = await moveJob(db, id, ['pending', 'in_progress'], 'in_progress', Date.now())
  if (!isMine) {
    await moveJob(db, id, ['cancel_requested'], 'canceled', Date.now())
    return true
  }
  if (tries > MOST_TRIES) {
    await end('error', 0, { error: 'The server has ended several times while this job ran.' })
    return true
  }
  const isCanceled = async () => signal.aborted || (await findJob(db, id))?.status === 'cancel_requested'
  const running: Running = {
    id,
    data: job.data,
    tell: async (progress, data = {}) => {
      await saveProgress(db, id, progress, data, Date.now())
    },
    isCanceled,
  }
  try {
    const { status, data } = await type.run(server, running)
    // The server stops: another one, or the next start, continues.
    if (signal.aborted) return false
    if (await isCanceled()) await end('canceled', 0, data)
    else await end(status, 100, data)
  } catch (error) {
    if (signal.aborted) return false
    server.log.error({ err: error, job: id, type: job.type }, 'a job has failed')
    await end('error', 0, { error: asError(error).message.slice(0, 1000) })
  }
  return true
}

export const running = queue<{ id: string }>({
  name: 'jobs.run',
  atOnce: 4,
  run: each(async (server, { payload, tries }, signal) =>
    (await run(server, payload.id, tries, signal)) ? 'done' : { laterMs: 0 },
  ),
})
