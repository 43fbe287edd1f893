/** The scan from the newest post and the word index find the same posts. */
import { channelOf, type Person, type Place, place, signUp, write } from '@plausch/testkit'
import { type Channel, channels, members, posts, search } from '@plausch/wire'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paced } from './pace.ts'
import { rememberedOf } from './remembered.ts'
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

/**
 * The counted words decide which way a search takes: the number of sampled posts, and how many of them have
 * each word.
 */
const count = async (sampled: number, words: Record<string, number>) => {
  const { pool } = at.server.app
  await pool.run('delete from search_frequencies')
  const [lexemes, numbers] = [
    ['', ...Object.keys(words)],
    [sampled, ...Object.values(words)],
  ]
  await pool.run(
    'insert into search_frequencies (lexeme, posts) select * from unnest($1::text[], $2::bigint[])',
    [lexemes, numbers],
  )
  rememberedOf(at.server.app.server).forget()
}

/** Indexes everything. Posts written after this go into another block. */
const fillBlock = async () => {
  await messages(lea, 'Granat')
  await at.server.app.pool.run('update search_blocks set posts = 4000')
}

/**
 * The number of sampled posts, how many of them have each word, and how many are in each of the two channels.
 */
const cases: [way: string, sampled: number, words: number, places: number][] = [
  ['by the word index', 1000, 0, 1000],
  ['by the scan from the newest post', 1000, 1000, 1000],
  ['by the word index, after a scan that was too short', 1, 1, 1],
  ['by the word index, in channels with few posts', 1000, 0, 100],
  ['by the scan from the newest post, in channels with few posts', 1000, 1000, 200],
  ['by the newest blocks, then by everything if these are not enough', 10_000_000, 10_000, 10_000_000],
  ['by the newest blocks, in channels with few posts', 10_000_000, 100_000, 1_000_000],
  ['before anything is counted', 0, 0, 0],
]

describe.each(cases)('%s', (way, sampled, words, places) => {
  const tag = `W${way.length}`
  const all = [1, 2, 3, 4, 5].map((n) => `Granat ${n} ${tag}`)
  beforeAll(async () => {
    await write(at.ana, own, `Granat secret ${tag}`)
    for (const text of all) {
      await write(at.ana, room, text)
      await fillBlock()
    }
    await write(at.bo, room, `Granat Turmalin by Bo ${tag}`)
    const gone = await write(at.ana, room, `Granat gone ${tag}`)
    await at.ana.call(posts.remove, { params: { post_id: gone.id } })
    await write(at.ana, own, `Granat secret again ${tag}`)
    // More posts than the scan looks at.
    for (let n = 0; n < 100; n += 1) await write(at.ana, own, `Basalt ${n}`)
    await fillBlock()
    const frequent = { granat: words, turmalin: words, [`:${at.ana.id}`]: words }
    await count(sampled, {
      ...frequent,
      [tag.toLowerCase()]: sampled,
      [`:${room.id}`]: places,
      [`:${own.id}`]: places,
    })
  })

  it('finds the newest first, in pages, and only in the person’s channels', async () => {
    const newest = [`Granat Turmalin by Bo ${tag}`, ...all.toReversed()]
    expect(await messages(lea, `Granat ${tag}`)).toEqual(newest)
    expect(await messages(lea, `Granat ${tag}`, { per_page: 2 })).toEqual(newest.slice(0, 2))
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4 })).toEqual(newest.slice(0, 4))
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4, page: 1 })).toEqual(newest.slice(4))
    expect(await messages(lea, `Granat ${tag}`, { per_page: 4, page: 2 })).toEqual([])
    expect(await messages(at.eve, `Granat ${tag}`)).toEqual([])
  })

  it('finds several words, phrases and prefixes, and leaves out excluded words', async () => {
    const both = [`Granat Turmalin by Bo ${tag}`]
    expect(await messages(lea, `Granat Turmalin ${tag}`)).toEqual(both)
    expect(await messages(lea, `"Granat Turmalin" ${tag}`)).toEqual(both)
    expect(await messages(lea, `"Turmalin Granat" ${tag}`)).toEqual([])
    expect(await messages(lea, `Turma* ${tag}`)).toEqual(both)
    expect(await messages(lea, `Granat -Turmalin ${tag}`)).toEqual(all.toReversed())
    expect(await messages(lea, `-Turmalin -Basalt`, { per_page: 2 })).toEqual(all.toReversed().slice(0, 2))
  })

  it('filters by people, channels and days', async () => {
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

describe('posts that were indexed in no order of time', () => {
  const [edited, deleted] = [
    [4, 26, 53],
    [2, 58],
  ]
  const idOf = (n: number) => `zirkon${String(n).padStart(20, '0')}`
  // In the future, so that no other block is newer.
  const begin = Date.now() + 3_600_000
  const timeOf = (n: number) => begin + n * 1000
  const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n)

  /** Inserts posts the way an import does. */
  const bring = async (...numbers: number[]) => {
    await at.server.app.pool.run(
      `with brought as (
         insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id)
         select id, time, time, $4, $5, '', message, '', '{}', '', '' from unnest($1::text[], $2::bigint[], $3::text[]) as t (id, time, message)
         returning id
       ) insert into queue_jobs (queue, payload) select 'search.posts', jsonb_build_object('ids', jsonb_agg(id)) from brought`,
      [numbers.map(idOf), numbers.map(timeOf), numbers.map((n) => `Zirkon ${n}`), at.ana.id, room.id],
    )
    await messages(lea, 'Granat')
  }

  const edit = (n: number) =>
    at.ana.call(posts.patch, { params: { post_id: idOf(n) }, body: { message: `Zirkon ${n} again` } })

  /** Makes these posts look as if they had been indexed before blocks existed. */
  const takeFromBlocks = async (condition: string) => {
    const { pool } = at.server.app
    await pool.run(
      `update search_posts set words = ts_delete(words, array(select ':' || block from search_blocks)) where ${condition}`,
    )
    await pool.run(
      `update search_blocks set newest = case block
         when 0 then (select max(create_at) from search_posts where ${condition})
         else coalesce((select max(create_at) from search_posts where words @@ quote_literal(':' || block)::tsquery), 0) end`,
    )
  }

  beforeAll(async () => {
    await bring(...from(0, 8))
    await takeFromBlocks('true')
    await bring(...from(8, 16))
    await fillBlock()
    await bring(...from(51, 5))
    await edit(53)
    await bring(...from(56, 4))
    await fillBlock()
    await bring(48, ...from(24, 6))
    for (const n of [4, 26]) await edit(n)
    await bring(50)
    await fillBlock()
    await bring(49, ...from(40, 8))
    await fillBlock()
    await bring(...from(30, 10))
    for (const n of deleted) await at.ana.call(posts.remove, { params: { post_id: idOf(n) } })
    // With these counts, a search for up to fourteen posts queries two blocks.
    await count(10_000_000, { zirkon: 60_000, [`:${room.id}`]: 10_000_000 })
  })

  const expected = from(0, 60)
    .toReversed()
    .filter((n) => !deleted.includes(n))
    .map((n) => `Zirkon ${n}${edited.includes(n) ? ' again' : ''}`)

  const findsAll = async (per_page: number) => {
    const found: string[] = []
    for (let page = 0; found.length === page * per_page; page += 1)
      found.push(...(await messages(lea, 'Zirkon', { per_page, page })))
    expect(found).toEqual(expected)
  }

  const sizes = [1, 3, 7, 8, 9, 10, 14, 20]
  it.each(sizes)('are found in order of time, %i per page', findsAll)

  describe('and partly before blocks existed', () => {
    beforeAll(() => takeFromBlocks(`post_id = '${idOf(49)}' or create_at < ${timeOf(0)}`))
    it.each(sizes)('are found in order of time, %i per page', findsAll)
  })
})

it('people in many channels find the same as people in few', async () => {
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

it('the ids of channels and people find nothing, because nobody wrote them', async () => {
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

it('words whose transaction was rolled back are learnt the next time', async () => {
  const server = at.server.app.server
  const vocabulary = vocabularyOf(server)
  const known = () => server.db.rows("select from search_vocabulary where word = 'lapislazuli'")
  const failing = server.db.transaction(async (db) => {
    await vocabulary.learn(db, [['lapislazuli']], paced())
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await known()).toEqual([])
  await write(at.ana, room, 'Lapislazuli')
  expect(await messages(lea, 'lazuli')).toEqual(['Lapislazuli'])
  expect(await known()).toHaveLength(1)
})

it('merging the pending list of the index delays nobody', async () => {
  const holder = new pg.Client({ connectionString: at.server.databaseUrl })
  await holder.connect()
  const index = (await holder.query("select 'search_posts_words'::regclass::oid as oid")).rows[0].oid
  await at.server.app.pool.run(
    `insert into queue_jobs (queue, payload) select 'search.posts', jsonb_build_object('ids', jsonb_agg(id)) from posts where message like 'Basalt%'`,
  )
  await messages(lea, 'Basalt')
  // Until the rollback nobody can use the index.
  await holder.query('begin')
  await holder.query('drop index search_posts_words')
  let isWaiting = false
  const reading = Array.from({ length: 8 }, async () => {
    while (!isWaiting)
      await lea.call(channels.listOfUserInTeam, { params: { user_id: lea.id, team_id: at.team.id } })
  })
  const waits = async () =>
    (await holder.query('select from pg_locks where relation = $1 and not granted', [index])).rowCount
  await expect.poll(waits, { timeout: 5000, interval: 5 }).toBe(1)
  isWaiting = true
  await Promise.all(reading)
  await holder.query('rollback')
  await holder.end()
})

it('searches leave connections for other requests, however many run', async () => {
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
