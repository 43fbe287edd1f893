/** Posts of 8 and of 64 authors at once into 20 channels, each with 20 listeners; and of one author alone. */
import {
  arrived,
  type Bench,
  costOf,
  cpuEach,
  expectAll,
  explain,
  type Scenario,
  shown,
  tookOf,
  WARM_MS,
} from '../bench.ts'
import { type Figure, spreadOf } from '../figures.ts'
import { NOW } from '../load/clock.ts'
import type { Lane } from '../load/requests.ts'
import { BUSY_LISTENERS } from '../seed.ts'
import { randomOf, sentence } from '../words.ts'

/** Authors who write into all channels in turn, each starting with a different one. */
const lanesOf = ({ seed }: Bench, authors: number): Lane[] => {
  const random = randomOf(23)
  return seed.authors.slice(0, authors).map(({ token }, index) => ({
    token,
    rounds: seed.busy.map((_, n) => {
      const channel_id = seed.busy[(n + index * 7) % seed.busy.length]
      const body = JSON.stringify({ channel_id, message: `${NOW} ${sentence(random)}` })
      return [{ method: 'POST', path: '/api/v4/posts', body }]
    }),
  }))
}

/** The total number of messages by the counters of the channels. */
const countedIn = async ({ seed, target }: Bench): Promise<number> => {
  const headers = { authorization: `Bearer ${seed.authors[0]?.token}` }
  let total = 0
  for (const id of seed.busy) {
    const answer = await fetch(`${target.url}/api/v4/channels/${id}`, { headers })
    total += ((await answer.json()) as { total_msg_count: number }).total_msg_count
  }
  return total
}

const write = async (bench: Bench, authors: number, seconds: number) => {
  const { asking, listening, target, isShort } = bench
  const lanes = lanesOf(bench, authors)
  await asking.ask('request', { url: target.url, lanes, seconds: isShort ? 0.5 : 1 })
  await arrived(listening, Number.POSITIVE_INFINITY, WARM_MS)
  const before = await countedIn(bench)
  const { result, cost } = await costOf(bench, async () => {
    const done = await asking.ask('request', { url: target.url, lanes, seconds })
    expectAll(done)
    return { done, tally: await arrived(listening, done.took.length * BUSY_LISTENERS) }
  })
  const { done, tally } = result
  const posts = done.took.length
  const lost = posts * BUSY_LISTENERS - tally.delivered
  // Acknowledged posts are counted, and no others: none is lost or counted twice.
  const miscounted = Math.abs((await countedIn(bench)) - before - posts)
  bench.say(`  ${authors} authors: ${posts} posts, answered ${shown(tookOf(done))}`)
  bench.say(`    delivered ${shown(spreadOf(tally.ages))}; ${lost} lost; ${explain(cost, posts)}`)
  return {
    cpu: cpuEach(cost, posts),
    perSecond: posts / done.seconds,
    spread: tookOf(done),
    lost,
    miscounted,
  }
}

export const posts: Scenario = {
  name: 'posts',
  isInShort: true,
  async run(bench) {
    const { seed, listening, target, limits, isShort } = bench
    const tokens = seed.listeners.slice(0, BUSY_LISTENERS).map(({ token }) => token)
    await listening.ask('open', { url: target.socketUrl, tokens })
    const seconds = isShort ? 2 : 10
    const eight = await write(bench, 8, seconds)
    const many = await write(bench, 64, seconds)
    const alone = await write(bench, 1, isShort ? 1 : 5)
    await listening.ask('close', null)
    const { commits, page } = limits
    const cpuLimit = (commits?.cpu ?? 0) + page.cpu
    const figures: Figure[] = [
      {
        name: 'posts.cpu8',
        title: 'a post, 8 authors, 20 deliveries: CPU',
        value: eight.cpu,
        unit: 'ms',
        limit: cpuLimit,
        goal: 0.6,
        mattermost: 5.3,
      },
      {
        name: 'posts.cpu64',
        title: 'the same, 64 authors: CPU',
        value: many.cpu,
        unit: 'ms',
        limit: cpuLimit,
        goal: 0.4,
      },
      {
        name: 'posts.rate8',
        title: 'posts, 8 authors',
        value: eight.perSecond,
        unit: '/s',
        limit: commits?.perSecond,
        goal: 2040,
        mattermost: 340,
        isCost: false,
      },
      {
        name: 'posts.rate64',
        title: 'posts, 64 authors',
        value: many.perSecond,
        unit: '/s',
        limit: commits?.perSecond,
        isCost: false,
      },
      {
        name: 'posts.p50',
        title: 'a post answered, 8 authors: p50',
        value: eight.spread.p50,
        unit: 'ms',
        mattermost: 22,
      },
      {
        name: 'posts.alone',
        title: 'a lone post answered, above one commit: p50',
        value: alone.spread.p50 - (commits?.alone ?? 0),
        unit: 'ms',
        goal: 1.5,
      },
      {
        name: 'posts.lost',
        title: 'deliveries lost',
        value: eight.lost + many.lost + alone.lost,
        unit: '',
        goal: 0,
      },
      {
        name: 'posts.miscounted',
        title: 'posts acknowledged and not counted, or counted twice',
        value: eight.miscounted + many.miscounted + alone.miscounted,
        unit: '',
        goal: 0,
      },
    ]
    return figures
  },
}
