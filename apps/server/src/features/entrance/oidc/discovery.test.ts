/** Administrators try a provider before they connect it. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Forger, type Place, place, refused, startForger, stranger } from '@plausch/testkit'
import { oidc, settings } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

const WELL_KNOWN = '/.well-known/openid-configuration'

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
afterEach(() => {
  forger.lies = {}
})

const discover = (discovery_url: string, by = at.root) => by.call(oidc.discover, { body: { discovery_url } })
const atForger = () => discover(`${forger.issuer}${WELL_KNOWN}`)

it('says which endpoints there are, and saves nothing', async () => {
  expect(await atForger()).toMatchObject({
    issuer: forger.issuer,
    authorization_endpoint: `${forger.issuer}/auth`,
    token_endpoint: `${forger.issuer}/token`,
    userinfo_endpoint: `${forger.issuer}/me`,
  })
  expect((await at.root.call(settings.get)).OpenIdSettings?.DiscoveryEndpoint).toBe('')
  expect(forger.bodies).toEqual([])
})

it('asks anew each time, because an administrator has just mended something', async () => {
  forger.lies = { metadata: { issuer: 'https://evil.example' } }
  const fault = await refused('sso.discovery_failed', atForger())
  expect(fault.message).toContain('https://evil.example')
  forger.lies = {}
  expect((await atForger()).issuer).toBe(forger.issuer)
})

it('says what is wrong with metadata by which nobody could sign in', async () => {
  for (const metadata of [
    { authorization_endpoint: 'javascript:alert(1)' },
    { token_endpoint: 'http://idp.example/token' },
    { token_endpoint: undefined },
  ]) {
    forger.lies = { metadata }
    await refused('sso.discovery_failed', atForger())
  }
})

it('takes nothing for a list of texts that is none', async () => {
  forger.lies = { metadata: { scopes_supported: 'all', claims_supported: ['email', 7, null] } }
  expect(await atForger()).toMatchObject({ scopes: [], claims: ['email'] })
})

it('opens only addresses that a sign-in would open', async () => {
  for (const url of [
    'https://idp.example/',
    `http://idp.example${WELL_KNOWN}`,
    `file://${WELL_KNOWN}`,
    `https://name:secret@idp.example${WELL_KNOWN}`,
    'nonsense',
  ])
    await refused('sso.discovery_address', discover(url))
})

/** Somebody else's server, which answers with this. */
const answering = async (status: number, text: string, headers: Record<string, string> = {}) => {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(status, headers).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

it('tells nothing that another server says, and follows it nowhere', async () => {
  const goal = await answering(200, JSON.stringify({ secret: 'of the goal' }))
  for (const { status, text, headers } of [
    { status: 200, text: 'a secret page', headers: {} },
    {
      status: 200,
      text: JSON.stringify({ secret: 'in json' }),
      headers: { 'content-type': 'application/json' },
    },
    { status: 200, text: 'secret page', headers: { 'content-type': 'application/json' } },
    { status: 500, text: 'a secret trace', headers: {} },
    { status: 302, text: 'a secret move', headers: { location: goal.url } },
  ]) {
    const { server, url } = await answering(status, text, headers)
    const fault = await refused('sso.discovery_failed', discover(`${url}${WELL_KNOWN}`))
    expect(fault.message).not.toContain('secret')
    server.close()
  }
  expect(goal.asked).toEqual([])
  goal.server.close()
  await refused('sso.discovery_failed', discover(`${goal.url}${WELL_KNOWN}`))
})

it('is for administrators', async () => {
  const url = `${forger.issuer}${WELL_KNOWN}`
  await refused('api.context.permissions.app_error', discover(url, at.eve))
  await refused(
    'api.context.session_expired.app_error',
    stranger(at.server).call(oidc.discover, { body: { discovery_url: url } }),
  )
})
