/**
 * A provider of OpenID Connect: its metadata, the address where people sign in there, and what it says about
 * them afterwards. The only user of `openid-client`, which checks issuer, audience, nonce, state, PKCE, times
 * and signatures.
 */
import { createHash } from 'node:crypto'
import type { Configuration, CustomFetch, ServerMetadata } from 'openid-client'
import { isLoopback } from '../config.ts'
import { Fault } from './faults.ts'
import { callNamed, OutgoingError } from './outgoing.ts'
import { perServer, type Server } from './server.ts'

/** The library is loaded when somebody first signs in by a provider. */
const library = () => import('openid-client')

export type ProviderTarget = {
  /** The address of the metadata, with `/.well-known/`. */
  discoveryUrl: string
  clientId: string
  /** '' for a public client. */
  secret: string
}

/** What others send can be as long as they like: the log gets the beginning of it, and nothing else. */
const MOST_SAID = 300
const cut = (text: string): string => (text.length > MOST_SAID ? `${text.slice(0, MOST_SAID)}…` : text)

/** Nobody answers, or not in time, or with something that is no answer. */
export class ProviderDown extends Error {
  constructor(message: string) {
    super(cut(message))
  }
}

/** The provider answers, and what it says cannot be trusted, or is a refusal. */
export class ProviderRefusal extends Error {
  /** The provider's word for it, such as `access_denied`; '' if it is ours. */
  readonly code: string
  constructor(message: string, code = '') {
    super(cut(message))
    this.code = cut(code)
  }
}

const ANSWER_MS = 10_000
const MOST_BYTES = 1_000_000
/** Clocks of two machines differ. */
const CLOCKS_S = 30
/** Metadata is read again after this time, and used no longer than the second one if that fails. */
const FRESH_MS = 3_600_000
const USABLE_MS = 24 * FRESH_MS
/** After a failure nobody asks again for this time. */
const REST_MS = 5000

const WELL_KNOWN = /\/\.well-known\/openid-configuration\/?$/

/** Plain text is for a provider on the same machine only: tokens and secrets cross the network. */
const isSafeUrl = (text: string): boolean => {
  const url = URL.parse(text)
  if (url?.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** Can it be the address of a provider's metadata? */
export const isDiscoveryUrl = (text: string): boolean =>
  isSafeUrl(text) && WELL_KNOWN.test(new URL(text).pathname)

const fetchBy =
  (server: Server, host: string): CustomFetch =>
  async (address, { method, headers, body }) => {
    if (!isSafeUrl(address)) throw new OutgoingError('address')
    const text = body === undefined || body === null ? undefined : String(body)
    const reply = await callNamed(server, host, address, {
      method: method === 'POST' ? 'POST' : 'GET',
      headers: {
        ...(text === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
      timeoutMs: ANSWER_MS,
      maxBytes: MOST_BYTES,
      maxRedirects: 0,
    })
    if (reply.isCut) throw new OutgoingError('unreachable', new Error('the answer is too long'))
    const kept = Object.entries(reply.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    )
    const isEmpty = [204, 205, 304].includes(reply.status)
    return new Response(isEmpty ? null : new Uint8Array(reply.body), {
      status: reply.status,
      headers: kept,
    })
  }

/** Metadata that could make this server take people of one issuer for those of another is refused. */
const checkMetadata = (config: Configuration, discoveryUrl: string): void => {
  const { issuer, authorization_endpoint = '', token_endpoint = '' } = config.serverMetadata()
  const expected = discoveryUrl.replace(WELL_KNOWN, '')
  if (issuer.replace(/\/$/, '') !== expected.replace(/\/$/, ''))
    throw new ProviderRefusal(`its issuer is ${issuer}, not ${expected}`)
  // The browser is sent to the first one: it must be an address, and no script.
  for (const url of [authorization_endpoint, token_endpoint])
    if (!isSafeUrl(url)) throw new ProviderRefusal(`it names the endpoint ${url}`)
}

const discover = async (server: Server, target: ProviderTarget): Promise<Configuration> => {
  const client = await library()
  const url = new URL(target.discoveryUrl)
  const fetch = fetchBy(server, url.hostname)
  const config = await client.discovery(
    url,
    target.clientId,
    { [client.clockTolerance]: CLOCKS_S },
    client.None(),
    {
      [client.customFetch]: fetch,
      timeout: ANSWER_MS / 1000,
      ...(url.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    },
  )
  checkMetadata(config, target.discoveryUrl)
  return withSecret(config, target, fetch, client)
}

/** The secret goes into the body if the provider accepts that, as v4 sends it; otherwise into a header. */
const withSecret = (
  plain: Configuration,
  { clientId, secret }: ProviderTarget,
  fetch: CustomFetch,
  client: Awaited<ReturnType<typeof library>>,
): Configuration => {
  const metadata = plain.serverMetadata()
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const byForm = methods.includes('client_secret_post')
  const proof =
    secret === ''
      ? client.None()
      : byForm
        ? client.ClientSecretPost(secret)
        : client.ClientSecretBasic(secret)
  const config = new client.Configuration(metadata, clientId, { [client.clockTolerance]: CLOCKS_S }, proof)
  config[client.customFetch] = fetch
  config.timeout = ANSWER_MS / 1000
  if (new URL(metadata.issuer).protocol === 'http:') client.allowInsecureRequests(config)
  // The signature, too, although the token comes directly from the provider.
  client.enableNonRepudiationChecks(config)
  return config
}

/**
 * What the metadata at an address say now: nothing of it is remembered. Throws `ProviderDown` or
 * `ProviderRefusal` for those by which nobody could sign in.
 */
export const metadataAt = async (server: Server, discoveryUrl: string): Promise<ServerMetadata> => {
  try {
    return (await discover(server, { discoveryUrl, clientId: 'trial', secret: '' })).serverMetadata()
  } catch (error) {
    throw judged(error)
  }
}

type Known = { config: Configuration; at: number }

const knownOf = perServer(
  'metadata of sign-in services',
  'a cache of what the services say: each server asks them itself',
  () => ({
    known: new Map<string, Known>(),
    failed: new Map<string, { error: unknown; at: number }>(),
    running: new Map<string, Promise<Configuration>>(),
  }),
)

type Thrown = Error & { code?: string; error?: unknown; error_description?: unknown }

/** An error and what caused it. */
const chainOf = (error: unknown): unknown[] => {
  const chain: unknown[] = []
  for (let each = error; each instanceof Error && chain.length < 5; each = each.cause) chain.push(each)
  return chain
}

/**
 * Failures of the network, and answers that are none; everything else is the provider's. That this server
 * itself is busy is no answer of the provider. Errors of the library carry whole answers, so they end here.
 */
const judged = (error: unknown): Error => {
  const chain = chainOf(error)
  const known = chain.find(
    (each) => each instanceof Fault || each instanceof ProviderDown || each instanceof ProviderRefusal,
  )
  if (known) return known as Error
  const { message, code, error: word, error_description: more } = error as Thrown
  const outgoing = chain.find((each) => each instanceof OutgoingError)
  if (outgoing) return new ProviderDown(chain.map((each) => (each as Error).message).join(': '))
  if (typeof word === 'string') return new ProviderRefusal(`${word}: ${String(more ?? message)}`, word)
  const [, cause] = chain
  const said = cause instanceof Error ? `${message}: ${cause.message}` : message
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON')
    return new ProviderDown(said)
  return new ProviderRefusal(said)
}

const readAnew = async (server: Server, key: string, target: ProviderTarget): Promise<Configuration> => {
  const { known, failed } = knownOf(server)
  try {
    const config = await discover(server, target)
    known.set(key, { config, at: Date.now() })
    failed.delete(key)
    return config
  } catch (error) {
    const problem = judged(error)
    if (!(problem instanceof Fault)) failed.set(key, { error: problem, at: Date.now() })
    throw problem
  }
}

/** Everybody who needs it meanwhile waits for the same answer. */
const refresh = (server: Server, key: string, target: ProviderTarget): Promise<Configuration> => {
  const { running } = knownOf(server)
  const asked = running.get(key) ?? readAnew(server, key, target).finally(() => running.delete(key))
  running.set(key, asked)
  return asked
}

/** The provider, from memory if it was asked lately. Throws `ProviderDown` or `ProviderRefusal`. */
export const providerOf = async (server: Server, target: ProviderTarget): Promise<Configuration> => {
  const key = createHash('sha256').update(JSON.stringify(target)).digest('base64url')
  const { known, failed } = knownOf(server)
  const [now, one, failure] = [Date.now(), known.get(key), failed.get(key)]
  const isResting = failure !== undefined && now - failure.at < REST_MS
  if (!one || now - one.at > USABLE_MS) {
    if (isResting) throw failure.error
    return await refresh(server, key, target)
  }
  if (now - one.at > FRESH_MS && !isResting) {
    server.background.run(refresh(server, key, target), 'the metadata of a sign-in service could not be read')
  }
  return one.config
}

/** Forgets what providers said, because the settings are others now. */
export const forgetProviders = (server: Server): void => {
  const { known, failed, running } = knownOf(server)
  for (const each of [known, failed, running]) each.clear()
}

/** What this server keeps of a sign-in at a provider until the answer comes. */
export type Asked = { issuer: string; nonce: string; verifier: string }

/** The address where people sign out at the provider; undefined if it has none. */
export const endAt = async (server: Server, target: ProviderTarget): Promise<string | undefined> => {
  const { end_session_endpoint: end = '' } = (await providerOf(server, target)).serverMetadata()
  if (end === '' || !isSafeUrl(end)) return undefined
  const url = new URL(end)
  // No address to return to: most providers accept only registered ones, and refuse the rest.
  url.searchParams.set('client_id', target.clientId)
  return url.href
}

export type Beginning = {
  redirectUri: string
  scope: string
  state: string
  hint: string
  /** The word by which the provider asks the person anew who they are; '' if it need not. */
  prompt: string
}

/** The address where the person signs in, and what must be kept until they come back. */
export const beginAt = async (
  server: Server,
  target: ProviderTarget,
  { redirectUri, scope, state, hint, prompt }: Beginning,
): Promise<{ url: string; asked: Asked }> => {
  const config = await providerOf(server, target)
  const client = await library()
  const asked = {
    issuer: config.serverMetadata().issuer,
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce: asked.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(asked.verifier),
    code_challenge_method: 'S256',
    ...(hint === '' ? {} : { login_hint: hint }),
    ...(prompt === '' ? {} : { prompt, max_age: '0' }),
  })
  return { url: url.href, asked }
}

/** Claims about a person: from the signed token, and what else the provider tells by its user endpoint. */
export type Claims = {
  issuer: string
  subject: string
  /** When the person proved to the provider who they are, in milliseconds; 0 if it does not say. */
  signedInAt: number
  all: Readonly<Record<string, unknown>>
}

const WANTED = ['email', 'preferred_username', 'name']

/**
 * The person behind an answer: `answer` is the address to which the browser came back; `also` names claims
 * that are wanted beyond the usual ones. Throws `ProviderDown` or `ProviderRefusal`.
 */
export const finishAt = async (
  server: Server,
  target: ProviderTarget,
  answer: URL,
  state: string,
  asked: Asked & { also?: readonly string[] },
): Promise<Claims> => {
  try {
    const config = await providerOf(server, target)
    const client = await library()
    const { issuer } = config.serverMetadata()
    // The settings may have changed meanwhile: an answer of one issuer is never taken for another's.
    if (issuer !== asked.issuer) throw new ProviderRefusal('another provider is set up now')
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: asked.nonce,
      pkceCodeVerifier: asked.verifier,
      idTokenExpected: true,
    })
    const signed = tokens.claims()
    if (!signed) throw new ProviderRefusal('the answer has no token about the person')
    const isComplete = [...WANTED, ...(asked.also ?? [])].every((name) => Object.hasOwn(signed, name))
    // Some providers put claims into one of both places only. The subject must be the same.
    const more =
      isComplete || config.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : await client.fetchUserInfo(config, tokens.access_token, signed.sub)
    const { sub: subject, auth_time: seconds } = signed
    const signedInAt = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : 0
    return { issuer, subject, signedInAt, all: { ...more, ...signed } }
  } catch (error) {
    throw judged(error)
  }
}
