/** The server indexes the content of an older version again in the background, while it serves requests. */
import { channelOf, deliversTwice, type Place, place, sendFile, write } from '@plausch/testkit'
import { type Channel, posts, search } from '@plausch/wire'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { rebuildOf } from './rebuild.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const messages = async (terms: string): Promise<string[]> => {
  const found = await at.bo.call(search.posts, { body: { terms, per_page: 200 } })
  return found.order.map((id) => found.posts[id]?.message ?? '')
}
const filesFound = async (terms: string) => (await at.bo.call(search.files, { body: { terms } })).order.length
const pool = () => at.server.app.pool

/** Indexes words the way an older version did: split by the database's own parser. */
const indexAsBefore = () =>
  Promise.all([
    pool().run(
      `update search_posts s set words = to_tsvector('simple', p.message)
         || array_to_tsvector(array(select l from unnest(tsvector_to_array(s.words)) l where l like ':%'))
       from posts p where p.id = s.post_id`,
    ),
    pool().run(`update search_files s set words = 'nothing'`),
    pool().run(
      `insert into search_vocabulary values ('opts.zirkonia'), ('мирославаx') on conflict do nothing`,
    ),
  ])

const blocksOf = async () =>
  (
    await pool().rows<{ id: string; block: string[] }>(
      `select post_id as id, array(select l from unnest(tsvector_to_array(words)) l where l ~ '^:[0-9]{1,10}$') as block
       from search_posts order by post_id`,
    )
  ).map(({ id, block }) => `${id} ${block}`)

it('a rebuild finds old messages and files, keeps their blocks, edits and deletions, and ends', {
  timeout: 60_000,
}, async () => {
  const texts = Array.from({ length: 250 }, (_, n) => `${n} sess.opts.zirkonia_${n}`)
  const written = []
  for (const text of texts) written.push(await write(at.ana, room, text))
  const { id } = await sendFile(at.ana, room, 'opts.zirkonia.bin', 'x')
  await at.ana.call(posts.create, { body: { channel_id: room.id, message: 'file', file_ids: [id] } })
  expect(await messages('zirkonia')).toHaveLength(200)
  expect(await filesFound('zirkonia')).toBe(1)
  const blocks = await blocksOf()
  const counted = await pool().row('select sum(posts) as n from search_blocks')
  await indexAsBefore()
  expect(await messages('zirkonia_7')).toEqual([])
  expect(await filesFound('zirkonia')).toBe(0)
  await pool().run(
    `insert into search_rebuild (kind, before_time, before_id)
     select kind, 9223372036854775807, '~' from unnest(array['post', 'file']) as kind`,
  )
  rebuildOf(at.server.app.server).start()
  const [first, second] = written
  if (!first || !second) throw new Error('nothing written')
  await at.ana.call(posts.patch, { params: { post_id: first.id }, body: { message: 'edited meanwhile' } })
  await at.ana.call(posts.remove, { params: { post_id: second.id } })
  await vi.waitFor(async () => expect(await pool().rows('select from search_rebuild')).toEqual([]), {
    timeout: 30_000,
  })
  expect(await messages('zirkonia_7')).toEqual(['7 sess.opts.zirkonia_7'])
  expect(await messages('zirkonia_0')).toEqual([])
  expect(await messages('zirkonia_1')).not.toContain(texts[1])
  expect(await messages('"edited meanwhile"')).toEqual(['edited meanwhile'])
  expect(await filesFound('zirkonia')).toBe(1)
  const isOfSecond = (line: string) => line.startsWith(second.id)
  const isOfFirst = (line: string) => line.startsWith(first.id)
  expect((await blocksOf()).filter((line) => !isOfFirst(line))).toEqual(
    blocks.filter((line) => !isOfSecond(line) && !isOfFirst(line)),
  )
  const after = await pool().row<{ n: number }>('select sum(posts) as n from search_blocks')
  // The edit is one more, as edits are: each delivery of it. A block that is full too soon is only smaller.
  expect(after?.n).toBeLessThanOrEqual(Number((counted as { n: number }).n) + (deliversTwice ? 2 : 1))
  const words = await pool().rows(
    `select word from search_vocabulary where word in ('opts.zirkonia', 'мирославаx')`,
  )
  expect(words).toEqual([{ word: 'мирославаx' }])
})
