/**
 * The part of a pass that is about groups: first who is in the linked groups, then who is in the teams and
 * channels that these are linked to. Each half is a difference, its removals go through the brake, and its
 * work may be repeated.
 */
import { type Context, change, system } from '../../../core/context.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import type { JobData } from '../../ground/jobs/index.ts'
import {
  changeMembers,
  type ListedGroup,
  linkedGroups,
  markRead,
  membersOfGroups,
  renameRemote,
  shortName,
  unlinkRemote,
} from '../../places/groups/index.ts'
import {
  applyPlaces,
  compareWithGroups,
  type Misfit,
  type PlaceDiff,
  placesOfGroups,
} from '../../places/syncables/index.ts'
import { SERVICE } from './accounts.ts'
import type { Steps } from './applying.ts'
import { derivedGroups, isDerivingNeeded, prepareDerived } from './derived.ts'
import type { Wanted } from './diff.ts'
import { type GroupEntry, listFound, readGroups, resolveMembers } from './group-members.ts'
import { findGroupById, knowsGroups } from './groups.ts'
import { type Noting, notePlaces } from './history.ts'
import { type Braking, type Held, holdGroups, holdPlaces, onRemoved } from './holding.ts'
import { DAY_MS } from './reading.ts'
import { countRemovals, listIdentities, saveRemovals } from './store.ts'

const BATCH = 500

/** What the directory says about the linked groups. */
export type Found = {
  linked: readonly ListedGroup[]
  /** The groups that are there, with their members, by their ids there. */
  groups: ReadonlyMap<string, GroupEntry>
  entries: readonly GroupEntry[]
  /** How many groups the directory has. */
  total: number
  /** Linked groups that are gone, also when asked for one by one. */
  gone: ReadonlySet<string>
  /** What the job tells about derived groups. */
  told: JobData
}

/**
 * Reads the groups if any is linked; undefined if groups play no part. `prepares`: what is derived from the
 * directory may link further ones before, unless somebody cancels it.
 */
export const findLinked = async (
  connection: Connection,
  server: Server,
  prepares: false | (() => Promise<boolean>),
): Promise<Found | undefined> => {
  const settings = server.settings().LdapSettings
  if (!knowsGroups(settings)) return undefined
  const isAny = (await linkedGroups(server.db, SERVICE)).length > 0
  if (!isAny && !(await isDerivingNeeded(server))) {
    const total = (await listFound(connection, server)).length
    return { linked: [], groups: new Map(), entries: [], total, gone: new Set(), told: {} }
  }
  const own = await readGroups(connection, server)
  const told = prepares ? await prepareDerived(connection, server, own, prepares) : {}
  const derived = await derivedGroups(connection, server, own)
  const linked = await linkedGroups(server.db, SERVICE)
  const entries = [...own, ...derived.entries]
  const groups = new Map(entries.map((group) => [group.id, group]))
  const gone = new Set<string>()
  for (const { remote_id } of linked) {
    if (remote_id === null || groups.has(remote_id)) continue
    // It is not in the list; whether it is gone is asked for it alone.
    const isGone = derived.ids.has(remote_id)
      ? await derived.isGone(remote_id)
      : !(await findGroupById(connection, settings, remote_id))
    if (isGone) gone.add(remote_id)
  }
  const total = settings.GroupFilter === '' ? own.length : (await listFound(connection, server)).length
  return { linked, groups, entries, total, gone, told }
}

/** What changes in one group. */
export type GroupDiff = {
  group: ListedGroup
  size: number
  add: string[]
  remove: string[]
  name: string
  /** The directory does not have it any more. */
  isGone: boolean
}

/**
 * Who is who: the accounts of the directory, those among them that are switched off, and those that are not
 * although it says nothing about them now.
 */
type Accounts = {
  ids: ReadonlyMap<string, string>
  inactive: ReadonlySet<string>
  spared: ReadonlySet<string>
}

/**
 * `coming`: people without an account yet, by their ids in the directory; a preview shows them where they
 * will be.
 */
const accountsOf = async (
  { db }: Pick<Context, 'db'>,
  people: readonly Wanted[],
  coming: readonly Wanted[],
): Promise<Accounts> => {
  const known = await listIdentities(db)
  const present = new Set(people.filter(({ isDisabled }) => !isDisabled).map(({ id }) => id))
  const ids = new Map(known.map(({ id, auth_data }) => [auth_data, id]))
  for (const { id } of coming) if (!ids.has(id)) ids.set(id, id)
  const idsOf = (rows: typeof known) => new Set(rows.map(({ id }) => id))
  return {
    ids,
    inactive: idsOf(known.filter(({ delete_at }) => delete_at > 0)),
    // Whoever is switched off has gone, and keeps no group in which nobody else is.
    spared: idsOf(known.filter((each) => each.delete_at === 0 && !present.has(each.auth_data))),
  }
}

const compareGroups = async (
  { db }: Pick<Context, 'db'>,
  { linked, groups, entries, gone }: Found,
  people: readonly Wanted[],
  { ids, spared }: Accounts,
): Promise<GroupDiff[]> => {
  const rows = await membersOfGroups(
    db,
    linked.map(({ id }) => id),
  )
  const keptOf = Map.groupBy(rows, ({ group_id }) => group_id)
  const named = people.map(({ id, dn, keys = { uid: '', gid: '', primary: '' } }) => ({ id, dn, keys }))
  const members = await resolveMembers(
    entries,
    named,
    new Set(linked.flatMap(({ remote_id }) => remote_id ?? [])),
  )
  const diffs: GroupDiff[] = []
  for (const group of linked) {
    const remoteId = group.remote_id ?? ''
    const entry = groups.get(remoteId)
    // Neither found in the list nor gone: nothing is known about it.
    if (!entry && !gone.has(remoteId)) continue
    const wanted = new Set([...(members.get(remoteId) ?? [])].flatMap((id) => ids.get(id) ?? []))
    const kept = new Set((keptOf.get(group.id) ?? []).map(({ user_id }) => user_id))
    const add = [...wanted].filter((id) => !kept.has(id))
    const remove = [...kept].filter((id) => !wanted.has(id) && !spared.has(id))
    const name = entry ? shortName(entry.name) : group.display_name
    const isGone = gone.has(remoteId)
    const isChanged = add.length + remove.length > 0 || name !== group.display_name || isGone
    // What nobody has read yet takes nobody out.
    const isUnread = group.read_at === 0
    if (isChanged || isUnread)
      diffs.push({ group, size: kept.size, add, remove: isGone && isUnread ? [] : remove, name, isGone })
  }
  return diffs
}

export type Followed = {
  linked: number
  total: number
  membersAdded: number
  membersRemoved: number
  groupsDeleted: number
  placed: number
  removed: number
  misfits: Misfit[]
  held: Held[]
  /** Nobody canceled it. */
  isComplete: boolean
}

const chunks = (ids: readonly string[]): string[][] => {
  const parts: string[][] = []
  for (let at = 0; at < ids.length; at += BATCH) parts.push(ids.slice(at, at + BATCH))
  return parts
}

const asSystem = <T>(server: Server, work: (context: Context) => Promise<T>): Promise<T> =>
  change(server, { actor: system }, work)

const applyGroup = async (
  server: Server,
  { group, add, remove, name, isGone }: GroupDiff,
  { inactive }: Accounts,
  isUntrusted: boolean,
  done: Followed,
  note: Noting,
): Promise<void> => {
  const noted = (context: Context, kind: 'group_joined' | 'group_left', ids: readonly string[]) =>
    note(
      context,
      ids.map((user_id) => ({ kind, user_id, place_id: group.id })),
    )
  for (const part of chunks(add))
    done.membersAdded += await asSystem(server, async (context) => {
      const { added } = await changeMembers(context, SERVICE, group.id, { add: part, remove: [] })
      await noted(context, 'group_joined', added)
      return added.length
    })
  for (const part of chunks(remove)) {
    done.membersRemoved += await asSystem(server, async (context) => {
      const active = part.filter((id) => !inactive.has(id))
      await saveRemovals(context.db, group.id, active, context.now, DAY_MS)
      const { removed } = await changeMembers(context, SERVICE, group.id, { add: [], remove: part })
      await noted(context, 'group_left', removed)
      return removed.length
    })
  }
  // Of an answer that is not believed nobody knows whether it had all members.
  if (group.read_at === 0 && !isGone && !isUntrusted)
    await asSystem(server, (context) => markRead(context, group))
  if (name !== group.display_name) await asSystem(server, (context) => renameRemote(context, group.id, name))
}

/**
 * Archives a group that the directory has deleted, as soon as nobody is in it any more and nobody is anywhere
 * because of it. Before that its links are needed, because they say who has to go.
 */
const archiveGone = async (
  server: Server,
  group: ListedGroup,
  spared: ReadonlySet<string>,
  done: Followed,
): Promise<void> => {
  const { db } = server
  if (group.remote_id === null) return
  if (group.read_at > 0) {
    if ((await membersOfGroups(db, [group.id])).length > 0) return
    const only = await placesOfGroups(db, [group.id])
    const diffs = only.length > 0 ? await compareWithGroups({ db, server }, { only, spared }) : []
    if (diffs.some(({ remove, demote }) => remove.length + demote.length > 0)) return
  }
  const remoteId = group.remote_id
  await asSystem(server, (context) => unlinkRemote(context, SERVICE, remoteId))
  done.groupsDeleted += 1
}

/** Makes groups, teams and channels as the directory says. */
export const followGroups = async (
  server: Server,
  found: Found,
  people: readonly Wanted[],
  braking: Braking,
  { isCanceled }: Pick<Steps, 'isCanceled'>,
  note: Noting,
): Promise<Followed> => {
  const { db } = server
  const now = Date.now()
  const done: Followed = {
    linked: found.linked.length,
    total: found.total,
    membersAdded: 0,
    membersRemoved: 0,
    groupsDeleted: 0,
    placed: 0,
    removed: 0,
    misfits: [],
    held: [],
    isComplete: false,
  }
  const accounts = await accountsOf({ db }, people, [])
  const { spared, inactive } = accounts
  const goneToday = await countRemovals(db, now - DAY_MS)
  const groups = await compareGroups({ db }, found, people, accounts)
  done.held.push(...holdGroups(braking, goneToday, groups, inactive, now))
  for (const diff of groups) {
    if (await isCanceled()) return done
    await applyGroup(server, diff, accounts, braking.isUntrusted, done, note)
  }
  const places = await compareWithGroups({ db, server }, { spared })
  done.held.push(...(await holdPlaces({ db }, braking, goneToday, places, now)))
  const { added, removed, misfits } = await applyPlaces(server, places, {
    ...{ isCanceled, spared, onRemoved },
    onDone: (context, kind, place, ids) => notePlaces(note)(context, kind, place.id, ids),
  })
  Object.assign(done, { placed: added, removed, misfits })
  for (const { group, isGone } of groups) {
    if (await isCanceled()) return done
    if (isGone && !braking.isUntrusted) await archiveGone(server, group, spared, done)
  }
  return { ...done, isComplete: !(await isCanceled()) }
}

/** The groups that are gone and would lose somebody: only these are a question for the brake. */
export const goneGroups = async (
  context: Pick<Context, 'db'>,
  found: Found | undefined,
  people: readonly Wanted[],
): Promise<string[]> => {
  if (!found || found.gone.size === 0) return []
  const diffs = await compareGroups(context, found, people, await accountsOf(context, people, []))
  return diffs.filter(({ isGone, remove }) => isGone && remove.length > 0).map(({ group }) => group.id)
}

export type Followable = { groups: GroupDiff[]; places: PlaceDiff[]; isHeld: boolean }

/** What `followGroups` would do. */
export const previewGroups = async (
  context: Pick<Context, 'db' | 'server'>,
  found: Found,
  people: readonly Wanted[],
  coming: readonly Wanted[],
  isUntrusted: boolean,
): Promise<Followable> => {
  const { db } = context
  const now = Date.now()
  const accounts = await accountsOf(context, people, coming)
  const goneToday = await countRemovals(db, now - DAY_MS)
  const groups = await compareGroups(context, found, people, accounts)
  const braking: Braking = { jobId: '', isUntrusted, released: new Set(), confirmedGroups: new Set() }
  const held = holdGroups(braking, goneToday, groups, accounts.inactive, now)
  const wanted = new Map<string, Set<string>>()
  for (const { group_id, user_id } of await membersOfGroups(
    db,
    found.linked.map(({ id }) => id),
  ))
    wanted.set(group_id, (wanted.get(group_id) ?? new Set()).add(user_id))
  for (const { group, add, remove } of groups) {
    const members = wanted.get(group.id) ?? new Set()
    for (const id of add) members.add(id)
    for (const id of remove) members.delete(id)
    wanted.set(group.id, members)
  }
  const read = groups.filter(({ isGone }) => !isGone && !isUntrusted).map(({ group }) => group.id)
  const places = await compareWithGroups(context, {
    groups: wanted,
    spared: accounts.spared,
    coming: new Set(coming.map(({ id }) => id)),
    read: new Set(read),
  })
  held.push(...(await holdPlaces({ db }, braking, goneToday, places, now)))
  return { groups: groups.filter(isShown), places, isHeld: held.length > 0 }
}

/** A group that is only read for the first time changes nothing. */
const isShown = ({ group, add, remove, name, isGone }: GroupDiff): boolean =>
  add.length + remove.length > 0 || isGone || name !== group.display_name
