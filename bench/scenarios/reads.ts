/** Reading: opening a channel, and searches. */
import { type Bench, costOf, cpuEach, expectAll, explain, type Scenario, shown, tookOf } from '../bench.ts'
import type { Figure } from '../figures.ts'
import { requestFrom } from '../load/crew.ts'
import type { Step } from '../load/requests.ts'
import { pick, randomOf, sought } from '../words.ts'

/** Rounds by so many people at once, from both processes of the load generator. */
const read = async (bench: Bench, rounds: Step[][], seconds: number, people = 8) => {
  const { seed, asking, listening, target, isShort } = bench
  const lanes = seed.authors.slice(0, people).map(({ token }, index) => ({
    token,
    rounds: [...rounds.slice(index), ...rounds.slice(0, index)],
  }))
  const order = { url: target.url, lanes }
  await requestFrom([asking, listening], { ...order, seconds: isShort ? 0.5 : 1 })
  const { result, cost } = await costOf(bench, () => requestFrom([asking, listening], { ...order, seconds }))
  expectAll(result)
  bench.say(
    `    ${result.took.length} rounds, ${shown(tookOf(result))}; ${explain(cost, result.took.length)}`,
  )
  return { cpu: cpuEach(cost, result.took.length), spread: tookOf(result) }
}

/**
 * The newest page may be in memory. The second never is, and costs the database as much as the first does
 * just after a message.
 */
export const opening = (channelId: string, page = 0): Step[] => [
  { method: 'GET', path: `/api/v4/channels/${channelId}/posts?page=${page}&per_page=60` },
  { method: 'GET', path: `/api/v4/channels/${channelId}/members?page=0&per_page=60` },
  {
    method: 'POST',
    path: '/api/v4/channels/members/me/view',
    body: JSON.stringify({ channel_id: channelId }),
  },
]

const unkept = async (bench: Bench, seconds: number): Promise<Figure> => {
  const { seed, limits } = bench
  bench.say('  with a page that is not in memory')
  const rounds = [...seed.busy, seed.large].map((id) => opening(id, 1))
  return {
    name: 'channel.unkept',
    title: 'the same, the page not in memory: CPU',
    value: (await read(bench, rounds, seconds)).cpu,
    unit: 'ms',
    limit: limits.page.cpu * 3,
    mattermost: 6.3,
  }
}

export const opened: Scenario = {
  name: 'channel',
  isInShort: true,
  async run(bench) {
    const { seed, limits, isShort } = bench
    const random = randomOf(29)
    const all = [...seed.busy, ...seed.quiet, seed.large]
    const channels = Array.from({ length: 100 }, () => pick(random, all))
    const seconds = isShort ? 1.5 : 8
    bench.say('  a channel opened')
    const { cpu, spread } = await read(
      bench,
      channels.map((id) => opening(id)),
      seconds,
    )
    const more = isShort ? [] : [await unkept(bench, seconds)]
    return [
      {
        name: 'channel.cpu',
        title: 'a channel opened: CPU',
        value: cpu,
        unit: 'ms',
        limit: limits.page.cpu * 3,
        goal: 1,
        mattermost: 6.3,
      },
      ...more,
      { name: 'channel.p50', title: 'a channel opened: p50', value: spread.p50, unit: 'ms', mattermost: 27 },
    ]
  },
}

/**
 * The searches, Mattermost's cost for each (over 137,000 posts), and the goal for CPU. Without a CPU goal, 95
 * % must take less than 10 ms, one after the other.
 */
const searches = [
  { name: 'common', title: 'a common word', terms: sought.common, goal: 5, mattermost: 39.5 },
  { name: 'two', title: 'two words', terms: `${sought.common} ${sought.second}`, goal: 2, mattermost: 3.1 },
  { name: 'rare', title: 'a rare word', terms: sought.rare, goal: 1, mattermost: 1.5 },
  { name: 'prefix', title: 'a prefix', terms: `${sought.common.slice(0, 6)}*` },
  { name: 'phrase', title: 'a phrase', terms: `"${sought.common} ${sought.second}"` },
]

/** All searches; with much more data they may take `times` as much CPU. */
export const searched = async (
  bench: Bench,
  name: string,
  title: string,
  times: number,
): Promise<Figure[]> => {
  const { seed, limits, isShort } = bench
  const path = `/api/v4/teams/${seed.team}/posts/search`
  const figures: Figure[] = []
  for (const each of searches) {
    // The short run compares ratios, and a time has none.
    if (isShort && each.goal === undefined) continue
    bench.say(`  ${each.title}: ${each.terms}`)
    const body = JSON.stringify({ terms: each.terms, is_or_search: false, page: 0, per_page: 20 })
    const people = each.goal === undefined ? 1 : 8
    const { cpu, spread } = await read(bench, [[{ method: 'POST', path, body }]], isShort ? 0.6 : 5, people)
    const [key, what] = [`${name}.${each.name}`, `${title}, ${each.title}`]
    if (each.goal === undefined)
      figures.push({
        name: key,
        title: `${what}: p95 of one searcher`,
        value: spread.p95,
        unit: 'ms',
        goal: 10,
      })
    else
      figures.push({
        name: key,
        title: `${what}: CPU`,
        value: cpu,
        unit: 'ms',
        limit: limits.page.cpu,
        goal: each.goal * times,
        mattermost: each.mattermost,
      })
  }
  return figures
}

export const search: Scenario = {
  name: 'search',
  isInShort: true,
  run: (bench) => searched(bench, 'search', 'search', 1),
}
