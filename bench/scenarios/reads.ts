/** What people read: a channel that is opened, and searches. */
import { type Bench, costOf, cpuEach, expectAll, explain, type Scenario, shown, tookOf } from '../bench.ts'
import { requestFrom } from '../load/crew.ts'
import type { Step } from '../load/requests.ts'
import { pick, randomOf, sought } from '../words.ts'

/** Rounds by eight people at once, from both processes of the generator. */
const read = async (bench: Bench, rounds: Step[][], seconds: number) => {
  const { seed, asking, listening, target } = bench
  const lanes = seed.authors.slice(0, 8).map(({ token }, index) => ({
    token,
    rounds: [...rounds.slice(index), ...rounds.slice(0, index)],
  }))
  const order = { url: target.url, lanes }
  await requestFrom([asking, listening], { ...order, seconds: 1 })
  const { result, cost } = await costOf(bench, () => requestFrom([asking, listening], { ...order, seconds }))
  expectAll(result)
  bench.say(
    `    ${result.took.length} rounds, ${shown(tookOf(result))}; ${explain(cost, result.took.length)}`,
  )
  return { cpu: cpuEach(cost, result.took.length), spread: tookOf(result) }
}

const opening = (channelId: string): Step[] => [
  { method: 'GET', path: `/api/v4/channels/${channelId}/posts?page=0&per_page=60` },
  { method: 'GET', path: `/api/v4/channels/${channelId}/members?page=0&per_page=60` },
  {
    method: 'POST',
    path: '/api/v4/channels/members/me/view',
    body: JSON.stringify({ channel_id: channelId }),
  },
]

export const opened: Scenario = {
  name: 'channel',
  isInShort: true,
  async run(bench) {
    const { seed, limits, isShort } = bench
    const random = randomOf(29)
    const all = [...seed.busy, ...seed.quiet, seed.large]
    const rounds = Array.from({ length: 100 }, () => opening(pick(random, all)))
    bench.say('  a channel opened')
    const { cpu, spread } = await read(bench, rounds, isShort ? 3 : 8)
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
      { name: 'channel.p50', title: 'a channel opened: p50', value: spread.p50, unit: 'ms', mattermost: 27 },
    ]
  },
}

export const search: Scenario = {
  name: 'search',
  isInShort: true,
  async run(bench) {
    const { seed, limits, isShort } = bench
    const path = `/api/v4/teams/${seed.team}/posts/search`
    const find = async (title: string, terms: string) => {
      bench.say(`  ${title}: ${terms}`)
      const body = JSON.stringify({ terms, is_or_search: false, page: 0, per_page: 20 })
      return await read(bench, [[{ method: 'POST', path, body }]], isShort ? 1 : 5)
    }
    const common = await find('common', sought.common)
    const two = await find('two words', `${sought.common} ${sought.second}`)
    const rare = await find('rare', sought.rare)
    const prefix = await find('prefix', `${sought.common.slice(0, 6)}*`)
    const phrase = await find('phrase', `"${sought.common} ${sought.second}"`)
    const limit = limits.page.cpu
    return [
      {
        name: 'search.common',
        title: 'search, a common word: CPU',
        value: common.cpu,
        unit: 'ms',
        limit,
        goal: 5,
        mattermost: 39.5,
      },
      {
        name: 'search.two',
        title: 'search, two words: CPU',
        value: two.cpu,
        unit: 'ms',
        limit,
        goal: 2,
        mattermost: 3.1,
      },
      {
        name: 'search.rare',
        title: 'search, a rare word: CPU',
        value: rare.cpu,
        unit: 'ms',
        limit,
        goal: 1,
        mattermost: 1.5,
      },
      {
        name: 'search.prefix',
        title: 'search, a prefix: p95',
        value: prefix.spread.p95,
        unit: 'ms',
        goal: 10,
      },
      {
        name: 'search.phrase',
        title: 'search, a phrase: p95',
        value: phrase.spread.p95,
        unit: 'ms',
        goal: 10,
      },
    ]
  },
}
