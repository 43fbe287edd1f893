/** What happens to requests by time, and when the person leaves on whom they wait. */
import { type Context, change, system } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import { moveRequest } from './moves.ts'
import { listAdmins, openOfEndorser, openSince, saveReminded, unremindedSince } from './store.ts'
import { tell } from './telling.ts'

const DAY_MS = 86_400_000
/** After so long without a step, those on whom a request waits are reminded once. */
const REMIND_AFTER_MS = 7 * DAY_MS
const LAPSE_AFTER_MS = 30 * DAY_MS
const AT_ONCE = 50
const byServer = new Set(['server'] as const)

const lapseSome = async (context: Context): Promise<number> => {
  const rows = await openSince(context.db, context.now - LAPSE_AFTER_MS, AT_ONCE)
  for (const row of rows) await moveRequest(context, row, 'lapse', byServer)
  return rows.length
}

const remindSome = async (context: Context): Promise<number> => {
  const { db, now } = context
  const rows = await unremindedSince(db, now - REMIND_AFTER_MS, AT_ONCE)
  const admins = rows.length > 0 ? await listAdmins(db) : []
  for (const row of rows) {
    await saveReminded(db, row.id, now)
    const about = { team: row.display_name, by: row.requester_id, request_id: row.id }
    if (row.state === 'endorsement') await tell(context, [row.endorser_id], { kind: 'endorse', ...about })
    else await tell(context, admins, { kind: 'decide', ...about })
  }
  return rows.length
}

/** Lets old requests lapse, and reminds of those that wait. */
export const tend = async (server: Server): Promise<void> => {
  for (const some of [lapseSome, remindSome])
    while ((await change(server, { actor: system }, some)) === AT_ONCE);
}

/** Administrators decide about the requests that waited for this person. */
export const passOn = async (context: Context, userId: string): Promise<void> => {
  const inner = { ...context, actor: system }
  for (const row of await openOfEndorser(context.db, userId))
    await moveRequest(inner, row, 'orphan', byServer)
}
