import { startServer, type TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { change, system } from './context.ts'
import { addJobs, each, type Outcome, type Queue, queue } from './queue.ts'
import { sweepFailures } from './queue-store.ts'
import { openQueues } from './queues.ts'
import type { Server } from './server.ts'

let at: TestServer
beforeAll(async () => {
  at = await startServer()
})
afterAll(() => at.stop())

const soon = { timeout: 15_000 }
const fast = { most: 3, firstMs: 1, longestMs: 5 }

const serverWith = (queues: readonly Queue[]): Server => {
  const opened = openQueues(queues)
  onTestFinished(() => opened.stop())
  return { ...at.app.server, queues: opened }
}
/** Starts a queue that contains these jobs. */
const runAll = async <P>(of: Queue<P>, payloads: readonly P[]): Promise<Server> => {
  const server = serverWith([of])
  await change(server, { actor: system }, (context) =>
    addJobs(
      context,
      of,
      payloads.map((payload) => ({ payload: payload as never })),
    ),
  )
  await server.queues.start(server)
  return server
}
const waiting = ({ name }: { name: string }) =>
  at.app.pool.rows<{ payload: unknown; tries: number; leased_until: number }>(
    'select payload, tries, leased_until from queue_jobs where queue = $1 order by id',
    [name],
  )
const nothingWaits = (of: { name: string }) => expect.poll(() => waiting(of), soon).toEqual([])
const kept = ({ name }: { name: string }) =>
  at.app.pool.rows('select payload, tries, error from queue_failures where queue = $1', [name])

describe('a job that fails', () => {
  it('is retried, and at last kept with its error, which the log reports once', async () => {
    const tries: number[] = []
    const bad = queue<string>({
      name: 'test.bad',
      retry: fast,
      run: each(async (_, job) => {
        tries.push(job.tries)
        throw new Error('on purpose')
      }),
    })
    await runAll(bad, ['x'])
    await nothingWaits(bad)
    expect(tries).toEqual([1, 2, 3])
    expect(await kept(bad)).toEqual([{ payload: 'x', tries: 3, error: 'on purpose' }])
    const lines = at.logged.filter((line) => line.includes('for the last time') && line.includes('test.bad'))
    expect(lines).toHaveLength(1)
  })

  it('delays no other job of its batch, though all of them failed together', async () => {
    const done: number[] = []
    const mixed = queue<number>({
      name: 'test.mixed',
      batch: 10,
      retry: fast,
      async run(_, jobs) {
        if (jobs.some(({ payload }) => payload === 3)) throw new Error('a bad one')
        done.push(...jobs.map(({ payload }) => payload))
        return undefined
      },
    })
    await runAll(mixed, [1, 2, 3, 4])
    await nothingWaits(mixed)
    expect(done).toEqual([1, 2, 4])
    expect(await kept(mixed)).toEqual([{ payload: 3, tries: 3, error: 'a bad one' }])
  })

  it('fails alone if the outcomes say so; a postponed job has not been tried', async () => {
    const calls: [number, number][] = []
    const some = queue<number>({
      name: 'test.some',
      batch: 10,
      retry: fast,
      async run(_, jobs) {
        return jobs.map(({ payload, tries }): Outcome => {
          calls.push([payload, tries])
          if (payload === 1) return 'done'
          if (payload === 2) return new Error('no')
          return calls.length < 10 ? { laterMs: 1 } : 'done'
        })
      },
    })
    await runAll(some, [1, 2, 3])
    await nothingWaits(some)
    const triesOf = (payload: number) => calls.filter(([n]) => n === payload).map(([, tries]) => tries)
    expect(triesOf(1)).toEqual([1])
    expect(triesOf(2)).toEqual([1, 2, 3])
    expect(new Set(triesOf(3))).toEqual(new Set([1]))
    expect(triesOf(3).length).toBeGreaterThan(3)
  })

  it('comes back by its own time, however often it is put off for a moment', async () => {
    const times: number[] = []
    const later = queue<number>({
      name: 'test.later',
      retry: fast,
      run: each(async () => {
        times.push(performance.now())
        return times.length < 300 ? { laterMs: 1 } : 'done'
      }),
    })
    await runAll(later, [1])
    await expect.poll(() => waiting(later), { timeout: 100_000 }).toEqual([])
    expect(times).toHaveLength(300)
    // A wait that ends only with the slow look at all queues is far longer than the others on any machine.
    const waits = times.slice(1).map((at, i) => at - (times[i] ?? 0))
    const usual = waits.toSorted((a, b) => a - b)[waits.length >> 1] ?? 0
    expect(waits.filter((ms) => ms > Math.max(1000, 20 * usual)).length).toBeLessThanOrEqual(1)
  }, 120_000)

  it('is not retried for ever if it kills the server each time', async () => {
    const seen: number[] = []
    const deadly = queue<number>({
      name: 'test.deadly',
      retry: fast,
      run: each(async (_, { payload }) => {
        seen.push(payload)
        return 'done'
      }),
    })
    const server = serverWith([deadly])
    await change(server, { actor: system }, (context) => addJobs(context, deadly, [{ payload: 1 }]))
    // As if servers were killed while they ran it.
    await at.app.pool.run("update queue_jobs set tries = 3, leased_until = 1 where queue = 'test.deadly'")
    await server.queues.start(server)
    await nothingWaits(deadly)
    expect(seen).toEqual([])
    expect(await kept(deadly)).toMatchObject([
      { payload: 1, error: 'the server ended each time while it ran' },
    ])
  })

  it('is kept for some days, up to a number of the newest', async () => {
    await at.app.pool.run(
      `insert into queue_failures (id, queue, payload, tries, error, failed_at)
       select -n, 'test.old', '1', 1, '', case when n > 5 then 1 else extract(epoch from now()) * 1000 + n end from generate_series(1, 9) as n`,
    )
    const left = async () =>
      (
        await at.app.pool.rows<{ id: number }>(
          "select id from queue_failures where queue = 'test.old' order by id",
        )
      ).map(({ id }) => id)
    await sweepFailures(at.app.pool, 1000 * 3600, 100)
    expect(await left()).toEqual([-5, -4, -3, -2, -1])
    await sweepFailures(at.app.pool, 1000 * 3600, 2)
    expect(await left()).toEqual([-5, -4])
  })
})

describe('a stop', () => {
  it('finishes running jobs and gives back those that have not started', async () => {
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done: number[] = []
    const slow = queue<number>({
      name: 'test.slow',
      batch: 3,
      run: each(async (_, { payload }) => {
        begun.resolve()
        await gate.promise
        done.push(payload)
        return 'done'
      }),
    })
    const server = await runAll(slow, [1, 2, 3])
    await begun.promise
    const stopped = server.queues.stop()
    gate.resolve()
    await stopped
    expect(done).toEqual([1])
    expect(await waiting(slow)).toEqual([
      { payload: 2, tries: 0, leased_until: 0 },
      { payload: 3, tries: 0, leased_until: 0 },
    ])
  })
})

describe('a clock of the database that was set back', () => {
  it('delays neither leased jobs nor jobs to be retried', async () => {
    const seen: number[] = []
    const some = queue<number>({
      name: 'test.clock',
      retry: fast,
      run: each(async (_, { payload }) => {
        seen.push(payload)
        return 'done'
      }),
    })
    const server = serverWith([some])
    await change(server, { actor: system }, (context) =>
      addJobs(context, some, [{ payload: 1 }, { payload: 2 }, { payload: 3, delayMs: 1000 * 3600 }]),
    )
    const day = Date.now() + 24 * 3_600_000
    const set = (payload: number, columns: string) =>
      at.app.pool.run(`update queue_jobs set ${columns} where queue = $1 and payload = $2`, [
        some.name,
        String(payload),
      ])
    await set(1, `leased_until = ${day}`)
    await set(2, `tries = 1, run_at = ${day}`)
    await server.queues.start(server)
    await expect.poll(() => seen.toSorted(), soon).toEqual([1, 2])
    await expect.poll(() => waiting(some), soon).toMatchObject([{ payload: 3 }])
  })
})

describe('metrics', () => {
  it('say for each queue what waits, how long, and the results of the others', async () => {
    const stuck = queue<number>({
      name: 'test.figures',
      retry: fast,
      run: each(async (_, { payload }) => (payload === 1 ? 'done' : { laterMs: 3_600_000 })),
    })
    await runAll(stuck, [1, 2])
    await expect
      .poll(async () => (await waiting(stuck)).map(({ leased_until }) => leased_until), soon)
      .toEqual([0])
    await at.app.pool.run('update queue_jobs set run_at = 1, added_at = 1 where queue = $1', [stuck.name])
    const text = await at.app.server.metrics.registry.metrics()
    expect(text).toContain('plausch_jobs_waiting{queue="test.figures"} 1')
    expect(text).toContain('plausch_jobs_total{queue="test.figures",outcome="done"} 1')
    expect(/plausch_jobs_oldest_seconds\{queue="test.figures"\} \d{6}/.test(text)).toBe(true)
  })
})
