/** The cost of claiming and finishing jobs of the queue that do nothing. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { costOf, cpuEach, explain, type Scenario } from '../bench.ts'

const JOBS = { short: 20_000, full: 100_000 }
/** A queue whose jobs do nothing when they are due: they only occupy a key for a while. */
const QUEUE = 'mails.once'
const EACH_MS = 5

export const jobs: Scenario = {
  name: 'jobs',
  isInShort: true,
  async run(bench) {
    const { target, limits, isShort } = bench
    if (!target.databaseUrl) return []
    const count = isShort ? JOBS.short : JOBS.full
    const client = new pg.Client({ connectionString: target.databaseUrl })
    await client.connect()
    const left = async () =>
      (
        await client.query<{ n: number }>('select count(*)::int as n from queue_jobs where queue = $1', [
          QUEUE,
        ])
      ).rows[0]?.n ?? 0
    try {
      await client.query(
        `insert into queue_jobs (queue, payload) select $1, jsonb_build_object('n', n) from generate_series(1, $2::int) as n`,
        [QUEUE, count],
      )
      // Nobody has told the server: it finds the jobs at its next look.
      while ((await left()) === count) await sleep(EACH_MS)
      const first = await left()
      const { cost } = await costOf(bench, async () => {
        while ((await left()) > 0) await sleep(EACH_MS)
      })
      bench.say(`  ${first} jobs; ${explain(cost, first, 'µs')}`)
      return [
        {
          name: 'jobs.rate',
          title: isShort ? 'small jobs, 20,000 waiting' : 'small jobs, 100,000 waiting',
          value: first / cost.seconds,
          unit: '/s',
          ...(limits.commits ? { limit: limits.commits.perSecond } : {}),
          goal: 2000,
          isCost: false,
        },
        {
          name: 'jobs.cpu',
          title: 'a small job: CPU',
          value: cpuEach(cost, first) * 1000,
          unit: 'µs',
          ...(limits.commits ? { limit: limits.commits.cpu * 1000 } : {}),
        },
      ]
    } finally {
      await client.end()
    }
  },
}
