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
import {
  type Followed,
  type Found,
  findLinked,
  followGroups,
  goneGroups,
  previewGroups,
} from './following.ts'
import { notingFor } from './history.ts'
import { keepHeldMembers, keyOf } from './holding.ts'
import { followPictures } from './pictures.ts'
import { compareAll, readPeople } from './reading.ts'
import { dropHeld, listHeld, listHeldMembers, saveHeld } from './store.ts'

export const PASS = 'ldap_sync'
/** The line of passes for connections; sign-ins have lines of their own. */
const PLACE = 'pass'
const MOST_TOLD = 50

/** The number of people in the last answer that was believed; each pass passes it on. */
const foundBefore = async ({ db }: Pick<Context, 'db'>): Promise<number> => {
  const job = await latestJob(db, PASS, ['success', 'warning'])
  if (job?.data.trusted_count !== undefined) return Number(job.data.trusted_count)
  const good = await latestJob(db, PASS, ['success'])
  return Number(good?.data.ldap_users_count ?? 0)
}

/** What an administrator has seen and takes as it is. */
type Accepted = { triggers: ReadonlySet<string>; groups: ReadonlySet<string>; count: number | undefined }

const words = (text: string | undefined): Set<string> => new Set((text ?? '').split(' ').filter(Boolean))

const acceptedIn = ({ accepted, accepted_groups, accepted_count }: JobData): Accepted => ({
  triggers: words(accepted),
  groups: words(accepted_groups),
  count: accepted_count === undefined ? undefined : Number(accepted_count),
})

const asked = <T>(server: Server, work: (connection: Connection) => Promise<T>): Promise<T> =>
  withDirectory(server, PLACE, work, server.settings().LdapSettings.QueryTimeout * 1000)

const readEverything = async (
  connection: Connection,
  server: Server,
  prepares: false | (() => Promise<boolean>),
) => {
  const found = await findLinked(connection, server, prepares)
  const people = await readPeople(connection, server, (found?.linked.length ?? 0) > 0)
  return { people, found }
}

type Judged = {
  diff: Diff
  triggers: Trigger[]
  /** Linked groups that are gone, and would lose somebody. */
  gone: string[]
  trusted: number
}

/** The difference, and why the brake would not believe it. */
const judge = async (
  context: Context,
  people: readonly Wanted[],
  found: Found | undefined,
  accepted: Accepted,
): Promise<Judged> => {
  const before = await foundBefore(context)
  // A directory that has become smaller is compared with what the administrator saw.
  const isHalvedKnown = accepted.triggers.has('halved') || accepted.triggers.has('empty')
  const trusted = isHalvedKnown ? Math.min(before, accepted.count ?? before) : before
  const { diff, measures } = await compareAll(context, people, trusted)
  const gone = await goneGroups(context, found, people)
  const triggers = triggersOf(diff, {
    ...measures,
    linkedGroups: found?.linked.length ?? 0,
    goneGroups: gone.filter((id) => !accepted.groups.has(id)).length,
  }).filter((each) => each !== 'empty' || !accepted.triggers.has('empty'))
  return { diff, triggers, gone, trusted }
}

const NOTHING: Accepted = { triggers: new Set(), groups: new Set(), count: undefined }

/** What a pass would do now. */
export const preview = (server: Server) =>
  asked(server, async (connection) => {
    const { people, found } = await readEverything(connection, server, false)
    return await read(server, { actor: system }, async (context) => {
      const { diff, triggers: judged } = await judge(context, people, found, NOTHING)
      const triggers: (Trigger | 'membership')[] = [...judged]
      const followed = found
        ? await previewGroups(context, found, people, diff.create, isUntrusted(judged))
        : { groups: [], places: [], isHeld: false }
      if (followed.isHeld) triggers.push('membership')
      return { diff, triggers, ...followed }
    })
  })

/**
 * Takes out of the difference what the brake holds back, and keeps a list of it for administrators. Returns
 * who is held.
 */
const brake = async (
  server: Server,
  job: Running,
  diff: Diff,
  triggers: readonly Trigger[],
): Promise<ReadonlySet<string>> => {
  // Only what the administrator has seen: others may have come since.
  const seen = (await listHeld(server.db)).filter((row) => row.release_id === job.id)
  const released = new Set(seen.map((row) => row.user_id))
  const isHeld = triggers.length > 0
  const held = isHeld ? diff.deactivate.filter(({ kept }) => !released.has(kept.id)) : []
  if (isHeld) diff.deactivate = diff.deactivate.filter(({ kept }) => released.has(kept.id))
  if (isUntrusted(triggers)) diff.miss = []
  if (held.length > 0)
    await change(server, { actor: system }, ({ db, now }) =>
      saveHeld(
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
  return new Set(held.map(({ kept }) => kept.id))
}

/**
 * Forgets what is not held any more. Only a pass that came to its end, and believed the answer, knows that.
 */
const forgetOthers = async (
  server: Server,
  held: ReadonlySet<string>,
  followed: Followed | undefined,
): Promise<void> => {
  const over = (await listHeld(server.db)).filter(({ user_id }) => !held.has(user_id))
  await change(server, { actor: system }, async (context) => {
    if (over.length > 0)
      await dropHeld(
        context.db,
        over.map(({ user_id }) => user_id),
      )
    await keepHeldMembers(context, followed?.held ?? [], () => true)
  })
}

/** Follows the groups if they play a part. */
const follow = async (
  server: Server,
  job: Running,
  found: Found | undefined,
  people: readonly Wanted[],
  isUntrustedAnswer: boolean,
): Promise<Followed | undefined> => {
  if (!found) return undefined
  const seen = (await listHeldMembers(server.db)).filter((row) => row.release_id === job.id)
  const braking = {
    jobId: job.id,
    isUntrusted: isUntrustedAnswer,
    released: new Set(seen.map(keyOf)),
    confirmedGroups: acceptedIn(job.data).groups,
  }
  const followed = await followGroups(server, found, people, braking, job, notingFor(job.id))
  if (followed.held.length > 0)
    await change(server, { actor: system }, (context) => keepHeldMembers(context, followed.held, () => false))
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
        ...(followed.misfits.length > 0
          ? {
              refused_count: String(followed.misfits.length),
              refused: JSON.stringify(followed.misfits.slice(0, MOST_TOLD)),
            }
          : {}),
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
    const { people, found } = await readEverything(connection, server, () => job.isCanceled())
    await job.tell(1)
    const { diff, triggers, gone, trusted } = await read(server, { actor: system }, (context) =>
      judge(context, people, found, acceptedIn(job.data)),
    )
    const isBelieved = !isUntrusted(triggers)
    const held = await brake(server, job, diff, triggers)
    const note = notingFor(job.id)
    const steps = {
      isCanceled: () => job.isCanceled(),
      tell: (progress: number) => job.tell(progress),
    }
    const done = await applyDiff(server, connection, diff, steps, note)
    const followed = await follow(server, job, found, people, !isBelieved)
    const last = await latestJob(server.db, PASS, ['success', 'warning'])
    const pictures = await followPictures(connection, server, last?.data, () => job.isCanceled())
    const isComplete = !(await job.isCanceled()) && followed?.isComplete !== false
    if (isBelieved && isComplete) await forgetOthers(server, held, followed)
    const data = {
      ...told(people.length, diff, done),
      ...toldOfGroups(followed),
      ...found?.told,
      ...pictures,
      trusted_count: String(isBelieved ? people.length : trusted),
      ...(gone.length > 0 ? { gone_groups: gone.join(' ') } : {}),
    }
    const heldMembers = followed?.held.length ?? 0
    const reasons = [...triggers, ...(heldMembers > 0 ? ['membership'] : [])]
    if (held.size + heldMembers === 0 && isBelieved) return { status: 'success', data }
    const error = `The brake holds ${held.size + heldMembers} removals back (${reasons.join(', ')}).`
    return {
      status: 'warning',
      data: { ...data, held_count: String(held.size + heldMembers), triggers: reasons.join(' '), error },
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
  if (waiting && Object.keys(data).length === 0 && waiting.data.release === undefined) return waiting.id
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
