/**
 * A day of work in ten minutes: 1,000 people with sockets, who disconnect and come back, write, answer,
 * react, edit, open channels, search, type, upload, and sign in and out. What grows in that time would grow
 * for ever. After they have left, nothing of them may remain.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createApi } from '@plausch/client'
import { posts, sessions } from '@plausch/wire'
import { type Bench, expectAll, type Scenario } from '../bench.ts'
import { type Figure, median } from '../figures.ts'
import type { Done, Lane, Step } from '../load/requests.ts'
import { type Person, type Seed, signedIn } from '../seed.ts'
import { pick, type Random, randomOf, sentence, sought } from '../words.ts'
import { opening } from './reads.ts'

const LENGTH_S = { full: 600, short: 60 }
const ROUNDS_PER_S = 60
const RETURNS_PER_S = 4
const SAMPLE_MS = 2000
/** The server waits so long for a client to come back (hub.ts), and checks that every few seconds. */
const AWAY_MS = 5 * 60_000 + 10_000

/** Existing messages, which others answer, react to and edit. */
type Known = { author: Person; id: string; channel: string }

const writeKnown = ({ seed, target }: Bench): Promise<Known[]> =>
  Promise.all(
    seed.authors.map(async (author, n) => {
      const api = createApi({ baseUrl: target.url, token: author.token })
      const channel = seed.busy[n % seed.busy.length] ?? ''
      const { id } = await api.call(posts.create, {
        body: { channel_id: channel, message: 'wer kommt heute' },
      })
      return { author, id, channel }
    }),
  )

const call = (method: string, path: string, body?: unknown): Step => ({
  method,
  path: `/api/v4${path}`,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/**
 * Activities, and their share in per cent; the shares are those of measured days of large sites, with more
 * writing.
 */
const doings: [share: number, (random: Random, seed: Seed, known: Known[], author: Person) => Step[]][] = [
  [
    40,
    (random, { busy, quiet, large }) =>
      opening(random() < 0.05 ? large : pick(random, random() < 0.5 ? busy : quiet)),
  ],
  [
    20,
    (random, { busy, quiet }) => [
      call('POST', '/posts', {
        channel_id: pick(random, random() < 0.5 ? busy : quiet),
        message: sentence(random),
      }),
    ],
  ],
  [
    10,
    (random, _seed, known) => {
      const { id, channel } = pick(random, known)
      return [call('POST', '/posts', { channel_id: channel, root_id: id, message: sentence(random) })]
    },
  ],
  [12, (random, { busy }) => [call('POST', '/users/me/typing', { channel_id: pick(random, busy) })]],
  [
    8,
    (random, _seed, known, author) => {
      const { id: post_id } = pick(random, known)
      const reaction = {
        user_id: author.id,
        post_id,
        emoji_name: pick(random, ['+1', 'tada', 'eyes', 'heart']),
      }
      return [
        call('POST', '/reactions', reaction),
        call('DELETE', `/users/me/posts/${post_id}/reactions/${reaction.emoji_name}`),
      ]
    },
  ],
  [
    5,
    (random, _seed, known, author) => {
      const own = known.find((each) => each.author.id === author.id)
      return [call('PUT', `/posts/${own?.id}/patch`, { message: sentence(random) })]
    },
  ],
  [
    3,
    (random, { team }) => [
      call('POST', `/teams/${team}/posts/search`, {
        terms: pick(random, [sought.rare, `${sought.common} ${sought.second}`]),
        is_or_search: false,
        per_page: 20,
      }),
    ],
  ],
  [
    2,
    (random, { busy }) => [
      {
        method: 'POST',
        path: `/api/v4/files?channel_id=${pick(random, busy)}&filename=messung.txt`,
        body: `${sentence(random)}\n`.repeat(40),
      },
    ],
  ],
]

const ROUNDS = 200

const lanesOf = (seed: Seed, known: Known[]): Lane[] => {
  const random = randomOf(31)
  const drawn = doings.flatMap(([share, make]) => Array.from({ length: share }, () => make))
  return seed.authors.map((author) => ({
    token: author.token,
    rounds: Array.from({ length: ROUNDS }, () => pick(random, drawn)(random, seed, known, author)),
  }))
}

/** People with a session sign in with another one, and out again. */
const comeAndGo = async ({ seed, target }: Bench, until: number): Promise<void> => {
  for (let n = 0; performance.now() < until; n += 1) {
    const { username } = seed.listeners[n % seed.listeners.length] ?? { username: '' }
    const { api } = await signedIn(target.url, username)
    await api.call(sessions.logout, {})
    await sleep(1000)
  }
}

/** On a busy machine a few requests are answered with 503, which people would repeat. */
const MOST_REFUSED = 0.001

const expectMost = (done: Done): void => {
  const refused = Object.values(done.failed).reduce((sum, n) => sum + n, 0)
  if (refused > done.took.length * MOST_REFUSED) expectAll(done)
}

type Sample = { second: number; bytes: number }

const MIB = 1024 * 1024

const watch = async ({ target, say }: Bench, seconds: number): Promise<Sample[]> => {
  const samples: Sample[] = []
  const began = performance.now()
  for (let minute = 1; ; ) {
    const second = (performance.now() - began) / 1000
    if (second >= seconds) return samples
    samples.push({ second, bytes: target.memory() })
    if (second >= minute * 60) {
      say(`  after ${minute} min: ${(target.memory() / MIB).toFixed(0)} MiB`)
      minute += 1
    }
    await sleep(SAMPLE_MS)
  }
}

/** The minimum of memory in use in each of several windows: what garbage collection left. */
const minima = (samples: readonly Sample[], windows: number): number[] => {
  const size = Math.ceil(samples.length / windows)
  return Array.from({ length: windows }, (_, n) =>
    Math.min(...samples.slice(n * size, (n + 1) * size).map(({ bytes }) => bytes)),
  ).filter(Number.isFinite)
}

/** MiB between the first third and the last, after a tenth of the time in which caches fill. */
const growthOf = (samples: readonly Sample[], seconds: number): number => {
  const settled = samples.filter(({ second }) => second >= seconds / 10)
  const all = minima(settled, 9)
  return (median(all.slice(-3)) - median(all.slice(0, 3))) / MIB
}

/** Plausch's metrics, which an administrator can read; undefined for other servers. */
const metricsOf = async ({ target }: Bench): Promise<((name: string) => number) | undefined> => {
  const { api } = await signedIn(target.url, 'root')
  const response = await fetch(`${target.url}/metrics`, {
    headers: { authorization: `Bearer ${api.token()}` },
  })
  await api.call(sessions.logout, {})
  if (!response.ok) return undefined
  const text = await response.text()
  return (name) => Number(new RegExp(`^plausch_${name} (\\d+)`, 'm').exec(text)?.[1])
}

const left = async (bench: Bench): Promise<Figure[]> => {
  const read = await metricsOf(bench)
  if (!read) return []
  const [connections, people, database] = [
    read('connections'),
    read('users_online'),
    read('database_connections'),
  ]
  bench.say(`  left: ${connections} connections of ${people} people, ${database} to the database`)
  return bench.isShort
    ? []
    : [{ name: 'day.left', title: 'connections left after a day', value: connections, unit: '', goal: 0 }]
}

export const day: Scenario = {
  name: 'day',
  isInShort: false,
  isOnlyNamed: true,
  async run(bench) {
    const { seed, asking, listening, target, isShort } = bench
    const seconds = isShort ? LENGTH_S.short : LENGTH_S.full
    const { url } = target
    const known = await writeKnown(bench)
    const tokens = seed.listeners.map(({ token }) => token)
    await listening.ask('open', { url: target.socketUrl, tokens })
    const until = performance.now() + seconds * 1000
    const [done, churned, samples] = await Promise.all([
      asking.ask('request', { url, lanes: lanesOf(seed, known), seconds, perSecond: ROUNDS_PER_S }),
      listening.ask('churn', {
        url: target.socketUrl,
        seconds,
        perSecond: RETURNS_PER_S,
        mostAwayMs: isShort ? 5000 : 20_000,
      }),
      watch(bench, seconds),
      comeAndGo(bench, until),
    ])
    expectMost(done)
    const { closed, frames } = await listening.ask('take', null)
    await listening.ask('close', null)
    bench.say(
      `  ${done.took.length} rounds, ${frames} deliveries; ${churned.returned} returned, ${churned.resumed} resumed`,
    )
    if (closed > 0) throw new Error(`${closed} sockets were closed by the server`)
    if (!isShort) await sleep(AWAY_MS)
    bench.say(`  when all had gone: ${(target.memory() / MIB).toFixed(0)} MiB`)
    return [
      {
        name: 'day.growth',
        title: 'growth of memory in a day of work',
        value: growthOf(samples, seconds),
        unit: 'MiB',
        goal: 8,
      },
      ...(await left(bench)),
    ]
  },
}
