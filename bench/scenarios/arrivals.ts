/**
 * People who arrive: all at once after a restart, one by one with a password, five hundred with a password.
 */
import { type Bench, costOf, cpuEach, expectAll, explain, type Scenario, shown, tookOf } from '../bench.ts'
import { spreadOf } from '../figures.ts'
import { requestFrom } from '../load/crew.ts'
import type { Lane, Step } from '../load/requests.ts'
import { BUSY_LISTENERS, PASSWORD } from '../seed.ts'

const get = (path: string): Step => ({ method: 'GET', path: `/api/v4${path}` })

/** The first requests of the official web app. */
export const boot = (team: string): Step[] => [
  get('/users/me'),
  get('/users/me/preferences'),
  get('/users/me/teams'),
  get('/users/me/teams/members'),
  get(`/users/me/teams/${team}/channels`),
  get(`/users/me/teams/${team}/channels/members`),
]

/** Everybody reconnects: a socket, and then the requests of a client. */
const storm = async (bench: Bench) => {
  const { seed, asking, listening, target } = bench
  const people = seed.listeners
  const lanes: Lane[] = Array.from({ length: 50 }, () => ({ token: '', rounds: [] }))
  const tokens = people.map(({ token }) => token)
  const { result, cost } = await costOf(bench, async () => {
    const sockets = listening.ask('open', { url: target.socketUrl, tokens, atOnce: 100 })
    const each = people.map(({ token }) => ({ token, rounds: [boot(seed.team)] }))
    const took: number[] = []
    // At most so many at a time: a server answers a crowd no faster than it can.
    for (let from = 0; from < each.length; from += lanes.length) {
      const done = await asking.ask('request', {
        url: target.url,
        lanes: each.slice(from, from + lanes.length),
        rounds: 1,
      })
      expectAll(done)
      took.push(...done.took)
    }
    return { took, greeted: await sockets }
  })
  await listening.ask('close', null)
  bench.say(
    `  storm of ${people.length}: ready after ${cost.seconds.toFixed(2)} s; greeted ${shown(spreadOf(result.greeted))}`,
  )
  bench.say(`    six calls ${shown(spreadOf(result.took))}; ${explain(cost, people.length)}`)
  return { cpu: cpuEach(cost, people.length), seconds: cost.seconds }
}

/** A hundred people are done before the CPU clock has advanced much, so they come several times. */
const storms = async (bench: Bench) => {
  const all: Awaited<ReturnType<typeof storm>>[] = []
  for (let n = 0; n < (bench.isShort ? 4 : 1); n += 1) all.push(await storm(bench))
  const mean = (name: 'cpu' | 'seconds') => all.reduce((sum, each) => sum + each[name], 0) / all.length
  return { cpu: mean('cpu'), seconds: mean('seconds') }
}

const bundle = async (bench: Bench) => {
  const { seed, asking, listening, target, isShort } = bench
  const lanes = seed.listeners
    .slice(0, 8)
    .map(({ token }) => ({ token, rounds: [[{ method: 'GET', path: '/api/plausch/home' }]] }))
  const order = { url: target.url, lanes }
  await requestFrom([asking, listening], { ...order, seconds: 0.5 })
  const { result, cost } = await costOf(bench, () =>
    requestFrom([asking, listening], { ...order, seconds: isShort ? 1 : 4 }),
  )
  expectAll(result)
  bench.say(`  start bundle: ${shown(tookOf(result))}; ${explain(cost, result.took.length)}`)
  return cpuEach(cost, result.took.length)
}

export const reconnect: Scenario = {
  name: 'storm',
  isInShort: true,
  async run(bench) {
    const { cpu, seconds } = await storms(bench)
    const home = await bundle(bench)
    const { page } = bench.limits
    return [
      {
        name: 'storm.cpu',
        title: 'a reconnect, socket and six boot calls: CPU',
        value: cpu,
        unit: 'ms',
        limit: page.cpu * 7,
        goal: 1.5,
        mattermost: 9.7,
      },
      { name: 'storm.ready', title: 'all of them ready after', value: seconds, unit: 's', mattermost: 6.4 },
      {
        name: 'storm.home',
        title: 'the start bundle of our client: CPU',
        value: home,
        unit: 'ms',
        limit: page.cpu,
        goal: 1,
      },
    ]
  },
}

const signInAs = (username: string): Step => ({
  method: 'POST',
  path: '/api/v4/users/login',
  body: JSON.stringify({ login_id: username, password: PASSWORD }),
})

/** Writes posts at an even pace; returns the 99th percentile of their answer times. */
const evenPosts = async (bench: Bench, seconds: number) => {
  const { seed, listening, target } = bench
  const lanes = seed.authors.slice(0, 4).map(({ token }) => ({
    token,
    rounds: [
      [
        {
          method: 'POST',
          path: '/api/v4/posts',
          body: JSON.stringify({ channel_id: seed.small, message: 'tick' }),
        },
      ],
    ],
  }))
  const done = await listening.ask('request', { url: target.url, lanes, seconds, perSecond: 40 })
  expectAll(done)
  return tookOf(done)
}

export const passwords: Scenario = {
  name: 'signin',
  isInShort: false,
  async run(bench) {
    const { seed, asking, target } = bench
    const { url } = target
    const one = [
      { token: '', rounds: seed.listeners.slice(0, 60).map(({ username }) => [signInAs(username)]) },
    ]
    const { result, cost } = await costOf(bench, () => asking.ask('request', { url, lanes: one, rounds: 60 }))
    expectAll(result)
    bench.say(`  one by one: ${shown(tookOf(result))}; ${explain(cost, 60)}`)
    const calm = await evenPosts(bench, 4)
    const crowd = seed.listeners.slice(BUSY_LISTENERS, BUSY_LISTENERS + 500)
    const lanes = crowd.map(({ username }) => ({ token: '', rounds: [[signInAs(username)]] }))
    const [all, busy] = await Promise.all([
      asking.ask('request', { url, lanes, rounds: 1 }),
      evenPosts(bench, 4),
    ])
    expectAll(all)
    bench.say(
      `  500 at once: ready after ${all.seconds.toFixed(1)} s; posts meanwhile ${shown(busy)}, else ${shown(calm)}`,
    )
    return [
      {
        name: 'signin.cpu',
        title: 'a sign-in with a password: CPU',
        value: cpuEach(cost, 60),
        unit: 'ms',
        goal: 20,
        mattermost: 60,
      },
      {
        name: 'signin.posts',
        title: 'posts while 500 sign in: p99',
        value: busy.p99,
        unit: 'ms',
        limit: calm.p99,
      },
    ]
  },
}
