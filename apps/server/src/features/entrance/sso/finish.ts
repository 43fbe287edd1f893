/** What a proven person gets: a session in the browser, in the desktop app or in the mobile app, or a new way. */
import { anonymous, type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { Raw } from '../../../core/route.ts'
import { record } from '../../ground/audit/index.ts'
import { desktopToken, moveTo } from '../../people/accounts/index.ts'
import { openSession } from '../../people/sessions/index.ts'
import { findByIdentity, type UserRow } from '../../people/users/index.ts'
import { admit, type Invited, type Person } from './accounts.ts'
import { siteOf } from './addresses.ts'
import { issueCode } from './codes.ts'
import type { Ended } from './flows.ts'
import { followClaimed } from './groups.ts'
import { appPage, redirect } from './pages.ts'
import { isProof } from './purposes.ts'
import type { Purpose } from './store.ts'

/** A flow that has come back. */
type Came = Pick<Ended, 'purpose' | 'beganAt'>

type Of<K extends Purpose['kind']> = Extract<Purpose, { kind: K }>

/** Development builds of the desktop app mark their tokens. */
const isDevelopment = (clientToken: string): boolean => clientToken.startsWith('dev-')

const toDesktop = async (context: Context, user: UserRow, purpose: Of<'desktop'>): Promise<Raw> => {
  const query = new URLSearchParams({
    client_token: purpose.clientToken,
    server_token: await desktopToken(context, user),
    redirect_to: purpose.next,
    ...(isDevelopment(purpose.clientToken) ? { isDesktopDev: 'true' } : {}),
  })
  return redirect(context, `/login/desktop?${query}`)
}

const toMobile = async (context: Context, user: UserRow, purpose: Of<'mobile'>): Promise<Raw> => {
  const isOld = purpose.challenge === ''
  const given = isOld
    ? await openSession(context, { user, byFactor: false }, { to: 'caller' }).then((session) => ({
        MMAUTHTOKEN: session.token,
        MMCSRF: session.csrf,
      }))
    : { login_code: await issueCode(context, user, purpose) }
  const query = new URLSearchParams({ ...given, srv: siteOf(context) })
  return appPage(context, `${purpose.callback}?${query}`)
}

const letIn = async (
  context: Context,
  user: UserRow,
  purpose: Exclude<Purpose, Of<'move'>>,
  signedInAt: number,
): Promise<Raw> => {
  if (purpose.kind === 'desktop') return await toDesktop(context, user, purpose)
  if (purpose.kind === 'mobile') return await toMobile(context, user, purpose)
  const provenAt = Math.min(signedInAt, context.now)
  await openSession(context, { user, byFactor: false, provenAt }, { to: 'browser' })
  return redirect(context, purpose.next)
}

/** Clocks of two machines differ. */
const CLOCKS_MS = 30_000

/**
 * Throws if the person had to prove anew who they are, and did not. Some providers never say it: they are
 * enough for moving an account there, because the account itself is proven here.
 */
const checkProof = ({ purpose, beganAt }: Came, { signedInAt }: Person): void => {
  if (!isProof(purpose) || signedInAt >= beganAt - CLOCKS_MS) return
  if (purpose.kind === 'move' && signedInAt === 0) return
  throw new Fault('sso.not_fresh')
}

/** A refusal of an account is noted, as at a sign-in by a password. */
const refuse = async (
  context: Context,
  user: Pick<UserRow, 'id' | 'username'>,
  fault: Fault,
): Promise<never> => {
  await record(context, '/users/login', `FAILED login_id=${user.username}`, user.id)
  throw fault
}

/** The account of the person, made or brought up to date. */
const admitted = async (context: Context, person: Person, invited: Invited): Promise<UserRow> => {
  const { head, request, server } = context
  try {
    // Somebody else may be signed in in this browser: they have no part in it.
    return await change(server, { actor: anonymous, head, request }, (inner) => admit(inner, person, invited))
  } catch (error) {
    const isRefusal = error instanceof Fault && error.code === 'api.user.login.inactive.app_error'
    const account = isRefusal && (await findByIdentity(context.db, person.service, person.id))
    if (account) return await refuse(context, account, error)
    throw error
  }
}

/** Not within a transaction. The flow of this purpose has been used up. */
export const finish = async (context: Context, flow: Came, person: Person): Promise<Raw> => {
  checkProof(flow, person)
  const { purpose } = flow
  const { actor, head, request, server } = context
  const asking = { actor, head, request }
  if (purpose.kind === 'move') {
    const to = { auth_service: person.service, auth_data: person.id }
    await change(server, asking, (inner) => moveTo(inner, { id: purpose.userId, ...purpose.proven }, to))
    return redirect(context, '/login?extra=signin_change')
  }
  const invited = purpose.kind === 'mobile' ? { token: '', teamId: '' } : purpose
  // Committed by itself: who must verify their address first has an account then.
  const user = await admitted(context, person, invited)
  if (server.settings().EmailSettings.RequireEmailVerification && !user.email_verified)
    return await refuse(context, user, new Fault('api.user.login.not_verified.app_error'))
  // The person gets in, whatever becomes of the groups: the next sign-in looks at them again.
  await followClaimed(server, person.service, user.id, person.claimed).catch((error: unknown) =>
    server.log.warn({ err: error, user: user.id }, 'the groups of a person could not be followed'),
  )
  return await change(server, asking, (inner) => letIn(inner, user, purpose, person.signedInAt))
}
