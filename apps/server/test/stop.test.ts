/** A stop finishes the background work of requests, and releases the database after that, not before. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  channelOf,
  direct,
  dropDatabase,
  freshDatabase,
  type Place,
  place,
  sendFile,
  startServer,
  type TestServer,
  unique,
} from '@plausch/testkit'
import { type Channel, posts, reactions, search } from '@plausch/wire'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openOffline } from '../src/app.ts'
import { change, read, system } from '../src/core/context.ts'
import { createPerson } from '../src/features/entrance/onboarding/index.ts'
import { createPost, mayPostIn } from '../src/features/messages/posts/writing/index.ts'
import { actorFor, findUsers } from '../src/features/people/users/index.ts'
import { findChannels } from '../src/features/places/channels/index.ts'
import { openPlain } from './plain-http.ts'

/** Lines of warnings and errors. */
const complaints = (logged: readonly string[]): unknown[] =>
  logged.map((line) => JSON.parse(line) as { level: number }).filter(({ level }) => level >= 40)

let at: Place
let room: Channel
/** The running server; a restarted one has the same address. */
let server: TestServer
beforeAll(async () => {
  at = await place()
  server = at.server
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(async () => {
  await server.stop()
  await dropDatabase(at.server.databaseUrl)
})

const comeBack = async () => {
  const { blobFolder, databaseUrl } = at.server
  server = await startServer({ blobFolder, port: Number(new URL(at.server.url).port) }, databaseUrl)
}

/** Locks a table, so that reads and writes of it have to wait. */
const hold = async (table: string) => {
  const client = new pg.Client({ connectionString: at.server.databaseUrl })
  await client.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in access exclusive mode`)
  return {
    isWaitedFor: async () =>
      (await client.query('select from pg_locks where relation = $1::regclass and not granted', [table]))
        .rowCount !== 0,
    async release() {
      await client.query('commit')
      await client.end()
    },
  }
}

const say = (message: string, more: object = {}) =>
  at.ana.call(posts.create, { body: { channel_id: room.id, message, ...more } })

describe('a stop waits for running work', () => {
  it.each<[string, string, () => Promise<unknown>]>([
    ['messages on their way into the index', 'search_posts', () => say('wait for me')],
    [
      'files on their way into the index',
      'search_files',
      () => sendFile(at.ana, room, 'plan.txt', 'wait').then(({ id }) => say('', { file_ids: [id] })),
    ],
    ['the status of somebody who comes', 'statuses', () => at.bo.listen()],
  ])('%s', async (_, table, cause) => {
    const held = await hold(table)
    const caused = cause()
    await expect.poll(held.isWaitedFor, { timeout: 5000 }).toBe(true)
    let isStopped = false
    const stopped = server.app.stop().then(() => {
      isStopped = true
    })
    await sleep(200)
    expect(isStopped).toBe(false)
    await held.release()
    await Promise.allSettled([caused, stopped])
    expect(isStopped).toBe(true)
    expect(complaints(server.logged)).toEqual([])
    await comeBack()
  })
})

const ROUNDS = 8

it('stops at any moment while people write, and logs no warnings', async () => {
  const talk = await direct(at.ana, at.bo)
  const logs: string[][] = []
  const word = unique('everywhere')
  for (let round = 0; round < ROUNDS; round += 1) {
    const { id: file } = await sendFile(at.ana, room, 'notes.txt', `${word} in a file`)
    const root = await say(`@${at.bo.username} @${at.eve.username} ${word} https://example.org/${round}`)
    const writing = [
      say(`${word} with a file`, { file_ids: [file] }),
      say('an answer', { root_id: root.id }),
      at.bo.call(posts.create, { body: { channel_id: talk.id, message: `${word} ${round}` } }),
      at.bo.call(reactions.save, { body: { user_id: at.bo.id, post_id: root.id, emoji_name: '+1' } }),
      at.ana.call(posts.patch, { params: { post_id: root.id }, body: { message: `${word} again` } }),
    ]
    const written = Promise.allSettled(writing)
    // At once, after the answers, and in between.
    if (round % 3 === 1) await written
    if (round % 3 === 2) await writing[round % writing.length]
    await server.app.stop()
    await written
    logs.push(server.logged)
    await comeBack()
  }
  // Work that continues without the database would complain a little later.
  await sleep(300)
  expect(logs.flatMap(complaints)).toEqual([])
  const found = await at.ana.call(search.postsInTeam, {
    params: { team_id: at.team.id },
    body: { terms: word, is_or_search: false, per_page: 200 },
  })
  expect(found.order.length).toBeGreaterThanOrEqual(ROUNDS)
})

it('refuses requests during the stop in v4’s form, and finishes earlier ones', async () => {
  const held = await hold('posts')
  const connection = await openPlain(server)
  const head = (method: string, path: string, body: string) =>
    `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${at.ana.api.token()}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  await connection.write(
    head('POST', '/api/v4/posts', JSON.stringify({ channel_id: room.id, message: 'before the stop' })),
  )
  await expect.poll(held.isWaitedFor).toBe(true)
  const stopped = server.app.stop()
  await expect
    .poll(() =>
      fetch(`${server.url}/api/v4/system/ping`).then(
        () => 'open',
        () => 'closed',
      ),
    )
    .toBe('closed')
  await connection.write(head('GET', '/api/v4/users/me', ''))
  await held.release()
  expect((await connection.answer()).status).toBe(201)
  const { status, headers, body, closes } = await connection.answer()
  expect([status, closes, headers['retry-after']]).toEqual([503, true, '2'])
  expect(JSON.parse(body)).toEqual({
    id: 'stopping',
    message: expect.any(String),
    detailed_error: '',
    request_id: headers['x-request-id'],
    status_code: 503,
  })
  expect(headers['x-version-id']).toMatch(/^\d/)
  connection.socket.end()
  await stopped
  expect(complaints(server.logged)).toEqual([])
  await comeBack()
})

it('a command that writes also stops without warnings', async () => {
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
  const { blobFolder } = at.server
  const open = (databaseUrl: string) => openOffline({ databaseUrl, fixed: {}, log, blobFolder })
  const fresh = await freshDatabase()
  onTestFinished(() => dropDatabase(fresh))
  for (let round = 0; round < ROUNDS; round += 1) {
    const username = unique('offline')
    const account = { username, email: `${username}@example.org`, password: 'correct horse battery' }
    for (const url of [fresh, at.server.databaseUrl]) {
      const offline = await open(url)
      await change(offline.server, { actor: system }, (context) =>
        createPerson(context, account, 'system_user'),
      )
      await offline.stop()
    }
    const offline = await open(at.server.databaseUrl)
    const [ana] = await findUsers(offline.server.db, [at.ana.id])
    if (!ana) throw new Error('Ana is not there')
    const body = { channel_id: room.id, message: `@${at.bo.username} written by a command` }
    await read(offline.server, { actor: actorFor(offline.server, ana) }, async (context) =>
      createPost(
        context,
        { params: {}, query: { set_online: true }, body },
        await mayPostIn(context, { body }),
      ),
    )
    expect(await findChannels(offline.server.db, [room.id])).toHaveLength(1)
    await offline.stop()
  }
  await sleep(300)
  expect(complaints(logged)).toEqual([])
})
