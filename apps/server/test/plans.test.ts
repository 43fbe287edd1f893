/**
 * No operation reads a large table from one end to the other: what it costs must not grow with what others wrote. Every permitted request of the
 * matrix is sent to a server with so many posts that PostgreSQL takes an index wherever the statement lets it.
 */
import { place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { draftOf, send } from './matrix/request.ts'
import { build, type Scene } from './matrix/scene.ts'
import { table } from './matrix/table.ts'
import type { Actor, Kase } from './matrix/who.ts'
import { operationNamed } from './rows.ts'

const POSTS = 30_000
let scene: Scene

beforeAll(async () => {
  scene = await build(await place({ checksReplies: false, fixed: unlimited }))
  const { pool } = scene.at.server.app
  await pool.unprepared(`
    insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, hashtags, pending_post_id, props, edit_at, delete_at, is_pinned)
    select 'x' || lpad(n::text, 25, '0'), n, n, '${scene.owner.id}', '${scene.rooms.public.id}',
      case when n % 3 = 0 then 'x' || lpad((n / 3 + 1)::text, 25, '0') else '' end, 'm', '', '', '', '{}', 0, 0, false
    from generate_series(1, ${POSTS}) n;
    analyze posts`)
}, 60_000)
afterAll(() => scene.at.stop())

const rowsRead = async (): Promise<number> => {
  // Backends hand their figures on a second after they are idle.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const row = await scene.at.server.app.pool.row<{ n: number }>(
    `select seq_tup_read as n from pg_stat_user_tables where relname = 'posts'`,
  )
  return row?.n ?? 0
}

it('reads posts by their indexes, whatever is asked', { timeout: 120_000 }, async () => {
  const before = await rowsRead()
  for (const [id, kases] of Object.entries(table)) {
    for (const [kase, allowed] of Object.entries(kases) as [Kase, readonly Actor[]][]) {
      const actor = allowed.find((each) => each !== 'anonymous')
      if (!actor) continue
      const draft = await draftOf(scene, operationNamed(id), kase, actor)
      await send(id, draft)
      await draft.after?.()
      break
    }
  }
  expect((await rowsRead()) - before).toBeLessThan(POSTS)
})
