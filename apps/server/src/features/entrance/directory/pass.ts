/**
 * The full pass: reads everything, compares it with what is kept, and makes it so. A job of v4's type
 * `ldap_sync`.
 */
import type { Context } from '../../../core/context.ts'
import { change, read, system } from '../../../core/context.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import {
  type Ending,
  type JobData,
  type JobType,
  latestJob,
  type Running,
  startJob,
} from '../../ground/jobs/index.ts'
import { applyDiff, type Done } from './applying.ts'
import { isUntrusted, type Trigger, triggersOf } from './brake.ts'
import { withDirectory } from './breaker.ts'
import type { Diff, Wanted } from './diff.ts'
import { type Followed, type Found, findLinked, followGroups, keyOf, previewGroups } from './following.ts'
import { compareAll, readPeople } from './reading.ts'
import { listHeld, listHeldMembers, replaceHeld, replaceHeldMembers } from './store.ts'

export const PASS = 'ldap_sync'
/** The line of passes for connections; sign-ins have lines of their own. */
const PLACE = 'pass'
const MOST_TOLD = 50

/** The number of people that the last pass found that came to its end. */
const foundBefore = async ({ db }: Pick<Context, 'db'>): Promise<number> => {
  const job = await latestJob(db, PASS, ['success'])
  return Number(job?.data.ldap_users_count ?? 0)
}

const asked = <T>(server: Server, work: (connection: Connection) => Promise<T>): Promise<T> =>
  withDirectory(server, PLACE, work, server.settings().LdapSettings.QueryTimeout * 1000)

const readEverything = async (connection: Connection, server: Server, prepares: boolean) => {
  const found = await findLinked(connection, server, prepares)
  const people = await readPeople(connection, server, (found?.linked.length ?? 0) > 0)
  return { people, found }
}

/** What the brake needs to know of groups. */
const measuresOf = (found: Found | undefined) => ({
  linkedGroups: found?.linked.length ?? 0,
  goneGroups: found?.gone.size ?? 0,
})

/** What a pass would do now. */
export const preview = (server: Server) =>
  asked(server, async (connection) => {
    const { people, found } = await readEverything(connection, server, false)
    return await read(server, { actor: system }, async (context) => {
      const { diff, measures } = await compareAll(context, people, await foundBefore(context))
      const triggers: (Trigger | 'membership')[] = triggersOf(diff, { ...measures, ...measuresOf(found) })
      const followed = found
        ? await previewGroups(context, found, people, diff.create, isUntrusted(triggers))
        : { groups: [], places: [], isHeld: false }
      if (followed.isHeld) triggers.push('membership')
      return { diff, triggers, ...followed }
    })
  })

/** Takes out of the difference what the brake holds back, and keeps a list of it for administrators. */
const brake = async (
  server: Server,
  job: Running,
  diff: Diff,
  triggers: readonly Trigger[],
): Promise<number> => {
  const before = await listHeld(server.db)
  // Only what the administrator has seen: others may have come since.
  const seen = before.filter((row) => row.job_id === job.data.release)
  const released = new Set(seen.map((row) => row.user_id))
  const isHeld = triggers.length > 0
  const held = isHeld ? diff.deactivate.filter(({ kept }) => !released.has(kept.id)) : []
  if (isHeld) diff.deactivate = diff.deactivate.filter(({ kept }) => released.has(kept.id))
  if (isUntrusted(triggers)) diff.miss = []
  if (held.length > 0 || before.length > 0)
    await change(server, { actor: system }, ({ db, now }) =>
      replaceHeld(
        db,
        held.map(({ kept, reason }) => ({
          user_id: kept.id,
          reason,
          triggers: triggers.join(' '),
          job_id: job.id,
          held_at: now,
        })),
      ),
    )
  return held.length
}

/** Follows the groups if they play a part, and keeps a list of what the brake holds back of that. */
const follow = async (
  server: Server,
  job: Running,
  found: Found | undefined,
  people: readonly Wanted[],
  isUntrustedAnswer: boolean,
): Promise<Followed | undefined> => {
  if (!found) return undefined
  const before = await listHeldMembers(server.db)
  const seen = before.filter((row) => row.job_id === job.data.release)
  const braking = { jobId: job.id, isUntrusted: isUntrustedAnswer, released: new Set(seen.map(keyOf)) }
  const followed = await followGroups(server, found, people, braking, job)
  if (followed.held.length > 0 || before.length > 0)
    await change(server, { actor: system }, ({ db }) => replaceHeldMembers(db, followed.held))
  return followed
}

const toldOfGroups = (followed: Followed | undefined): JobData =>
  followed
    ? {
        ldap_groups_count: String(followed.linked),
        total_ldap_groups_count: String(followed.total),
        group_delete_count: String(followed.groupsDeleted),
        group_member_add_count: String(followed.membersAdded),
        group_member_delete_count: String(followed.membersRemoved),
        placed_count: String(followed.placed),
        removed_count: String(followed.removed),
        ...(followed.refused > 0 ? { refused_count: String(followed.refused) } : {}),
      }
    : {}

const told = (found: number, diff: Diff, done: Done): JobData => {
  const problems = [...diff.problems, ...done.problems]
  return {
    ldap_users_count: String(found),
    created_count: String(done.created),
    update_count: String(done.changed + done.restored),
    delete_count: String(done.deactivated),
    missing_count: String(diff.miss.length),
    problem_count: String(problems.length),
    ...(problems.length > 0 ? { problems: JSON.stringify(problems.slice(0, MOST_TOLD)) } : {}),
  }
}

const run = (server: Server, job: Running): Promise<Ending> =>
  asked(server, async (connection) => {
    const { people, found } = await readEverything(connection, server, true)
    await job.tell(1)
    const { diff, measures } = await read(server, { actor: system }, async (context) =>
      compareAll(context, people, await foundBefore(context)),
    )
    // An administrator who releases has seen that the directory became smaller, and takes it as it is.
    const isAccepted = job.data.release !== undefined
    const triggers = triggersOf(diff, { ...measures, ...measuresOf(found) }).filter(
      (each) => each === 'too_many' || !isAccepted,
    )
    const held = await brake(server, job, diff, triggers)
    const done = await applyDiff(server, connection, diff, {
      isCanceled: () => job.isCanceled(),
      tell: (progress) => job.tell(progress),
    })
    const followed = await follow(server, job, found, people, isUntrusted(triggers))
    const data = { ...told(people.length, diff, done), ...toldOfGroups(followed), ...found?.told }
    const heldMembers = followed?.held.length ?? 0
    const reasons = [...triggers, ...(heldMembers > 0 ? ['membership'] : [])]
    if (held + heldMembers === 0 && !isUntrusted(triggers)) return { status: 'success', data }
    const error = `The brake holds ${held + heldMembers} removals back (${reasons.join(', ')}).`
    return {
      status: 'warning',
      data: { ...data, held_count: String(held + heldMembers), triggers: reasons.join(' '), error },
    }
  })

export const passType: JobType = {
  type: PASS,
  create: 'create_ldap_sync_job',
  read: 'read_ldap_sync_job',
  manage: 'manage_ldap_sync_job',
  run,
}

/** Starts a pass, unless one waits already. */
export const startPass = async (context: Context, data: JobData = {}): Promise<string> => {
  const waiting = await latestJob(context.db, PASS, ['pending'])
  if (waiting && Object.keys(data).length === 0 && !waiting.data.release) return waiting.id
  return (await startJob(context, PASS, data)).id
}

/** By the clock: starts a pass when the last one is old enough. */
export const passWhenDue = async (server: Server): Promise<void> => {
  const { EnableSync, SyncIntervalMinutes } = server.settings().LdapSettings
  if (!EnableSync) return
  await change(server, { actor: system }, async (context) => {
    const last = await latestJob(context.db, PASS)
    const isRunning = last && (last.status === 'pending' || last.status === 'in_progress')
    const isDue = !last || last.create_at + Math.max(SyncIntervalMinutes, 1) * 60_000 <= context.now
    if (isDue && !isRunning) await startPass(context)
  })
}
