/** The yearly question whether a team is still needed, and teams that nobody owns any more. */
import type { InputOf, requests } from '@plausch/wire'
import { type Context, change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import { findUsers, isGuest } from '../../people/users/index.ts'
import { makeOwner, type TeamRow } from '../teams/index.ts'
import {
  askReview,
  dueTeams,
  listOrphans,
  listWaiting,
  ownersOf,
  type ReviewRow,
  saveAnswer,
} from './review-store.ts'
import { listAdmins } from './store.ts'
import { tell } from './telling.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 50
const ok = { status: 'OK' as const }

/** Asks the owners of the teams that are due; a team without owners is in the list of orphans instead. */
export const askOwners = async (server: Server): Promise<void> => {
  const days = server.settings().PlauschSettings.TeamReviewDays
  if (days === 0) return
  for (;;) {
    const due = await dueTeams(server.db, Date.now() - days * DAY_MS, AT_ONCE)
    for (const { id, display_name } of due)
      await change(server, { actor: system }, async (context) => {
        if (!(await askReview(context.db, id, context.now))) return
        await record(context, '/team_reviews/ask', `team=${id}`)
        await tell(context, await ownersOf(context.db, id), { kind: 'review', team: display_name, by: '' })
      })
    if (due.length < AT_ONCE) return
  }
}

const offsetOf = ({ page, per_page }: { page: number; per_page: number }) => Math.max(page, 0) * per_page

export const listReviews = ({ actor, db }: Context, { query }: InputOf<typeof requests.listReviews>) =>
  listWaiting(db, actor.userId, actor.can('manage_system'), query.per_page, offsetOf(query))

export const answerReview = async (
  context: Context,
  { body }: InputOf<typeof requests.answerReview>,
  { team, review }: { team: TeamRow; review: ReviewRow },
) => {
  const { actor, db, now } = context
  const { is_needed } = body
  await saveAnswer(db, { ...review, answered_at: now, answered_by: actor.userId, is_needed })
  await record(context, '/team_reviews/answer', `team=${team.id} is_needed=${is_needed}`)
  const news = { kind: 'unneeded', team: team.display_name, by: actor.userId } as const
  if (!is_needed) await tell(context, [...(await listAdmins(db)), ...(await ownersOf(db, team.id))], news)
  return ok
}

export const orphans = ({ db, server }: Context, { query }: InputOf<typeof requests.listOrphans>) =>
  listOrphans(db, server.settings().TeamSettings.ExperimentalPrimaryTeam, query.per_page, offsetOf(query))

export const nameOwner = async (
  context: Context,
  { body }: InputOf<typeof requests.nameOwner>,
  team: TeamRow,
) => {
  const { actor, db } = context
  const [user] = await findUsers(db, [body.user_id])
  if (!user || user.delete_at > 0 || user.is_bot || isGuest(user)) throw new Fault('requests.owner')
  await makeOwner(context, team, user.id)
  await record(context, '/orphaned_teams/owner', `team=${team.id} user=${user.id}`)
  await tell(context, [user.id], { kind: 'owner', team: team.display_name, by: actor.userId })
  return ok
}
