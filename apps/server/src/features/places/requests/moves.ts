/** Takes a step of a request: the new state, the history, the audit log, the event, and what people are told. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { type Part, type Step, stateAfter } from './states.ts'
import { insertStep, listAdmins, type RequestRow, updateRequest } from './store.ts'
import { type News, tell } from './telling.ts'
import type { Kind } from './texts.ts'

type Concerned = 'requester' | 'owners' | 'endorser' | 'administrators'

/** Whom a step is told, and as what. */
const news: Record<Step, readonly (readonly [Kind, readonly Concerned[]])[]> = {
  ask: [
    ['endorse', ['endorser']],
    ['own', ['owners']],
  ],
  endorse: [
    ['endorsed', ['requester']],
    ['decide', ['administrators']],
  ],
  orphan: [['decide', ['administrators']]],
  approve: [['approved', ['requester', 'owners', 'endorser']]],
  refuse: [['refused', ['requester', 'owners', 'endorser']]],
  withdraw: [['withdrawn', ['owners', 'endorser']]],
  lapse: [['lapsed', ['requester', 'owners']]],
}

const idsOf = (row: RequestRow, whom: readonly Concerned[], admins: readonly string[]): string[] =>
  whom.flatMap((each) => {
    if (each === 'requester') return [row.requester_id]
    if (each === 'owners') return row.owner_ids
    return each === 'endorser' ? [row.endorser_id] : [...admins]
  })

/** Each person is told the first of the things that concern them. */
const tellAll = async (context: Context, row: RequestRow, step: Step, reason: string): Promise<void> => {
  const admins = await listAdmins(context.db)
  // Without an endorser, a new request waits for the administrators at once.
  const waits = step === 'ask' && row.state === 'decision'
  const all = [...news[step], ...(waits ? ([['decide', ['administrators']]] as const) : [])]
  const informed = new Set<string>()
  for (const [kind, whom] of all) {
    const ids = idsOf(row, whom, admins).filter((id) => !informed.has(id))
    for (const id of ids) informed.add(id)
    const about: News = { kind, team: row.display_name, by: context.actor.userId, reason, request_id: row.id }
    await tell(context, ids, about)
  }
  const concerned = idsOf(row, ['requester', 'owners', 'endorser', 'administrators'], admins)
  const data = { team_request_id: row.id, state: row.state }
  context.publish('team_request_changed', data, { users: [...new Set(concerned)].filter((id) => id !== '') })
}

/** Notes a step that was taken: the row is already as it is after it. */
export const noteStep = async (context: Context, row: RequestRow, step: Step, reason = ''): Promise<void> => {
  const { actor, db, now } = context
  const user_id = actor.userId
  await insertStep(db, { request_id: row.id, create_at: now, user_id, step, reason })
  await record(context, `/team_requests/${step}`, `request=${row.id} team=${row.name} state=${row.state}`)
  await tellAll(context, row, step, reason)
}

type Change = { reason?: string; team_id?: string; name?: string }

/** Takes a step. The caller holds the row; throws `requests.moved` if it came too late. */
export const moveRequest = async (
  context: Context,
  row: RequestRow,
  step: Step,
  parts: ReadonlySet<Part>,
  { reason = '', ...change }: Change = {},
): Promise<RequestRow> => {
  const state = stateAfter(row.state, step, parts)
  if (state === undefined) throw new Fault('requests.moved')
  const next = { ...row, ...change, state, update_at: context.now }
  await updateRequest(context.db, next)
  await noteStep(context, next, step, reason)
  return next
}
