import type { InputOf, mfa } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { record } from '../../ground/audit/index.ts'
import { lockAccount, saveAccount, type UserRow } from '../users/index.ts'
import { newSecretKey, pictureOf, stepOf } from './codes.ts'
import { isOn } from './duty.ts'
import { factorChanged } from './events.ts'
import { activateSecret, deleteSecret, findSecret, saveSecret, useStep } from './store.ts'

/** Is it a valid code of this secret that was not used yet? Uses it. */
const use = async ({ db, now }: Context, userId: string, secret: string, code: string): Promise<boolean> => {
  const step = await stepOf(secret, code, now)
  return step !== null && (await useStep(db, userId, secret, step))
}

/**
 * Checks the second factor at sign-in; `unneeded` for people without one, and while second factors are off.
 */
export const tryCode = async (
  context: Context,
  user: UserRow,
  code: string,
): Promise<'right' | 'wrong' | 'missing' | 'unneeded'> => {
  if (!user.mfa_active || !isOn(context.server)) return 'unneeded'
  if (code === '') return 'missing'
  const known = await findSecret(context.db, user.id)
  return known && (await use(context, user.id, known.secret, code)) ? 'right' : 'wrong'
}

export const generate = async (context: Context, _input: unknown, user: UserRow) => {
  const secret = await newSecretKey()
  const qr_code = await pictureOf(context.server, user.email, secret)
  if (!(await saveSecret(context.db, user.id, secret))) throw new Fault('mfa.is_active')
  return { secret, qr_code }
}

const activate = async (context: Context, user: UserRow, code: string) => {
  const known = await findSecret(context.db, user.id)
  if (!known || known.is_active) throw new Fault(known ? 'mfa.is_active' : 'mfa.no_secret')
  if (!(await use(context, user.id, known.secret, code))) throw new Fault('mfa.activate.bad_token.app_error')
  await activateSecret(context.db, user.id)
}

export const set = async (context: Context, { body }: InputOf<typeof mfa.set>, { id }: UserRow) => {
  const { actor, head, request, server } = context
  const code = body.code ?? body.mfa_code ?? ''
  if (!body.activate && id === actor.userId) await server.ports.proveFactor(context, id, code)
  await change(server, { actor, head, request }, async (inner) => {
    const user = await lockAccount(inner, id)
    if (body.activate) await activate(inner, user, code)
    else await deleteSecret(inner.db, id)
    if (user.mfa_active === body.activate) return
    await saveAccount(inner, user, { mfa_active: body.activate })
    await record(inner, '/users/mfa', `user=${id} active=${body.activate}`)
    await inner.emit(factorChanged, { user_id: id, is_active: body.activate })
  })
  return { status: 'OK' as const }
}
