/**
 * Takes over the jobs that an earlier version has left. Only this server works on the database
 * (server-lock.ts), so no other server runs them. Their schema stays: a later migration removes it.
 */
import { change, system } from './context.ts'
import { type EarlierJob, hasEarlierJobs, takeEarlierJobs } from './earlier-jobs-store.ts'
import { MAILS } from './mail.ts'
import { insertJobs } from './queue-store.ts'
import type { Server } from './server.ts'

type Fact = { fact: string; payload: unknown }

/** One job of a fact becomes one job for each listener. */
const jobsOf = ({ facts }: Server, { name, data, delay_ms: delayMs }: EarlierJob) => {
  if (name === MAILS.name) return [{ queue: name, payload: data, delayMs }]
  const { fact, payload } = data as Fact
  return facts.after(fact).map((queue) => ({ queue, payload, delayMs }))
}

export const carryOverJobs = async (server: Server): Promise<void> => {
  if (!(await hasEarlierJobs(server.db))) return
  const count = await change(server, { actor: system }, async ({ db }) => {
    const jobs = await takeEarlierJobs(db)
    const stored = jobs.flatMap((job) => jobsOf(server, job))
    if (stored.length > 0) await insertJobs(db, stored)
    return jobs.length
  })
  if (count > 0) server.log.info({ jobs: count }, 'jobs of the version before were taken over')
}
