/** v4's limits on the rate of requests (protocol: semantics 6). */
import { serverForTest, signUp } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { expect, it } from 'vitest'

const ping = (url: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/api/v4/system/ping`, { headers })

it('limits nobody until administrators switch it on', async () => {
  const server = await serverForTest()
  const all = await Promise.all(Array.from({ length: 150 }, () => ping(server.url)))
  expect(all.every((response) => response.status === 200)).toBe(true)
  expect(all[0]?.headers.has('x-ratelimit-limit')).toBe(false)
})

it('answers 429 with v4’s headers once the burst is used up, and accepts requests later', async () => {
  const server = await serverForTest()
  const root = await signUp(server, 'root')
  const RateLimitSettings = { Enable: true, PerSec: 2, MaxBurst: 5, VaryByUser: true }
  await root.call(settings.patch, { body: { RateLimitSettings } })

  const first = await ping(server.url)
  expect(first.status).toBe(200)
  expect(first.headers.get('x-ratelimit-limit')).toBe('5')
  expect(first.headers.get('x-ratelimit-remaining')).toBe('4')
  const rest = await Promise.all(Array.from({ length: 10 }, () => ping(server.url)))
  const refused = rest.filter((response) => response.status === 429)
  expect(refused.length).toBeGreaterThanOrEqual(5)
  expect(refused[0]?.headers.get('content-type')).toContain('text/plain')
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)

  // With separate buckets per session, others at the same address are not affected.
  expect((await ping(server.url, { authorization: `Bearer ${root.api.token()}` })).status).toBe(200)
  await expect.poll(async () => (await ping(server.url)).status, { timeout: 5000 }).toBe(200)
})

it('has a smaller bucket for signing in', async () => {
  const server = await serverForTest({
    fixed: { RateLimitSettings: { Enable: true, PerSec: 1000, MaxBurst: 1000 } },
  })
  const attempts = Array.from({ length: 14 }, () =>
    fetch(`${server.url}/api/v4/users/login`, {
      method: 'POST',
      body: JSON.stringify({ login_id: 'nobody', password: 'not this one' }),
    }),
  )
  const statuses = (await Promise.all(attempts)).map((response) => response.status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1)
  expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(10)
  expect((await ping(server.url)).status).toBe(200)
})
