/**
 * Before all tests: starts one real PostgreSQL with a template that has every migration. Each test file
 * clones the template, which takes some 50 ms. If PLAUSCH_TEST_DATABASE_URL names an external server, that
 * one is used.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPool, type Pool } from '@plausch/server/core/db.ts'
import { migrate } from '@plausch/server/core/migrate.ts'
import { startPostgres } from '@plausch/server/core/postgres/postgres.ts'
import pg from 'pg'
import { pino } from 'pino'

export const TEMPLATE = 'plausch_template'

type Provide = { provide(key: 'databaseUrl', value: string): void }

declare module 'vitest' {
  export interface ProvidedContext {
    databaseUrl: string
  }
}

const silent = pino({ level: 'silent' })

/** The same server with another database. */
export const withDatabase = (url: string, database: string): string => {
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.toString()
}

/** Tests send more requests than people do, so limits are off unless a test sets them. */
const switchLimitsOff = (pool: Pool) =>
  pool.run(
    `insert into settings (section, key, value, update_at)
     select 'PlauschSettings', key, '0', 0 from unnest($1::text[]) as t (key)`,
    [['SessionRequestsPerSecond', 'AddressRequestsPerSecond', 'AddressSignInsPerSecond']],
  )

const makeTemplate = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`drop database if exists ${TEMPLATE}`)
  await client.query(`create database ${TEMPLATE}`)
  await client.end()
  const pool = openPool(withDatabase(url, TEMPLATE), {}, silent, 2)
  await migrate(pool, silent)
  await switchLimitsOff(pool)
  await pool.close()
}

/** vitest's global set-up; returns the tear-down. */
export default async ({ provide }: Provide) => {
  const external = process.env.PLAUSCH_TEST_DATABASE_URL
  if (external) {
    await makeTemplate(external)
    provide('databaseUrl', external)
    return undefined
  }
  const dataFolder = await mkdtemp(join(tmpdir(), 'plausch-test-'))
  // What survives a power cut is tested with databases of their own, in apps/server/src/core/postgres.
  const postgres = await startPostgres({ dataFolder, log: silent }, { isFleeting: true })
  await makeTemplate(postgres.url)
  provide('databaseUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}
