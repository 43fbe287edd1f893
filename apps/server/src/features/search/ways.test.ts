/** However it is found, by the way from the newest post on or by the index of words, it is the same. */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, channels, members, posts, search } from '@plausch/wire'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vocabularyOf } from './vocabulary.ts'

let at: Place
let lea: Person
let room: Channel
let own: Channel
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [at.bo, lea])
  own = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const messages = async (person: Person, terms: string, more = {}): Promise<string[]> => {
  const result = await person.call(search.posts, { body: { terms, ...more } })
  return result.order.map((id) => result.posts[id]?.message ?? '')
}

/** What has been counted decides on the way: all of a thousand sampled posts, or none. */
const count = async (words: Record<string, number>) => {
  const { pool } = at.server.app
  await pool.run('delete from search_frequencies')
  const [lexemes, numbers] = [Object.keys(words), Object.values(words)]
  await pool.run(
    'insert into search_frequencies (lexeme, posts) select * from unnest($1::text[], $2::bigint[])',
    [lexemes, numbers],
  )
}

const places = (posts = 1000) => Object.fromEntries([room.id, own.id].map((id) => [`:${id}`, posts]))

describe.each([
  ['by the index', async () => count({ '': 1000, ...places() })],
  [
    'by the way',
    async () => count({ '': 1000, granat: 1000, turmalin: 1000, [`:${at.ana.id}`]: 1000, ...places() }),
  ],
  [
    'by neither, where the way is too short',
    async () => count({ '': 1, granat: 1, turmalin: 1, ...places() }),
  ],
  ['by the index, in places where little is', async () => count({ '': 1000, ...places(100) })],
  [
    'by the way, in places where little is',
    async () => count({ '': 1000, granat: 1000, turmalin: 1000, [`:${at.ana.id}`]: 1000, ...places(200) }),
  ],
  ['before anything is counted', async () => count({})],
])('%s', (way, prepare) => {
  const tag = `W${way.length}`
  const all = [1, 2, 3, 4, 5].map((n) => `Granat ${n} ${tag}`)
  beforeAll(async () => {
    await write(at.ana, own, `Granat secret ${tag}`)
    for (const text of all) await write(at.ana, room, text)
    await write(at.bo, room, `Granat Turmalin by Bo ${tag}`)
    const gone = await write(at.ana, room, `Granat gone ${tag}`)
    await at.ana.call(posts.remove, { params: { post_id: gone.id } })
    await write(at.ana, own, `Granat secret again ${tag}`)
    // Further than a way of some dozen posts leads.
    for (let n = 0; n < 100; n += 1) await write(at.ana, own, `Basalt ${n}`)
    await messages(lea, 'Granat')
    await prepare()
  })

  it('finds the newest first, in pages, and only where one is', async () => {
    const newest = [`Granat Turmalin by Bo ${tag}`, ...all.toReversed()]
    expect(await messages(lea, `Granat ${tag}`)).toEqual(newest)
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4 })).toEqual(newest.slice(0, 4))
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4, page: 1 })).toEqual(newest.slice(4))
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4, page: 2 })).toEqual([])
    expect(await messages(at.eve, `Granat ${tag}`)).toEqual([])
  })

  it('finds several words, phrases, beginnings, and not what is excluded', async () => {
    const both = [`Granat Turmalin by Bo ${tag}`]
    expect(await messages(lea, `Granat Turmalin ${tag}`)).toEqual(both)
    expect(await messages(lea, `"Granat Turmalin" ${tag}`)).toEqual(both)
    expect(await messages(lea, `"Turmalin Granat" ${tag}`)).toEqual([])
    expect(await messages(lea, `Turma* ${tag}`)).toEqual(both)
    expect(await messages(lea, `Granat -Turmalin ${tag}`)).toEqual(all.toReversed())
    expect(await messages(lea, `-Turmalin -Basalt`, { per_page: 2 })).toEqual(all.toReversed().slice(0, 2))
  })

  it('finds by people, places and days', async () => {
    expect(await messages(lea, `Granat ${tag} from:${at.bo.username}`)).toHaveLength(1)
    expect(await messages(lea, `Granat ${tag} from:${at.ana.username}`)).toEqual(all.toReversed())
    expect(await messages(lea, `Granat ${tag} -from:${at.bo.username}`)).toEqual(all.toReversed())
    expect(await messages(lea, `from:${at.bo.username}`, { per_page: 1 })).toEqual([
      `Granat Turmalin by Bo ${tag}`,
    ])
    expect(await messages(at.bo, `Granat ${tag} in:${own.name}`)).toEqual([
      `Granat secret again ${tag}`,
      `Granat secret ${tag}`,
    ])
    expect(await messages(lea, `Granat ${tag} in:${own.name}`)).toEqual([])
    expect(await messages(lea, `Granat ${tag} -in:${room.name}`)).toEqual([])
    expect(await messages(lea, `Granat ${tag} before:2001-01-01`)).toEqual([])
    expect(await messages(lea, `Granat ${tag} after:2001-01-01 -on:2001-02-03`)).toHaveLength(6)
    expect(await messages(lea, `Granat ${tag} -on:2001-02-31 -before:2001-01-01`)).toHaveLength(6)
    expect(await messages(lea, `Granat ${tag} -after:2001-01-01`)).toEqual([])
  })
})

it('is found by who is in many channels as by who is in few', async () => {
  const many = await signUp(at.server, 'many', at.team.invite_id)
  const rooms: Channel[] = []
  for (let n = 0; n < 45; n += 1) rooms.push(await channelOf(many, at.team, 'O'))
  const [first, last] = [rooms[0], rooms.at(-1)]
  if (!first || !last) throw new Error('no rooms')
  await write(many, first, 'Rubin in the first')
  await write(many, last, 'Rubin in the last')
  const both = ['Rubin in the last', 'Rubin in the first']
  expect(await messages(many, 'Rubin')).toEqual(both)
  await many.call(members.remove, { params: { channel_id: last.id, user_id: many.id } })
  await many.call(channels.archive, { params: { channel_id: first.id } })
  expect(await messages(many, 'Rubin')).toEqual([])
  expect(await messages(many, 'Rubin', { include_deleted_channels: true })).toEqual(['Rubin in the first'])
})

it('is not found by what nobody said: the ids of places and people', async () => {
  await write(at.bo, room, 'Saphir')
  for (const id of [room.id, at.bo.id])
    for (const terms of [
      id,
      `:${id}`,
      `":${id}"`,
      `#:${id}`,
      `#:${id.slice(0, 20)}*`,
      `:${id.slice(0, 20)}*`,
    ])
      expect(await messages(lea, terms)).toEqual([])
})

it('words that were not learnt after all are learnt the next time', async () => {
  const server = at.server.app.server
  const vocabulary = vocabularyOf(server)
  const known = () => server.db.rows("select from search_vocabulary where word = 'lapislazuli'")
  const failing = server.db.transaction(async (db) => {
    await vocabulary.learn(db, ['lapislazuli'])
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await known()).toEqual([])
  await write(at.ana, room, 'Lapislazuli')
  expect(await messages(lea, 'lazuli')).toEqual(['Lapislazuli'])
  expect(await known()).toHaveLength(1)
})

it('leaves no room in the queue when many were indexed', async () => {
  const { pool } = at.server.app
  const size = async () =>
    (await pool.row<{ bytes: number }>("select pg_relation_size('search_queue') as bytes"))?.bytes
  await pool.run(`insert into search_queue (post_id) select id from posts where message like 'Basalt%'`)
  expect(await size()).toBeGreaterThan(0)
  await messages(lea, 'Basalt')
  await expect.poll(size, { timeout: 10_000 }).toBe(0)
})

it('leaves connections to others, however many search', async () => {
  const holder = new pg.Client({ connectionString: at.server.databaseUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('lock table search_posts in access exclusive mode')
  const searching = Array.from({ length: 40 }, () => messages(lea, 'Rubin'))
  const isWaitedFor = async () =>
    (await holder.query("select from pg_locks where relation = 'search_posts'::regclass and not granted"))
      .rowCount
  await expect.poll(isWaitedFor, { timeout: 5000 }).toBeGreaterThan(0)
  const mine = await lea.call(channels.listOfUserInTeam, {
    params: { user_id: lea.id, team_id: at.team.id },
  })
  expect(mine.map(({ id }) => id)).toContain(room.id)
  await holder.query('commit')
  await holder.end()
  expect(new Set((await Promise.all(searching)).map(String))).toEqual(new Set(['']))
})
