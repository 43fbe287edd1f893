/**
 * A cache of people's memberships in teams: searching, listing channels and opening a team need it. A change
 * drops the entry at its commit, before the reply to it. Transactions ask the database, as for places in
 * channels.
 */
import { openCache } from '../../../core/cache.ts'
import type { Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { findTeamOf, type TeamOf } from './store.ts'

/**
 * If an effect is lost after a commit (because the connection broke), an entry is wrong for at most this
 * long.
 */
const BELIEVED_MS = 10_000

type Known = { userId: string; team: TeamOf }

const cacheOf = perServer(
  'memberships of people in teams',
  'a cache of the database: effects drop changed entries on all servers',
  () => openCache<Known>(20_000, BELIEVED_MS),
)

/** A team with the actor's membership; undefined if the team does not exist. */
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

/** Call this when the team itself changed. */
export const forgetTeam = (context: Context, teamId: string): void =>
  context.effect(dropTeam, { team_id: teamId })

/** Call this when these people's memberships in a team changed: they joined, left, or got other roles. */
export const forgetMembers = (context: Context, userIds: readonly string[]): void =>
  context.effect(dropMembers, { user_ids: userIds })
