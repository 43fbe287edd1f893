import { expect, it } from 'vitest'
import { batching, batchingLists } from './batching.ts'

/** Batches that end when the test says so. */
const held = () => {
  const runs: {
    asked: readonly number[]
    end(results: (string | Error)[]): void
    fail(error: Error): void
  }[] = []
  const ask = batching<number, string>(
    (asked) => new Promise((end, fail) => runs.push({ asked: [...asked], end, fail })),
    3,
  )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { runs, ask, turn }
}

it('runs the first at once, and batches those that come meanwhile, up to a limit', async () => {
  const { runs, ask, turn } = held()
  const answers = [1, 2, 3, 4, 5].map(ask)
  expect(runs.map(({ asked }) => asked)).toEqual([[1]])
  runs[0]?.end(['one'])
  await turn()
  expect(runs[1]?.asked).toEqual([2, 3, 4])
  runs[1]?.end(['two', 'three', 'four'])
  await turn()
  expect(runs[2]?.asked).toEqual([5])
  runs[2]?.end(['five'])
  expect(await Promise.all(answers)).toEqual(['one', 'two', 'three', 'four', 'five'])
  // No batch runs: the next request is the first again.
  const late = ask(6)
  expect(runs[3]?.asked).toEqual([6])
  runs[3]?.end(['six'])
  expect(await late).toBe('six')
})

it('fails a single request or a whole batch, and continues', async () => {
  const { runs, ask, turn } = held()
  const answers = [1, 2, 3].map((n) => ask(n).catch((error: Error) => error.message))
  runs[0]?.fail(new Error('no database'))
  await turn()
  runs[1]?.end([new Error('not this one'), 'three'])
  expect(await Promise.all(answers)).toEqual(['no database', 'not this one', 'three'])
})

it('gives each caller the rows of their key', async () => {
  const asked: (readonly string[])[] = []
  const find = batchingLists<string, { owner: string; n: number }>('owner', async (owners) => {
    asked.push(owners)
    return owners.filter((owner) => owner !== 'nobody').flatMap((owner) => [1, 2].map((n) => ({ owner, n })))
  })
  const answers = await Promise.all(['ana', 'bo', 'nobody', 'bo'].map(find))
  expect(asked).toEqual([['ana'], ['bo', 'nobody']])
  expect(answers.map((rows) => rows.map(({ owner, n }) => `${owner}${n}`))).toEqual([
    ['ana1', 'ana2'],
    ['bo1', 'bo2'],
    [],
    ['bo1', 'bo2'],
  ])
})
