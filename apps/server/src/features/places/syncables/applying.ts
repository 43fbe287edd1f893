/**
 * Makes memberships as groups say, in small transactions. Each step looks again, so it may be repeated, and a
 * work that was cut off is finished by the next one.
 */
import { type Context, change, system } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { point } from '../../../core/extension.ts'
import { Fault } from '../../../core/faults.ts'
import type { Server } from '../../../core/server.ts'
import { findUsers } from '../../people/users/index.ts'
import { findChannels, lockChannel } from '../channels/index.ts'
import { membersOfGroups } from '../groups/index.ts'
import { addToChannel, findMembers, removeFromChannel, saveMember } from '../members/index.ts'
import {
  addPeople,
  endMembership,
  findTeamByName,
  findTeamMembers,
  fitsDomains,
  lockTeam,
  saveTeamRoles,
  type TeamRow,
} from '../teams/index.ts'
import { comparePlaces, type PlaceDiff, type State } from './diff.ts'
import { listUnheard } from './heard-store.ts'
import {
  dropEmpty,
  dropPlacements,
  type Link,
  listActive,
  listLinks,
  listPlaceMembers,
  listPlacements,
  listPlaces,
  type Place,
  type PlaceMember,
  type PlacementRow,
  saveAdmin,
  savePlaced,
} from './store.ts'

const BATCH = 50
/** The fault of people whose address is not of a domain that the team permits. */
const DOMAIN = 'onboarding.domain'

export type Given = {
  /** Only these places; all by default. */
  only?: readonly string[]
  /** Who is in the groups; as kept here by default. */
  groups?: State['groups']
  spared?: State['spared']
  /** People without an account yet, who may be added as soon as they have one. */
  coming?: ReadonlySet<string>
  /** Groups that count as read because the caller has read them. */
  read?: ReadonlySet<string>
  /** Only what is to do with these people; with all by default. */
  among?: readonly string[]
}

/** Of these people, who is unknown to a sign-in service that says who is in groups of these places. */
const unheardIn = async (
  db: Db,
  links: readonly Link[],
  members: readonly PlaceMember[],
  placements: readonly PlacementRow[],
): Promise<Map<string, Set<string>>> => {
  const placeIds = [
    ...new Set(links.filter(({ source }) => source !== 'ldap').map(({ place_id }) => place_id)),
  ]
  if (placeIds.length === 0) return new Map()
  const ids = new Set([...members, ...placements].map(({ user_id }) => user_id))
  const rows = await listUnheard(db, placeIds, [...ids])
  return new Map(
    [...Map.groupBy(rows, ({ place_id }) => place_id)].map(([id, some]) => [
      id,
      new Set(some.map(({ user_id }) => user_id)),
    ]),
  )
}

/** The memberships that differ from what groups say. */
export const compareWithGroups = async (
  { db, server }: Pick<Context, 'db' | 'server'>,
  { only, groups, spared = new Set(), coming = new Set(), read = new Set(), among }: Given = {},
): Promise<PlaceDiff[]> => {
  const places = await listPlaces(db, only ?? null)
  if (places.length === 0) return []
  const ids = places.map(({ id }) => id)
  const links = (await listLinks(db, ids)).map((link) => ({
    ...link,
    is_read: link.is_read || read.has(link.group_id),
  }))
  const groupIds = [...new Set(links.map(({ group_id }) => group_id))]
  const kept = await membersOfGroups(db, groups ? groupIds.filter((id) => !groups.has(id)) : groupIds, among)
  const known = new Map(
    [...Map.groupBy(kept, ({ group_id }) => group_id)].map(([id, rows]) => [
      id,
      new Set(rows.map(({ user_id }) => user_id)),
    ]),
  )
  // The caller knows its own groups only; those of other sources are as they are kept here.
  const wanted = new Map([...known, ...(groups ?? [])])
  const people = new Set(links.flatMap(({ group_id }) => [...(wanted.get(group_id) ?? [])]))
  const { ExperimentalPrimaryTeam } = server.settings().TeamSettings
  const primary =
    ExperimentalPrimaryTeam === '' ? undefined : await findTeamByName(db, ExperimentalPrimaryTeam)
  const placements = await listPlacements(db, ids, among ?? null)
  const members = await listPlaceMembers(
    db,
    [...new Set(places.map(({ team_id }) => team_id))],
    places.filter(({ kind }) => kind === 'Channel').map(({ id }) => id),
    among ? [] : places.filter(({ group_constrained }) => group_constrained).map(({ id }) => id),
    among ?? [...new Set([...people, ...placements.map(({ user_id }) => user_id)])],
  )
  return comparePlaces({
    places,
    links,
    members,
    placements,
    groups: wanted,
    addable: new Set([...(await listActive(db, [...people])), ...coming]),
    spared,
    unheard: await unheardIn(db, links, members, placements),
    primaryTeam: primary?.id ?? '',
    readds: server.settings().LdapSettings.ReAddRemovedMembers,
  })
}

/** Somebody whom a group would have in a place, and who cannot be there; `problem` is the code of a fault. */
export type Misfit = { place_id: string; user_id: string; problem: string }

export type Done = { added: number; removed: number; misfits: Misfit[] }

/** Told who does not fit. */
type Tell = (userIds: readonly string[], problem: string) => void

const addToTeam = async (
  context: Context,
  team: TeamRow,
  ids: readonly string[],
  tell: Tell,
): Promise<number> => {
  const users = await findUsers(context.db, ids)
  const fitting = users.filter((user) => fitsDomains(context, team, user))
  const others = users.filter((user) => !fitting.includes(user))
  if (others.length > 0)
    tell(
      others.map(({ id }) => id),
      DOMAIN,
    )
  const rows = await addPeople(
    context,
    team,
    fitting.map(({ id }) => id),
    { by: '', isHeld: true, isQuiet: true },
  )
  const added = rows.map(({ user_id }) => user_id)
  if (added.length > 0) await savePlaced(context.db, team.id, added)
  return added.length
}

const addInChannel = async (context: Context, place: Place, ids: readonly string[]): Promise<number> => {
  const { db } = context
  const [channel] = await findChannels(db, [place.id])
  if (!channel || channel.delete_at > 0) return 0
  await addToChannel(context, channel, ids, { by: '', isNew: true, isQuiet: true })
  await savePlaced(db, channel.id, ids)
  return ids.length
}

/** Locks the team, and then the channel, as everybody does who changes members. */
const locked = async ({ db }: Context, place: Place): Promise<TeamRow | undefined> => {
  const team = await lockTeam(db, place.team_id)
  if (place.kind === 'Channel') await lockChannel(db, place.id)
  return team && team.delete_at === 0 ? team : undefined
}

/** One kind of work with people of a place, whose team is locked. */
type Step = (
  context: Context,
  at: { place: Place; team: TeamRow },
  ids: readonly string[],
  tell: Tell,
) => Promise<number>

const addSome: Step = (context, { place, team }, ids, tell) =>
  place.kind === 'Team' ? addToTeam(context, team, ids, tell) : addInChannel(context, place, ids)

const removeSome: Step = async (context, { place, team }, ids) => {
  const { db } = context
  if (place.kind === 'Team') {
    for (const { user_id } of await findTeamMembers(db, team.id, ids))
      await endMembership(context, team, user_id, '')
    return ids.length
  }
  const [channel] = await findChannels(db, [place.id])
  if (!channel) return 0
  for (const { user_id } of await findMembers(db, channel.id, ids))
    await removeFromChannel(context, channel, user_id, { by: '' })
  return ids.length
}

/** Makes people administrators, or members again. Who is an administrator by hand is not touched. */
const setAdmins = async (
  context: Context,
  place: Place,
  ids: readonly string[],
  scheme_admin: boolean,
): Promise<number> => {
  const { db } = context
  const isWrong = (member: { scheme_admin: boolean; scheme_guest: boolean }) =>
    member.scheme_admin !== scheme_admin && !member.scheme_guest
  if (place.kind === 'Team') {
    for (const member of (await findTeamMembers(db, place.id, ids)).filter(isWrong)) {
      await saveTeamRoles(context, member, { scheme_admin })
      await saveAdmin(db, place.id, member.user_id, scheme_admin)
    }
  } else {
    for (const member of (await findMembers(db, place.id, ids)).filter(isWrong)) {
      await saveMember(context, member, { scheme_admin })
      await saveAdmin(db, place.id, member.user_id, scheme_admin)
    }
  }
  if (!scheme_admin) {
    // Also of those whom somebody has made members again by hand.
    for (const id of ids) await saveAdmin(db, place.id, id, false)
    await dropEmpty(db, [place.id])
  }
  return ids.length
}

const steps = {
  add: addSome,
  remove: removeSome,
  promote: (context, { place }, ids) => setAdmins(context, place, ids, true),
  demote: (context, { place }, ids) => setAdmins(context, place, ids, false),
  forget: (context, { place }, ids) => dropPlacements(context.db, [place.id], ids),
} satisfies Record<string, Step>

type Kind = keyof typeof steps

export type Steps = {
  /** Ends early when nobody wants the work any more. */
  isCanceled(): Promise<boolean>
  /** As it was for the comparison. */
  spared?: ReadonlySet<string>
  /** Told, in the same transaction, who is removed. */
  onRemoved?(context: Context, place: Place, ids: readonly string[]): Promise<void>
  /** Told, in the same transaction, with whom what was done. */
  onDone?(
    context: Context,
    kind: Exclude<Kind, 'forget'>,
    place: Place,
    ids: readonly string[],
  ): Promise<void>
}

const never: Steps = { isCanceled: async () => false }

/**
 * Does one step with the place locked. Since the comparison somebody may have changed the group, the link or
 * the place, so only what is still to do is done.
 */
const lookAndDo = async (
  context: Context,
  kind: Kind,
  place: Place,
  ids: readonly string[],
  { spared = new Set(), onRemoved, onDone }: Steps,
  tell: Tell,
): Promise<number> => {
  const team = await locked(context, place)
  if (!team) return 0
  const [now] = await compareWithGroups(context, { only: [place.id], among: ids, spared })
  const still = new Set(now?.[kind])
  const left = ids.filter((id) => still.has(id))
  if (left.length === 0) return 0
  if (kind === 'remove') await onRemoved?.(context, place, left)
  const misfits = new Set<string>()
  const count = await steps[kind](context, { place, team }, left, (userIds, problem) => {
    for (const id of userIds) misfits.add(id)
    tell(userIds, problem)
  })
  const done = left.filter((id) => !misfits.has(id))
  if (kind !== 'forget' && done.length > 0) await onDone?.(context, kind, place, done)
  return count
}

/** Makes everything as the difference says. */
export const applyPlaces = async (
  server: Server,
  diffs: readonly PlaceDiff[],
  given: Steps = never,
): Promise<Done> => {
  const done: Done = { added: 0, removed: 0, misfits: [] }
  /** One who is refused (the team is full) must not hold the others up. */
  const step = async (kind: Kind, place: Place, ids: readonly string[]): Promise<number> => {
    const misfits: Misfit[] = []
    const tell: Tell = (userIds, problem) => {
      for (const user_id of userIds) misfits.push({ place_id: place.id, user_id, problem })
    }
    try {
      const count = await change(server, { actor: system }, async (context) => {
        misfits.length = 0
        return await lookAndDo(context, kind, place, ids, given, tell)
      })
      done.misfits.push(...misfits)
      return count
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      const [id, ...others] = ids
      if (id === undefined) return 0
      if (others.length === 0) {
        done.misfits.push({ place_id: place.id, user_id: id, problem: error.code })
        return 0
      }
      let count = 0
      for (const each of ids) count += await step(kind, place, [each])
      return count
    }
  }
  const each = async (kind: Kind, diff: PlaceDiff): Promise<number> => {
    let count = 0
    for (let at = 0; at < diff[kind].length; at += BATCH) {
      if (await given.isCanceled()) return count
      count += await step(kind, diff.place, diff[kind].slice(at, at + BATCH))
    }
    return count
  }
  for (const diff of diffs) {
    done.added += await each('add', diff)
    done.removed += await each('remove', diff)
    for (const kind of ['promote', 'demote', 'forget'] as const) await each(kind, diff)
  }
  return done
}

/**
 * Takes removals out of differences that must wait for an administrator, whoever caused them; a faulty answer
 * of the directory, or one link, must not empty a team.
 */
export type Brake = {
  /** `looked`: the places that were compared, also those of which nothing is to do. */
  hold(server: Server, diffs: readonly PlaceDiff[], looked: readonly string[]): Promise<void>
  onRemoved(context: Context, place: Place, ids: readonly string[]): Promise<void>
}
export const brakes = point<Brake>('syncables.brakes')

/** Makes places as the groups say that are kept here: after a link changed, or groups began to decide. */
export const settle = async (
  server: Server,
  placeIds: readonly string[],
  signal?: AbortSignal,
): Promise<Done> => {
  const { db } = server
  // Whoever comes into a channel comes into its team first.
  const only = [...new Set([...placeIds, ...(await listPlaces(db, placeIds)).map(({ team_id }) => team_id)])]
  const diffs = await compareWithGroups({ db, server }, { only })
  const all = server.extensions.of(brakes)
  for (const brake of all) await brake.hold(server, diffs, only)
  return await applyPlaces(server, diffs, {
    isCanceled: async () => signal?.aborted === true,
    onRemoved: async (context, place, ids) => {
      for (const brake of all) await brake.onRemoved(context, place, ids)
    },
  })
}

/**
 * Adds one person wherever groups want them; takes nothing away. Looks at this person only, because it happens
 * at sign-ins.
 */
export const placePerson = async (server: Server, userId: string, only: readonly string[]): Promise<Done> => {
  const isThem = (id: string) => id === userId
  if (only.length === 0) return { added: 0, removed: 0, misfits: [] }
  const diffs = await compareWithGroups({ db: server.db, server }, { only, among: [userId] })
  return await applyPlaces(
    server,
    diffs.map(({ place, add, promote }) => ({
      place,
      add: add.filter(isThem),
      promote: promote.filter(isThem),
      remove: [],
      demote: [],
      forget: [],
    })),
  )
}
