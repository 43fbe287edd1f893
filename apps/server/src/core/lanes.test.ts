import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Answer, busy, inLanes, type Lanes } from './lanes.ts'

/** Waits as long as a slow machine may take. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000 })

type One = { place: string; n: number }
type Run = {
  asked: readonly One[]
  end(answers: Answer<number>[]): void
  fail(error: Error): void
  stepAside(): void
}

/** Batches that end when the test says so, and the settled results in order. */
const held = (options: Partial<Lanes<One, number>> = {}) => {
  const runs: Run[] = []
  const settled: [number, boolean][] = []
  const ask = inLanes<One, number>({
    placeOf: ({ place }) => place,
    run: (asked, stepAside) =>
      new Promise((end, fail) => runs.push({ asked: [...asked], end, fail, stepAside })),
    settled: ({ n }, _, onTime) => settled.push([n, onTime]),
    late: () => new Error('late'),
    waitMs: 60_000,
    atOnce: 4,
    ...options,
  })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const numbers = (at: number) => runs[at]?.asked.map(({ n }) => n)
  return { runs, settled, ask, turn, numbers }
}
const inPlace = (place: string) => (n: number) => ({ place, n })
const [a, b] = [inPlace('a'), inPlace('b')]

it('runs one batch at a time while none is held up, and batches everything that waits into the next', async () => {
  const { runs, ask, turn, numbers } = held()
  const answers = [a(1), b(2), a(3)].map(ask)
  await turn()
  expect(runs).toHaveLength(1)
  runs[0]?.end([1])
  await turn()
  expect(numbers(1)).toEqual([2, 3])
  runs[1]?.end([2, 3])
  expect(await Promise.all(answers)).toEqual([1, 2, 3])
})

it('runs other places beside a held-up batch, and lets its own places wait', async () => {
  const { runs, ask, numbers } = held()
  const first = ask(a(1))
  const others = [ask(a(2)), ask(b(3))]
  await soon(() => runs.length).toBe(2)
  expect(numbers(1)).toEqual([3])
  runs[1]?.end([3])
  // The next batch does not wait until this one is held up, too.
  const more = ask(b(4))
  await soon(() => numbers(2)).toEqual([4])
  runs[2]?.end([4])
  await more
  expect(runs).toHaveLength(3)
  runs[0]?.end([1])
  await first
  await soon(() => numbers(3)).toEqual([2])
  runs[3]?.end([2])
  expect(await Promise.all(others)).toEqual([2, 3])
})

it('retries a locked place alone and in order, any number of times', async () => {
  const { runs, settled, ask, turn, numbers } = held()
  const answers = [ask(a(1))]
  answers.push(ask(a(2)), ask(b(3)), ask(a(4)))
  runs[0]?.end([1])
  await soon(() => numbers(1)).toEqual([2, 3, 4])
  runs[1]?.end([busy, busy, busy])
  await soon(() => runs.length).toBeGreaterThan(2)
  for (let at = 2; settled.length < 4; at += 1) {
    await soon(() => runs.length).toBeGreaterThan(at)
    const run = runs[at]
    expect(new Set(run?.asked.map(({ place }) => place)).size).toBe(1)
    run?.end(run.asked.map(({ place, n }) => (place === 'a' && at < 6 ? busy : n)))
    await turn()
  }
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4])
  expect(settled.map(([n]) => n).filter((n) => n !== 3)).toEqual([1, 2, 4])
})

it('reserves half of the slots for places that are not locked', async () => {
  const { runs, ask } = held({ atOnce: 4 })
  const locked = ['c', 'd', 'e', 'f'].map((place) => inPlace(place))
  const answers = locked.map((at, n) => ask(at(n)))
  runs[0]?.end([busy])
  await soon(() => runs.length).toBe(2)
  runs[1]?.end([busy, busy, busy])
  const open = () => runs.slice(2).flatMap(({ asked }) => asked.map(({ place }) => place))
  await soon(() => open().length).toBe(2)
  const free = ask(a(9))
  await soon(() => open()).toContain('a')
  expect(open()).toHaveLength(3)
  runs.at(-1)?.end([9])
  expect(await free).toBe(9)
  for (let at = 2; at < 7; at += 1) {
    await soon(() => runs.length + (at >= 6 ? 99 : 0)).toBeGreaterThan(at)
    runs[at]?.end(runs[at]?.asked.map(({ n }) => n) ?? [])
  }
  expect(await Promise.all(answers)).toEqual([0, 1, 2, 3])
})

it('treats a batch that steps aside as over, except in its places', async () => {
  const { runs, ask, turn, numbers } = held({ atOnce: 1 })
  const first = ask(a(1))
  runs[0]?.stepAside()
  const [second, third] = [ask(a(2)), ask(b(3))]
  await turn()
  expect(numbers(1)).toEqual([3])
  runs[1]?.end([3])
  expect(await third).toBe(3)
  expect(runs).toHaveLength(2)
  runs[0]?.end([1])
  expect(await first).toBe(1)
  await turn()
  expect(numbers(2)).toEqual([2])
  runs[2]?.end([2])
  expect(await second).toBe(2)
})

it('tells callers that waited too long, skips those who are gone, and settles all results', async () => {
  const { runs, settled, ask, turn, numbers } = held({ waitMs: 30 })
  const answers = [ask(a(1)), ask(a(2))].map((each) => each.catch((error: Error) => error.message))
  expect(await Promise.all(answers)).toEqual(['late', 'late'])
  expect(settled).toEqual([])
  runs[0]?.end([1])
  await turn()
  expect(settled).toEqual([[1, false]])
  const next = ask(a(3))
  await turn()
  expect(numbers(1)).toEqual([3])
  runs[1]?.end([3])
  expect(await next).toBe(3)
})

it('starts nothing in a closed place until it opens', async () => {
  const gate = Promise.withResolvers<void>()
  let isOpen = false
  const { runs, ask, turn, numbers } = held({
    closed: (place) => (place === 'a' && !isOpen ? gate.promise : undefined),
  })
  const [closed, other] = [ask(a(1)), ask(b(2))]
  await turn()
  expect(numbers(0)).toEqual([2])
  runs[0]?.end([2])
  await other
  await sleep(20)
  expect(runs).toHaveLength(1)
  isOpen = true
  gate.resolve()
  await turn()
  expect(numbers(1)).toEqual([1])
  runs[1]?.end([1])
  expect(await closed).toBe(1)
})

it('fails a single request or a whole batch, and continues', async () => {
  const { runs, ask, turn } = held()
  const answers = [a(1), a(2), a(3)].map((one) => ask(one).catch((error: Error) => error.message))
  runs[0]?.fail(new Error('no database'))
  await turn()
  runs[1]?.end([new Error('not this one'), 3])
  expect(await Promise.all(answers)).toEqual(['no database', 'not this one', 3])
})

it('takes at least one request and at most a full batch, in order', async () => {
  const { runs, ask, turn, numbers } = held({ size: { of: ({ n }) => n, most: 10 } })
  const answers = [a(20), a(3), b(5), a(4), b(1)].map(ask)
  await turn()
  for (const [at, expected] of [[20], [3, 5, 4], [1]].entries()) {
    await soon(() => numbers(at)).toEqual(expected)
    runs[at]?.end(expected)
  }
  expect(await Promise.all(answers)).toEqual([20, 3, 5, 4, 1])
})
