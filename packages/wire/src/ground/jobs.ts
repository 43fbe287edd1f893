/** Long work in the background that administrators start, watch and cancel. */
import { type Static, Type } from 'typebox'
import { page, perPage, text } from '../input.ts'
import { get, operations, patch, post } from '../operation.ts'
import { Id, Millis, Ok, Strings, Text } from '../records.ts'

export const jobStatuses = [
  'pending',
  'in_progress',
  'success',
  'error',
  'warning',
  'cancel_requested',
  'canceled',
] as const
export type JobStatus = (typeof jobStatuses)[number]

/** `progress` is in percent, -1 if unknown. `data` says what was done: numbers are texts, as in v4. */
export const Job = Type.Object({
  id: Id,
  type: Type.String(),
  priority: Type.Integer(),
  create_at: Millis,
  start_at: Millis,
  last_activity_at: Millis,
  status: Type.String(),
  progress: Type.Integer(),
  data: Strings,
})
export type Job = Static<typeof Job>

export const jobs = operations('jobs', {
  list: get('/jobs', {
    query: { page, per_page: perPage, job_type: text(64), status: text(32) },
    reply: Type.Array(Job),
  }),
  create: post('/jobs', {
    body: Type.Object({ type: Text(64, 1), data: Type.Optional(Strings) }),
    reply: Job,
    status: 201,
  }),
  listOfType: get('/jobs/type/{job_type}', { query: { page, per_page: perPage }, reply: Type.Array(Job) }),
  get: get('/jobs/{job_id}', { reply: Job }),
  cancel: post('/jobs/{job_id}/cancel', { reply: Ok }),
  setStatus: patch('/jobs/{job_id}/status', {
    body: Type.Object({ status: Text(32, 1), force: Type.Optional(Type.Boolean()) }),
    reply: Ok,
  }),
})
