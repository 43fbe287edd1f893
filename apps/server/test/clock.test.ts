/**
 * The machine's clock is set back and forth: the order of posts is kept, and nobody waits until the clock has
 * caught up.
 */
import { channelOf, type Listener, type Person, type Place, place } from '@plausch/testkit'
import { type Channel, type Post, posts, presence } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openCache } from '../src/core/cache.ts'
import { openRate, rateOf } from '../src/features/messages/posts/writing/rate.ts'
import { sweep } from '../src/features/people/presence/service.ts'

const HOUR_MS = 3_600_000

let at: Place
beforeAll(async () => {
  at = await place()
})
afterEach(() => void vi.useRealTimers())
afterAll(() => at.stop())

/** Waits as long as a slow machine may take. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000 })

const setClock = (byMs: number) => {
  vi.useRealTimers()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs })
}

const say = (by: Person, channel: Channel, message: string) =>
  by.call(posts.create, { body: { channel_id: channel.id, message } })

const told = (listener: Listener): Post[] =>
  listener.all('posted').map(({ post }) => JSON.parse(post) as Post)

it('a channel whose last post is ahead of the clock accepts posts, each later than the one before', async () => {
  const channel = await channelOf(at.ana, at.team, 'P', [at.bo])
  const bo = await at.bo.listen()
  const written: Post[] = []
  for (const hours of [1, 0, -1, 2, 0]) {
    setClock(hours * HOUR_MS)
    written.push(await say(at.ana, channel, `at ${hours}`))
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, n) => say(at.bo, channel, `at ${hours}: ${n}`)),
    )
    written.push(...many.sort((a, b) => a.create_at - b.create_at))
  }
  await bo.settle()
  expect(told(bo).map(({ id }) => id)).toEqual(written.map(({ id }) => id))
  for (const [index, post] of written.entries())
    expect(post.create_at).toBeGreaterThan(written[index - 1]?.create_at ?? 0)
  const list = await at.bo.call(posts.listInChannel, {
    params: { channel_id: channel.id },
    query: { per_page: 200 },
  })
  const listed = list.order.filter((id) => list.posts[id]?.type === '').reverse()
  expect(listed).toEqual(written.map(({ id }) => id))
})

it('a channel accepts a burst of a thousand posts and then one a millisecond without end', () => {
  const rate = openRate()
  const at = (now: number, count: number) =>
    Array.from({ length: count }, () => rate.admit('one', now)).filter(Boolean).length
  expect(at(0, 1200)).toBe(1000)
  expect(at(300, 1200)).toBe(300)
  expect(rate.admit('another', 300)).toBe(true)
  for (let now = 301; now < 5000; now += 1) expect(rate.admit('one', now)).toBe(true)
  expect(at(100_000, 1200)).toBe(1000)
})

it('an author who writes faster is told to slow down, and others are not', async () => {
  const [fast, slow] = [await channelOf(at.ana, at.team, 'P'), await channelOf(at.ana, at.team, 'P')]
  const rate = rateOf(at.server.app.server)
  const soon = performance.now() + HOUR_MS
  while (rate.admit(fast.id, soon));
  await expect(say(at.ana, fast, 'too fast')).rejects.toMatchObject({ id: 'posts.slow_down', status: 429 })
  expect(await say(at.ana, slow, 'in peace')).toMatchObject({ message: 'in peace' })
})

it('a cached value does not stay valid for longer when the clock is set back', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
  const cache = openCache<number>(10, 1000)
  await cache.load('a', async () => 1)
  vi.advanceTimersByTime(1001)
  vi.setSystemTime(Date.now() - HOUR_MS)
  expect(cache.get('a')).toBeUndefined()
})

it('activity counts after the clock was set back, and earlier activity keeps nobody online', async () => {
  const { app } = at.server
  const bo = await at.bo.listen()
  const act = () => bo.act('user_update_active_status', { user_is_active: true })
  const noted = async () =>
    (
      await app.pool.row<{ at: number }>('select last_activity_at as at from statuses where user_id = $1', [
        at.bo.id,
      ])
    )?.at ?? 0
  const status = async () => (await at.ana.call(presence.get, { params: { user_id: at.bo.id } })).status
  const began = Date.now()
  const isAhead = async () => (await noted()) > began + HOUR_MS / 2
  await soon(status).toBe('online')
  setClock(HOUR_MS)
  await act()
  await soon(isAhead).toBe(true)
  vi.useRealTimers()
  await act()
  await soon(isAhead).toBe(false)
  setClock(HOUR_MS)
  await act()
  await soon(isAhead).toBe(true)
  vi.useRealTimers()
  await sweep(app.server)
  await soon(status).toBe('away')
})
