import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { openWheel } from './wheel.ts'

afterEach(() => void vi.useRealTimers())

/** A wheel of nine slots of 10 ms each. */
const wheelOf = (count: number) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const visited: number[] = []
  const wheel = openWheel<number>((one) => visited.push(one), 90, 9)
  const leave = Array.from({ length: count }, (_, n) => wheel.add(n))
  /** Returns what the next slot visits. */
  const next = async () => {
    const before = visited.length
    vi.advanceTimersByTime(10)
    for (let turn = 0; turn < 50; turn += 1) await nextTurn()
    return visited.slice(before)
  }
  return { wheel, leave, next, visited }
}

it('visits each once in a round, with equal slots, though all came at once', async () => {
  const { next } = wheelOf(90)
  const parts: number[][] = []
  for (let n = 0; n < 9; n += 1) parts.push(await next())
  expect(parts.map((part) => part.length)).toEqual(Array(9).fill(10))
  expect(parts.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 90 }, (_, n) => n))
  expect(await next()).toEqual(parts[0])
})

it('fills the slots of those who left, and visits those no more', async () => {
  const { wheel, leave, next } = wheelOf(18)
  leave[4]?.()
  leave[5]?.()
  wheel.add(100)
  wheel.add(101)
  const parts: number[][] = []
  for (let n = 0; n < 9; n += 1) parts.push(await next())
  expect(parts.map((part) => part.length)).toEqual(Array(9).fill(2))
  expect(parts.flat()).toEqual(expect.arrayContaining([100, 101]))
  expect(parts.flat()).not.toContain(4)
})

it('lets other work run between its slices', async () => {
  const { visited } = wheelOf(9000)
  const seen: number[] = []
  vi.advanceTimersByTime(10)
  while (visited.length < 1000) {
    seen.push(visited.length)
    await nextTurn()
  }
  expect(seen.length).toBeGreaterThan(10)
})

it('returns everything that is in it at the end', async () => {
  const { wheel, next } = wheelOf(20)
  expect(wheel.stop()).toHaveLength(20)
  expect(await next()).toEqual([])
})
