/**
 * Signing in by a provider of OpenID Connect. People open these addresses in a browser: the answers are
 * redirects and pages. `{service}` is one of `providerServices`.
 */
import { type Static, Type } from 'typebox'
import { flag, text } from '../input.ts'
import { operations, ours, rooted } from '../operation.ts'
import { Text } from '../records.ts'

/** The services of v4, each with a section of settings of its own. */
export const providerServices = ['gitlab', 'google', 'office365', 'openid'] as const
export type ProviderService = (typeof providerServices)[number]

/** Each begins or ends a sign-in, and asks the provider. */
const signingIn = { type: 'text/html', signsIn: true }

/**
 * `redirect_to` is a path of this site; `t` and `id` are invitations. With `prove`, which v4 does not have, the
 * provider asks people anew who they are.
 */
const beginning = {
  redirect_to: text(1024),
  login_hint: text(256),
  desktop_token: text(80),
  t: text(128),
  id: text(26),
  prove: flag,
}

/** What the provider sends back with the browser; other parts are not looked at. */
const answer = {
  code: text(2000),
  state: text(128),
  iss: text(512),
  error: text(128),
  error_description: text(512),
}

/** What a provider's metadata say. An endpoint that it does not have is ''. */
export const ProviderMetadata = Type.Object({
  issuer: Type.String(),
  authorization_endpoint: Type.String(),
  token_endpoint: Type.String(),
  userinfo_endpoint: Type.String(),
  /** The scopes and claims that it names; many name none, and know them all the same. */
  scopes: Type.Array(Type.String()),
  claims: Type.Array(Type.String()),
})
export type ProviderMetadata = Static<typeof ProviderMetadata>

export const oidc = operations('oidc', {
  /** Reads the metadata at an address that need not be saved yet, as a sign-in would read them. */
  discover: ours.post('/oidc/discovery', {
    body: Type.Object({ discovery_url: Text(1024, 1) }),
    reply: ProviderMetadata,
  }),
  login: rooted.get('/oauth/{service}/login', { query: beginning, ...signingIn }),
  signUp: rooted.get('/oauth/{service}/signup', { query: beginning, ...signingIn }),
  /** Leads to the page of the provider that ends the session there; v4 has none. */
  logout: rooted.get('/oauth/{service}/logout', signingIn),
  /** `redirect_to` is the address of an app, such as `mmauth://callback`. */
  mobileLogin: rooted.get('/oauth/{service}/mobile_login', {
    query: {
      redirect_to: text(1024),
      state: text(512),
      code_challenge: text(128),
      code_challenge_method: text(16),
    },
    ...signingIn,
  }),
  /** Where providers send people back to: the address that is registered there. */
  complete: rooted.get('/signup/{service}/complete', { query: answer, ...signingIn }),
  completeLogin: rooted.get('/login/{service}/complete', { query: answer, ...signingIn }),
  completeOauth: rooted.get('/oauth/{service}/complete', { query: answer, ...signingIn }),
  completeV3: rooted.get('/api/v3/oauth/{service}/complete', { query: answer, ...signingIn }),
})
