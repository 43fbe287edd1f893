/**
 * What somebody is in a team, in memory: whoever searches, lists channels or opens a team asks for it. An entry is forgotten at the commit of what
 * changes it, before that is answered. Within a transaction the database is asked, as for places in channels.
 */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { findTeamOf, type TeamOf } from './store.ts'

/** Whatever went wrong after a commit (a lost connection hides it), nothing stays untrue for longer. */
const BELIEVED_MS = 10_000

type Known = { userId: string; team: TeamOf }

const cacheOf = perServer(
  'what people are in teams',
  'memory of the database: effects of all servers forget what changes',
  () => openCache<Known>(20_000, BELIEVED_MS),
)

/** A team with the actor's membership; undefined where there is no such team. */
export const teamOfActor = async (
  { server, db, actor: { userId } }: Context,
  teamId: string,
): Promise<TeamOf | undefined> => {
  const find = () => findTeamOf(db, teamId, userId)
  if (db !== server.db) return await find()
  const known = await cacheOf(server).load(`${teamId} ${userId}`, async () => {
    const team = await find()
    return team && { userId, team }
  })
  return known?.team
}

const dropTeam = effect<{ team_id: string }>('teams.forget', (server, { team_id }) =>
  cacheOf(server).forgetWhere(({ team }) => team.id === team_id),
)

const dropMembers = effect<{ user_ids: readonly string[] }>(
  'teams.forget_members',
  (server, { user_ids }) => {
    const gone = new Set(user_ids)
    cacheOf(server).forgetWhere(({ userId }) => gone.has(userId))
  },
)

export const effects = [dropTeam, dropMembers]
export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()

/** The team itself changed. */
export const forgetTeam = (context: Context, teamId: string): void =>
  context.effect(dropTeam, { team_id: teamId })

/** These people are something else in a team than before: they came, they went, their roles changed. */
export const forgetMembers = (context: Context, userIds: readonly string[]): void =>
  context.effect(dropMembers, { user_ids: userIds })
