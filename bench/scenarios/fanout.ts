/**
 * Deliveries to a channel of 1,000 sockets, at full speed and at a calm five posts a second, and to a small
 * channel at the same time.
 */
import {
  arrived,
  type Bench,
  costOf,
  expectAll,
  explain,
  type Scenario,
  shown,
  tookOf,
  WARM_MS,
} from '../bench.ts'
import { type Figure, spreadOf } from '../figures.ts'
import { type Fanout, measureFanout } from '../limits/ready.ts'
import { NOW } from '../load/clock.ts'
import type { Lane } from '../load/requests.ts'

/** With about 420 letters of text, an event has 900 bytes or more. */
const message = `${NOW} ${'word '.repeat(60)}`

const laneOf = (channel_id: string, token: string): Lane => ({
  token,
  rounds: [[{ method: 'POST', path: '/api/v4/posts', body: JSON.stringify({ channel_id, message }) }]],
})

/** Four authors flood the large channel while one author writes into the small one twenty times a second. */
const flood = async (bench: Bench, sockets: number) => {
  const { seed, asking, listening, target, isShort } = bench
  const { url } = target
  const lanes = seed.authors.slice(0, 4).map(({ token }) => laneOf(seed.large, token))
  const calm = [laneOf(seed.small, seed.authors[4]?.token ?? '')]
  const seconds = isShort ? 1.5 : 8
  await asking.ask('request', { url, lanes, seconds: 0.5 })
  await arrived(listening, Number.POSITIVE_INFINITY, WARM_MS)
  await asking.ask('take', null)
  const { result, cost } = await costOf(bench, async () => {
    const [done, small] = await Promise.all([
      asking.ask('request', { url, lanes, seconds }),
      asking.ask('request', { url, lanes: calm, seconds, perSecond: 20 }),
    ])
    expectAll(done)
    expectAll(small)
    return {
      done,
      tally: await arrived(listening, done.took.length * sockets),
      small: await asking.ask('take', null),
    }
  })
  const { done, tally, small } = result
  const smallSpread = spreadOf(small.ages)
  bench.say(
    `  ${done.took.length} posts to ${sockets}, delivered ${shown(spreadOf(tally.ages))}; answered ${shown(tookOf(done))}`,
  )
  bench.say(`    ${explain(cost, tally.delivered, 'µs')}; the small channel meanwhile: ${shown(smallSpread)}`)
  return {
    perSecond: tally.delivered / tally.seconds,
    cpu: ((cost.server + cost.database) * 1e6) / tally.delivered,
    lost: done.took.length * sockets - tally.delivered,
    p99: spreadOf(tally.ages).p99,
    small: smallSpread.p99,
  }
}

const calm = async (bench: Bench, sockets: number) => {
  const { seed, asking, listening, target, isShort } = bench
  await arrived(listening, Number.POSITIVE_INFINITY, WARM_MS)
  const lanes = [laneOf(seed.large, seed.authors[0]?.token ?? '')]
  const done = await asking.ask('request', {
    url: target.url,
    lanes,
    seconds: isShort ? 1.6 : 15,
    perSecond: 5,
  })
  expectAll(done)
  const tally = await arrived(listening, done.took.length * sockets)
  const spread = spreadOf(tally.ages)
  bench.say(`  calm: ${shown(spread)}`)
  return { ...spread, lost: done.took.length * sockets - tally.delivered }
}

const figuresOf = (
  hard: Awaited<ReturnType<typeof flood>>,
  easy: Awaited<ReturnType<typeof calm>>,
  limits: { ready: Fanout; ws: Fanout; calm: Fanout },
): Figure[] => [
  {
    name: 'fanout.cpu',
    title: 'one delivery to one of many sockets: CPU',
    value: hard.cpu,
    unit: 'µs',
    limit: limits.ready.cpu,
    goal: 10,
    mattermost: 42,
  },
  {
    name: 'fanout.rate',
    title: 'deliveries',
    value: hard.perSecond,
    unit: '/s',
    limit: limits.ready.perSecond,
    goal: 0.8 * limits.ready.perSecond,
    mattermost: 36_000,
    isCost: false,
  },
  {
    name: 'fanout.rateOfWs',
    title: 'deliveries, against the library’s own send',
    value: hard.perSecond,
    unit: '/s',
    limit: limits.ws.perSecond,
    isCost: false,
  },
  { name: 'fanout.p99', title: 'delivery in the flood: p99', value: hard.p99, unit: 'ms', mattermost: 170 },
  { name: 'fanout.small', title: 'a small channel in the flood: p99', value: hard.small, unit: 'ms' },
  {
    name: 'fanout.calm50',
    title: 'delivery at 5 posts/s: p50',
    value: easy.p50,
    unit: 'ms',
    limit: limits.calm.p50,
    goal: 10,
    mattermost: 24,
  },
  {
    name: 'fanout.calm99',
    title: 'delivery at 5 posts/s: p99',
    value: easy.p99,
    unit: 'ms',
    limit: limits.calm.p99,
    goal: 20,
    mattermost: 57,
    isUnsteady: true,
  },
  { name: 'fanout.lost', title: 'deliveries lost', value: hard.lost + easy.lost, unit: '', goal: 0 },
]

export const fanout: Scenario = {
  name: 'fanout',
  isInShort: true,
  async run(bench) {
    const { seed, asking, listening, target, isShort } = bench
    const sockets = seed.listeners.length
    const count = isShort ? 600 : 300
    const ready = await measureFanout(listening, sockets, 'ready', { count })
    const ws = await measureFanout(listening, sockets, 'ws', { count })
    const slow = await measureFanout(listening, sockets, 'ready', { count: isShort ? 8 : 50, everyMs: 200 })
    bench.say(
      `  limits: ready ${ready.perSecond.toFixed(0)}/s, ${ready.cpu.toFixed(1)} µs; ws ${ws.perSecond.toFixed(0)}/s, ${ws.cpu.toFixed(1)} µs`,
    )
    await listening.ask('open', { url: target.socketUrl, tokens: seed.listeners.map(({ token }) => token) })
    await asking.ask('open', { url: target.socketUrl, tokens: seed.bystanders.map(({ token }) => token) })
    const hard = await flood(bench, sockets)
    const easy = await calm(bench, sockets)
    await listening.ask('close', null)
    await asking.ask('close', null)
    return figuresOf(hard, easy, { ready, ws, calm: slow })
  },
}
