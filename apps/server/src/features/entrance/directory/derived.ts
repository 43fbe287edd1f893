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
  prepare(
    connection: Connection,
    server: Server,
    groups: readonly GroupEntry[],
    isCanceled: () => Promise<boolean>,
  ): Promise<JobData>
  /** Which of the derived groups somebody with this DN is in, asked for this one alone. */
  groupsOf(connection: Connection, server: Server, dn: string): Promise<DerivedIds>
  derive(connection: Connection, server: Server, groups: readonly GroupEntry[]): Promise<Derived>
}

export type Derived = {
  entries: readonly GroupEntry[]
  /** The ids that only these entries can have. */
  ids: ReadonlySet<string>
  /** Of those without an entry: is it gone, asked for it alone? Otherwise nothing is known about it. */
  isGone(id: string): Promise<boolean>
}

/** `all` derived ids, and those of them that are `present`. */
export type DerivedIds = { all: ReadonlySet<string>; present: readonly string[] }

export const derivings: Point<Deriving> = point<Deriving>('directory.derivings')

const all = (server: Server) => server.extensions.of(derivings)

export const isDerivingNeeded = async (server: Server): Promise<boolean> => {
  for (const each of all(server)) if (await each.isNeeded(server.db)) return true
  return false
}

/** Puts the derived groups of a person in the place of groups that only have the same ids. */
export const withDerived = async (
  connection: Connection,
  server: Server,
  dn: string,
  found: Set<string>,
): Promise<Set<string>> => {
  for (const each of all(server)) {
    const ids = await each.groupsOf(connection, server, dn)
    for (const id of ids.all) found.delete(id)
    for (const id of ids.present) found.add(id)
  }
  return found
}

export const prepareDerived = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
  isCanceled: () => Promise<boolean>,
): Promise<JobData> => {
  let data: JobData = {}
  for (const each of all(server))
    data = { ...data, ...(await each.prepare(connection, server, groups, isCanceled)) }
  return data
}

export const derivedGroups = async (
  connection: Connection,
  server: Server,
  groups: readonly GroupEntry[],
): Promise<Derived> => {
  const found: Derived[] = []
  for (const each of all(server)) found.push(await each.derive(connection, server, groups))
  return {
    entries: found.flatMap(({ entries }) => entries),
    ids: new Set(found.flatMap(({ ids }) => [...ids])),
    isGone: async (id) => {
      for (const { ids, isGone } of found) if (ids.has(id)) return await isGone(id)
      return false
    },
  }
}
