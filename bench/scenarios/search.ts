/** Searches right after a bulk import that increases the messages to a million. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { costOf, cpuEach, expectAll, explain, type Scenario } from '../bench.ts'
import { searched } from './reads.ts'

const POSTS = 1_000_000

/** Copies every post repeatedly, each copy a day earlier, in random order; the last copy may be partial. */
const copy = `
  with posts_now as (select count(*) as n from posts where type = ''), copied as (
    insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id)
    select id, time, time, user_id, channel_id, '', message, '', '{}', '', '' from (
      select substr(md5(p.id || k), 1, 26) as id, p.create_at - k * 86400000 as time, p.user_id, p.channel_id, p.message
      from posts p, posts_now, generate_series(1, $1 / greatest(n, 1) + 1) as k
      where p.type = '' order by k limit (select greatest($1 - n, 0) from posts_now)
    ) copies order by id
    returning id
  ), queued as (
    insert into queue_jobs (queue, payload)
    select 'search.posts', jsonb_build_object('ids', jsonb_agg(id)) from (
      select id, (row_number() over () - 1) / 200 as job from copied
    ) numbered group by job
  ) select count(*)::int as n from copied`

export const imported: Scenario = {
  name: 'import',
  isInShort: false,
  isOnlyNamed: true,
  async run(bench) {
    const { seed, target, asking } = bench
    if (!target.databaseUrl) throw new Error('an import needs a data folder of our own')
    const client = new pg.Client({ connectionString: target.databaseUrl })
    await client.connect()
    try {
      const { rows } = await client.query<{ n: number }>(copy, [POSTS])
      const count = rows[0]?.n ?? 0
      bench.say(`  ${count} posts copied`)
      const { cost } = await costOf(bench, async () => {
        // A new post makes the server look at once for jobs that the import has added to the queue.
        const body = JSON.stringify({ channel_id: seed.small, message: 'imported' })
        const [author] = seed.authors
        const lanes = [
          {
            token: author?.token ?? '',
            rounds: [[{ method: 'POST' as const, path: '/api/v4/posts', body }]],
          },
        ]
        expectAll(await asking.ask('request', { url: target.url, lanes, rounds: 1 }))
        while (
          (await client.query("select from queue_jobs where queue = 'search.posts' limit 1")).rowCount !== 0
        )
          await sleep(200)
      })
      bench.say(`    indexed in ${cost.seconds.toFixed(0)} s; ${explain(cost, Math.max(1, count), 'µs')}`)
      const figures = await searched(bench, 'import', `a million posts, just imported`, 2)
      return [
        {
          name: 'import.index',
          title: 'a post of an import indexed: CPU',
          value: cpuEach(cost, Math.max(1, count)) * 1000,
          unit: 'µs',
        },
        ...figures,
      ]
    } finally {
      await client.end()
    }
  },
}
