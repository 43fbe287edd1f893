/**
 * Passes as administrators see them: started by hand, tried without doing anything, held back by the brake.
 */
import type { DirectoryPreview, HeldRemovals } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { DirectoryDown, DirectoryRefusal } from '../../../core/ldap.ts'
import { record } from '../../ground/audit/index.ts'
import { latestJob } from '../../ground/jobs/index.ts'
import { findUsers } from '../../people/users/index.ts'
import { PASS, preview as previewOf, startPass } from './pass.ts'
import type { Person } from './people.ts'
import { listHeld, listHeldMembers, listPlaceNames, replaceHeld, replaceHeldMembers } from './store.ts'

const ok = { status: 'OK' as const }
const MOST_SHOWN = 200

/** v4 answers at once, also where the directory is off; the pass follows as a job. */
export const sync = async (context: Context) => {
  const { Enable, EnableSync } = context.server.settings().LdapSettings
  if (Enable || EnableSync) await startPass(context)
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
    places: places.slice(0, MOST_SHOWN).map(({ place, add, remove, promote, demote }) => ({
      id: place.id,
      type: place.kind,
      display_name: place.display_name,
      add_count: add.length,
      remove_count: remove.length,
      promote_count: promote.length,
      demote_count: demote.length,
    })),
  }
}

export const held = async ({ db }: Context): Promise<HeldRemovals> => {
  const rows = await listHeld(db)
  const members = await listHeldMembers(db)
  const users = new Map(
    (await findUsers(db, [...new Set([...rows, ...members].map(({ user_id }) => user_id))])).map((user) => [
      user.id,
      user,
    ]),
  )
  const names = await listPlaceNames(db, [...new Set(members.map(({ place_id }) => place_id))])
  const [first] = rows
  const [some] = [...rows, ...members]
  return {
    job_id: some?.job_id ?? '',
    held_at: some?.held_at ?? 0,
    triggers: [...(first ? first.triggers.split(' ') : []), ...(members.length > 0 ? ['membership'] : [])],
    memberships: members.map(({ user_id, place_id, kind }) => ({
      user_id,
      username: users.get(user_id)?.username ?? '',
      place_id,
      type: kind,
      display_name: names.get(place_id) ?? '',
    })),
    people: rows.map(({ user_id, reason }) => ({
      user_id,
      username: users.get(user_id)?.username ?? '',
      reason,
    })),
  }
}

/** Lets the removals go that the administrator has seen: in a pass, which looks at each of them again. */
export const release = async (context: Context) => {
  const [first] = [...(await listHeld(context.db)), ...(await listHeldMembers(context.db))]
  const last = await latestJob(context.db, PASS)
  const job = first?.job_id ?? (last?.status === 'warning' ? last.id : undefined)
  if (job === undefined) throw new Fault('directory.nothing_held')
  await startPass(context, { release: job })
  await record(context, '/directory/held/release', `job=${job}`)
  return ok
}

/** The next pass holds them back again if they are still to go then. */
export const discard = async (context: Context) => {
  await replaceHeld(context.db, [])
  await replaceHeldMembers(context.db, [])
  await record(context, '/directory/held/discard', '')
  return ok
}
