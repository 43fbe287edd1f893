/**
 * Moves accounts that sign in another way to the directory, matched by address or name. Both may pass from one
 * person to another, so an administrator looks at the result before, and exactly that is done.
 */
import type { DirectoryMigration, directory, InputOf } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf } from '../../../core/ids.ts'
import { record } from '../../ground/audit/index.ts'
import { wayOf } from '../../people/sessions/index.ts'
import {
  emailOf,
  findByIdentity,
  lockAccount,
  moveIdentity,
  type UserRow,
  usernameOf,
} from '../../people/users/index.ts'
import { SERVICE } from './accounts.ts'
import type { Wanted } from './diff.ts'
import { asking } from './linking.ts'
import { readPeople } from './reading.ts'
import { findSeenMigration, listByWay, listIdentities, saveSeenMigration } from './store.ts'

type Matching = Pick<InputOf<typeof directory.migrateAccounts>['body'], 'from' | 'match_field'>
type Reason = DirectoryMigration['left'][number]['reason']
type Result = {
  moves: { user: UserRow; person: Wanted }[]
  left: { user: UserRow; reason: Reason }[]
}

const MOST_SHOWN = 200
const MOST_NAMED = 20
const BATCH = 50
const HOUR_MS = 3_600_000

const isAdmin = ({ roles }: UserRow): boolean => roles.split(' ').includes('system_admin')

/** Who would move, and who would not. Waits for the directory. */
const match = async (context: Context, { from, match_field }: Matching): Promise<Result> => {
  const { db, server } = context
  const people = (await asking(context, (connection) => readPeople(connection, server))).filter(
    ({ id, isDisabled }) => id !== '' && !isDisabled,
  )
  const keyOf = ({ email, username }: { email: string; username: string }): string =>
    match_field === 'email' ? emailOf(email) : usernameOf(username)
  const entries = Map.groupBy(people, keyOf)
  const known = new Set((await listIdentities(db)).map(({ auth_data }) => auth_data))
  const result: Result = { moves: [], left: [] }
  for (const user of await listByWay(db, from === 'email' ? '' : from)) {
    const [person, ...others] = keyOf(user) === '' ? [] : (entries.get(keyOf(user)) ?? [])
    const leave = (reason: Reason) => void result.left.push({ user, reason })
    if (isAdmin(user)) leave('administrator')
    else if (!person) leave('not_found')
    else if (others.length > 0) leave('duplicate')
    else if (known.has(person.id)) leave('taken')
    else result.moves.push({ user, person })
  }
  return result
}

/** Stands for exactly these moves. */
const seenOf = ({ moves }: Result, { from, match_field }: Matching): string =>
  hashOf(JSON.stringify([from, match_field, moves.map(({ user, person }) => [user.id, person.id])]))

export const previewMigration = async (
  context: Context,
  { body }: InputOf<typeof directory.previewMigration>,
): Promise<DirectoryMigration> => {
  const { server, actor, request, head } = context
  const result = await match(context, body)
  await change(server, { actor, request, head }, ({ db, now }) =>
    saveSeenMigration(db, actor.userId, now, seenOf(result, body)),
  )
  return {
    move_count: result.moves.length,
    left_count: result.left.length,
    moves: result.moves
      .slice(0, MOST_SHOWN)
      .map(({ user, person }) => ({ user_id: user.id, username: user.username, dn: person.dn })),
    left: result.left
      .slice(0, MOST_SHOWN)
      .map(({ user, reason }) => ({ user_id: user.id, username: user.username, reason })),
  }
}

/** Without `force` nobody moves if somebody cannot. */
const refuseLeft = ({ left }: Result): void => {
  const named = (...reasons: Reason[]): string =>
    left
      .filter(({ reason }) => reasons.includes(reason))
      .slice(0, MOST_NAMED)
      .map(({ user }) => user.username)
      .join(', ')
  const duplicates = named('duplicate', 'taken')
  if (duplicates !== '') throw new Fault('ent.migration.migratetoldap.duplicate_field', { names: duplicates })
  const missing = named('not_found')
  if (missing !== '') throw new Fault('ent.migration.migratetoldap.user_not_found', { names: missing })
}

/** Moves one account, unless it has changed since it was matched. */
const moveOne = async (context: Context, { user, person }: Result['moves'][number]): Promise<void> => {
  const now = await lockAccount(context, user.id)
  const isSame =
    now.delete_at === 0 &&
    now.auth_service === user.auth_service &&
    now.email === user.email &&
    now.username === user.username
  if (!isSame || (await findByIdentity(context.db, SERVICE, person.id))) return
  await wayOf(context.server, now)?.leave?.(context, now)
  await moveIdentity(context, now, { auth_service: SERVICE, auth_data: person.id })
  await record(context, '/users/migrate_auth/ldap', `user=${now.id}`, now.id)
}

export const migrateAccounts = async (
  context: Context,
  { body }: InputOf<typeof directory.migrateAccounts>,
) => {
  const { server, actor, request, head, db, now } = context
  const result = await match(context, body)
  if (!body.force) refuseLeft(result)
  const seen = await findSeenMigration(db, actor.userId)
  if (!seen || seen.seen_at <= now - HOUR_MS || seen.seen !== seenOf(result, body))
    throw new Fault('directory.preview_first')
  for (let at = 0; at < result.moves.length; at += BATCH)
    await change(server, { actor, request, head }, async (inner) => {
      for (const move of result.moves.slice(at, at + BATCH)) await moveOne(inner, move)
    })
  return { status: 'OK' as const }
}
