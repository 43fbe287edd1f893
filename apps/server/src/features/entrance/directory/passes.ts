/**
 * Passes as administrators see them: started by hand, tried without doing anything, held back by the brake.
 */
import type { DirectoryPreview, directory, HeldRemovals, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newId } from '../../../core/ids.ts'
import { DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { record } from '../../ground/audit/index.ts'
import { type JobData, latestJob } from '../../ground/jobs/index.ts'
import { findUsers, type UserRow } from '../../people/users/index.ts'
import { settleLater } from '../../places/syncables/index.ts'
import { isUntrusted } from './brake.ts'
import { keyOf } from './holding.ts'
import { PASS, preview as previewOf, startPass } from './pass.ts'
import type { Person } from './people.ts'
import {
  dropHeld,
  dropHeldMembers,
  type HeldMember,
  type HeldRow,
  listHeld,
  listHeldMembers,
  listPlaceNames,
  releaseHeld,
  releaseHeldMembers,
} from './store.ts'

const ok = { status: 'OK' as const }
const MOST_SHOWN = 200

const isOn = ({ server }: Context): boolean => {
  const { Enable, EnableSync } = server.settings().LdapSettings
  return Enable || EnableSync
}

/** v4 answers at once, also where the directory is off; the pass follows as a job. */
export const sync = async (context: Context) => {
  if (isOn(context)) await startPass(context)
  await record(context, '/ldap/sync', '')
  return ok
}

const shownPerson = ({ dn, username, email, first_name, last_name }: Person) => ({
  dn,
  username,
  email,
  first_name,
  last_name,
})

export const preview = async (context: Context): Promise<DirectoryPreview> => {
  const { diff, triggers, groups, places } = await previewOf(context.server).catch((error: unknown) => {
    if (error instanceof DirectoryDown || error instanceof DirectoryRefusal)
      throw new Fault('ent.ldap.connection.test_failed', { reason: error.message }, error)
    throw error
  })
  const shownPlaces = places.slice(0, MOST_SHOWN)
  const names = await listPlaceNames(
    context.db,
    shownPlaces.map(({ place }) => place.id),
    context.actor.can('manage_system'),
  )
  return {
    create_count: diff.create.length,
    change_count: diff.change.length,
    restore_count: diff.restore.length,
    deactivate_count: diff.deactivate.length,
    missing_count: diff.miss.length,
    problem_count: diff.problems.length,
    triggers: [...triggers],
    create: diff.create.slice(0, MOST_SHOWN).map(shownPerson),
    change: diff.change
      .slice(0, MOST_SHOWN)
      .map(({ kept, person }) => ({ user_id: kept.id, ...shownPerson(person) })),
    deactivate: diff.deactivate
      .slice(0, MOST_SHOWN)
      .map(({ kept, reason }) => ({ user_id: kept.id, username: kept.username, reason })),
    problems: diff.problems.slice(0, MOST_SHOWN),
    groups: groups.slice(0, MOST_SHOWN).map(({ group, add, remove }) => ({
      group_id: group.id,
      display_name: group.display_name,
      add_count: add.length,
      remove_count: remove.length,
    })),
    places: shownPlaces.map(({ place, add, remove, promote, demote }) => ({
      id: place.id,
      type: place.kind,
      display_name: names.get(place.id) ?? '',
      add_count: add.length,
      remove_count: remove.length,
      promote_count: promote.length,
      demote_count: demote.length,
    })),
  }
}

type HeldState = {
  people: HeldRow[]
  memberships: HeldMember[]
  /** Why the last answer is not believed at all. */
  doubts: string[]
  /** What the last pass found. */
  found: JobData
  users: ReadonlyMap<string, UserRow>
  /** Stands for exactly this list, and these doubts. */
  seen: string
}

const heldNow = async ({ db }: Context): Promise<HeldState> => {
  const [rows, members] = [await listHeld(db), await listHeldMembers(db)]
  const ids = new Set([...rows, ...members].map(({ user_id }) => user_id))
  const users = new Map((await findUsers(db, [...ids])).map((user) => [user.id, user]))
  const isActive = ({ user_id }: { user_id: string }) => users.get(user_id)?.delete_at === 0
  const [people, memberships] = [rows.filter(isActive), members.filter(isActive)]
  const last = await latestJob(db, PASS, ['success', 'warning'])
  const triggers = last?.status === 'warning' ? (last.data.triggers ?? '').split(' ') : []
  const doubts = triggers.filter((each) => isUntrusted([each]))
  const found = doubts.length > 0 ? (last?.data ?? {}) : {}
  const seen = hashOf(
    JSON.stringify([
      doubts,
      found.ldap_users_count ?? '',
      found.gone_groups ?? '',
      people.map(({ user_id, reason }) => [user_id, reason]),
      memberships.map(keyOf),
    ]),
  )
  return { people, memberships, doubts, found, users, seen }
}

export const held = async (context: Context): Promise<HeldRemovals> => {
  const { people, memberships, doubts, users, seen } = await heldNow(context)
  const ids = [...new Set(memberships.map(({ place_id }) => place_id))]
  const names = await listPlaceNames(context.db, ids, context.actor.can('manage_system'))
  const [some] = [...people, ...memberships]
  const triggers = new Set([
    ...doubts,
    ...people.flatMap((row) => row.triggers.split(' ')),
    ...(memberships.length > 0 ? ['membership'] : []),
  ])
  return {
    job_id: some?.job_id ?? '',
    held_at: some?.held_at ?? 0,
    seen,
    triggers: [...triggers],
    memberships: memberships.map(({ user_id, place_id, kind }) => ({
      user_id,
      username: users.get(user_id)?.username ?? '',
      place_id,
      type: kind,
      display_name: names.get(place_id) ?? '',
    })),
    people: people.map(({ user_id, reason }) => ({
      user_id,
      username: users.get(user_id)?.username ?? '',
      reason,
    })),
  }
}

/** Without a directory no pass looks at what was released: the places are looked at again at once. */
const releasePlaces = async (context: Context, ofPlaces: readonly HeldMember[]) => {
  await releaseHeldMembers(context.db, ofPlaces, newId(context.now))
  await settleLater(
    context,
    ofPlaces.map(({ place_id }) => place_id),
  )
  await record(context, '/directory/held/release', 'without a directory')
  return ok
}

/**
 * Lets the removals go that the administrator has seen, and takes the directory as it was then: in a pass,
 * which looks at each of them again. What has come since waits.
 */
export const release = async (context: Context, { body }: InputOf<typeof directory.release>) => {
  const { db } = context
  const { people, memberships, doubts, found, seen } = await heldNow(context)
  if (people.length + memberships.length + doubts.length === 0) throw new Fault('directory.nothing_held')
  if (seen !== body.seen) throw new Fault('directory.held_changed')
  const ofPlaces = isOn(context) ? [] : memberships.filter(({ kind }) => kind !== 'Group')
  if (ofPlaces.length > 0) return await releasePlaces(context, ofPlaces)
  const job = await startPass(context, {
    release: seen,
    accepted: doubts.join(' '),
    ...(doubts.includes('groups_gone') && { accepted_groups: found.gone_groups ?? '' }),
    ...(found.ldap_users_count !== undefined && { accepted_count: found.ldap_users_count }),
  })
  await releaseHeld(
    db,
    people.map(({ user_id }) => user_id),
    job,
  )
  await releaseHeldMembers(db, memberships, job)
  await record(context, '/directory/held/release', `job=${job}`)
  return ok
}

/** The next pass holds them back again if they are still to go then. */
export const discard = async (context: Context) => {
  const { db } = context
  await dropHeld(
    db,
    (await listHeld(db)).map(({ user_id }) => user_id),
  )
  await dropHeldMembers(db, await listHeldMembers(db))
  await record(context, '/directory/held/discard', '')
  return ok
}
