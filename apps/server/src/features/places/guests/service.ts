/** How long guests stay. */
import type { GuestStay, guests, InputOf } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { maySee } from './access.ts'
import { findStays, type StayRow, saveStay } from './store.ts'

const shown = ({ user_id, end_at, inviter_id }: StayRow): GuestStay => ({ user_id, end_at, inviter_id })

export const get = (_context: Context, _input: unknown, stay: StayRow): GuestStay => shown(stay)

/** Throws if a guest could not stay until then. */
export const checkEnd = ({ now }: Context, endAt: number): void => {
  if (endAt !== 0 && endAt <= now) throw new Fault('guests.past')
}

export const setEnd = async (
  context: Context,
  { body }: InputOf<typeof guests.setEnd>,
  stay: StayRow,
): Promise<GuestStay> => {
  const { actor, db } = context
  checkEnd(context, body.end_at)
  // Somebody must learn that the end is near: the inviter, otherwise who set it.
  const inviter_id = stay.inviter_id || actor.userId
  const next = { ...stay, inviter_id, end_at: body.end_at, told_at: 0 }
  await saveStay(db, next)
  await record(context, '/guests/end', `user=${stay.user_id} end_at=${body.end_at}`)
  return shown(next)
}

export const listByIds = async (context: Context, { body }: InputOf<typeof guests.listByIds>) =>
  (await findStays(context.db, body)).filter((stay) => maySee(context, stay)).map(shown)

/**
 * Notes who invited a guest, and until when. An invitation of somebody who is a guest already can only
 * lengthen their stay, and their first inviter stays.
 */
export const noteInvited = async (
  { db }: Context,
  userId: string,
  inviterId: string,
  endAt: number,
  isNew: boolean,
): Promise<void> => {
  const [stay] = await findStays(db, [userId])
  if (!stay) return
  if (isNew) return void (await saveStay(db, { ...stay, inviter_id: inviterId, end_at: endAt }))
  if (stay.end_at > 0 && endAt > stay.end_at) await saveStay(db, { ...stay, end_at: endAt, told_at: 0 })
}
