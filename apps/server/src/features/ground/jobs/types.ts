/** Types of jobs. A feature that does long work adds its type here. */
import type { ServerPermission } from '@plausch/wire'
import { point } from '../../../core/extension.ts'
import type { Server } from '../../../core/server.ts'

/** What a job says about itself: numbers are texts, as in v4. */
export type JobData = Record<string, string>

/** A job that runs. */
export type Running = {
  id: string
  /** What it was started with. */
  data: JobData
  /** Says how far it is, in percent, and what it has counted so far. */
  tell(progress: number, data?: JobData): Promise<void>
  /** Has somebody asked to end it, or does the server stop? Ask between steps, and return then. */
  isCanceled(): Promise<boolean>
}

export type Ending = { status: 'success' | 'warning'; data: JobData }

export type JobType = {
  /** v4's name. */
  type: string
  create: ServerPermission
  read: ServerPermission
  manage: ServerPermission
  /**
   * The data that clients may start it with; the rest is dropped, because the server trusts what it started.
   */
  accepts?: readonly string[]
  /** May be run again after the server died in the middle. Throws if it fails; the message is shown. */
  run(server: Server, job: Running): Promise<Ending>
}

export const jobTypes = point<JobType>('jobs.types')

export const findType = (server: Server, type: string): JobType | undefined =>
  server.extensions.of(jobTypes).find((each) => each.type === type)
