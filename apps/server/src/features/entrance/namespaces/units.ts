/** Units of the directory as groups of the people below them, and the leaders of entries as groups. */
import type { Filter } from 'ldapts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { type Entry, idOf, idValue, isBinary } from '../../../core/ldap-entries.ts'
import { comparableName, pathsAbove, treePlace } from '../../../core/ldap-names.ts'
import { eachInTurns } from '../../../core/own-turn.ts'
import type { Server } from '../../../core/server.ts'
import {
  type Derived,
  type DerivedIds,
  type GroupEntry,
  isDn,
  leadersIn,
  listFound,
  readAll,
} from '../directory/index.ts'
import { listDerived } from './store.ts'

const OWNERS = ':owners'

export const ownersId = (remoteId: string): string => `${remoteId}${OWNERS}`
const entryOfOwners = (id: string): string => id.slice(0, -OWNERS.length)

/** The leaders of an entry, as a group. */
export const ownersOf = (entry: GroupEntry): GroupEntry => ({
  id: ownersId(entry.id),
  name: entry.name,
  dn: `${entry.dn}${OWNERS}`,
  above: entry.above,
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
  ...treePlace(entry.dn),
  path: entry.dn,
  isBranch: true,
  leaders: leadersIn(entry, leaderAttribute),
  members: [],
  uids: [],
  gid: '',
  sid: '',
})

const unitsFilter = async (): Promise<Filter> => {
  const { EqualityFilter } = await ldap()
  return new EqualityFilter({ attribute: 'objectClass', value: 'organizationalUnit' })
}

/** All units of the directory. */
export const readUnits = async (connection: Connection, server: Server): Promise<GroupEntry[]> => {
  const { LdapSettings, PlauschSettings } = server.settings()
  const leader = PlauschSettings.TeamRequestLeaderAttribute
  const attributes = [LdapSettings.GroupIdAttribute, 'ou', 'name', ...(leader === '' ? [] : [leader])]
  const entries = await readAll(connection, server, await unitsFilter(), attributes)
  const units: GroupEntry[] = []
  await eachInTurns(entries, (entry) => {
    const unit = unitOf(entry, LdapSettings.GroupIdAttribute, leader)
    if (unit.id !== '' && unit.name !== '') units.push(unit)
  })
  return units
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

/** Is an entry with this id there, whatever it is? */
const isThere = async (connection: Connection, server: Server, id: string): Promise<boolean> => {
  const { BaseDN, GroupIdAttribute } = server.settings().LdapSettings
  const { EqualityFilter } = await ldap()
  const { entries } = await connection.search({
    base: BaseDN,
    filter: new EqualityFilter({ attribute: GroupIdAttribute, value: idValue(GroupIdAttribute, id) }),
    attributes: ['1.1'],
    most: 2,
  })
  return entries.length > 0
}

/**
 * Groups of units and of leaders, for what was made of entries. If no entry says who leads it, nobody knows who
 * the leaders are: the settings name another attribute, or the service account may not read it any more.
 */
export const deriveGroups = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<Derived> => {
  const kept = await listDerived(server.db)
  const ids = new Set(kept.map(({ remote_id }) => remote_id))
  const ownersIds = new Set(kept.flatMap(({ remote_id, kind }) => (kind === 'owners' ? remote_id : [])))
  const units = kept.length === 0 ? [] : await readUnits(connection, server)
  const all = [...units, ...groups]
  const owners = all.some(({ leaders }) => leaders.length > 0) ? all.map(ownersOf) : []
  const isGone = (id: string) =>
    isThere(connection, server, ownersIds.has(id) ? entryOfOwners(id) : id).then((is) => !is)
  return { entries: [...units, ...owners].filter(({ id }) => ids.has(id)), ids, isGone }
}

/** So many entries above a person are looked at. */
const MOST_ABOVE = 20

/** The units above a person, read at this moment: another unit may have their names since the last pass. */
export const unitsOf = async (connection: Connection, server: Server, dn: string): Promise<DerivedIds> => {
  const kept = await listDerived(server.db)
  const all = new Set(kept.map(({ remote_id }) => remote_id))
  const units = new Set(kept.flatMap(({ remote_id, kind }) => (kind === 'units' ? remote_id : [])))
  const present: string[] = []
  if (units.size === 0) return { all, present }
  const { GroupIdAttribute, BaseDN } = server.settings().LdapSettings
  const root = comparableName(BaseDN)
  for (const base of pathsAbove(dn).slice(0, MOST_ABOVE)) {
    if (comparableName(base) === root) break
    const { entries } = await connection.search({
      base,
      scope: 'base',
      filter: await unitsFilter(),
      attributes: [GroupIdAttribute],
      binary: [GroupIdAttribute].filter(isBinary),
    })
    const id = entries[0] ? idOf(entries[0], GroupIdAttribute) : ''
    if (units.has(id)) present.push(id)
  }
  return { all, present }
}
