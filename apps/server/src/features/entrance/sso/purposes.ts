/** What people want when they leave for a provider, checked before they go. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import type { UserRow } from '../../people/users/index.ts'
import { appWanted, pathWanted } from './addresses.ts'
import type { Purpose } from './store.ts'

const DESKTOP_TOKEN = /^(dev-)?[0-9a-f]{32,64}$/

type Visit = { redirect_to: string; desktop_token: string; t: string; id: string; prove?: boolean }

/** A session in the browser or in the desktop app; `isSignUp`: by an invitation, if there is one. */
export const visitPurpose = (context: Context, query: Visit, isSignUp: boolean): Purpose => {
  const next = pathWanted(context, query.redirect_to)
  const invitation = isSignUp ? { token: query.t, teamId: query.id } : { token: '', teamId: '' }
  if (query.desktop_token === '') return { kind: 'web', next, ...invitation, isProof: query.prove === true }
  if (!DESKTOP_TOKEN.test(query.desktop_token))
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'desktop_token' })
  return { kind: 'desktop', next, clientToken: query.desktop_token, ...invitation }
}

type OfApp = { redirect_to: string; state: string; code_challenge: string; code_challenge_method: string }

/** A session in the mobile app. */
export const mobilePurpose = (context: Context, query: OfApp): Purpose => {
  const isChallenge =
    query.code_challenge_method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(query.code_challenge)
  if (query.code_challenge !== '' && !isChallenge)
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'code_challenge' })
  return {
    kind: 'mobile',
    callback: appWanted(context, query.redirect_to),
    appState: query.state,
    challenge: query.code_challenge,
  }
}

/**
 * Must the provider ask the person anew who they are? Otherwise whoever finds a browser open could give an
 * account another way to sign in, or take the owner's identity there for their own account.
 */
export const isProof = (purpose: Purpose): boolean =>
  purpose.kind === 'move' || (purpose.kind === 'web' && purpose.isProof === true)

/** Another way for an account whose owner has just proven it. */
export const provenOf = ({
  id,
  auth_service,
  auth_data,
  generation,
  last_password_update,
}: UserRow): Purpose => ({
  kind: 'move',
  userId: id,
  proven: { auth_service, auth_data, generation, last_password_update },
})
