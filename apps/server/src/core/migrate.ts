/**
 * Migrates the database to the schema of this version: numbered SQL files, forward only, each in a separate
 * transaction, one server at a time. A database that is newer than the program is refused: an older program
 * must not write into it.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from './db.ts'
import type { Log } from './log.ts'

const folder = join(import.meta.dirname, '../db/migrations')

const listMigrations = async () => (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()

/** The operator must act before the server can start; the message says what to do. */
export class MigrationRefusal extends Error {}

const OLDEST = 150_000

/**
 * The problem with a version of PostgreSQL (a `server_version_num`, such as 150004), in words; undefined if
 * there is none.
 */
export const versionProblem = (version: number): string | undefined =>
  version < OLDEST
    ? `Plausch needs PostgreSQL 15 or newer; PLAUSCH_DATABASE_URL leads to ${Math.floor(version / 10_000)}. Please upgrade that server.`
    : undefined

const checkVersion = async (pool: Pool) => {
  const row = await pool.row<{ version: string }>(`select current_setting('server_version_num') as version`)
  const problem = versionProblem(Number(row?.version ?? 0))
  if (problem) throw new MigrationRefusal(problem)
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === '42P01'

/**
 * Refuses a database whose schema is not exactly this version's, and changes nothing. For commands beside a
 * running server, which may have another version.
 */
export const checkMigrated = async (pool: Pool): Promise<void> => {
  await checkVersion(pool)
  const rows = await pool.rows<{ name: string }>('select name from migrations').catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  const done = rows.map((row) => row.name).sort()
  if (done.join() !== (await listMigrations()).join()) {
    throw new MigrationRefusal(
      'The server that works on this database is another version of Plausch. Run the command of that version, or stop the server.',
    )
  }
}

/** Applies missing migrations; returns their names. */
export const migrate = async (pool: Pool, log: Log): Promise<string[]> => {
  await checkVersion(pool)
  const names = await listMigrations()
  const client = await pool.connect()
  const applied: string[] = []
  try {
    // If two servers start together, one migrates; the other waits and finds it done.
    await client.query(`select pg_advisory_lock(hashtext('plausch'), hashtext('migrations'))`)
    await client.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    )
    const done = (await client.query<{ name: string }>('select name from migrations')).rows.map(
      (row) => row.name,
    )
    const unknown = done.filter((name) => !names.includes(name)).sort()
    if (unknown.length > 0) {
      throw new MigrationRefusal(
        `The database was written by a newer version of Plausch (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
      )
    }
    for (const name of names.filter((each) => !done.includes(each))) {
      const sql = await readFile(join(folder, name), 'utf8')
      await client.query('begin')
      await client.query(`set local lock_timeout = '30s'`)
      await client.query(sql)
      await client.query('insert into migrations (name) values ($1)', [name])
      await client.query('commit')
      applied.push(name)
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    // This also releases the lock.
    await client.end().catch(() => undefined)
  }
  if (applied.length > 0) log.info({ applied }, 'the database schema was brought up to date')
  return applied
}
