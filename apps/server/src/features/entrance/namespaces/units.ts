/** Units of the directory as groups of the people below them, and the leaders of entries as groups. */
import { change, system } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { type Entry, idOf } from '../../../core/ldap-entries.ts'
import { comparableName, namesAbove } from '../../../core/ldap-names.ts'
import type { Server } from '../../../core/server.ts'
import { type Derived, type GroupEntry, leadersIn, listFound, readAll } from '../directory/index.ts'
import { derivedAt, listDerived, saveDerived } from './store.ts'

const OWNERS = ':owners'

export const ownersId = (remoteId: string): string => `${remoteId}${OWNERS}`

const isDn = (value: string): boolean => /^[a-z][a-z0-9.-]*\s*=/i.test(value)

/** The leaders of an entry, as a group. */
export const ownersOf = (entry: GroupEntry): GroupEntry => ({
  id: ownersId(entry.id),
  name: entry.name,
  dn: `${entry.dn}${OWNERS}`,
  path: entry.path,
  leaders: [],
  members: entry.leaders.filter(isDn).map(comparableName),
  uids: entry.leaders.filter((value) => !isDn(value)).map((uid) => uid.toLowerCase()),
  gid: '',
  sid: '',
})

const unitOf = (entry: Entry, idAttribute: string, leaderAttribute: string): GroupEntry => ({
  id: idOf(entry, idAttribute),
  name: entry.text('ou') || entry.text('name'),
  dn: comparableName(entry.dn),
  path: entry.dn,
  isBranch: true,
  leaders: leadersIn(entry, leaderAttribute),
  members: [],
  uids: [],
  gid: '',
  sid: '',
})

/** All units of the directory. */
export const readUnits = async (connection: Connection, server: Server): Promise<GroupEntry[]> => {
  const { LdapSettings, PlauschSettings } = server.settings()
  const { EqualityFilter } = await ldap()
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'organizationalUnit' })
  const leader = PlauschSettings.TeamRequestLeaderAttribute
  const attributes = [LdapSettings.GroupIdAttribute, 'ou', 'name', ...(leader === '' ? [] : [leader])]
  const entries = await readAll(connection, server, filter, attributes)
  return entries
    .map((entry) => unitOf(entry, LdapSettings.GroupIdAttribute, leader))
    .filter(({ id, name }) => id !== '' && name !== '')
}

/** The groups among which rules choose: those that GroupFilter lets through. */
export const chosenGroups = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<readonly GroupEntry[]> => {
  if (server.settings().LdapSettings.GroupFilter === '') return groups
  const chosen = new Set((await listFound(connection, server)).map(({ id }) => id))
  return groups.filter(({ id }) => chosen.has(id))
}

/** Notes where the units are that groups are derived from: people are looked for there when they sign in. */
export const noteUnits = async (connection: Connection, server: Server): Promise<void> => {
  const kept = (await listDerived(server.db)).filter(({ kind }) => kind === 'units')
  if (kept.length === 0) return
  const units = new Map((await readUnits(connection, server)).map(({ id, dn }) => [id, dn]))
  const moved = kept.filter(({ remote_id, dn }) => dn !== (units.get(remote_id) ?? ''))
  if (moved.length === 0) return
  await change(server, { actor: system }, async ({ db }) => {
    for (const { remote_id, kind } of moved)
      await saveDerived(db, remote_id, kind, units.get(remote_id) ?? '')
  })
}

/** The units above an entry, by their ids. */
export const unitsAbove = (db: Db, dn: string): Promise<string[]> => derivedAt(db, namesAbove(dn))

/** Groups of units and of leaders, for what was made of entries. */
export const deriveGroups = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<Derived> => {
  const kept = await listDerived(server.db)
  const ids = new Set(kept.map(({ remote_id }) => remote_id))
  const units = kept.length === 0 ? [] : await readUnits(connection, server)
  const owners = [...units, ...groups].map(ownersOf)
  return { entries: [...units, ...owners].filter(({ id }) => ids.has(id)), ids }
}
