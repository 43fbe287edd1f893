/**
 * No operation scans a whole large table: its cost must not grow with what others write and do. Every
 * permitted request of the matrix is sent to a server with so many people and posts that PostgreSQL uses an
 * index wherever the statement allows it.
 */
import { place, unlimited } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { crowd, LARGE, MANY } from './crowd.ts'
import { draftOf, send } from './matrix/request.ts'
import { build, type Scene } from './matrix/scene.ts'
import { table } from './matrix/table.ts'
import type { Actor, Kase } from './matrix/who.ts'
import { operationNamed } from './rows.ts'

/** The answers of these operations count all people, or those of whole teams. */
const COUNTS = new Set(['users.stats', 'users.filteredStats', 'system.limits', 'requests.listOrphans'])

let scene: Scene

beforeAll(async () => {
  scene = await build(await place({ checksReplies: false, fixed: unlimited }))
  for (const statement of crowd(scene.owner.id, scene.rooms.public.id))
    await scene.at.server.app.pool.unprepared(statement)
}, 240_000)
afterAll(() => scene.at.stop())

/**
 * Rows of each large table, and entries of its indexes, that were read. A statement without a useful index
 * reads the whole table, or the whole of some index. Connections that are used a second after the last time
 * hand their figures on.
 */
const rowsRead = async (): Promise<Map<string, number>> => {
  const { pool } = scene.at.server.app
  const ask = () => pool.unprepared('select pg_stat_force_next_flush(), pg_sleep(0.01)')
  await Promise.all(Array.from({ length: 12 }, ask))
  await Promise.all(Array.from({ length: 4 }, () => pool.rows('select pg_stat_force_next_flush()')))
  const rows = await pool.rows<{ name: string; n: number }>(
    `select relname as name, (seq_tup_read
       + (select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes i where i.relid = t.relid))::bigint as n
     from pg_stat_user_tables t where relname = any($1)`,
    [LARGE],
  )
  return new Map(rows.map(({ name, n }) => [name, n]))
}

it('reads large tables by their indexes, for any request', { timeout: 300_000 }, async () => {
  let before = await rowsRead()
  expect(before.size).toBe(LARGE.length)
  const read: string[] = []
  const look = async (what: string) => {
    const now = await rowsRead()
    for (const [name, n] of now) {
      const more = n - (before.get(name) ?? 0)
      if (more >= MANY) read.push(`${more} of ${name}, about when ${what} was asked for`)
    }
    before = now
  }
  for (const [id, kases] of Object.entries(table)) {
    if (COUNTS.has(id)) continue
    for (const [kase, allowed] of Object.entries(kases) as [Kase, readonly Actor[]][]) {
      const actor = allowed.find((each) => each !== 'anonymous')
      if (!actor) continue
      const draft = await draftOf(scene, operationNamed(id), kase, actor)
      await send(id, draft)
      await draft.after?.()
      await look(id)
      break
    }
  }
  // Work after the answers, and connections that were busy.
  await new Promise((resolve) => setTimeout(resolve, 1500))
  await look('the last one')
  expect(read).toEqual([])
})
