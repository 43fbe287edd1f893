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
  membersOfGroups,
  renameRemote,
  shortName,
  unlinkRemote,
} from '../../places/groups/index.ts'
import {
  applyPlaces,
  compareWithGroups,
  countPlaceMembers,
  type PlaceDiff,
} from '../../places/syncables/index.ts'
import type { Steps } from './applying.ts'
import { isTooMuch } from './brake.ts'
import { derivedGroups, isDerivingNeeded, prepareDerived } from './derived.ts'
import type { Wanted } from './diff.ts'
import { type GroupEntry, listFound, readGroups, resolveMembers } from './group-members.ts'
import { findGroupById, knowsGroups } from './groups.ts'
import { DAY_MS } from './reading.ts'
import { countRemovals, type HeldMember, listIdentities, saveRemovals } from './store.ts'

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
 * directory may link further ones before.
 */
export const findLinked = async (
  connection: Connection,
  server: Server,
  prepares: boolean,
): Promise<Found | undefined> => {
  const settings = server.settings().LdapSettings
  if (!knowsGroups(settings)) return undefined
  const isAny = (await linkedGroups(server.db)).length > 0
  if (!isAny && !(await isDerivingNeeded(server))) {
    const total = (await listFound(connection, server)).length
    return { linked: [], groups: new Map(), entries: [], total, gone: new Set(), told: {} }
  }
  const own = await readGroups(connection, server)
  const told = prepares ? await prepareDerived(connection, server, own) : {}
  const derived = await derivedGroups(connection, server, own)
  const linked = await linkedGroups(server.db)
  const entries = [...own, ...derived.entries]
  const groups = new Map(entries.map((group) => [group.id, group]))
  const gone = new Set<string>()
  for (const { remote_id } of linked) {
    if (remote_id === null || groups.has(remote_id)) continue
    // It is not in the list; whether it is gone is asked for it alone.
    if (derived.ids.has(remote_id) || !(await findGroupById(connection, settings, remote_id)))
      gone.add(remote_id)
  }
  const total = settings.GroupFilter === '' ? own.length : (await listFound(connection, server)).length
  return { linked, groups, entries, total, gone, told }
}

/** What changes in one group. */
export type GroupDiff = { group: ListedGroup; size: number; add: string[]; remove: string[]; name: string }

/** Who is who: the accounts of the directory, and about whom it says nothing now. */
type Accounts = { ids: ReadonlyMap<string, string>; spared: ReadonlySet<string> }

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
  return { ids, spared: new Set(known.filter((each) => !present.has(each.auth_data)).map(({ id }) => id)) }
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
  const members = resolveMembers(entries, named, new Set(linked.flatMap(({ remote_id }) => remote_id ?? [])))
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
    const isChanged = add.length + remove.length > 0 || name !== group.display_name || gone.has(remoteId)
    if (isChanged) diffs.push({ group, size: kept.size, add, remove, name })
  }
  return diffs
}

/** What the brake holds back, and what an administrator has released. */
export type Braking = {
  jobId: string
  /** An answer that is empty or halved takes nothing away. */
  isUntrusted: boolean
  released: ReadonlySet<string>
}

export const keyOf = ({ place_id, user_id }: Pick<HeldMember, 'place_id' | 'user_id'>): string =>
  `${place_id} ${user_id}`

type Removing = { id: string; kind: string; size: number; remove: string[] }

/** Takes out of a list of removals what must wait; returns it. */
const hold = (
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  removing: Removing,
  now: number,
): HeldMember[] => {
  const { id, kind, size, remove } = removing
  if (remove.length === 0) return []
  if (!braking.isUntrusted && !isTooMuch(size, remove.length, gone.get(id) ?? 0)) return []
  const isReleased = (user_id: string) =>
    !braking.isUntrusted && braking.released.has(keyOf({ place_id: id, user_id }))
  removing.remove = remove.filter(isReleased)
  // What an untrusted answer would take is told by its trigger, and not person by person.
  if (braking.isUntrusted) return []
  return remove
    .filter((user_id) => !isReleased(user_id))
    .map((user_id) => ({ place_id: id, user_id, kind, job_id: braking.jobId, held_at: now }))
}

const holdGroups = (
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  diffs: readonly GroupDiff[],
  now: number,
): HeldMember[] =>
  diffs.flatMap((diff) => {
    const removing = { id: diff.group.id, kind: 'Group', size: diff.size, remove: diff.remove }
    const held = hold(braking, gone, removing, now)
    diff.remove = removing.remove
    return held
  })

const holdPlaces = async (
  { db }: Pick<Context, 'db'>,
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  diffs: readonly PlaceDiff[],
  now: number,
): Promise<HeldMember[]> => {
  const losing = diffs.filter(({ remove }) => remove.length > 0).map(({ place }) => place.id)
  const sizes = losing.length > 0 ? await countPlaceMembers(db, losing) : new Map<string, number>()
  return diffs.flatMap((diff) => {
    const { id, kind } = diff.place
    const removing = { id, kind, size: sizes.get(id) ?? 0, remove: diff.remove }
    const held = hold(braking, gone, removing, now)
    diff.remove = removing.remove
    // Whoever stays for now keeps the role, too.
    if (braking.isUntrusted) diff.demote = []
    return held
  })
}

export type Followed = {
  linked: number
  total: number
  membersAdded: number
  membersRemoved: number
  groupsDeleted: number
  placed: number
  removed: number
  refused: number
  held: HeldMember[]
}

const chunks = (ids: readonly string[]): string[][] => {
  const parts: string[][] = []
  for (let at = 0; at < ids.length; at += BATCH) parts.push(ids.slice(at, at + BATCH))
  return parts
}

const applyGroup = async (
  server: Server,
  { group, add, remove, name, size }: GroupDiff,
  isGone: boolean,
  done: Followed,
): Promise<void> => {
  const asSystem = <T>(work: (context: Context) => Promise<T>) => change(server, { actor: system }, work)
  for (const part of chunks(add))
    done.membersAdded += (
      await asSystem((context) => changeMembers(context, group.id, { add: part, remove: [] }))
    ).added
  for (const part of chunks(remove)) {
    done.membersRemoved += await asSystem(async (context) => {
      await saveRemovals(context.db, group.id, part, context.now, DAY_MS)
      return (await changeMembers(context, group.id, { add: [], remove: part })).removed
    })
  }
  if (name !== group.display_name) await asSystem((context) => renameRemote(context, group.id, name))
  // A group that the directory deleted is archived when nobody is in it any more.
  if (isGone && group.remote_id !== null && remove.length === size) {
    const remoteId = group.remote_id
    await asSystem((context) => unlinkRemote(context, remoteId))
    done.groupsDeleted += 1
  }
}

/** Makes groups, teams and channels as the directory says. */
export const followGroups = async (
  server: Server,
  found: Found,
  people: readonly Wanted[],
  braking: Braking,
  { isCanceled }: Pick<Steps, 'isCanceled'>,
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
    refused: 0,
    held: [],
  }
  const accounts = await accountsOf({ db }, people, [])
  const goneToday = await countRemovals(db, now - DAY_MS)
  const groups = await compareGroups({ db }, found, people, accounts)
  done.held.push(...holdGroups(braking, goneToday, groups, now))
  for (const diff of groups) {
    if (await isCanceled()) return done
    const isGone = !braking.isUntrusted && found.gone.has(diff.group.remote_id ?? '')
    await applyGroup(server, diff, isGone, done)
  }
  const places = await compareWithGroups({ db, server }, { spared: accounts.spared })
  done.held.push(...(await holdPlaces({ db }, braking, goneToday, places, now)))
  const { added, removed, refused } = await applyPlaces(server, places, {
    isCanceled,
    onRemoved: (context, place, ids) => saveRemovals(context.db, place.id, ids, context.now, DAY_MS),
  })
  return { ...done, placed: added, removed, refused }
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
  const braking: Braking = { jobId: '', isUntrusted, released: new Set() }
  const held = holdGroups(braking, goneToday, groups, now)
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
  const places = await compareWithGroups(context, {
    groups: wanted,
    spared: accounts.spared,
    coming: new Set(coming.map(({ id }) => id)),
  })
  held.push(...(await holdPlaces({ db }, braking, goneToday, places, now)))
  return { groups, places, isHeld: held.length > 0 }
}
