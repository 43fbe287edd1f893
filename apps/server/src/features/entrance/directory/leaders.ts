/** Who leads a group, as the directory says: for requests for teams. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Connection, DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { type Entry, idOf, idValue, isBinary } from '../../../core/ldap-entries.ts'
import { findByIdentity } from '../../people/users/index.ts'
import type { LeaderOf } from '../../places/requests/index.ts'
import { SERVICE } from './accounts.ts'
import { ASIDE_MS, withDirectory } from './breaker.ts'
import { isDn, leadersIn } from './group-members.ts'
import { groupsFilter } from './groups.ts'
import { allOf, equals, findByLoginName, peopleFilter } from './people.ts'
import { findRemoteGroup } from './store.ts'
import type { LdapConfig } from './target.ts'

/** More values than this name no leader, but the members. */
const MOST_ASKED = 20

/** The stable id of the person with this name, which is a DN (`owner`, `manager`) or a login name. */
const idOfLeader = async (
  connection: Connection,
  settings: LdapConfig,
  value: string,
): Promise<string | undefined> => {
  if (!isDn(value)) {
    const entry = await findByLoginName(connection, settings, value)
    return entry && idOf(entry, settings.IdAttribute)
  }
  const { entries } = await connection
    .search({
      base: value,
      scope: 'base',
      filter: await peopleFilter(settings),
      attributes: [settings.IdAttribute],
      binary: [settings.IdAttribute].filter(isBinary),
    })
    // The person whom the group names is gone, or lies where the service account cannot read.
    .catch((error: unknown) => {
      if (error instanceof DirectoryRefusal) return { entries: [] as Entry[] }
      throw error
    })
  const [entry] = entries
  return entry && idOf(entry, settings.IdAttribute)
}

/** What the group's attribute says, in the order of the directory. */
const leadersOf = async (
  connection: Connection,
  settings: LdapConfig,
  remoteId: string,
  attribute: string,
): Promise<string[]> => {
  const idAttribute = settings.GroupIdAttribute || settings.IdAttribute
  const { entries } = await connection.search({
    base: settings.BaseDN,
    filter: await allOf(
      await groupsFilter(settings),
      await equals(idAttribute, idValue(idAttribute, remoteId)),
    ),
    attributes: [attribute],
    most: 2,
  })
  const [entry] = entries
  return entry && entries.length === 1 ? leadersIn(entry, attribute).slice(0, MOST_ASKED) : []
}

/** The first of the leaders who has an account here; undefined if the directory names nobody with one. */
export const leaderOf: LeaderOf = async (context: Context, groupId) => {
  const { db, request, server } = context
  const { LdapSettings: settings, PlauschSettings } = server.settings()
  const attribute = PlauschSettings.TeamRequestLeaderAttribute
  if (attribute === '' || !(settings.Enable || settings.EnableSync)) return undefined
  const remoteId = await findRemoteGroup(db, groupId)
  if (remoteId === undefined) return undefined
  try {
    const ask = async (connection: Connection): Promise<string | undefined> => {
      for (const value of await leadersOf(connection, settings, remoteId, attribute)) {
        const id = await idOfLeader(connection, settings, value)
        const user = id ? await findByIdentity(db, SERVICE, id) : undefined
        if (user && user.delete_at === 0) return user.id
      }
      return undefined
    }
    return await withDirectory(server, request.ip, ask, ASIDE_MS)
  } catch (error) {
    if (error instanceof DirectoryDown || error instanceof DirectoryRefusal)
      throw new Fault('requests.directory_away', undefined, error)
    throw error
  }
}
