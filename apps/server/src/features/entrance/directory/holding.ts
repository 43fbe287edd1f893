/**
 * What the brake holds back of the memberships in groups, teams and channels: of a pass, and of what follows
 * when a link or a place changes.
 */
import { type Context, change, system } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import type { Server } from '../../../core/server.ts'
import type { ListedGroup } from '../../places/groups/index.ts'
import { type Brake, countPlaceMembers, type PlaceDiff } from '../../places/syncables/index.ts'
import { isTooMuch } from './brake.ts'
import { DAY_MS } from './reading.ts'
import {
  countRemovals,
  dropHeldMembers,
  type HeldMember,
  listHeldMembers,
  saveHeldMembers,
  saveRemovals,
} from './store.ts'

/** What the brake holds back, and what an administrator has released. */
export type Braking = {
  jobId: string
  /** An answer that is empty or halved takes nothing away. */
  isUntrusted: boolean
  released: ReadonlySet<string>
  /** Groups of which an administrator has confirmed that they are gone. */
  confirmedGroups: ReadonlySet<string>
}

export type Held = Omit<HeldMember, 'release_id'>

export const keyOf = ({ place_id, user_id }: Pick<HeldMember, 'place_id' | 'user_id'>): string =>
  `${place_id} ${user_id}`

type Removing = { id: string; kind: string; size: number; remove: string[] }

/** Takes out of a list of removals what must wait; returns it. */
const hold = (
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  removing: Removing,
  now: number,
): Held[] => {
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

type GroupRemovals = { group: ListedGroup; size: number; remove: string[]; isGone: boolean }

/** People who are switched off leave without a question: they lose nothing that does not come back. */
export const holdGroups = (
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  diffs: readonly GroupRemovals[],
  inactive: ReadonlySet<string>,
  now: number,
): Held[] =>
  diffs.flatMap((diff) => {
    if (diff.isGone && !braking.isUntrusted && braking.confirmedGroups.has(diff.group.id)) return []
    const free = braking.isUntrusted ? [] : diff.remove.filter((id) => inactive.has(id))
    const remove = diff.remove.filter((id) => !inactive.has(id))
    const removing = { id: diff.group.id, kind: 'Group', size: diff.size - free.length, remove }
    const held = hold(braking, gone, removing, now)
    diff.remove = [...free, ...removing.remove]
    return held
  })

export const holdPlaces = async (
  { db }: Pick<Context, 'db'>,
  braking: Braking,
  gone: ReadonlyMap<string, number>,
  diffs: readonly PlaceDiff[],
  now: number,
): Promise<Held[]> => {
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

/** Keeps the list of what is held; `isOver` says of a row that is not in it whether it is to be forgotten. */
export const keepHeldMembers = async (
  { db }: Pick<Context, 'db'>,
  held: readonly Held[],
  isOver: (row: HeldMember) => boolean,
): Promise<void> => {
  const before = await listHeldMembers(db)
  const now = new Set(held.map(keyOf))
  const known = new Set(before.map(keyOf))
  const fresh = held.filter((row) => !known.has(keyOf(row)))
  const over = before.filter((row) => !now.has(keyOf(row)) && isOver(row))
  if (fresh.length > 0) await saveHeldMembers(db, fresh)
  if (over.length > 0) await dropHeldMembers(db, over)
}

/** Counts for a day who was taken out of a place. */
export const onRemoved: Brake['onRemoved'] = async ({ db, now }, place, ids) => {
  await saveRemovals(db, place.id, ids, now, DAY_MS)
}

/** Without a directory there are no passes: what was released goes with the next look at the place. */
const releasedNow = async ({ db, settings }: Server): Promise<Set<string>> => {
  const { Enable, EnableSync } = settings().LdapSettings
  if (Enable || EnableSync) return new Set()
  const rows = await listHeldMembers(db)
  return new Set(rows.filter(({ release_id }) => release_id !== '').map(keyOf))
}

/**
 * The brake for what follows when somebody changes a link or a place, or a sign-in service says that somebody
 * has left a group. What it holds back is in the same list, and an administrator lets it go by a pass.
 */
export const placeBrake: Brake = {
  onRemoved,
  hold: async (server, diffs, looked) => {
    const { db } = server
    const now = Date.now()
    const braking: Braking = {
      jobId: newId(now),
      isUntrusted: false,
      released: await releasedNow(server),
      confirmedGroups: new Set(),
    }
    const held = await holdPlaces({ db }, braking, await countRemovals(db, now - DAY_MS), diffs, now)
    const places = new Set(looked)
    await change(server, { actor: system }, (context) =>
      keepHeldMembers(context, held, ({ place_id }) => places.has(place_id)),
    )
  },
}
