/** Signing in by a password of this server. */
import type { Context } from '../../../core/context.ts'
import {
  type Attempt,
  countInSession,
  countSignIn,
  type Named,
  ownLimits,
  type Proof,
  type Way,
} from '../sessions/index.ts'
import { findByLogin, findUsers, type UserRow } from '../users/index.ts'
import { inTurn, isPassword } from './hashes.ts'
import { deleteCredential, findCredential } from './store.ts'

const accountOf = async ({ db, server }: Context, { id, login }: Named): Promise<UserRow | undefined> => {
  if (id !== '') return (await findUsers(db, [id]))[0]
  const { EnableSignInWithEmail, EnableSignInWithUsername } = server.settings().EmailSettings
  return await findByLogin(db, login, EnableSignInWithUsername, EnableSignInWithEmail)
}

const check = async (
  context: Context,
  user: UserRow | undefined,
  password: string,
  counted: Promise<Attempt>,
): Promise<Proof> => {
  const credential = user && (await findCredential(context.db, user.id))
  // In parallel: hashing takes longer than counting, so the response time does not reveal whether the account
  // exists.
  const [attempt, isRight] = await Promise.all([
    counted,
    isPassword(credential?.password_hash ?? null, password),
  ])
  const known = credential && user ? { user } : {}
  if (attempt.isLocked) return { answer: 'locked', ...known }
  return isRight && user && credential ? { answer: 'right', user, attempt } : { answer: 'wrong', ...known }
}

export const passwordWay: Way = {
  service: '',
  isOn: () => true,
  signIn: (context, named, password) =>
    inTurn(context.request.ip, async () => {
      const user = await accountOf(context, named)
      if (user && user.auth_service !== '') return { answer: 'elsewhere' }
      const target = { user, name: named.id || named.login }
      return await check(context, user, password, countSignIn(context, target, ownLimits(context.server)))
    }),
  prove: (context, user, password) =>
    inTurn(context.request.ip, () =>
      check(context, user, password, countInSession(context, user, ownLimits(context.server))),
    ),
  async leave({ db }, user) {
    await deleteCredential(db, user.id)
  },
}
