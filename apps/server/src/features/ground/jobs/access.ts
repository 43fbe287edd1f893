/** Each type of job has permissions of its own, for starting, reading and managing. */
import { type InputOf, jobStatuses, type jobs } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findJob, type JobRow } from './store.ts'
import { findType, type JobType, jobTypes } from './types.ts'

const forbidden = () => new Fault('api.context.permissions.app_error')

export const mayCreate = ({ actor, server }: Context, { body }: InputOf<typeof jobs.create>): JobType => {
  const type = findType(server, body.type)
  // Who may start nothing does not learn which types there are.
  if (!server.extensions.of(jobTypes).some((each) => actor.can(each.create))) throw forbidden()
  if (!type) throw new Fault('api.job.unable_to_create_job.incorrect_job_type')
  if (!actor.can(type.create)) throw forbidden()
  return type
}

/** The types of which the actor may read jobs: one, or all. */
const readable = ({ actor, server }: Context, wanted: string): string[] => {
  const types = server.extensions
    .of(jobTypes)
    .filter(({ read }) => actor.can(read))
    .map(({ type }) => type)
  if (types.length === 0) throw forbidden()
  if (wanted === '') return types
  if (!types.includes(wanted)) throw new Fault('api.job.retrieve.nopermissions')
  return [wanted]
}

export const mayList = (context: Context, { query }: InputOf<typeof jobs.list>): string[] => {
  const types = readable(context, query.job_type)
  if (query.status !== '' && !(jobStatuses as readonly string[]).includes(query.status))
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'status' })
  return types
}

export const mayListType = (context: Context, { params }: InputOf<typeof jobs.listOfType>): string[] =>
  readable(context, params.job_type)

const mayUse =
  (kind: 'read' | 'manage') =>
  async (context: Context, { params }: { params: { job_id: string } }): Promise<JobRow> => {
    readable(context, '')
    const job = await findJob(context.db, params.job_id)
    const type = job && findType(context.server, job.type)
    if (!job || !type || !context.actor.can(type.read)) throw new Fault('jobs.not_found')
    if (!context.actor.can(type[kind])) throw forbidden()
    return job
  }

export const mayRead = mayUse('read')
export const mayManage = mayUse('manage')
