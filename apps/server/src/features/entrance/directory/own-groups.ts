/** Groups of one person, at sign-in: whoever was put into a group finds its teams and channels at once. */
import { change, system } from '../../../core/context.ts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { isBinary } from '../../../core/ldap-entries.ts'
import type { Server } from '../../../core/server.ts'
import { changeMembers, linkedGroups, membersOfGroups } from '../../places/groups/index.ts'
import { placePerson, placesOfGroups } from '../../places/syncables/index.ts'
import { SERVICE } from './accounts.ts'
import { ASIDE_MS, withDirectory } from './breaker.ts'
import { withDerived } from './derived.ts'
import { groupsOfPerson } from './group-members.ts'
import { knowsGroups, MEMBER_KEYS } from './groups.ts'

/**
 * Adds a person to the linked groups that they are in, and to what follows. Takes nothing away: one answer
 * about one person has no brake, and the next pass does it.
 */
export const followPerson = async (
  server: Server,
  place: string,
  user: { id: string },
  dn: string,
): Promise<void> => {
  const { db } = server
  if (!knowsGroups(server.settings().LdapSettings)) return
  const linked = await linkedGroups(db, SERVICE)
  if (linked.length === 0) return
  const until = Date.now() + ASIDE_MS
  const ask = async (connection: Connection) => {
    const { PresenceFilter } = await ldap()
    const { entries } = await connection.search({
      base: dn,
      scope: 'base',
      filter: new PresenceFilter({ attribute: 'objectClass' }),
      attributes: MEMBER_KEYS,
      binary: MEMBER_KEYS.filter(isBinary),
    })
    const [entry] = entries
    if (!entry) return new Set<string>()
    const found = await groupsOfPerson(connection, server, entry, until)
    return await withDerived(connection, server, entry.dn, found)
  }
  // The password was right already: that this takes too long must not keep others from signing in.
  const remote = await withDirectory(server, place, ask, ASIDE_MS)
  const own = linked.filter(({ remote_id }) => remote_id !== null && remote.has(remote_id))
  const ids = own.map(({ id }) => id)
  const known = await membersOfGroups(db, ids)
  const isIn = new Set(known.filter(({ user_id }) => user_id === user.id).map(({ group_id }) => group_id))
  const fresh = ids.filter((id) => !isIn.has(id))
  if (fresh.length === 0) return
  await change(server, { actor: system }, async (context) => {
    for (const id of fresh) await changeMembers(context, SERVICE, id, { add: [user.id], remove: [] })
  })
  await placePerson(server, user.id, await placesOfGroups(db, fresh))
}
