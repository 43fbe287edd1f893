/** Who may see how long a guest stays, and who may change it. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { isGuest, lockAccount, type UserRow } from '../../people/users/index.ts'
import { mayAnywhere } from '../teams/index.ts'
import { findStays, type StayRow } from './store.ts'

export const managesGuests = ({ actor }: Context): boolean => actor.can('promote_guest')

type AboutUser = { params: { user_id: string } }

/** For those who manage guests, the person who invited the guest, and the guest. */
export const maySee = (context: Context, stay: StayRow): boolean =>
  managesGuests(context) || [stay.user_id, stay.inviter_id].includes(context.actor.userId)

export const maySeeStay = async (context: Context, { params }: AboutUser): Promise<StayRow> => {
  const [stay] = await findStays(context.db, [params.user_id])
  if (!stay || !maySee(context, stay)) throw new Fault('guests.not_found')
  return stay
}

/** For those who manage guests, and for the inviter while they may still invite guests anywhere. */
export const maySetEnd = async (context: Context, input: AboutUser): Promise<StayRow> => {
  const seen = await maySeeStay(context, input)
  const isInviter = seen.inviter_id === context.actor.userId && !isGuest(context.actor)
  if (!managesGuests(context) && !(isInviter && (await mayAnywhere(context, 'invite_guest'))))
    throw new Fault('api.context.permissions.app_error')
  const user: UserRow = await lockAccount(context, seen.user_id)
  const [stay] = isGuest(user) ? await findStays(context.db, [user.id]) : []
  if (!stay) throw new Fault('guests.not_found')
  return stay
}
