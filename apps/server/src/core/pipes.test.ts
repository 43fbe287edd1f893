import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer, type TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Fault } from './faults.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const PIPES = Math.max(2, Math.min(availableParallelism(), 8))
const pool = () => server.app.pool

/** The connections that last sent such a statement. */
const pidsOf = async (like: string): Promise<number[]> =>
  (
    await pool().rows<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and query like $1 and query not like '%pg_stat_activity%'`,
      [like],
    )
  ).map(({ pid }) => pid)

it('sends many concurrent reads over a few connections, and gives each caller its own answer', async () => {
  const ask = (n: number) => pool().row<{ n: number }>('select $1::int as n, 1 as crowd', [n])
  const numbers = Array.from({ length: 200 }, (_, n) => n)
  expect((await Promise.all(numbers.map(ask))).map((row) => row?.n)).toEqual(numbers)
  const pids = await pidsOf('%as crowd%')
  expect(pids.length).toBeGreaterThan(0)
  expect(pids.length).toBeLessThanOrEqual(PIPES)
})

it('fails a single statement', async () => {
  const ask = (n: number) => pool().row<{ n: number }>('select 6 / $1::int as n', [n])
  const answers = await Promise.allSettled([1, 0, 2, 0, 3].map(ask))
  expect(answers.map((each) => (each.status === 'fulfilled' ? each.value?.n : 'refused'))).toEqual([
    6,
    'refused',
    3,
    'refused',
    2,
  ])
})

it('sends nothing to held-up pipes, and runs slow statements alone', async () => {
  let isLongOver = false
  const long = () =>
    pool()
      .row<{ n: number }>('select count(*) as n from generate_series(1, 20000000) as long_one')
      .then((row) => {
        isLongOver = true
        return row?.n
      })
  const longs = Array.from({ length: PIPES }, long)
  // All pipes run these statements, and have answered nothing since.
  await sleep(100)
  for (let n = 0; n < 20; n += 1)
    expect(await pool().row('select $1::int as n, 1 as quick', [n])).toEqual({ n, quick: 1 })
  expect(isLongOver).toBe(false)
  expect(await Promise.all(longs)).toEqual(Array(PIPES).fill(20_000_000))
  // The statement is known to be slow the next time.
  isLongOver = false
  const again = long()
  for (let n = 0; n < 20; n += 1) await pool().row('select $1::int as n, 1 as quick', [n])
  expect(isLongOver).toBe(false)
  await again
  // They only compute, so they take as long as the machine is slow.
}, 200_000)

it('waits for nobody who holds a row lock', async () => {
  await pool().run("insert into search_vocabulary (word) values ('pfeife') on conflict do nothing")
  const locking = "select word from search_vocabulary where word = 'pfeife' for update"
  const held = Promise.withResolvers<void>()
  const holding = pool().transaction(async (db) => {
    await db.rows(locking)
    await held.promise
  })
  await sleep(50)
  const waiting = Array.from({ length: 8 }, () => pool().rows(locking))
  for (let n = 0; n < 20; n += 1) await pool().row('select $1::int as n, 2 as quick', [n])
  held.resolve()
  await holding
  expect((await Promise.all(waiting)).flat()).toHaveLength(8)
})

it('says "not now" to running statements when connections are lost, and opens new ones', async () => {
  const ask = () => pool().row<{ n: number }>('select 1 as n, 1 as lost_one')
  expect(await ask()).toMatchObject({ n: 1 })
  const pids = await pidsOf('%as lost_one%')
  const reading = Array.from({ length: 20 }, () =>
    pool()
      .row('select count(*) as n from generate_series(1, 300000) as under_way')
      .catch((error: unknown) => error),
  )
  await sleep(20)
  await pool().rows('select pg_terminate_backend(pid) from unnest($1::int[]) as t (pid)', [
    [...pids, ...(await pidsOf('%as under_way%'))],
  ])
  for (const answer of await Promise.all(reading)) {
    if (answer instanceof Error) expect(answer instanceof Fault && answer.code).toBe('unavailable')
  }
  expect(await ask()).toMatchObject({ n: 1 })
})
