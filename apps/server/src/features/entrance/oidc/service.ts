/** The way to a provider, and back. */
import type { InputOf, oidc, ProviderService } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { type Asked, beginAt, endAt, finishAt } from '../../../core/openid.ts'
import type { Raw } from '../../../core/route.ts'
import {
  asPage,
  endFlow,
  faultOf,
  finish,
  isProof,
  keepFlow,
  mobilePurpose,
  newState,
  type Purpose,
  redirect,
  siteOf,
  visitPurpose,
} from '../sso/index.ts'
import { personOf } from './people.ts'
import { groupsClaimOf, scopeOf, serviceNamed, targetOf, usesPreferred } from './services.ts'

type Input<K extends keyof typeof oidc> = InputOf<(typeof oidc)[K]>

/** The address that is registered at providers; v4's, so that registrations stay valid. */
const returnAddress = (context: Context, service: ProviderService): string =>
  `${siteOf(context)}/signup/${service}/complete`

/** Google asks nobody for a password again; it lets people choose who they are, and does not say when. */
const promptOf = (service: ProviderService): string => (service === 'google' ? 'select_account' : 'login')

/** Keeps a flow, and returns the address where the person signs in. Not within a transaction. */
export const leaveFor = async (
  context: Context,
  service: ProviderService,
  purpose: Purpose,
  hint = '',
): Promise<string> => {
  const { server } = context
  const state = newState()
  try {
    const { url, asked } = await beginAt(server, targetOf(server, service), {
      redirectUri: returnAddress(context, service),
      scope: scopeOf(server, service),
      state,
      hint,
      prompt: isProof(purpose) ? promptOf(service) : '',
    })
    await keepFlow(context, state, { service, asked, purpose })
    return url
  } catch (error) {
    throw faultOf(error)
  }
}

const begin =
  (isSignUp: boolean) =>
  (context: Context, { params, query }: Input<'login'>) =>
    asPage(context, params.service, async () => {
      const service = serviceNamed(context.server, params.service)
      const purpose = visitPurpose(context, query, isSignUp)
      return redirect(context, await leaveFor(context, service, purpose, query.login_hint))
    })

export const login = begin(false)
/** The same, with an invitation for people who have no account yet. */
export const signUp = begin(true)

/** Without such a page at the provider there is only the sign-in page here. */
export const logout = (context: Context, { params }: Input<'logout'>) =>
  asPage(context, params.service, async () => {
    const { server } = context
    const service = serviceNamed(server, params.service)
    try {
      return redirect(context, (await endAt(server, targetOf(server, service))) ?? '/login')
    } catch (error) {
      throw faultOf(error)
    }
  })

export const mobileLogin = (context: Context, { params, query }: Input<'mobileLogin'>) =>
  asPage(context, params.service, async () => {
    const service = serviceNamed(context.server, params.service)
    return redirect(context, await leaveFor(context, service, mobilePurpose(context, query)))
  })

/** The answer as the provider sent it, at the address that it knows. */
const answerOf = (context: Context, service: ProviderService, query: Input<'complete'>['query']): URL => {
  const url = new URL(returnAddress(context, service))
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value)
  return url
}

export const complete = (context: Context, { params, query }: Input<'complete'>): Promise<Raw> =>
  asPage(context, params.service, async () => {
    const { server } = context
    const service = serviceNamed(server, params.service)
    const flow = await endFlow(context, service, query.state)
    if (query.code === '' && query.error === '')
      throw new Fault('api.user.authorize_oauth_user.missing.app_error')
    const answer = answerOf(context, service, query)
    const groupsClaim = groupsClaimOf(server, service)
    const claims = await finishAt(server, targetOf(server, service), answer, query.state, {
      ...(flow.asked as Asked),
      also: groupsClaim === '' ? [] : [groupsClaim],
    })
    const person = personOf(service, claims, { usesPreferred: usesPreferred(server, service), groupsClaim })
    return await finish(context, flow, person)
  })
