/** Plans are kept: a plan from an empty server must serve a large one until its tables are analysed. */
import { channelOf, type Place, place, write } from '@plausch/testkit'
import { type Channel, search } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const MANY = 20_000

/** Search waits until the post is indexed. */
const writeAndFind = async (word: string) => {
  await write(at.ana, room, word)
  const found = await at.bo.call(search.posts, { body: { terms: word } })
  expect(found.order).toHaveLength(1)
}

/** The number of posts read by sequential scans. */
const postsRead = async (): Promise<number> => {
  const row = await at.server.app.pool.row<{ n: number }>(
    `select seq_tup_read as n from pg_stat_user_tables where relname = 'posts'`,
  )
  return row?.n ?? 0
}

const writeMany = (from: number, to: number) =>
  at.server.app.pool.unprepared(
    `insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, hashtags, pending_post_id, props, edit_at, delete_at, is_pinned)
     select 'x' || lpad(n::text, 25, '0'), n, n, '${at.ana.user.id}', '${room.id}', '', 'm', '', '', '', '{}', 0, 0, false
     from generate_series(${from}, ${to}) n`,
  )

it('writes, indexes and finds without scanning all posts, however fast their number grew', async () => {
  // So few that PostgreSQL would rather scan all of them than use an index.
  await writeMany(1, 200)
  await at.server.app.pool.unprepared('analyze posts')
  for (const word of ['first', 'second', 'third']) await writeAndFind(word)
  await writeMany(201, MANY + 200)
  const before = await postsRead()
  for (const word of ['fourth', 'fifth', 'sixth']) await writeAndFind(word)
  // A connection reports its statistics when it is used a second after its last report.
  await new Promise((resolve) => setTimeout(resolve, 1200))
  await writeAndFind('seventh')
  expect((await postsRead()) - before).toBeLessThan(MANY)
})
