/**
 * How the mobile app gets its session: the browser hands it a code, and it exchanges the code with its secret,
 * of which it sent the hash before the sign-in. Another app that catches the code can do nothing with it.
 */
import { createHash } from 'node:crypto'
import type { InputOf, sso } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newSecret, sameSecret } from '../../../core/ids.ts'
import { openSession } from '../../people/sessions/index.ts'
import { findUsers, type UserRow } from '../../people/users/index.ts'
import { type CodeRow, insertCode, takeCode } from './store.ts'

const LASTS_MS = 3 * 60_000

/** In a transaction: a code for the app, whose text is stored nowhere. */
export const issueCode = async (
  { db, now }: Context,
  user: UserRow,
  { challenge, appState }: { challenge: string; appState: string },
): Promise<string> => {
  const code = newSecret()
  await insertCode(db, {
    code_hash: hashOf(code),
    user_id: user.id,
    generation: user.generation,
    challenge,
    app_state: appState,
    expires_at: now + LASTS_MS,
  })
  return code
}

const proves = (row: CodeRow, verifier: string, state: string, now: number): boolean =>
  row.expires_at > now &&
  sameSecret(createHash('sha256').update(verifier).digest('base64url'), row.challenge) &&
  (row.app_state === '' || sameSecret(state, row.app_state))

export const exchangeCode = async (context: Context, { body }: InputOf<typeof sso.exchangeCode>) => {
  // By itself: a refusal must not bring the code back.
  const row = await takeCode(context.db, hashOf(body.login_code))
  if (!row || !proves(row, body.code_verifier, body.state ?? '', context.now)) throw new Fault('sso.code')
  const { actor, head, request, server } = context
  return await change(server, { actor, head, request }, async (inner) => {
    const [user] = await findUsers(inner.db, [row.user_id])
    if (!user || user.delete_at > 0 || user.generation !== row.generation) throw new Fault('sso.code')
    return await openSession(inner, { user, byFactor: false }, { to: 'caller' })
  })
}
