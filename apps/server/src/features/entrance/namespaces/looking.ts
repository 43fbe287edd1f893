/** What a rule finds in the directory now, and what is here already. Waits for the directory. */
import type { Context } from '../../../core/context.ts'
import { asking, knowsGroups, readGroups } from '../directory/index.ts'
import { readEntries } from './making.ts'
import { type Candidate, candidatesOf, type Rule } from './rule.ts'
import { findByAddresses, findOwnPlaces, madeOf, type OwnPlace, type PlaceRow } from './store.ts'

export type Occupant = { id: string; delete_at: number }

export type Looked = {
  candidate: Candidate
  /** What a namespace has made of it. */
  made: PlaceRow | undefined
  /** The team or channel that has the address now, and is not linked to the entry. */
  occupant: Occupant | undefined
  /** What is linked to the entry already, and has its address. */
  own: OwnPlace | undefined
}

export const look = async (context: Context, rule: Rule & { team_id: string }): Promise<Looked[]> => {
  const { db, server } = context
  const { LdapSettings } = server.settings()
  if (!knowsGroups(LdapSettings)) return []
  const entries = await asking(context, async (connection) => {
    const groups = rule.source === 'groups' ? await readGroups(connection, server) : []
    return await readEntries(connection, server, groups, new Set([rule.source]))
  })
  const candidates = candidatesOf(rule, entries[rule.source], LdapSettings.BaseDN)
  const rows = await madeOf(
    db,
    candidates.map(({ id }) => id),
  )
  const made = new Map(rows.map((row) => [row.remote_id, row]))
  const teamId = rule.makes === 'channel' ? rule.team_id : ''
  const found = await findByAddresses(
    db,
    teamId,
    candidates.flatMap(({ address }) => (address === '' ? [] : [address])),
  )
  const occupants = new Map(rule.makes === 'nothing' ? [] : found.map((row) => [row.name, row]))
  const owns = new Map(
    rule.makes === 'nothing'
      ? []
      : (await findOwnPlaces(db, teamId, candidates)).map((row) => [row.remote_id, row]),
  )
  return candidates.map((candidate) => {
    const own = owns.get(candidate.id)
    return {
      candidate,
      made: made.get(candidate.id),
      occupant: own ? undefined : occupants.get(candidate.address),
      own,
    }
  })
}
