import { startServer, type TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { change, system } from './context.ts'
import { after, fact, listen } from './facts.ts'
import { newId } from './ids.ts'
import { listenerQueues } from './listening.ts'
import { addJobs, each, type NewJob, type Queue, queue, removeJobs } from './queue.ts'
import { claimJobs, insertJobs } from './queue-store.ts'
import { openQueues, type QueuesOptions } from './queues.ts'
import { keepSchedules, scheduleQueue } from './schedules.ts'
import type { Server } from './server.ts'

let at: TestServer
beforeAll(async () => {
  at = await startServer()
})
afterAll(() => at.stop())

const soon = { timeout: 15_000 }

/** Another server on the test's database, which runs only these queues. */
const serverWith = (queues: readonly Queue[], options: QueuesOptions = {}): Server => {
  const opened = openQueues(queues, options)
  onTestFinished(() => opened.stop())
  return { ...at.app.server, queues: opened }
}
const begin = (server: Server) => server.queues.start(server)

const add = <P>(
  server: Server,
  to: Queue<P>,
  jobs: readonly NewJob<P>[],
  taken?: 'move' | 'keep' | 'sooner',
) => change(server, { actor: system }, (context) => addJobs(context, to, jobs as NewJob<never>[], taken))

const numbers = (count: number): NewJob<number>[] =>
  Array.from({ length: count }, (_, payload) => ({ payload }))

const waiting = ({ name }: { name: string }) =>
  at.app.pool.rows<{ payload: unknown; run_at: number; tries: number; leased_until: number }>(
    'select payload, run_at, tries, leased_until from queue_jobs where queue = $1 order by id',
    [name],
  )
const nothingWaits = (of: { name: string }) => expect.poll(() => waiting(of), soon).toEqual([])

/** A queue that records its jobs. */
const noting = (declared: Partial<Omit<Queue<number>, 'name' | 'run'>> = {}) => {
  const seen: number[] = []
  const run = each<number>(async (_, { payload }) => {
    seen.push(payload)
    return 'done'
  })
  return { seen, queue: queue<number>({ name: `test.${newId()}`, ...declared, run }) }
}

describe('jobs', () => {
  it('run in the order in which they are due: first by their time, then as they were added', async () => {
    const { seen, queue } = noting({ batch: 2 })
    const server = serverWith([queue])
    const hour = 3_600_000
    await add(server, queue, [
      { payload: 3 },
      { payload: 2, runAt: 2 },
      { payload: 4 },
      { payload: 1, runAt: 1 },
      { payload: 5 },
      { payload: 9, delayMs: hour },
    ])
    await begin(server)
    await expect.poll(() => seen, soon).toEqual([1, 2, 3, 4, 5])
    await expect.poll(() => waiting(queue), soon).toMatchObject([{ payload: 9, tries: 0 }])
  })

  it('run in batches, several at once, and each job once', async () => {
    const sizes: number[] = []
    let [now, most] = [0, 0]
    const some = queue<number>({
      name: 'test.batches',
      batch: 10,
      atOnce: 3,
      async run(_, jobs) {
        sizes.push(jobs.length)
        now += 1
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 20))
        now -= 1
        return undefined
      },
    })
    const server = serverWith([some])
    await add(server, some, numbers(95))
    await begin(server)
    await nothingWaits(some)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(95)
    expect(Math.max(...sizes)).toBe(10)
    expect(most).toBe(3)
  })

  it('do not exist if their transaction is rolled back, and start after its commit', async () => {
    const { seen, queue } = noting()
    const server = serverWith([queue])
    await begin(server)
    const failing = change(server, { actor: system }, async (context) => {
      await addJobs(context, queue, [{ payload: 1 }])
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    await add(server, queue, [{ payload: 2 }])
    await nothingWaits(queue)
    expect(seen).toEqual([2])
  })

  it('run when their time has come', async () => {
    const { seen, queue } = noting()
    const server = serverWith([queue])
    await begin(server)
    await add(server, queue, [{ payload: 1, delayMs: 200 }])
    expect(seen).toEqual([])
    await nothingWaits(queue)
    expect(seen).toEqual([1])
  })

  it('of one key: a later job replaces the first, is dropped, or makes it run sooner', async () => {
    const { queue } = noting()
    const server = serverWith([])
    const runAt = Date.now() + 3_600_000
    const wish = (payload: number, at: number) => [{ key: 'one', payload, runAt: at }]
    await add(server, queue, wish(1, runAt))
    expect(await add(server, queue, wish(2, runAt + 5), 'keep')).toBe(0)
    expect(await waiting(queue)).toMatchObject([{ payload: 1, run_at: runAt }])
    await add(server, queue, wish(3, runAt - 5), 'sooner')
    await add(server, queue, wish(4, runAt + 5), 'sooner')
    expect(await waiting(queue)).toMatchObject([{ payload: 1, run_at: runAt - 5 }])
    await add(server, queue, wish(5, runAt + 5))
    expect(await waiting(queue)).toMatchObject([{ payload: 5, run_at: runAt + 5 }])
    await removeJobs(at.app.pool, queue, ['one', ''])
    expect(await waiting(queue)).toEqual([])
  })

  it('of one key: a job that is added while the first runs, runs as well', async () => {
    const gate = Promise.withResolvers<void>()
    const seen: number[] = []
    const keyed = queue<number>({
      name: 'test.again',
      atOnce: 2,
      run: each(async (_, { payload }) => {
        seen.push(payload)
        if (payload === 1) await gate.promise
        return 'done'
      }),
    })
    const server = serverWith([keyed])
    await begin(server)
    await add(server, keyed, [{ key: 'one', payload: 1 }])
    await expect.poll(() => seen, soon).toEqual([1])
    await add(server, keyed, [{ key: 'one', payload: 2, delayMs: 3_600_000 }])
    gate.resolve()
    await server.queues.stop()
    expect(await waiting(keyed)).toMatchObject([{ payload: 2, tries: 0 }])
  })

  it('of one lane never run at the same time', async () => {
    const [running, met]: [Set<string>, string[]] = [new Set(), []]
    let most = 0
    const lanes = queue<string>({
      name: 'test.lanes',
      atOnce: 3,
      run: each(async (_, { payload }) => {
        if (running.has(payload)) met.push(payload)
        running.add(payload)
        most = Math.max(most, running.size)
        await new Promise((resolve) => setTimeout(resolve, 20))
        running.delete(payload)
        return 'done'
      }),
    })
    const server = serverWith([lanes])
    await add(
      server,
      lanes,
      [...'aaaabbbb'].map((lane) => ({ payload: lane, lane })),
    )
    await begin(server)
    await nothingWaits(lanes)
    expect(met).toEqual([])
    expect(most).toBe(2)
  })
})

describe('a claim', () => {
  it('reads no more than it takes, however many jobs wait, even if the table was empty a moment ago', async () => {
    const { jobs } = at.app.pool
    const [name, waits, rounds] = [`test.${newId()}`, 30_000, 10]
    const claim = () => claimJobs(jobs, { name, batch: 10, leaseMs: 30_000 }, [])
    const read = async () => {
      await jobs.unprepared('select pg_stat_force_next_flush()')
      const row = await jobs.row<{ n: number }>(
        "select idx_tup_read as n from pg_stat_user_indexes where indexrelname = 'queue_jobs_due'",
      )
      return row?.n ?? 0
    }
    await claim()
    await at.app.pool.run(
      "insert into queue_jobs (queue, payload) select $1, '1' from generate_series(1, $2::int)",
      [name, waits],
    )
    const before = await read()
    for (let n = 0; n < rounds; n += 1) expect(await claim()).toHaveLength(10)
    await expect.poll(read, soon).toBeGreaterThan(before)
    expect((await read()) - before).toBeLessThan(waits)
    await at.app.pool.run('delete from queue_jobs where queue = $1', [name])
  })
})

describe('the space of finished jobs in the table', () => {
  it('is vacuumed after many of them', async () => {
    const sweeps = async () =>
      (
        await at.app.pool.row<{ n: number }>(
          "select vacuum_count as n from pg_stat_user_tables where relname = 'queue_jobs'",
        )
      )?.n ?? 0
    const before = await sweeps()
    const many = queue<number>({ name: 'test.many', batch: 1000, run: async () => undefined })
    const server = serverWith([many])
    await add(server, many, numbers(5000))
    await begin(server)
    await nothingWaits(many)
    await expect.poll(sweeps, soon).toBeGreaterThan(before)
  })
})

describe('two servers on one database', () => {
  it('share the jobs, and run none twice', async () => {
    const [one, other] = [noting({ batch: 5 }), noting({ batch: 5 })]
    const same = { ...one.queue, name: other.queue.name }
    const [first, second] = [serverWith([same]), serverWith([other.queue])]
    await add(first, same, numbers(300))
    await Promise.all([begin(first), begin(second)])
    await nothingWaits(same)
    expect([...one.seen, ...other.seen].sort((a, b) => a - b)).toEqual(
      numbers(300).map(({ payload }) => payload),
    )
    expect(one.seen.length).toBeGreaterThan(0)
    expect(other.seen.length).toBeGreaterThan(0)
  })

  it('leave a job to the server that runs it, however long that takes', async () => {
    const gate = Promise.withResolvers<void>()
    let runs = 0
    const long = queue<number>({
      name: 'test.long',
      leaseMs: 1500,
      run: each(async () => {
        runs += 1
        await gate.promise
        return 'done'
      }),
    })
    const [first, second] = [serverWith([long]), serverWith([long])]
    await add(first, long, [{ payload: 1 }])
    await Promise.all([begin(first), begin(second)])
    await expect.poll(() => runs, soon).toBe(1)
    const leaseOf = async () => (await waiting(long))[0]?.leased_until ?? 0
    const before = await leaseOf()
    await expect.poll(leaseOf, soon).toBeGreaterThan(before + 1500)
    second.queues.wake(long.name)
    gate.resolve()
    await nothingWaits(long)
    expect(runs).toBe(1)
  })

  it('run the jobs that a dead server had claimed, when its lease ends', async () => {
    const { seen, queue } = noting()
    const server = serverWith([queue])
    await add(server, queue, [{ payload: 1 }])
    expect(await claimJobs(at.app.pool.jobs, { ...queue, leaseMs: 300 }, [])).toHaveLength(1)
    await begin(server)
    await nothingWaits(queue)
    expect(seen).toEqual([1])
  })

  it('run a schedule once at its time, and a missed run once at the start', async () => {
    const runs: string[] = []
    const name = `test.${newId()}`
    const schedules = [{ name, cron: '23 4 1 1 *', run: async () => void runs.push(name) }]
    const options = { settle: (server: Server) => keepSchedules(server, schedules) }
    const queues = schedules.map(scheduleQueue)
    const [first, second] = [serverWith(queues, options), serverWith(queues, options)]
    await insertJobs(at.app.pool, [{ queue: name, key: 'next', payload: {}, runAt: 1 }])
    await Promise.all([begin(first), begin(second)])
    await expect.poll(() => runs, soon).toEqual([name])
    const next = async () => (await waiting({ name }))[0]?.run_at
    await expect.poll(next, soon).toBeGreaterThan(Date.now())
    expect(runs).toEqual([name])
  })
})

describe('facts', () => {
  it('reach each listener by a separate job: one that fails makes no other run again', async () => {
    const happened = fact<{ n: number }>('test.happened')
    const heardBy: string[] = []
    const heard = ['sound', 'failing'].map((feature) => ({
      feature,
      listener: after(happened, async (_, { n }) => {
        heardBy.push(`${feature} ${n}`)
        if (feature === 'failing' && heardBy.filter((each) => each.startsWith(feature)).length < 3)
          throw new Error('on purpose')
      }),
    }))
    const soonAgain = (each: Queue): Queue => ({ ...each, retry: { most: 5, firstMs: 1, longestMs: 10 } })
    const server = {
      ...serverWith(listenerQueues(heard).map(soonAgain)),
      facts: listen(heard),
    }
    await begin(server)
    await change(server, { actor: system }, (context) => context.emit(happened, { n: 7 }))
    for (const feature of ['sound', 'failing']) await nothingWaits({ name: `test.happened/${feature}` })
    expect(heardBy.sort()).toEqual(['failing 7', 'failing 7', 'failing 7', 'sound 7'])
  })
})

describe('with every delivery twice', () => {
  it('a finished job runs once more', async () => {
    const { seen, queue } = noting({ batch: 3 })
    const server = serverWith([queue], { deliversTwice: true })
    await add(server, queue, numbers(2))
    await begin(server)
    await nothingWaits(queue)
    expect(seen).toEqual([0, 1, 0, 1])
  })
})
