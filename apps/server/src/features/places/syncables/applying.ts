/**
 * Makes memberships as groups say, in small transactions. Each step looks again, so it may be repeated, and a
 * work that was cut off is finished by the next one.
 */
import { type Context, change, system } from '../../../core/context.ts'
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
import {
  dropEmpty,
  dropPlacements,
  listActive,
  listLinks,
  listPlaceMembers,
  listPlacements,
  listPlaces,
  type Place,
  saveAdmin,
  savePlaced,
} from './store.ts'

const BATCH = 50

export type Given = {
  /** Only these places; all by default. */
  only?: readonly string[]
  /** Who is in the groups; as kept here by default. */
  groups?: State['groups']
  spared?: State['spared']
  /** People without an account yet, who may be added as soon as they have one. */
  coming?: ReadonlySet<string>
}

/** The memberships that differ from what groups say. */
export const compareWithGroups = async (
  { db, server }: Pick<Context, 'db' | 'server'>,
  { only, groups, spared = new Set(), coming = new Set() }: Given = {},
): Promise<PlaceDiff[]> => {
  const places = await listPlaces(db, only ?? null)
  if (places.length === 0) return []
  const ids = places.map(({ id }) => id)
  const links = await listLinks(db, ids)
  const known = new Map(
    [
      ...Map.groupBy(
        groups ? [] : await membersOfGroups(db, [...new Set(links.map(({ group_id }) => group_id))]),
        ({ group_id }) => group_id,
      ),
    ].map(([id, rows]) => [id, new Set(rows.map(({ user_id }) => user_id))]),
  )
  const wanted = groups ?? known
  const people = new Set(links.flatMap(({ group_id }) => [...(wanted.get(group_id) ?? [])]))
  const { ExperimentalPrimaryTeam } = server.settings().TeamSettings
  const primary =
    ExperimentalPrimaryTeam === '' ? undefined : await findTeamByName(db, ExperimentalPrimaryTeam)
  const placements = await listPlacements(db, ids)
  return comparePlaces({
    places,
    links,
    members: await listPlaceMembers(
      db,
      [...new Set(places.map(({ team_id }) => team_id))],
      places.filter(({ kind }) => kind === 'Channel').map(({ id }) => id),
      places.filter(({ group_constrained }) => group_constrained).map(({ id }) => id),
      [...new Set([...people, ...placements.map(({ user_id }) => user_id)])],
    ),
    placements,
    groups: wanted,
    addable: new Set([...(await listActive(db, [...people])), ...coming]),
    spared,
    primaryTeam: primary?.id ?? '',
    readds: server.settings().LdapSettings.ReAddRemovedMembers,
  })
}

export type Done = { added: number; removed: number; refused: number }

const addToTeam = async (context: Context, team: TeamRow, ids: readonly string[]): Promise<number> => {
  const users = (await findUsers(context.db, ids)).filter((user) => fitsDomains(context, team, user))
  const rows = await addPeople(
    context,
    team,
    users.map(({ id }) => id),
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
  const inTeam = new Set((await findTeamMembers(db, channel.team_id, ids)).map(({ user_id }) => user_id))
  const present = new Set((await findMembers(db, channel.id, ids)).map(({ user_id }) => user_id))
  const added = ids.filter((id) => inTeam.has(id) && !present.has(id))
  if (added.length === 0) return 0
  await addToChannel(context, channel, added, { by: '', isNew: true, isQuiet: true })
  await savePlaced(db, channel.id, added)
  return added.length
}

/** Locks the team, and then the channel, as everybody does who changes members. */
const locked = async ({ db }: Context, place: Place): Promise<TeamRow | undefined> => {
  const team = await lockTeam(db, place.team_id)
  if (place.kind === 'Channel') await lockChannel(db, place.id)
  return team && team.delete_at === 0 ? team : undefined
}

const addSome = async (context: Context, place: Place, ids: readonly string[]): Promise<number> => {
  const team = await locked(context, place)
  if (!team) return 0
  return place.kind === 'Team' ? await addToTeam(context, team, ids) : await addInChannel(context, place, ids)
}

const removeSome = async (context: Context, place: Place, ids: readonly string[]): Promise<number> => {
  const { db } = context
  const team = await locked(context, place)
  if (!team) return 0
  if (place.kind === 'Team') {
    const present = await findTeamMembers(db, team.id, ids)
    for (const { user_id } of present) await endMembership(context, team, user_id, '')
    return present.length
  }
  const [channel] = await findChannels(db, [place.id])
  const present = channel ? await findMembers(db, channel.id, ids) : []
  if (channel)
    for (const { user_id } of present) await removeFromChannel(context, channel, user_id, { by: '' })
  return present.length
}

/** Makes people administrators, or members again. Who is an administrator by hand is not touched. */
const setAdmins = async (
  context: Context,
  place: Place,
  ids: readonly string[],
  scheme_admin: boolean,
): Promise<void> => {
  const { db } = context
  if (!(await locked(context, place))) return
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
}

type Step = (context: Context, place: Place, ids: readonly string[]) => Promise<number | undefined>

/** Works through the people; one who is refused (the team is full) must not hold the others up. */
const step = async (
  server: Server,
  place: Place,
  ids: readonly string[],
  work: Step,
  refused: (count: number) => void,
): Promise<number> => {
  try {
    return (await change(server, { actor: system }, (context) => work(context, place, ids))) ?? 0
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (ids.length <= 1) {
      refused(ids.length)
      return 0
    }
    let count = 0
    for (const id of ids) count += await step(server, place, [id], work, refused)
    return count
  }
}

export type Steps = {
  /** Ends early when nobody wants the work any more. */
  isCanceled(): Promise<boolean>
  /** Told, in the same transaction, who is removed. */
  onRemoved?(context: Context, place: Place, ids: readonly string[]): Promise<void>
}

const never: Steps = { isCanceled: async () => false }

/** Makes everything as the difference says. */
export const applyPlaces = async (
  server: Server,
  diffs: readonly PlaceDiff[],
  { isCanceled, onRemoved }: Steps = never,
): Promise<Done> => {
  const done: Done = { added: 0, removed: 0, refused: 0 }
  const each = async (place: Place, ids: readonly string[], work: Step): Promise<number> => {
    let count = 0
    for (let at = 0; at < ids.length; at += BATCH) {
      if (await isCanceled()) return count
      count += await step(server, place, ids.slice(at, at + BATCH), work, (n) => {
        done.refused += n
      })
    }
    return count
  }
  for (const { place, add, remove, promote, demote, forget } of diffs) {
    done.added += await each(place, add, addSome)
    done.removed += await each(place, remove, async (context, at, ids) => {
      await onRemoved?.(context, at, ids)
      return await removeSome(context, at, ids)
    })
    await each(place, promote, async (context, at, ids) => {
      await setAdmins(context, at, ids, true)
      return undefined
    })
    await each(place, demote, async (context, at, ids) => {
      await setAdmins(context, at, ids, false)
      return undefined
    })
    await each(place, forget, async (context, at, ids) => dropPlacements(context.db, [at.id], ids))
  }
  return done
}

/** Makes places as the groups say that are kept here: after a link changed, or groups began to decide. */
export const settle = async (server: Server, only: readonly string[], signal?: AbortSignal): Promise<Done> =>
  await applyPlaces(server, await compareWithGroups({ db: server.db, server }, { only }), {
    isCanceled: async () => signal?.aborted === true,
  })

/** Adds one person wherever groups want them; takes nothing away. */
export const placePerson = async (server: Server, userId: string, only: readonly string[]): Promise<Done> => {
  const isThem = (id: string) => id === userId
  const diffs = await compareWithGroups({ db: server.db, server }, { only })
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
