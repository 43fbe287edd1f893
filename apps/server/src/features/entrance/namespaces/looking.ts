/** What a rule finds in the directory now, and what is here already. */
import type { Context } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import { asking, type GroupEntry, knowsGroups, readGroups } from '../directory/index.ts'
import { type Planned, plan } from './plan.ts'
import { type Candidate, candidatesOf, type Rule } from './rule.ts'
import { findByAddresses, findOwnPlaces, linkedIds, type NamespaceRow, placesOf } from './store.ts'
import { chosenGroups, readUnits } from './units.ts'

export type Entries = Record<NamespaceRow['source'], readonly GroupEntry[]>

/** What rules choose among. */
export const readEntries = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
  sources: ReadonlySet<string>,
): Promise<Entries> => ({
  units: sources.has('units') ? await readUnits(connection, server) : [],
  groups: sources.has('groups') ? await chosenGroups(connection, server, groups) : [],
})

type Placing = Pick<NamespaceRow, 'makes' | 'team_id'>

/** `namespaceId`: the namespace whose rule it is, or becomes; '' for a new one. */
export const planFor = async (
  db: Db,
  { makes, team_id }: Placing,
  namespaceId: string,
  candidates: readonly Candidate[],
  room: number,
): Promise<Planned[]> => {
  const teamId = makes === 'channel' ? team_id : ''
  const rows = namespaceId === '' ? [] : await placesOf(db, namespaceId)
  const ids = candidates.map(({ id }) => id)
  const addresses = candidates.flatMap(({ address }) => (address === '' ? [] : [address]))
  const makesPlaces = makes !== 'nothing'
  const owns = makesPlaces ? await findOwnPlaces(db, teamId, candidates) : []
  const occupants = makesPlaces ? await findByAddresses(db, teamId, addresses) : []
  return plan(makes, candidates, {
    rows: new Map(rows.map((row) => [row.remote_id, row])),
    linked: await linkedIds(db, ids),
    owns: new Map(owns.map((own) => [own.remote_id, own])),
    occupants: new Map(occupants.map((occupant) => [occupant.name, occupant])),
    room,
  })
}

/** What a rule would do if it might make as much as it finds. Waits for the directory. */
export const look = async (
  context: Context,
  rule: Rule & Placing,
  namespaceId: string,
): Promise<Planned[]> => {
  const { db, server } = context
  const { LdapSettings } = server.settings()
  if (!knowsGroups(LdapSettings)) return []
  const entries = await asking(context, async (connection) => {
    const groups = rule.source === 'groups' ? await readGroups(connection, server) : []
    return await readEntries(connection, server, groups, new Set([rule.source]))
  })
  const candidates = await candidatesOf(rule, entries[rule.source], LdapSettings.BaseDN)
  return await planFor(db, rule, namespaceId, candidates, Number.POSITIVE_INFINITY)
}
