import { expect, it, vi } from 'vitest'
import { openCache } from './cache.ts'

/** A load that ends when the test says so. */
const later = <T>() => {
  let answer: (value: T) => void = () => undefined
  const asked = new Promise<T>((resolve) => {
    answer = resolve
  })
  return { ask: () => asked, answer }
}

it('does not keep a value that was forgotten while it was being loaded', async () => {
  const cache = openCache<string>(10)
  const { ask, answer } = later<string>()
  const loading = cache.load('a', ask)
  cache.forget('a')
  answer('old')
  expect(await loading).toBe('old')
  expect(cache.get('a')).toBeUndefined()
  expect(await cache.load('a', async () => 'new')).toBe('new')
  expect(await cache.load('a', async () => 'never asked')).toBe('new')
})

it('returns all values that were asked for, even if one is forgotten meanwhile', async () => {
  const cache = openCache<string>(10)
  await cache.load('a', async () => 'A')
  const { ask, answer } = later<Map<string, string>>()
  const loading = cache.loadAll(['a', 'b', 'a', 'none'], ask)
  cache.forget('a')
  answer(new Map([['b', 'B']]))
  expect(await loading).toEqual(['A', 'B'])
})

it('keeps the newest values up to its size, and each as long as it is valid', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const cache = openCache<number>(2, 1000)
  for (const [key, value] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const)
    await cache.load(key, async () => value)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 2, 3])
  vi.advanceTimersByTime(1001)
  expect(cache.get('b')).toBeUndefined()
  vi.useRealTimers()
})

it('keeps nothing for long that nobody asks for again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const cache = openCache<number>(10, 1000)
  const held = () => {
    const values: number[] = []
    cache.forgetWhere((value) => values.push(value) === 0)
    return values
  }
  for (const [value, after] of [
    [0, 0],
    [500, 500],
    [1200, 700],
  ] as const) {
    vi.advanceTimersByTime(after)
    await cache.load(`at ${value}`, async () => value)
  }
  expect(held()).toEqual([500, 1200])
  vi.advanceTimersByTime(1000)
  await cache.load('at 2200', async () => 2200)
  expect(held()).toEqual([2200])
  vi.useRealTimers()
})

it('loads only missing values, and forgets by value', async () => {
  const cache = openCache<number>(10)
  await cache.load('a', async () => 1)
  const asked: string[][] = []
  const find = async (missing: string[]) => {
    asked.push(missing)
    return new Map(missing.map((key, index) => [key, index + 10]))
  }
  expect(await cache.loadAll(['a', 'b', 'c'], find)).toEqual([1, 10, 11])
  expect(await cache.loadAll(['c', 'b'], find)).toEqual([11, 10])
  expect(asked).toEqual([['b', 'c']])
  cache.forgetWhere((value) => value >= 10)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, undefined])
})
