/**
 * How the cost of common operations grows with the data: users, channels per user, members per channel,
 * posts, each alone from a small base. It has a separate server, with databases that are copies of one that
 * the API filled, enlarged by enlarge.ts.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLog } from '@plausch/server/core/log.ts'
import { type Postgres, startPostgres } from '@plausch/server/core/postgres/postgres.ts'
import { channels, members, onboarding, teams } from '@plausch/wire'
import pg from 'pg'
import { type Bench, costOf, cpuEach, expectAll, type Scenario } from '../bench.ts'
import { type Base, enlarge, type Numbers } from '../enlarge.ts'
import type { Figure } from '../figures.ts'
import { requestFrom } from '../load/crew.ts'
import type { Step } from '../load/requests.ts'
import { inColumns, number } from '../report.ts'
import { accountOf, begin, type Person, signedIn, writePosts } from '../seed.ts'
import { freePort, runningTarget, startServer, type Target } from '../target.ts'
import { sought } from '../words.ts'
import { boot } from './arrivals.ts'
import { opening } from './reads.ts'

const AUTHORS = 8
const PLACES = 10
/** Made through the API; further posts repeat their texts. */
const WRITTEN = 2000

/** Small, and yet more than a page of everything. */
const base: Numbers = { users: 1000, channels: PLACES, members: 10, posts: 5000 }

type Variable = keyof Numbers
const variables = Object.keys(base) as Variable[]

type Known = Base & { people: Person[] }

/** Fills an empty server with what cannot be copied: people who sign in, and their posts. */
const found = async ({ asking, listening }: Bench, { url }: Target): Promise<Known> => {
  const admin = await begin(url)
  const team = await admin.call(teams.create, { body: { name: 'lab', display_name: 'Lab', type: 'O' } })
  const people: Person[] = []
  for (const username of [...Array.from({ length: AUTHORS }, (_, n) => `author${n}`), 'model']) {
    const { id } = await admin.call(onboarding.signUp, { body: accountOf(username) })
    await admin.call(teams.addMembers, {
      params: { team_id: team.id },
      body: [{ team_id: team.id, user_id: id }],
    })
    const { api } = await signedIn(url, username)
    people.push({ id, username, token: api.token() })
  }
  const model = people.pop()?.id ?? ''
  const user_ids = people.map(({ id }) => id)
  const places: string[] = []
  for (let n = 0; n < PLACES; n += 1) {
    const body = { team_id: team.id, name: `place-${n}`, display_name: `Place ${n}`, type: 'O' as const }
    const { id } = await admin.call(channels.create, { body })
    await admin.call(members.add, { params: { channel_id: id }, body: { user_ids } })
    places.push(id)
  }
  const [first = ''] = places
  await writePosts(url, [asking, listening], WRITTEN, people, () => [first])
  // One of them contains the rare word, so its share is the same however many there are.
  const body = JSON.stringify({ channel_id: first, message: sought.rare })
  const lanes = [
    { token: people[0]?.token ?? '', rounds: [[{ method: 'POST', path: '/api/v4/posts', body }]] },
  ]
  expectAll(await asking.ask('request', { url, lanes, rounds: 1 }))
  return { team: team.id, authors: user_ids, model, places, written: WRITTEN + 1, people }
}

/** Runs work with a Plausch server on one of the databases. */
const withServer = async <T>(
  postgres: Postgres,
  data: string,
  database: string,
  work: (target: Target) => Promise<T>,
): Promise<T> => {
  const port = await freePort()
  const env = { PLAUSCH_DATA: data, PLAUSCH_DATABASE_URL: urlOf(postgres, database) }
  const { process: child, pid } = await startServer(port, env)
  const ended = once(child, 'exit')
  try {
    return await work(runningTarget(`http://127.0.0.1:${port}`, pid, postgres.pid))
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

const urlOf = ({ url }: Postgres, database: string): string => {
  const address = new URL(url)
  address.pathname = database
  return address.href
}

const withClient = async <T>(
  postgres: Postgres,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: urlOf(postgres, database) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const call = (method: string, path: string, body?: unknown): Step => ({
  method,
  path,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

/** The measured operations, by the word in the name of the figure. */
const operations: Record<string, { title: string; rounds(known: Known): Step[][] }> = {
  post: {
    title: 'a post',
    rounds: ({ places }) =>
      places.map((channel_id) => [
        call('POST', '/api/v4/posts', { channel_id, message: 'wie viel kostet das' }),
      ]),
  },
  channel: { title: 'a channel opened', rounds: ({ places }) => places.map((id) => opening(id)) },
  boot: { title: 'six boot calls', rounds: ({ team }) => [boot(team)] },
  home: { title: 'the start bundle', rounds: () => [[call('GET', '/api/plausch/home')]] },
  search: {
    title: 'a rare word',
    rounds: ({ team }) => [
      [
        call('POST', `/api/v4/teams/${team}/posts/search`, {
          terms: sought.rare,
          is_or_search: false,
          per_page: 20,
        }),
      ],
    ],
  },
}

type Costs = Record<string, number>

/**
 * CPU milliseconds of server and database per operation, with eight people at once: the lower of two
 * measurements, because other work disturbs.
 */
const measure = async (bench: Bench, target: Target, known: Known, seconds: number): Promise<Costs> => {
  const { asking, listening } = bench
  const costs: Costs = {}
  for (const [name, { rounds }] of Object.entries(operations)) {
    const all = rounds(known)
    const lanes = known.people.map(({ token }, n) => ({
      token,
      rounds: all.map((_, at) => all[(at + n) % all.length] ?? []),
    }))
    const order = { url: target.url, lanes }
    await requestFrom([asking, listening], { ...order, seconds: 1 })
    const once = async () => {
      const { result, cost } = await costOf({ ...bench, target }, () =>
        requestFrom([asking, listening], { ...order, seconds }),
      )
      expectAll(result)
      return cpuEach(cost, result.took.length)
    }
    costs[name] = Math.min(await once(), await once())
  }
  return costs
}

/** Waits until all posts are indexed: a copy of the database must not begin with a queue. */
const untilIndexed = async (client: pg.Client): Promise<void> => {
  while ((await client.query("select from queue_jobs where queue = 'search.posts' limit 1")).rowCount !== 0)
    await sleep(50)
}

const copyOf = (postgres: Postgres, original: string, copy: string) =>
  withClient(postgres, 'postgres', (client) => client.query(`create database ${copy} template ${original}`))

type Point = { variable: Variable; times: number; costs: Costs }

const measureAll = async (bench: Bench, postgres: Postgres, data: string): Promise<Point[]> => {
  const [steps, seconds] = bench.isShort ? [[10], 1] : [[10, 100], 2]
  await withClient(postgres, 'postgres', (client) => client.query('create database small'))
  const known = await withServer(postgres, data, 'small', async (target) => {
    const made = await found(bench, target)
    await withClient(postgres, 'small', untilIndexed)
    return made
  })
  const none: Numbers = { users: 0, channels: PLACES, members: AUTHORS, posts: 0 }
  await withClient(postgres, 'small', (client) => enlarge(client, known, none, base))
  const at = async (database: string) =>
    await withServer(postgres, data, database, (target) => measure(bench, target, known, seconds))
  await copyOf(postgres, 'small', 'once')
  const before = await at('once')
  const points: Point[] = []
  for (const variable of variables) {
    await copyOf(postgres, 'small', variable)
    let from = base
    for (const times of steps) {
      const to = { ...base, [variable]: base[variable] * times }
      await withClient(postgres, variable, (client) => enlarge(client, known, from, to))
      const costs = await at(variable)
      points.push({ variable, times, costs })
      bench.say(`  ${to[variable]} ${titles[variable]}`)
      from = to
    }
    await withClient(postgres, 'postgres', (client) => client.query(`drop database ${variable}`))
  }
  // Everything is compared with the base, so it is measured before and after.
  const after = await at('once')
  const once = Object.fromEntries(
    Object.entries(before).map(([name, cost]) => [name, Math.min(cost, after[name] ?? cost)]),
  )
  const first = variables.map((variable) => ({ variable, times: 1, costs: once }))
  return [...first, ...points].toSorted(
    (a, b) => variables.indexOf(a.variable) - variables.indexOf(b.variable),
  )
}

const titles: Record<Variable, string> = {
  users: 'users',
  channels: 'channels per user',
  members: 'members per channel',
  posts: 'posts',
}

/** For costs that should not grow at all; allows for the noise of a small measurement. */
const FLAT = 1.5
const isFlat = (variable: Variable, operation: string) =>
  (variable === 'users' || variable === 'posts') && operation !== 'search'

const tableOf = (points: readonly Point[]): string => {
  const names = Object.keys(operations)
  const rows = points.map(({ variable, times, costs }) => [
    `${base[variable] * times} ${titles[variable]}`,
    ...names.map((name) => number(costs[name])),
  ])
  return inColumns([['CPU ms of', ...names.map((name) => operations[name]?.title ?? '')], ...rows])
}

const figuresOf = (points: readonly Point[]): Figure[] =>
  Object.entries(Object.groupBy(points, ({ variable }) => variable)).flatMap(([key, own]) => {
    const variable = key as Variable
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) return []
    return Object.entries(operations).map(([name, { title }]) => ({
      name: `growth.${variable}.${name}`,
      title: `${title}, ${last.times} × the ${titles[variable]}: CPU`,
      value: (last.costs[name] ?? 0) / (first.costs[name] ?? 0),
      unit: '×',
      goal: isFlat(variable, name) ? FLAT : last.times,
    }))
  })

export const growth: Scenario = {
  name: 'growth',
  isInShort: false,
  isOnlyNamed: true,
  async run(bench) {
    const data = await mkdtemp(join(tmpdir(), 'plausch-bench-growth-'))
    const postgres = await startPostgres({ dataFolder: data, log: openLog('error') })
    try {
      const points = await measureAll(bench, postgres, data)
      bench.say(`\n${tableOf(points)}\n`)
      return figuresOf(points)
    } finally {
      await postgres.stop()
      await rm(data, { recursive: true, force: true })
    }
  },
}
