/**
 * CPU of the main thread, compared with a loop in the same run: a cost test must also hold on a machine that
 * is ten times slower.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'

/** Iterations of `spin` that take 50 ms on the reference machine (docs/reference/performance.md). */
const ITERATIONS = 45_000_000

const spin = (iterations: number): number => {
  let x = 1
  for (let i = 0; i < iterations; i++) x = Math.imul(x ^ i, 0x9e3779b1)
  return x
}

/** Milliseconds of CPU that this thread uses while `work` runs. */
export const cpuOf = async (work: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

/**
 * The CPU of the longest turn of the event loop while `work` runs, in milliseconds: for so long nobody else
 * was served.
 */
export const longestTurn = async (work: () => Promise<unknown>): Promise<number> => {
  let isOver = false
  let longest = 0
  const watch = async () => {
    let before = process.threadCpuUsage()
    while (!isOver) {
      await nextTurn()
      const { user, system } = process.threadCpuUsage(before)
      longest = Math.max(longest, (user + system) / 1000)
      before = process.threadCpuUsage()
    }
  }
  const watching = watch()
  await work().finally(() => {
    isOver = true
  })
  await watching
  return longest
}

let known: number | undefined

/** The CPU that this machine needs for 50 ms of the reference machine, in milliseconds. */
export const turn = async (): Promise<number> => {
  if (known === undefined) {
    spin(1_000_000)
    const tries = [await cpuOf(() => spin(ITERATIONS)), await cpuOf(() => spin(ITERATIONS))]
    known = Math.max(...tries)
  }
  return known
}

export type Cost = { half: number; whole: number }

/** The minimum of a few tries with half the work and with all of it: `share` is 0.5 and 1. */
export const costOf = async (work: (share: number) => unknown, tries = 3): Promise<Cost> => {
  const least = async (share: number) => {
    let ms = Number.POSITIVE_INFINITY
    for (let i = 0; i < tries; i++) ms = Math.min(ms, await cpuOf(() => work(share)))
    return ms
  }
  return { half: await least(0.5), whole: await least(1) }
}

/**
 * The growth of smaller costs is not checked, in parts of a turn: the kernel counts CPU in ticks of some
 * milliseconds.
 */
const NOISE = 0.5

/** What is wrong with a cost: more than a turn, or more than 2.5 times as much for twice the size. */
export const excessOf = async ({ half, whole }: Cost): Promise<string | undefined> => {
  const most = await turn()
  if (whole > most) return `takes ${(whole / most).toFixed(2)} turns`
  if (whole > most * NOISE && whole > 2.5 * half)
    return `grows ${(whole / half).toFixed(1)} times for twice the size`
  return undefined
}

/**
 * How often a high cost is measured again before it counts: other tests run at the same time and disturb a
 * measurement.
 */
const LOOKS = 4

/** What is wrong with the cost of some work in each of several measurements; undefined if nothing is. */
export const provenExcess = async (work: (share: number) => unknown): Promise<string | undefined> => {
  // What costs so little is right however it grows. That is nearly all, so the half is measured after it.
  if ((await cpuOf(() => work(1))) <= (await turn()) * NOISE) return undefined
  let excess: string | undefined
  for (let look = 0; look < LOOKS; look += 1) {
    const cost = await costOf(work)
    excess = await excessOf(cost)
    if (excess === undefined) return undefined
    excess += ` (${cost.half.toFixed(1)}, ${cost.whole.toFixed(1)} ms)`
  }
  return excess
}

/**
 * The longest turn of the event loop, relative to the limit: the minimum of a few measurements, each after
 * `prepare`.
 */
export const longestShare = async (
  work: () => Promise<unknown>,
  prepare: () => unknown = () => undefined,
): Promise<number> => {
  let least = Number.POSITIVE_INFINITY
  for (let look = 0; look < LOOKS && least >= 1; look += 1) {
    await prepare()
    least = Math.min(least, (await longestTurn(work)) / (await turn()))
  }
  return least
}

/** Repeats `unit` up to a length of `size` code units. */
export const filled = (unit: string, size: number): string =>
  unit
    .repeat(Math.ceil(size / unit.length))
    .slice(0, size)
    .toWellFormed()
