import { dropDatabase, freshDatabase, startServer, type TestServer } from '@plausch/testkit'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { openPool } from './db.ts'
import { Fault } from './faults.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

it('says "not now" when a connection is lost in a transaction, and continues with another', async () => {
  const { pool } = server.app
  const attempt = pool.transaction(async (db) => {
    const own = await db.row<{ pid: number }>('select pg_backend_pid() as pid')
    await pool.run('select pg_terminate_backend($1)', [own?.pid])
    // Until the connection has noticed that.
    while (await pool.row('select from pg_stat_activity where pid = $1', [own?.pid]));
    await db.row('select 1 as one')
  })
  const error = await attempt.catch((refused: unknown) => refused)
  expect(error).toBeInstanceOf(Fault)
  expect((error as Fault).code).toBe('unavailable')
  expect(await pool.transaction((db) => db.row('select 1 as one'))).toEqual({ one: 1 })
})

it('plans a statement once for all values, and a search anew each time', async () => {
  const { pool } = server.app
  const plans = (db: Pick<typeof pool, 'row'>) =>
    db.row<{ generic: number; custom: number }>(
      `select sum(generic_plans)::int as generic, sum(custom_plans)::int as custom from pg_prepared_statements where statement like '%any($1::int[])%'
       and statement not like '%pg_prepared_statements%'`,
    )
  const ask = 'select n from generate_series(1, 9) as n where n = any($1::int[])'
  // On the transaction's one connection: prepared statements belong to a connection.
  const steady = await pool.transaction(async (db) => {
    for (let n = 1; n < 9; n += 1) await db.rows(ask, [Array.from({ length: n }, (_, k) => k)])
    return await plans(db)
  })
  expect(steady).toEqual({ generic: 8, custom: 0 })
  for (let n = 1; n < 4; n += 1) await pool.searching.rows(ask, [[n]])
  expect(await plans(pool.searching)).toEqual({ generic: 0, custom: 3 })
})

/** A pool on a database with another default setting. */
const poolWith = async (setting: string) => {
  const url = await freshDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `do $$ begin execute format('alter database %I set ${setting}', current_database()); end $$`,
  )
  await client.end()
  const pool = openPool(url, {}, pino({ level: 'silent' }), 2)
  onTestFinished(async () => {
    await pool.close()
    await dropDatabase(url)
  })
  return pool
}

it("waits for other transactions, whatever the database's defaults are", async () => {
  const pool = await poolWith('default_transaction_isolation = serializable')
  const level = `select current_setting('transaction_isolation') as level`
  const asked = [
    await pool.row(level),
    await pool.searching.row(level),
    await pool.transaction((db) => db.row(level)),
    await pool.writing((db) => db.row(level)),
  ]
  for (const answer of asked) expect(answer).toEqual({ level: 'read committed' })
})

it('says "not now" if the database is temporarily read-only', async () => {
  const pool = await poolWith('default_transaction_read_only = on')
  expect(await pool.row('select 1 as one')).toEqual({ one: 1 })
  const error = await pool.run('create table anything ()').catch((refused: unknown) => refused)
  expect(error).toMatchObject({ code: 'unavailable' })
})
