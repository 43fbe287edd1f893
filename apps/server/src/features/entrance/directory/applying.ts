/** Makes the kept state as wanted, in small transactions. Each step looks again, so it may be repeated. */
import { type Context, change, system } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Connection } from '../../../core/ldap.ts'
import type { Server } from '../../../core/server.ts'
import {
  activate,
  findByIdentity,
  isGuest,
  isLimit,
  lockAccount,
  lockAccounts,
  type UserRow,
} from '../../people/users/index.ts'
import { addPeople, fitsDomains } from '../../places/teams/index.ts'
import { primaryTeam } from '../onboarding/index.ts'
import { createOne, restore, SERVICE, update } from './accounts.ts'
import type { Change } from './changes-store.ts'
import type { Diff, Going, Kept, Problem, Wanted } from './diff.ts'
import { changedFieldsOf, type Noting } from './history.ts'
import { findById, isDisabled } from './people.ts'
import { saveDeactivated, saveMissing } from './store.ts'

const BATCH = 50

export type Done = {
  created: number
  changed: number
  restored: number
  deactivated: number
  problems: Problem[]
}

/** Ends early when nobody wants the work any more. */
export type Steps = { isCanceled(): Promise<boolean>; tell(progress: number): Promise<void> }

const inBatches = async <T>(
  items: readonly T[],
  { isCanceled }: Steps,
  work: (batch: readonly T[]) => Promise<void>,
): Promise<void> => {
  for (let at = 0; at < items.length; at += BATCH) {
    if (await isCanceled()) return
    await work(items.slice(at, at + BATCH))
  }
}

/** Everybody but guests is in the primary team (M3); no note in its channels tells it. */
const joinQuietly = async (context: Context, users: readonly UserRow[]): Promise<void> => {
  const team = await primaryTeam(context)
  if (!team) return
  const ids = users.filter((user) => !isGuest(user) && fitsDomains(context, team, user)).map(({ id }) => id)
  if (ids.length > 0) await addPeople(context, team, ids, { by: '', isQuiet: true })
}

/** With an administrator's limit of seats people wait, and come in with a later pass. */
const problemOf = (fault: Fault): Problem['problem'] => {
  if (isLimit(fault)) return 'no_seat'
  return fault.code === 'directory.address_taken' ? 'address_taken' : 'refused'
}

const createSome = async (
  server: Server,
  people: readonly Wanted[],
  done: Done,
  note: Noting,
): Promise<void> => {
  const run = (some: readonly Wanted[]) =>
    change(server, { actor: system }, async (context) => {
      await lockAccounts(context.db)
      const made: UserRow[] = []
      for (const person of some) {
        // They may have signed in meanwhile.
        if (await findByIdentity(context.db, SERVICE, person.id)) continue
        made.push(await createOne(context, person, person))
      }
      await joinQuietly(context, made)
      await note(
        context,
        made.map(({ id }) => ({ kind: 'created', user_id: id })),
      )
      return made.length
    })
  try {
    done.created += await run(people)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    // One person who cannot have an account must not keep the others out.
    if (people.length > 1) for (const person of people) await createSome(server, [person], done, note)
    else for (const { dn } of people) done.problems.push({ dn, problem: problemOf(error) })
  }
}

type Pair = { kept: Kept; person: Wanted }

/** What is done with pairs, and how it is noted. */
type Pairing = {
  kind: 'changed' | 'restored'
  work(context: Context, user: UserRow, person: Wanted): Promise<UserRow>
  note: Noting
}

/**
 * Brings accounts up to date; one that cannot be must not hold the others up. Returns how many were written.
 */
const eachPair = async (
  server: Server,
  pairs: readonly Pair[],
  done: Done,
  { kind, work, note }: Pairing,
): Promise<number> => {
  try {
    return await change(server, { actor: system }, async (context) => {
      const written: Change[] = []
      for (const { kept, person } of pairs) {
        const user = await lockAccount(context, kept.id)
        const after = await work(context, user, person)
        if (after !== user) written.push({ kind, user_id: user.id, reason: changedFieldsOf(user, after) })
      }
      await note(context, written)
      return written.length
    })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    let count = 0
    if (pairs.length > 1)
      for (const pair of pairs) count += await eachPair(server, [pair], done, { kind, work, note })
    else for (const { person } of pairs) done.problems.push({ dn: person.dn, problem: problemOf(error) })
    return count
  }
}

/** Is the person really gone? Asked by id, and a person who is there is only noted as found. */
const isGone = async (connection: Connection, server: Server, { kept, reason }: Going): Promise<boolean> => {
  const entry = await findById(connection, server.settings().LdapSettings, kept.auth_data)
  return reason === 'missing' ? !entry : entry !== undefined && isDisabled(entry, Date.now())
}

/** Switches an account off; the last administrator stays. Returns whether it did. */
const deactivateOne = (server: Server, { kept, reason }: Going, note: Noting): Promise<boolean> =>
  change(server, { actor: system }, async (context) => {
    const user = await lockAccount(context, kept.id)
    if (user.delete_at > 0) return false
    await activate(context, user, false)
    await saveDeactivated(context.db, user.id, context.now)
    await note(context, [{ kind: 'deactivated', user_id: user.id, reason }])
    return true
  }).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'roles.last_admin') return false
    throw error
  })

/** The people of `diff.deactivate` go only as far as the caller has left them in it. */
export const applyDiff = async (
  server: Server,
  connection: Connection,
  diff: Diff,
  steps: Steps,
  note: Noting,
): Promise<Done> => {
  const done: Done = { created: 0, changed: 0, restored: 0, deactivated: 0, problems: [] }
  const total = diff.create.length + diff.change.length + diff.restore.length + 1
  let at = 0
  const tell = async (count: number) => {
    at += count
    await steps.tell(Math.min(99, Math.floor((at / total) * 100)))
  }
  await inBatches(diff.change, steps, async (pairs) => {
    done.changed += await eachPair(server, pairs, done, {
      kind: 'changed',
      work: (context, user, person) => update(context, user, person, person),
      note,
    })
    await tell(pairs.length)
  })
  await inBatches(diff.restore, steps, async (pairs) => {
    done.restored += await eachPair(server, pairs, done, {
      kind: 'restored',
      work: (context, user, person) => restore(context, user, person, person),
      note,
    })
    await tell(pairs.length)
  })
  await inBatches(diff.create, steps, async (people) => {
    await createSome(server, people, done, note)
    await tell(people.length)
  })
  await change(server, { actor: system }, async ({ db, now }) => {
    if (diff.found.length > 0)
      await saveMissing(
        db,
        diff.found.map(({ id }) => id),
        0,
      )
    if (diff.miss.length > 0)
      await saveMissing(
        db,
        diff.miss.map(({ id }) => id),
        now,
      )
  })
  await inBatches(diff.deactivate, steps, async (some) => {
    for (const going of some) {
      if (!(await isGone(connection, server, going))) continue
      if (await deactivateOne(server, going, note)) done.deactivated += 1
    }
  })
  return done
}
