/**
 * Sign-ins at a provider, from the moment when the browser leaves until it comes back. All of a flow is kept
 * here; the browser carries only a word that means nothing (`state`), and a cookie. An answer counts once,
 * for ten minutes, and only in the browser in which the flow began: so nobody can sign somebody else in, or
 * tie their own identity there to another person's account.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newSecret } from '../../../core/ids.ts'
import { type FlowRow, insertFlow, type Purpose, takeFlow } from './store.ts'

const LASTS_MS = 10 * 60_000

/**
 * How the answer comes: by an address that the browser opens, or (`isForm`) by a form of another site, with
 * which browsers send only cookies that say so, and only by https.
 */
export type Comes = { isForm?: boolean }

/** With https, the name makes sure that no neighbour of this host can have set the cookie. */
const cookieName = ({ request }: Context, { isForm = false }: Comes): string =>
  `${request.isSecure ? '__Host-' : ''}PLAUSCHSSO${isForm ? 'FORM' : ''}`

const browserOf = (context: Context, comes: Comes): string => {
  const known = context.request.cookie(cookieName(context, comes))
  return /^[a-z0-9]{26}$/.test(known) ? known : ''
}

/** The browser's secret; two tabs share it, so that both sign-ins can be finished. */
const rememberBrowser = (context: Context, comes: Comes): string => {
  const { head, request } = context
  const browser = browserOf(context, comes) || newSecret()
  const sites = comes.isForm && request.isSecure ? 'None' : 'Lax'
  const tail = `Path=/; Max-Age=${LASTS_MS / 1000}; HttpOnly; SameSite=${sites}`
  head.cookie(`${cookieName(context, comes)}=${browser}; ${tail}${request.isSecure ? '; Secure' : ''}`)
  return browser
}

export type Flow = { service: string; asked: Record<string, string>; purpose: Purpose }

/** A word for the provider to send back. */
export const newState = (): string => newSecret()

/** Keeps a flow; the reply that this belongs to must reach the browser. */
export const keepFlow = async (
  context: Context,
  state: string,
  flow: Flow,
  comes: Comes = {},
): Promise<void> => {
  await insertFlow(context.db, {
    ...flow,
    state_hash: hashOf(state),
    browser_hash: hashOf(rememberBrowser(context, comes)),
    expires_at: context.now + LASTS_MS,
  })
}

/** A flow that has come back, and when it began. */
export type Ended = FlowRow & { beganAt: number }

/** Uses a flow up. Throws if it did not begin in this browser, is over, or was used. */
export const endFlow = async (
  context: Context,
  service: string,
  state: string,
  comes: Comes = {},
): Promise<Ended> => {
  const browser = browserOf(context, comes)
  const row =
    state === '' || browser === ''
      ? undefined
      : await takeFlow(
          context.db,
          { state_hash: hashOf(state), browser_hash: hashOf(browser), service },
          context.now,
        )
  if (!row) throw new Fault('api.user.authorize_oauth_user.invalid_state.app_error')
  return { ...row, beganAt: row.expires_at - LASTS_MS }
}
