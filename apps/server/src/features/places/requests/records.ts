/** Requests as the actor may see them. */
import type { TeamRequest } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { partsOf } from './access.ts'
import { movesIn } from './states.ts'
import { groupsByIds, type RequestRow, stepsOf, takenNames, teamNames } from './store.ts'

/** The requests with their history. The caller has checked that the actor may see them. */
export const shownRequests = async (
  context: Context,
  rows: readonly RequestRow[],
): Promise<TeamRequest[]> => {
  const { db, actor } = context
  if (rows.length === 0) return []
  const groups = new Map(
    (
      await groupsByIds(
        db,
        rows.map(({ group_id }) => group_id),
      )
    ).map((group) => [group.id, group]),
  )
  const steps = Map.groupBy(
    await stepsOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ request_id }) => request_id,
  )
  const names = await teamNames(
    db,
    rows.map(({ team_id }) => team_id),
  )
  const open = rows.filter(({ state }) => state === 'endorsement' || state === 'decision')
  const taken = actor.can('manage_system')
    ? await takenNames(
        db,
        open.map(({ name }) => name),
      )
    : new Set<string>()
  return rows.map((row) => ({
    id: row.id,
    create_at: row.create_at,
    update_at: row.update_at,
    requester_id: row.requester_id,
    name: row.name,
    display_name: row.display_name,
    purpose: row.purpose,
    is_open: row.is_open,
    owner_ids: row.owner_ids,
    endorser_id: row.endorser_id,
    group: groups.get(row.group_id) ?? null,
    state: row.state,
    team_id: row.team_id,
    team_name: names.get(row.team_id) ?? '',
    is_name_taken: row.team_id === '' && taken.has(row.name),
    can: movesIn(row.state, partsOf(context, row)),
    steps: (steps.get(row.id) ?? []).map(({ create_at, user_id, step, reason }) => ({
      create_at,
      user_id,
      step,
      reason,
    })),
  }))
}

export const shownRequest = async (context: Context, row: RequestRow): Promise<TeamRequest> => {
  const [shown] = await shownRequests(context, [row])
  if (!shown) throw new Error('a request is shown as one record')
  return shown
}
