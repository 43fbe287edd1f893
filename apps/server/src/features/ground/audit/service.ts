import type { Audit, audit, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import { insertAudit, listAudits } from './store.ts'

const LONGEST = 1000

/**
 * Records an action in the transaction of the operation. `action` is the path of the operation without
 * `/api/v4`; v4's clients look it up. `info` names its subject and never contains a secret. The entry belongs
 * to the actor, unless `userId` names the person whom it concerns.
 */
export const record = async (
  { actor, db, now, request }: Context,
  action: string,
  info: string,
  userId = actor.userId,
): Promise<void> => {
  await insertAudit(db, {
    id: newId(now),
    create_at: now,
    user_id: userId,
    action: `/api/v4${action}`,
    extra_info: info.slice(0, LONGEST),
    ip_address: request.ip,
    session_id: actor.session?.id ?? '',
  })
}

export const list = ({ db }: Context, { query }: InputOf<typeof audit.list>): Promise<Audit[]> =>
  listAudits(db, '', query.per_page, Math.max(query.page, 0) * query.per_page)

export const listOfUser = (
  { db }: Context,
  { query }: InputOf<typeof audit.listOfUser>,
  userId: string,
): Promise<Audit[]> => listAudits(db, userId, query.per_page, Math.max(query.page, 0) * query.per_page)
