/** What passes have changed, and why, for administrators. */
import type { DirectoryChange, directory, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { change, system } from '../../../core/context.ts'
import type { Server } from '../../../core/server.ts'
import type { UserRow } from '../../people/users/index.ts'
import {
  type Change,
  type ChangeKind,
  deleteChanges,
  groupsIn,
  listChanges,
  saveChanges,
} from './changes-store.ts'

const DAY_MS = 86_400_000
const KEPT_MS = 90 * DAY_MS

/** Notes what one pass changes, in the transactions that change it. */
export type Noting = (context: Context, changes: readonly Change[]) => Promise<void>

export const notingFor =
  (jobId: string): Noting =>
  async ({ db, now }, changes) => {
    if (changes.length > 0) await saveChanges(db, jobId, now, changes)
  }

/** The fields of an account that a change has touched. */
const FIELDS = ['username', 'email', 'first_name', 'last_name', 'nickname', 'position', 'roles'] as const

export const changedFieldsOf = (before: UserRow, after: UserRow): string =>
  FIELDS.filter((field) => before[field] !== after[field]).join(', ')

const kinds: Record<'add' | 'remove' | 'promote' | 'demote', ChangeKind> = {
  add: 'joined',
  remove: 'left',
  promote: 'promoted',
  demote: 'demoted',
}

/** For work on places: the reason is the groups because of which people are there, '' for none. */
export const notePlaces =
  (note: Noting) =>
  async (
    context: Context,
    kind: keyof typeof kinds,
    placeId: string,
    ids: readonly string[],
  ): Promise<void> => {
    const reasons = kind === 'remove' ? new Map() : await groupsIn(context.db, placeId, ids)
    await note(
      context,
      ids.map((user_id) => ({
        kind: kinds[kind],
        user_id,
        place_id: placeId,
        reason: reasons.get(user_id) ?? '',
      })),
    )
  }

export const list = async (
  { actor, db }: Context,
  { params, query }: InputOf<typeof directory.listChanges>,
): Promise<DirectoryChange[]> => {
  const offset = Math.max(query.page, 0) * query.per_page
  const all = actor.can('manage_system')
  const rows = await listChanges(db, params.job_id, query.kind, all, query.per_page, offset)
  return rows.map(({ id: _, job_id: __, ...row }) => row)
}

/** Once a day. */
export const forgetOld = (server: Server): Promise<void> =>
  change(server, { actor: system }, async ({ db, now }) => {
    await deleteChanges(db, now - KEPT_MS)
  })
