/**
 * The default limits on the rate of requests: enough for an institute behind one address, but not for a
 * client that overloads the server.
 */
import { type Person, serverForTest, signUp, type TestServer } from '@plausch/testkit'
import { defaultSettings, settings, teams } from '@plausch/wire'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { addressOf } from './plain-socket.ts'

const byDefault = {
  SessionRequestsPerSecond: 50,
  SessionRequestsBurst: 500,
  AddressRequestsPerSecond: 100,
  AddressRequestsBurst: 2000,
  AddressSignInsPerSecond: 10,
}

/** A server with the limits of a new one, or others; other test servers have none. */
const limited = async (PlauschSettings: Partial<typeof byDefault> = {}) => {
  const server = await serverForTest()
  const root = await signUp(server, 'root')
  const team = await root.call(teams.create, { body: { name: 'team', display_name: 'Team', type: 'I' } })
  const bo = await signUp(server, 'bo', team.invite_id)
  await root.call(settings.patch, { body: { PlauschSettings: { ...byDefault, ...PlauschSettings } } })
  return { server, root, bo }
}

const times = <T>(count: number, make: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))
const statusOf = async (request: Promise<Response>) => {
  const response = await request
  await response.arrayBuffer()
  return response.status
}
const ping = (server: TestServer, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v4/system/ping`, { headers })
const me = (person: Person) => person.fetch('/api/v4/users/me')
const refusedOf = (statuses: readonly number[]) => statuses.filter((status) => status === 429).length

it('are the limits of a new server', () => expect(defaultSettings.PlauschSettings).toMatchObject(byDefault))

it('limits a session that sends without end, says for how long, and limits nobody else', async () => {
  const { server, root, bo } = await limited({ SessionRequestsPerSecond: 1, SessionRequestsBurst: 20 })
  expect(refusedOf(await times(60, () => statusOf(me(bo))))).toBeGreaterThan(0)
  // A slow machine has to send more than once, because the bucket refills meanwhile.
  let refusal = await me(bo)
  while (refusal.status === 200) {
    await times(20, () => statusOf(me(bo)))
    refusal = await me(bo)
  }
  expect(refusal.status).toBe(429)
  expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await refusal.json()).toMatchObject({ id: 'limits.too_many_requests', status_code: 429 })
  expect(await statusOf(me(root))).toBe(200)
  expect(await statusOf(ping(server))).toBe(200)
  await expect.poll(() => statusOf(me(bo)), { timeout: 10_000 }).toBe(200)
})

it('counts requests without a session by their network, with any credential and any path', async () => {
  const { server, bo } = await limited({ AddressRequestsPerSecond: 1, AddressRequestsBurst: 30 })
  const madeUp = (n: number) => ({ authorization: `Bearer ${String(n).padStart(26, 'x')}` })
  const cookie = (n: number) => ({ cookie: `MMAUTHTOKEN=${String(n).padStart(26, 'y')}` })
  await times(15, (n) => statusOf(ping(server, madeUp(n))))
  await times(15, (n) => statusOf(ping(server, cookie(n))))
  // Many more, so that even a slow machine sends faster than the bucket refills.
  for (const path of ['/api/v4/system/ping', '/api/v4/nothing', '/api/v4/users/me', '/api/v4/ldap/groups'])
    await expect
      .poll(
        async () =>
          refusedOf(
            await times(20, (n) => statusOf(fetch(`${server.url}${path}`, { headers: madeUp(100 + n) }))),
          ),
        { message: path, timeout: 15_000 },
      )
      .toBeGreaterThan(0)
  expect(await statusOf(me(bo))).toBe(200)
})

it('has a separate limit for signing in, however the path is spelled', async () => {
  const { server, bo } = await limited({ AddressSignInsPerSecond: 1 })
  // An attempt without a password counts as well, and is refused quickly.
  const attempt = (path = '/api/v4/users/login') =>
    statusOf(fetch(`${server.url}${path}`, { method: 'POST', body: '{"login_id":"nobody-there"}' }))
  const statuses = await times(130, () => attempt())
  expect(statuses.filter((status) => status !== 429).length).toBeGreaterThanOrEqual(100)
  for (const path of ['/api/v4/users/login', '/api/v4/users/login?x=1', '/api/v4/users/%6Cogin'])
    await expect
      .poll(async () => refusedOf(await times(30, () => attempt(path))), { message: path, timeout: 15_000 })
      .toBeGreaterThan(0)
  expect(await statusOf(me(bo))).toBe(200)
})

it('counts the ways to a sign-in service and back as signing in', async () => {
  const { server } = await limited({ AddressSignInsPerSecond: 1, AddressRequestsPerSecond: 0 })
  const ways: [string, string][] = [
    ['GET', '/oauth/openid/login'],
    ['GET', '/oauth/openid/signup'],
    ['GET', '/oauth/openid/mobile_login'],
    ['GET', '/signup/openid/complete?state=x&code=y'],
    ['GET', '/login/openid/complete?state=x&code=y'],
    ['GET', '/oauth/openid/complete?state=x&code=y'],
    ['GET', '/api/v3/oauth/openid/complete?state=x&code=y'],
    ['GET', '/login/sso/saml'],
    ['POST', '/login/sso/saml'],
  ]
  for (const [method, path] of ways)
    await expect
      .poll(
        async () => refusedOf(await times(60, () => statusOf(fetch(`${server.url}${path}`, { method })))),
        { message: `${method} ${path}`, timeout: 15_000 },
      )
      .toBeGreaterThan(0)
})

/** Opens a socket; returns the status of a refusal, otherwise 101. */
const handshake = (server: TestServer, token?: string) =>
  new Promise<number>((resolve) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const socket = new WebSocket(addressOf(server), { headers })
    onTestFinished(() => socket.terminate())
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('open', () => resolve(101))
    socket.on('error', () => undefined)
  })

it('counts sockets as well: with a session for that session, without one by their network', async () => {
  const { server, bo } = await limited({
    ...{ SessionRequestsPerSecond: 1, SessionRequestsBurst: 5 },
    ...{ AddressRequestsPerSecond: 1, AddressRequestsBurst: 8 },
  })
  const refusedAmong = (token?: string) => async () =>
    refusedOf(await times(12, () => handshake(server, token)))
  await expect.poll(refusedAmong(bo.api.token()), { timeout: 15_000 }).toBeGreaterThan(0)
  await expect.poll(refusedAmong(), { timeout: 15_000 }).toBeGreaterThan(0)
})

it('lets a thousand people of one institute reconnect at once', { timeout: 60_000 }, async () => {
  const { server, bo } = await limited()
  const strangers = await times(1000, () => statusOf(ping(server)))
  expect(refusedOf(strangers)).toBe(0)
  // One person with many tabs and programs: the requests of forty client starts.
  expect(refusedOf(await times(480, () => statusOf(me(bo))))).toBe(0)
  expect(await handshake(server, bo.api.token())).toBe(101)
  expect(refusedOf(await times(900, () => statusOf(ping(server))))).toBe(0)
})
