/** Who is in the groups of the directory: directly, by groups in groups, by login name, by primary group. */
import type { Filter } from 'ldapts'
import { type Connection, ldap } from '../../../core/ldap.ts'
import { type Entry, isBinary } from '../../../core/ldap-entries.ts'
import { comparableName, type TreePlace, treePlace } from '../../../core/ldap-names.ts'
import { eachInTurns } from '../../../core/own-turn.ts'
import type { Server } from '../../../core/server.ts'
import {
  type FoundGroup,
  foundOf,
  GROUPS,
  groupsFilter,
  type MemberKeys,
  memberKeysOf,
  nameAttributes,
} from './groups.ts'
import { equals, filterOf } from './people.ts'
import { readAll } from './reading.ts'
import type { LdapConfig } from './target.ts'

/** All groups by name, without those that have no id. */
export const listFound = async (connection: Connection, server: Server): Promise<FoundGroup[]> => {
  const settings = server.settings().LdapSettings
  const entries = await readAll(connection, server, await groupsFilter(settings), nameAttributes(settings))
  return entries.map((entry) => foundOf(entry, settings)).filter(({ id }) => id !== '')
}

/** How directories say who is in a group: DNs, names, numbers and security ids. */
const MEMBERS = ['member', 'uniqueMember', 'memberUid'] as const
const GROUP_KEYS = ['gidNumber', 'objectSid']

/** Reads the rest of a list of which the server gave only the first part, part by part. */
const readRest = async (
  connection: Connection,
  entry: Entry,
  attribute: string,
  take: (values: readonly string[]) => void,
): Promise<void> => {
  const { PresenceFilter } = await ldap()
  let next = entry.next(attribute)
  while (next !== undefined) {
    const from = next
    const { entries } = await connection.search({
      base: entry.dn,
      scope: 'base',
      filter: new PresenceFilter({ attribute: 'objectClass' }),
      attributes: [`${attribute};range=${from}-*`],
    })
    const [part] = entries
    const values = part?.texts(attribute) ?? []
    // Half a list would say that the others have left.
    if (!part || values.length === 0)
      throw new Error(`The directory gives only a part of the group ${entry.dn}.`)
    take(values)
    next = part.next(attribute)
    if (next !== undefined && next <= from) throw new Error(`The directory repeats the group ${entry.dn}.`)
  }
}

/** A group with what it says about its members. */
export type GroupEntry = FoundGroup & {
  /** For comparison. */
  dn: string
  /** The names of the entries above it, from the nearest on, for comparison. */
  above: string[]
  /** The name as the directory writes it. */
  path: string
  /** Everybody below this entry of the tree is a member. */
  isBranch?: boolean
  /** Who leads it, as the attribute of the settings says: DNs and login names. */
  leaders: string[]
  /** Members by their DNs, in comparable form: people and groups. */
  members: string[]
  /** Members by their login names. */
  uids: string[]
  gid: string
  sid: string
}

const MOST_LEADERS = 500

/** What the attribute says about leaders; the order is the directory's. */
export const leadersIn = (entry: Entry, attribute: string): string[] =>
  attribute === '' ? [] : entry.texts(attribute).slice(0, MOST_LEADERS)

/** Does it name somebody by the place in the tree, and not by the login name? */
export const isDn = (value: string): boolean => /^[a-z][a-z0-9.-]*\s*=/i.test(value)

const groupOf = async (
  connection: Connection,
  entry: Entry,
  settings: LdapConfig,
  leaderAttribute: string,
): Promise<GroupEntry> => {
  const values = { member: [] as string[], uniqueMember: [] as string[], memberUid: [] as string[] }
  for (const attribute of MEMBERS) {
    values[attribute] = entry.texts(attribute)
    await readRest(connection, entry, attribute, (more) => void values[attribute].push(...more))
  }
  return {
    ...foundOf(entry, settings),
    ...treePlace(entry.dn),
    path: entry.dn,
    leaders: leadersIn(entry, leaderAttribute),
    members: [...values.member, ...values.uniqueMember].map(comparableName),
    uids: values.memberUid.map((uid) => uid.toLowerCase()),
    gid: entry.text('gidNumber'),
    sid: entry.bytes('objectSid')?.toString('hex') ?? '',
  }
}

/**
 * All groups with their members, also those that GroupFilter leaves out: groups that count may consist of
 * them.
 */
export const readGroups = async (connection: Connection, server: Server): Promise<GroupEntry[]> => {
  const settings = server.settings().LdapSettings
  const { OrFilter } = await ldap()
  const filter = new OrFilter({ filters: [await groupsFilter(settings), await filterOf(GROUPS)] })
  const leader = server.settings().PlauschSettings.TeamRequestLeaderAttribute
  const attributes = [
    ...new Set([...nameAttributes(settings), ...MEMBERS, ...GROUP_KEYS, ...(leader === '' ? [] : [leader])]),
  ]
  const entries = await readAll(connection, server, filter, attributes)
  const groups: GroupEntry[] = []
  await eachInTurns(entries, async (entry) => {
    groups.push(await groupOf(connection, entry, settings, leader))
  })
  return groups
}

/** A person as groups name them. */
export type Named = { id: string; dn: string; keys: MemberKeys }

const indexed = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> =>
  Map.groupBy(
    items.filter((item) => keyOf(item) !== ''),
    keyOf,
  )

/** Who lies below which branch, by the branch's name. */
const peopleBelow = async (
  groups: readonly GroupEntry[],
  people: readonly (TreePlace & { id: string })[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const branches = new Map<string, string[]>(
    groups.filter(({ isBranch }) => isBranch).map(({ dn }) => [dn, []]),
  )
  if (branches.size > 0)
    await eachInTurns(people, ({ id, above }) => {
      for (const dn of above) branches.get(dn)?.push(id)
    })
  return branches
}

/**
 * Who is in which of the groups, by their ids: directly, by a group in the group (cycles end), by login name,
 * by the person's primary group, or below a branch. Only the group of a branch itself has the people below it.
 */
export const resolveMembers = async (
  groups: readonly GroupEntry[],
  people: readonly Named[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, Set<string>>> => {
  const placed: (TreePlace & { id: string })[] = []
  await eachInTurns(people, ({ id, dn }) => void placed.push({ id, ...treePlace(dn) }))
  const byDn = new Map(placed.map(({ id, dn }) => [dn, id]))
  const byUid = indexed(people, ({ keys }) => keys.uid)
  const byGid = indexed(people, ({ keys }) => keys.gid)
  const byPrimary = indexed(people, ({ keys }) => keys.primary)
  const groupsByDn = new Map(
    groups.filter(({ isBranch }) => !isBranch).map((group) => [group.dn, group] as const),
  )
  const below = await peopleBelow(groups, placed)
  const membersOf = (start: GroupEntry): Set<string> => {
    const found = new Set<string>(start.isBranch ? below.get(start.dn) : [])
    const seen = new Set([start])
    // A set grows while it is walked through, so this goes from group to group, breadth first.
    for (const group of seen) {
      for (const dn of group.members) {
        const person = byDn.get(dn)
        if (person !== undefined) found.add(person)
        const inner = groupsByDn.get(dn)
        if (inner) seen.add(inner)
      }
      for (const uid of group.uids) for (const { id } of byUid.get(uid) ?? []) found.add(id)
      if (group.gid !== '') for (const { id } of byGid.get(group.gid) ?? []) found.add(id)
      if (group.sid !== '') for (const { id } of byPrimary.get(group.sid) ?? []) found.add(id)
    }
    found.delete('')
    return found
  }
  const members = new Map<string, Set<string>>()
  await eachInTurns(groups, (group) => {
    if (wanted.has(group.id)) members.set(group.id, membersOf(group))
  })
  return members
}

/** So deep are groups in groups followed for one person, and so many of them; a pass follows all. */
const MOST_ROUNDS = 10
const MOST_GROUPS = 1000
/** So many groups are named in one question. */
const AT_ONCE = 50

/**
 * The ids of the groups that a person is in now, asked for this one alone: upwards from group to group,
 * without their members. After the time `until` it says what it has found so far; a pass finds the rest.
 */
export const groupsOfPerson = async (
  connection: Connection,
  server: Server,
  entry: Entry,
  until: number,
): Promise<Set<string>> => {
  const settings = server.settings().LdapSettings
  const { AndFilter, OrFilter } = await ldap()
  const keys = memberKeysOf(entry)
  const found = new Set<string>()
  const seen = new Set([comparableName(entry.dn)])
  const attributes = nameAttributes(settings)
  const ask = async (filters: Filter[]): Promise<Entry[]> => {
    const filter = new AndFilter({ filters: [await filterOf(GROUPS), new OrFilter({ filters })] })
    const { entries } = await connection.search({
      base: settings.BaseDN,
      filter,
      attributes,
      binary: attributes.filter(isBinary),
      pageSize: settings.MaxPageSize || 500,
    })
    return entries
  }
  const above = async (dns: readonly string[]): Promise<Entry[]> => {
    const entries: Entry[] = []
    for (let at = 0; at < dns.length && Date.now() < until; at += AT_ONCE) {
      const part = dns.slice(at, at + AT_ONCE)
      entries.push(
        ...(await ask(
          await Promise.all(part.flatMap((dn) => [equals('member', dn), equals('uniqueMember', dn)])),
        )),
      )
    }
    return entries
  }
  let round = await ask([
    await equals('member', entry.dn),
    await equals('uniqueMember', entry.dn),
    ...(keys.uid === '' ? [] : [await equals('memberUid', entry.text('uid'))]),
    ...(keys.gid === '' ? [] : [await equals('gidNumber', keys.gid)]),
    ...(keys.primary === '' ? [] : [await equals('objectSid', Buffer.from(keys.primary, 'hex'))]),
  ])
  for (let depth = 0; depth < MOST_ROUNDS; depth += 1) {
    const fresh = round
      .filter(({ dn }) => !seen.has(comparableName(dn)))
      .slice(0, Math.max(MOST_GROUPS - seen.size, 0))
    for (const group of fresh) {
      seen.add(comparableName(group.dn))
      const { id } = foundOf(group, settings)
      if (id !== '') found.add(id)
    }
    if (fresh.length === 0) break
    round = await above(fresh.map(({ dn }) => dn))
  }
  return found
}
