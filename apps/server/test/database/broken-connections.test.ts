/**
 * Connections break, rows are locked, the database does not answer: the server keeps running, and unrelated
 * work is not delayed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  channelOf,
  dropDatabase,
  freshDatabase,
  type Person,
  type Place,
  place,
  type ServerOptions,
  startServer,
  type Way,
  wayTo,
} from '@plausch/testkit'
import { type Channel, channels, posts } from '@plausch/wire'
import pg from 'pg'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPool } from '../../src/core/db.ts'
import { InUseRefusal } from '../../src/core/server-lock.ts'

let at: Place
let way: Way
/** People on a server of the test's own; `patience` is for what the test waits for. */
const begin = async (patience: ServerOptions['patience'] = {}) => {
  at = await place({
    patience,
    async through(databaseUrl) {
      way = await wayTo(databaseUrl)
      return way.url
    },
  })
  onTestFinished(() => at.stop())
}

/** Waits as long as a slow machine may take. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000 })

const LOCK = `select pg_try_advisory_lock(hashtext('plausch'), hashtext('server')) as held`
const HOLDER = `select l.pid from pg_locks l where locktype = 'advisory' and objsubid = 2 and granted
  and database = (select oid from pg_database where datname = current_database())
  and classid = (hashtext('plausch')::bigint & 4294967295)::oid
  and objid = (hashtext('server')::bigint & 4294967295)::oid`

/** A direct connection of the test to the database. */
const direct = async (databaseUrl = at.server.databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.end().catch(() => undefined))
  return client
}
const holder = async (client: pg.Client): Promise<number | undefined> =>
  (await client.query<{ pid: number }>(HOLDER)).rows[0]?.pid

const say = (by: Person, channel: Channel, message: string) =>
  by.call(posts.create, { body: { channel_id: channel.id, message } })

describe('the lock on the database', () => {
  it('is taken again each time its connection is ended, and the server keeps running', async () => {
    await begin()
    const client = await direct()
    for (let round = 0; round < 10; round += 1) {
      const before = await holder(client)
      expect(before).toBeDefined()
      await client.query('select pg_terminate_backend($1)', [before])
      await soon(async () => {
        const now = await holder(client)
        return now !== undefined && now !== before
      }).toBe(true)
    }
    expect(await say(at.ana, at.townSquare, 'still here')).toMatchObject({ message: 'still here' })
  })

  it('is refused to a second server', async () => {
    await begin()
    const options = { through: async () => way.url, patience: { holdAgainMs: 25 } }
    const second = await startServer(options, at.server.databaseUrl).catch((error: unknown) => error)
    expect(second).toBeInstanceOf(InUseRefusal)
  }, 60_000)

  it('is taken from a silent connection that the database still considers alive', async () => {
    await begin({ beatMs: 500, beatSilentMs: 3000 })
    const client = await direct()
    const before = await holder(client)
    // The next heartbeat of the connection that holds the lock.
    await way.lose('word', 'pg_try_advisory_lock', 'select')
    expect(await holder(client)).toBe(before)
    await expect
      .poll(
        async () => {
          const now = await holder(client)
          return now !== undefined && now !== before
        },
        { timeout: 60_000 },
      )
      .toBe(true)
  }, 90_000)

  it('is not given up while the process of its own lost connection cannot end', async ({ skip }) => {
    if (process.env.PLAUSCH_TEST_DATABASE_URL) return skip('its processes are not on this machine')
    await begin({ holdAgainMs: 25 })
    const client = await direct()
    const before = (await holder(client)) ?? -1
    process.kill(before, 'SIGSTOP')
    try {
      way.breakOff()
      // Longer than a server tries to get the lock from another server.
      const lost = at.server.app.lost.then(() => 'lost')
      expect(await Promise.race([lost, sleep(3000, 'waiting')])).toBe('waiting')
      expect(await holder(client)).toBe(before)
      expect(await say(at.ana, at.townSquare, 'meanwhile')).toMatchObject({ message: 'meanwhile' })
    } finally {
      process.kill(before, 'SIGCONT')
    }
    await soon(async () => {
      const now = await holder(client)
      return now !== undefined && now !== before
    }).toBe(true)
  }, 60_000)

  it('stops the server if another one has taken the database meanwhile', async () => {
    await begin({ holdAgainMs: 25 })
    const [client, rival] = [await direct(), await direct()]
    // Waits in the queue of the lock, so that it gets the lock first.
    const taken = rival.query(
      LOCK.replace('pg_try_advisory_lock', 'pg_advisory_lock').replace(' as held', ''),
    )
    await soon(
      async () =>
        (await client.query("select from pg_locks where locktype = 'advisory' and not granted")).rowCount,
    ).toBe(1)
    await client.query('select pg_terminate_backend($1)', [await holder(client)])
    await taken
    const reason = await at.server.app.lost
    expect(reason).toBeInstanceOf(InUseRefusal)
    expect(reason.message).toMatch(/^Another Plausch server has taken this database/)
  }, 30_000)
})

it('no broken connection ends the process, whoever uses it', async () => {
  const url = await freshDatabase()
  onTestFinished(() => dropDatabase(url))
  const pool = openPool(url, {}, pino({ level: 'silent' }), 2)
  const end = async (pid: number | undefined) => {
    const client = await direct(url)
    await client.query('select pg_terminate_backend($1)', [pid])
    while ((await client.query('select from pg_stat_activity where pid = $1', [pid])).rowCount !== 0);
  }
  const own = await pool.connect()
  const { rows } = await own.query<{ pid: number }>('select pg_backend_pid() as pid')
  await end(rows[0]?.pid)
  await own.end().catch(() => undefined)
  for (const run of [pool.transaction, pool.writing]) {
    const work = run(async (db) => {
      const row = await db.row<{ pid: number }>('select pg_backend_pid() as pid')
      await end(row?.pid)
    })
    await work.catch(() => undefined)
  }
  for (const db of [pool, pool.searching]) {
    const row = await db.row<{ pid: number }>('select pg_backend_pid() as pid')
    await end(row?.pid)
    // This statement may get the connection that was just ended; the next one does not.
    await db.row('select 1 as one').catch(() => undefined)
    expect(await db.row('select 1 as one')).toEqual({ one: 1 })
  }
  await pool.close()
})

describe('a channel that is locked', () => {
  it('delays only its own posts, and accepts them in order when it is unlocked', async () => {
    await begin()
    const [locked, free] = [
      await channelOf(at.ana, at.team, 'P', [at.bo]),
      await channelOf(at.ana, at.team, 'P'),
    ]
    const bo = await at.bo.listen()
    const client = await direct()
    await client.query('begin')
    await client.query('select from channels where id = $1 for update', [locked.id])
    const waiting = Array.from({ length: 5 }, (_, n) => say(at.ana, locked, `waiting ${n}`))
    // Some of these posts share a batch with the locked channel.
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(at.ana, free, `free ${n}`)))
    for (let n = 0; n < 20; n += 1) await say(at.ana, free, `freely ${n}`)
    await bo.settle()
    expect(bo.all('posted')).toEqual([])
    await client.query('commit')
    const written = await Promise.all(waiting)
    await bo.settle()
    const told = bo.all('posted').map(({ post }) => JSON.parse(post).id)
    const inOrder = [...written].sort((a, b) => a.create_at - b.create_at).map(({ id }) => id)
    expect(told).toEqual(inOrder)
  }, 60_000)

  it('is refused with 503 if it stays locked; a post that is written all the same is announced', async () => {
    await begin({ postMs: 3000 })
    const locked = await channelOf(at.ana, at.team, 'P', [at.bo])
    const bo = await at.bo.listen()
    const client = await direct()
    await client.query('begin')
    await client.query('select from channels where id = $1 for update', [locked.id])
    const reply = await at.ana.fetch('/api/v4/posts', {
      method: 'POST',
      body: JSON.stringify({ channel_id: locked.id, message: 'in vain' }),
    })
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '2'])
    await client.query('commit')
    await say(at.ana, locked, 'at last')
    const { order, posts: found } = await at.ana.call(posts.listInChannel, {
      params: { channel_id: locked.id },
    })
    const written = order.filter((id) => found[id]?.type === '').reverse()
    await bo.settle()
    expect(bo.all('posted').map(({ post }) => JSON.parse(post).id)).toEqual(written)
    expect(found[written.at(-1) ?? '']?.message).toBe('at last')
  }, 60_000)
})

it('a stopped database process delays no other channel, and its post is written once', async ({ skip }) => {
  if (process.env.PLAUSCH_TEST_DATABASE_URL) return skip('its processes are not on this machine')
  await begin()
  const [stuck, free] = [
    await channelOf(at.ana, at.team, 'P', [at.bo]),
    await channelOf(at.ana, at.team, 'P'),
  ]
  const bo = await at.bo.listen()
  const [client, watcher] = [await direct(), await direct()]
  await client.query('begin')
  await client.query('select from channels where id = $1 for update', [stuck.id])
  const post = say(at.ana, stuck, 'stuck')
  const waiting = async () =>
    (
      await watcher.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name like 'plausch posts %' and wait_event_type = 'Lock'`,
      )
    ).rows[0]?.pid
  let pid: number | undefined
  await soon(async () => {
    pid = await waiting()
    return pid
  }).toBeDefined()
  if (pid === undefined) return
  process.kill(pid, 'SIGSTOP')
  try {
    await client.query('commit')
    for (let n = 0; n < 20; n += 1) await say(at.ana, free, `free ${n}`)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  const { id } = await post
  await bo.settle()
  expect(bo.all('posted').map((data) => JSON.parse(data.post).id)).toEqual([id])
}, 60_000)

it('a database that does not answer gets requests a 503, and is used again when it continues', async () => {
  const waits = { connectMs: 4000, statementMs: 3000, silentMs: 4000, commitMs: 1000, doubtMs: 2000 }
  await begin({ ...waits, writingMs: 3000, writingSilentMs: 4000, postMs: 5000 })
  await say(at.ana, at.townSquare, 'before')
  way.freeze()
  const ask = (path: string, init: RequestInit = {}) =>
    at.ana.fetch(`/api/v4${path}`, init).then((reply) => ({
      status: reply.status,
      retryAfter: reply.headers.get('retry-after'),
    }))
  const write = (message: string) =>
    ask('/posts', { method: 'POST', body: JSON.stringify({ channel_id: at.townSquare.id, message }) })
  const answers = await Promise.all([
    ...Array.from({ length: 40 }, () => ask('/users/me/preferences')),
    ...Array.from({ length: 10 }, (_, n) => write(`silence ${n}`)),
    ask(`/channels/${at.townSquare.id}/patch`, { method: 'PUT', body: '{"header":"x"}' }),
    ask(`/users/me/patch`, { method: 'PUT', body: '{"first_name":"x"}' }),
  ])
  for (const answer of answers) expect(answer).toEqual({ status: 503, retryAfter: '2' })
  way.thaw()
  await soon(async () => (await write('again')).status).toBe(201)
  expect((await ask('/users/me/preferences')).status).toBe(200)
  await at.ana.call(channels.get, { params: { channel_id: at.townSquare.id } })
}, 150_000)
