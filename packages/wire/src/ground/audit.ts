/** The audit log: who did what. The server only ever adds entries. */
import { type Static, Type } from 'typebox'
import { page, perPage } from '../input.ts'
import { get, operations } from '../operation.ts'
import { Id, IdOrNone, Millis } from '../records.ts'

export const Audit = Type.Object({
  id: Id,
  create_at: Millis,
  user_id: IdOrNone,
  /** The path of the operation. */
  action: Type.String(),
  extra_info: Type.String(),
  ip_address: Type.String(),
  session_id: IdOrNone,
})
export type Audit = Static<typeof Audit>

const paged = { query: { page, per_page: perPage }, reply: Type.Array(Audit) }

export const audit = operations('audit', {
  list: get('/audits', paged),
  listOfUser: get('/users/{user_id}/audits', paged),
})
