import { dropDatabase, freshDatabase, mailbox, signUp, startServer } from '@plausch/testkit'
import { expect, it, onTestFinished } from 'vitest'

it('of the version before are run by this one', async () => {
  const box = await mailbox()
  onTestFinished(() => box.stop())
  const database = await freshDatabase()
  onTestFinished(() => dropDatabase(database))
  const first = await startServer({ fixed: box.settings }, database)
  const { pool } = first.app
  const nora = await signUp(first, 'nora')
  // The library's table, as far as the code needs it.
  await pool.unprepared(`create schema jobs; create type jobs.job_state as enum ('created', 'retry', 'active', 'completed');
    create table jobs.job (name text, data jsonb, state jobs.job_state, start_after timestamptz not null default now())`)
  const leave = (name: string, data: object, state: string, start = 'now()') =>
    pool.run(`insert into jobs.job select $1, $2, $3::jobs.job_state, ${start}`, [name, data, state])
  const welcome = { letter: 'accounts.welcome', payload: { user_id: nora.id } }
  await leave('mails', welcome, 'active')
  await leave('mails', welcome, 'completed')
  const fact = { fact: 'storage.blobs_loosened', payload: { keys: ['files/x'] } }
  await leave('facts', fact, 'retry', "now() + interval '1 hour'")
  await first.stop()
  const second = await startServer({ fixed: box.settings }, database)
  onTestFinished(() => second.stop())
  await box.next(`${nora.username}@example.org`)
  const waiting = await second.app.pool.rows<{ payload: unknown; run_at: number }>(
    "select payload, run_at from queue_jobs where queue = 'storage.blobs_loosened/storage'",
  )
  expect(waiting).toMatchObject([{ payload: { keys: ['files/x'] } }])
  expect(waiting[0]?.run_at).toBeGreaterThan(Date.now() + 1_800_000)
  expect(await second.app.pool.rows('select state from jobs.job')).toEqual([{ state: 'completed' }])
  expect(box.all(`${nora.username}@example.org`)).toHaveLength(1)
})
