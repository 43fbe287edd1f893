/**
 * Groups that are derived from something else in the directory than its groups. A later feature adds them, and
 * may link further groups before a pass reads who is in them.
 */
import type { Db } from '../../../core/db.ts'
import { type Point, point } from '../../../core/extension.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import type { JobData } from '../../ground/jobs/index.ts'
import type { GroupEntry } from './group-members.ts'

export type Deriving = {
  /** Does it need the groups at all? Reading them is dear. */
  isNeeded(db: Db): Promise<boolean>
  /** Called by a pass, before it asks which groups are linked. Returns what the job tells about it. */
  prepare(connection: Connection, server: Server, groups: readonly GroupEntry[]): Promise<JobData>
  /** The ids of derived groups that a person is in who has this DN, as the last pass has seen it. */
  groupsAbove(db: Db, dn: string): Promise<readonly string[]>
  derive(connection: Connection, server: Server, groups: readonly GroupEntry[]): Promise<Derived>
}

export type Derived = {
  entries: readonly GroupEntry[]
  /** Ids that only these entries can have: a linked group with such an id and without an entry is gone. */
  ids: ReadonlySet<string>
}

export const derivings: Point<Deriving> = point<Deriving>('directory.derivings')

const all = (server: Server) => server.extensions.of(derivings)

export const isDerivingNeeded = async (server: Server): Promise<boolean> => {
  for (const each of all(server)) if (await each.isNeeded(server.db)) return true
  return false
}

export const derivedAbove = async (server: Server, dn: string): Promise<string[]> => {
  const found = []
  for (const each of all(server)) found.push(...(await each.groupsAbove(server.db, dn)))
  return found
}

export const prepareDerived = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<JobData> => {
  let data: JobData = {}
  for (const each of all(server)) data = { ...data, ...(await each.prepare(connection, server, groups)) }
  return data
}

export const derivedGroups = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<Derived> => {
  const found = []
  for (const each of all(server)) found.push(await each.derive(connection, server, groups))
  return {
    entries: found.flatMap(({ entries }) => entries),
    ids: new Set(found.flatMap(({ ids }) => [...ids])),
  }
}
