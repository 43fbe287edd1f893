/** Pages of other sites that use the API from a browser. */
import { type Place, place } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'

const FRIEND = 'https://friend.example'
const EVIL = 'https://evil.example'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterEach(() =>
  allow({ AllowCorsFrom: '', CorsExposedHeaders: '', CorsAllowCredentials: false, CorsDebug: false }),
)
afterAll(() => at.stop())

const allow = (ServiceSettings: {
  AllowCorsFrom: string
  CorsExposedHeaders?: string
  CorsAllowCredentials?: boolean
  CorsDebug?: boolean
}) => at.root.call(settings.patch, { body: { ServiceSettings } })

type Answer = { status: number; body: string; headers: Headers; cors: Record<string, string> }

const ask = async (path: string, init: RequestInit): Promise<Answer> => {
  const answer = await fetch(`${at.server.url}${path}`, init)
  const cors = Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-')))
  return { status: answer.status, body: await answer.text(), headers: answer.headers, cors }
}

const get = (origin: string | undefined, path = '/api/v4/users/me') =>
  ask(path, {
    headers: { authorization: `Bearer ${at.bo.api.token()}`, ...(origin === undefined ? {} : { origin }) },
  })

const preflight = (origin: string, method = 'PUT', path = '/api/v4/users/me/patch') =>
  ask(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    },
  })

it('sends no page any CORS header as long as no origin is named', async () => {
  const answer = await get(FRIEND)
  expect([answer.status, answer.cors]).toEqual([200, {}])
  expect(answer.headers.get('vary')).toBe('Accept-Encoding')
  const before = await preflight(FRIEND)
  expect([before.status, before.cors]).toEqual([404, {}])
})

it('lets a named page send preflights, and read', async () => {
  await allow({ AllowCorsFrom: `https://other.example  ${FRIEND}` })
  const before = await preflight(FRIEND)
  expect([before.status, before.body, before.cors]).toEqual([
    204,
    '',
    {
      'access-control-allow-origin': FRIEND,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '86400',
    },
  ])
  expect(before.headers.get('vary')).toBe(
    'Accept-Encoding, Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  )
  for (const path of ['/api/v4/users/me', '/api/v4/users/nobody', '/api/v4/nothing']) {
    const answer = await get(FRIEND, path)
    expect(answer.cors, path).toEqual({ 'access-control-allow-origin': FRIEND })
    expect(answer.headers.get('vary')).toBe('Accept-Encoding, Origin')
  }
})

it('gives a page that is not named nothing, even if its name looks similar', async () => {
  await allow({
    AllowCorsFrom: `${FRIEND} https://*.example.org`,
    CorsAllowCredentials: true,
    CorsExposedHeaders: 'X-Version-Id',
  })
  for (const origin of [
    EVIL,
    'null',
    `${FRIEND}.evil.example`,
    `${FRIEND}:444`,
    'http://friend.example',
    'https://example.org',
    'https://a.example.org.evil.example',
    'http://a.example.org',
  ]) {
    expect((await get(origin)).cors, origin).toEqual({})
    const before = await preflight(origin)
    expect([before.status, before.body, before.cors], origin).toEqual([204, '', {}])
    // A cache must not give one page's answer to another page.
    expect((await get(origin)).headers.get('vary')).toBe('Accept-Encoding, Origin')
  }
  expect((await get('https://a.example.org')).cors['access-control-allow-origin']).toBe(
    'https://a.example.org',
  )
  expect((await get('HTTPS://A.Example.org')).cors['access-control-allow-origin']).toBeDefined()
})

it('opens no method that the API does not have', async () => {
  await allow({ AllowCorsFrom: FRIEND })
  for (const method of ['TRACE', 'CONNECT', 'NONSENSE'])
    expect((await preflight(FRIEND, method)).cors, method).toEqual({})
  const plain = await ask('/api/v4/users/me', { method: 'OPTIONS', headers: { origin: FRIEND } })
  expect(plain.status).toBe(404)
})

it("lets pages use the browser's cookies only if that is on, and never with all origins", async () => {
  const credentials = async (origin: string) =>
    [await get(origin), await preflight(origin)].map(({ cors }) => [
      cors['access-control-allow-origin'],
      cors['access-control-allow-credentials'],
    ])
  await allow({ AllowCorsFrom: FRIEND })
  expect(await credentials(FRIEND)).toEqual(Array(2).fill([FRIEND, undefined]))
  await allow({ AllowCorsFrom: FRIEND, CorsAllowCredentials: true })
  expect(await credentials(FRIEND)).toEqual(Array(2).fill([FRIEND, 'true']))
  expect(await credentials(EVIL)).toEqual(Array(2).fill([undefined, undefined]))
  for (const AllowCorsFrom of ['*', `${FRIEND} *`]) {
    await allow({ AllowCorsFrom, CorsAllowCredentials: true })
    for (const origin of [FRIEND, EVIL])
      expect(await credentials(origin)).toEqual(Array(2).fill(['*', undefined]))
  }
})

it('exposes the named headers to pages', async () => {
  await allow({ AllowCorsFrom: FRIEND, CorsExposedHeaders: 'X-Version-Id  X-Request-Id' })
  expect((await get(FRIEND)).cors).toEqual({
    'access-control-allow-origin': FRIEND,
    'access-control-expose-headers': 'X-Version-Id, X-Request-Id',
  })
  expect((await preflight(FRIEND)).cors['access-control-expose-headers']).toBeUndefined()
})

it('an invalid header name is refused as a setting', async () => {
  for (const CorsExposedHeaders of ['a:b', 'a\r\nset-cookie', 'ä'])
    await expect(allow({ AllowCorsFrom: FRIEND, CorsExposedHeaders })).rejects.toThrow()
  for (const AllowCorsFrom of ['https://a\0', 'ä b\nc'])
    await expect(allow({ AllowCorsFrom })).rejects.toThrow()
  expect((await get(FRIEND)).status).toBe(200)
})

it('requests of pages count against the limits as others do', async () => {
  await allow({ AllowCorsFrom: FRIEND })
  const set = (burst: number, perSecond: number) =>
    at.root.call(settings.patch, {
      body: { PlauschSettings: { AddressRequestsBurst: burst, AddressRequestsPerSecond: perSecond } },
    })
  const before = await at.root.call(settings.get, {})
  await set(5, 1)
  const asked = await Promise.all(Array.from({ length: 200 }, () => preflight(FRIEND)))
  expect(asked.map(({ status }) => status)).toContain(429)
  const { AddressRequestsBurst, AddressRequestsPerSecond } = before.PlauschSettings as Record<string, number>
  await set(Number(AddressRequestsBurst), Number(AddressRequestsPerSecond))
})
