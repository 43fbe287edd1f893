import { startServer, type TestServer } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Fault } from './faults.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('says "not now" when the connection is lost in the middle of a transaction, and goes on with another', async () => {
  const { pool } = server.app
  const attempt = pool.transaction(async (db) => {
    const own = await db.row<{ pid: number }>('select pg_backend_pid() as pid')
    await pool.run('select pg_terminate_backend($1)', [own?.pid])
    // Until it has heard of it.
    while (await pool.row('select from pg_stat_activity where pid = $1', [own?.pid]));
    await db.row('select 1 as one')
  })
  const error = await attempt.catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(Fault)
  expect((error as Fault).code).toBe('unavailable')
  expect(await pool.transaction((db) => db.row('select 1 as one'))).toEqual({ one: 1 })
})
