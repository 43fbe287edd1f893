import { expect, it, onTestFinished, vi } from 'vitest'
import { openChannelCache } from './channel-cache.ts'

/** Makes a value on demand, and counts how often. */
const counted = <V>(make: () => V, bytes = 1) => {
  const times = { made: 0 }
  const maker = async () => {
    times.made += 1
    const value = make()
    return value === undefined ? undefined : { value, bytes }
  }
  return { times, maker }
}

it('makes a value once until something happens in its place, for any number of callers', async () => {
  const kept = openChannelCache()
  const { times, maker } = counted(() => 'page')
  expect(await Promise.all([1, 2, 3].map(() => kept.of('here', 'newest', maker)))).toEqual(
    Array(3).fill('page'),
  )
  kept.forget('elsewhere')
  expect(await kept.of('here', 'newest', maker)).toBe('page')
  expect(times.made).toBe(1)
  kept.forget('here')
  await kept.of('here', 'newest', maker)
  kept.forgetAll()
  await kept.of('here', 'newest', maker)
  expect(times.made).toBe(3)
})

it('gives a value that is outdated while it is made only to callers from before the change', async () => {
  const kept = openChannelCache()
  let answer: (value: { value: string; bytes: number }) => void = () => undefined
  const before = kept.of(
    'here',
    'newest',
    () =>
      new Promise<{ value: string; bytes: number }>((done) => {
        answer = done
      }),
  )
  kept.forget('here')
  const { maker } = counted(() => 'new')
  expect(await kept.of('here', 'newest', maker)).toBe('new')
  answer({ value: 'old', bytes: 1 })
  expect(await before).toBe('old')
  expect(await kept.of('here', 'newest', maker)).toBe('new')
})

it('remembers that a value is not cacheable, but remembers no failure', async () => {
  const kept = openChannelCache()
  const { times, maker } = counted(() => undefined)
  expect(await kept.of('here', 'newest', maker)).toBeUndefined()
  expect(await kept.of('here', 'newest', maker)).toBeUndefined()
  expect(times.made).toBe(1)
  await expect(kept.of('here', 'other', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await kept.of('here', 'other', counted(() => 'well').maker)).toBe('well')
})

it('drops the oldest values when it is full, and values that are too old', async () => {
  const kept = openChannelCache()
  const large = counted(() => 'large', 6 * 1024 * 1024)
  for (const place of ['a', 'b', 'c', 'c', 'b']) await kept.of(place, 'newest', large.maker)
  expect(large.times.made).toBe(3)
  await kept.of('a', 'newest', large.maker)
  expect(large.times.made).toBe(4)
  const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10_000)
  onTestFinished(() => later.mockRestore())
  await kept.of('a', 'newest', large.maker)
  expect(large.times.made).toBe(5)
})

it('in tests, finds a change that nobody announced', async () => {
  const kept = openChannelCache(true)
  let truth = 'old'
  const { maker } = counted(() => truth)
  await kept.of('here', 'newest', maker)
  expect(await kept.of('here', 'newest', maker)).toBe('old')
  truth = 'new'
  await expect(kept.of('here', 'newest', maker)).rejects.toThrow('newest of here is kept')
})
