/** A provider that lies: nothing that it forges signs anybody in. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callNamed } from '@plausch/server/core/outgoing.ts'
import { type Forger, type Place, place, startForger, type Visitor, visitor } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let at: Place
let forger: Forger
beforeAll(async () => {
  at = await place()
  forger = await startForger()
})
afterAll(async () => {
  await at.stop()
  await forger.stop()
})
beforeEach(async () => {
  forger.lies = {}
  await setUp()
})

/** The settings anew, so that the metadata is read again. */
const setUp = async () => {
  await at.root.call(settings.patch, { body: { OpenIdSettings: { Enable: false } } })
  await at.root.call(settings.patch, { body: { OpenIdSettings: forger.settings } })
}

const begin = async (browser: Visitor, query = ''): Promise<URL> => {
  const url = `${at.server.url}/oauth/openid/login${query}`
  return new URL(browser.nextOf(url, await browser.open(url)) ?? '')
}

/** Where a sign-in ends; `change` forges the address of the answer. */
const enter = async (change: (answer: URLSearchParams) => void = () => undefined, query = '') => {
  const browser = visitor()
  const sent = await begin(browser, query)
  const answer = new URLSearchParams({
    code: sent.searchParams.get('nonce') ?? '',
    state: sent.searchParams.get('state') ?? '',
  })
  change(answer)
  const back = `${at.server.url}/signup/openid/complete?${answer}`
  const to = new URL(browser.nextOf(back, await browser.open(back)) ?? '')
  return { sent, id: to.searchParams.get('id'), isIn: browser.cookies.has('MMAUTHTOKEN') }
}

const FAILED = 'api.user.authorize_oauth_user.token_failed.app_error'
const expectRefused = async () => expect(await enter()).toMatchObject({ id: FAILED, isIn: false })
const seconds = () => Math.floor(Date.now() / 1000)

it('honest answers sign in, and the request carries what protects them', async () => {
  const { sent, isIn } = await enter()
  expect(isIn).toBe(true)
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({
    client_id: 'plausch',
    redirect_uri: `${at.server.url}/signup/openid/complete`,
    response_type: 'code',
    code_challenge_method: 'S256',
    scope: 'profile openid email',
  })
  const body = new URLSearchParams(forger.bodies.at(-1))
  expect(body.get('code_verifier')).toMatch(/^[\w-]{43}$/)
  expect(body.get('client_secret')).toBe(forger.settings.Secret)
})

describe('a token about a person is refused', () => {
  it.each<[string, Forger['lies']]>([
    ['signed by another key', { signsWith: 'another' }],
    ['not signed', { signsWith: 'nothing' }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['for another audience', { claims: { aud: 'somebody' } }],
    ['for several audiences, and another party', { claims: { aud: ['plausch', 'x'], azp: 'x' } }],
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['without a nonce', { claims: { nonce: undefined } }],
    ['that has expired', { claims: { exp: seconds() - 3600, iat: seconds() - 7200 } }],
    ['without a subject', { claims: { sub: undefined } }],
    ['with a subject that is no text of signs', { claims: { sub: 'a b\u0000' } }],
    ['with an endless subject', { claims: { sub: 'x'.repeat(300) } }],
    [
      'whose user endpoint speaks of somebody else',
      { claims: { name: undefined }, userinfo: { sub: 'another' } },
    ],
    ['that is missing', { token: '{"access_token":"x","token_type":"Bearer"}' }],
    ['instead of which comes an error', { token: '{"error":"invalid_grant"}' }],
  ])('%s', async (_, lies) => {
    forger.lies = lies
    await expectRefused()
  })
})

describe('a proof of who sits there', () => {
  const prove = async (auth_time: unknown) => {
    forger.lies.claims = { sub: 'prover', email: 'prover@lab.example', auth_time }
    return await enter(undefined, '?prove=true')
  }

  it.each([
    ['missing', undefined],
    ['old', seconds() - 3600],
    ['the beginning of time', 0],
  ])('is none if its time is %s', async (_, auth_time) => {
    expect(await prove(auth_time)).toMatchObject({ id: 'sso.not_fresh', isIn: false })
  })

  it('has the time at which the provider asked, and is not in the future', async () => {
    const proven = async () =>
      await at.server.app.pool.row<{ ago: number }>(
        `select s.create_at - s.proven_at as ago from sessions s join users u on u.id = s.user_id
         where u.email = 'prover@lab.example' order by s.create_at desc, s.id desc limit 1`,
      )
    expect(await prove(seconds() - 20)).toMatchObject({ isIn: true })
    expect((await proven())?.ago).toBeGreaterThanOrEqual(20_000)
    expect(await prove(seconds() + 3600)).toMatchObject({ isIn: true })
    expect((await proven())?.ago).toBeGreaterThanOrEqual(0)
    // Nobody has asked for a proof, and the provider says nothing of one.
    forger.lies.claims = { sub: 'prover', email: 'prover@lab.example' }
    expect((await enter()).isIn).toBe(true)
    expect((await proven())?.ago).toBeGreaterThan(1_000_000)
  })
})

describe('metadata is refused', () => {
  it.each<[string, Record<string, unknown>]>([
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['with a script as the address to go to', { authorization_endpoint: 'javascript:alert(1)//' }],
    ['with an address in plain text', { authorization_endpoint: 'http://evil.example/auth' }],
    ['that sends the secret elsewhere in plain text', { token_endpoint: 'http://evil.example/token' }],
  ])('%s', async (_, metadata) => {
    forger.lies.metadata = metadata
    await setUp()
    const browser = visitor()
    expect((await begin(browser)).searchParams.get('id')).toBe(FAILED)
  })
})

it('hosts other than the provider’s own are not reached inside the network', async () => {
  const issuer = forger.issuer.replace('127.0.0.1', 'localhost')
  const DiscoveryEndpoint = `${issuer}/.well-known/openid-configuration`
  const set = () =>
    at.root.call(settings.patch, { body: { OpenIdSettings: { ...forger.settings, DiscoveryEndpoint } } })
  forger.lies = { metadata: { issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` } }
  forger.lies.claims = { iss: issuer, sub: 'local', email: 'local@lab.example' }
  await set()
  expect((await enter()).isIn).toBe(true)
  // The same machine by a name that nobody has named.
  forger.lies.metadata = { issuer, token_endpoint: `${forger.issuer}/token` }
  await at.root.call(settings.patch, { body: { OpenIdSettings: { Enable: false } } })
  await set()
  const before = forger.bodies.length
  expect(await enter()).toMatchObject({
    id: 'api.user.authorize_oauth_user.service.app_error',
    isIn: false,
  })
  expect(forger.bodies).toHaveLength(before)
})

it('an endless answer is not read to its end', async () => {
  forger.lies.token = `{"access_token":"${'x'.repeat(2_000_000)}"}`
  expect((await enter()).isIn).toBe(false)
})

/** No line of the log is as long as what was sent. */
const expectShortLog = () => {
  expect(at.server.logged.some((line) => line.includes('a sign-in did not work'))).toBe(true)
  expect(Math.max(...at.server.logged.map((line) => line.length))).toBeLessThan(8000)
}

it.each<[string, Forger['lies']]>([
  [
    'as an error',
    { token: JSON.stringify({ error: 'x'.repeat(200_000), error_description: 'y'.repeat(200_000) }) },
  ],
  ['as no JSON', { token: '<'.repeat(400_000) }],
  ['as a claim', { claims: { iss: 'x'.repeat(400_000) } }],
  ['as an audience', { claims: { aud: ['x'.repeat(400_000)] } }],
  ['as a subject', { claims: { name: undefined }, userinfo: { sub: 'x'.repeat(400_000) } }],
])('what a provider says at length %s is not in the log', async (_, lies) => {
  forger.lies = lies
  expect((await enter()).isIn).toBe(false)
  expectShortLog()
})

it('metadata that says much is not in the log', async () => {
  forger.lies.metadata = { issuer: `https://evil.example/${'x'.repeat(400_000)}` }
  await setUp()
  await begin(visitor())
  expectShortLog()
})

it('a server that is busy itself says so, and does not suspect the provider', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  const asked = { timeoutMs: 120_000, maxBytes: 1 }
  const waiting = Array.from({ length: 100 }, () =>
    callNamed(at.server.app.server, '127.0.0.1', url, asked).catch(() => undefined),
  )
  await setUp()
  expect((await begin(visitor())).searchParams.get('id')).toBe('outgoing.busy')
  silent.close()
  silent.closeAllConnections()
  await Promise.all(waiting)
  // It is no failure of the provider, for which nobody would ask again for a while.
  expect((await enter()).isIn).toBe(true)
})

it('what a provider says is kept as text, and cut', async () => {
  forger.lies.claims = {
    sub: 'odd',
    email: 'odd@lab.example',
    given_name: `${'ä'.repeat(100)}\u0000`,
    family_name: ['no', 'text'],
    preferred_username: { a: 1 },
  }
  expect((await enter()).isIn).toBe(true)
  const user = await at.server.app.pool.row<{ first_name: string; last_name: string; username: string }>(
    `select first_name, last_name, username from users where email = 'odd@lab.example'`,
  )
  expect(user).toEqual({ first_name: 'ä'.repeat(64), last_name: '', username: 'odd' })
})
