/** Who leads a group: the account whose word a request for a team needs. */

import type { Context } from '../../../core/context.ts'
import { type Point, point } from '../../../core/extension.ts'
import { findByUsernames, findUsers, isGuest } from '../../people/users/index.ts'

/**
 * Finds the account that leads a group; undefined if there is none. Throws `requests.directory_away` if that
 * cannot be known at the moment.
 */
export type LeaderOf = (context: Context, groupId: string) => Promise<string | undefined>

export const leaders: Point<LeaderOf> = point<LeaderOf>('requests.leaders')

const usable = async ({ db }: Context, id: string | undefined): Promise<string | undefined> => {
  const [user] = id ? await findUsers(db, [id]) : []
  return user && user.delete_at === 0 && !user.is_bot && !isGuest(user) ? user.id : undefined
}

/**
 * The endorser of a request: who leads the group, otherwise whom the settings name; '' for nobody. Asks the
 * directory, so it takes long: call it outside of a transaction.
 */
export const endorserFor = async (context: Context, groupId: string): Promise<string> => {
  const { db, server } = context
  if (groupId !== '')
    for (const leaderOf of server.extensions.of(leaders)) {
      const id = await usable(context, await leaderOf(context, groupId))
      if (id !== undefined) return id
    }
  const { TeamRequestEndorser } = server.settings().PlauschSettings
  const [named] = TeamRequestEndorser === '' ? [] : await findByUsernames(db, [TeamRequestEndorser])
  return (await usable(context, named?.id)) ?? ''
}
