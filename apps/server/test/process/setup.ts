/**
 * Before the tests of processes: a data folder with a database that has every migration and nobody in it.
 * Tests that are not about a first start copy it (`usedFolder`).
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openPool } from '../../src/core/db.ts'
import { migrate } from '../../src/core/migrate.ts'
import { startPostgres } from '../../src/core/postgres/postgres.ts'

type Provide = { provide(key: 'usedFolder', value: string): void }

declare module 'vitest' {
  export interface ProvidedContext {
    usedFolder: string
  }
}

const silent = pino({ level: 'silent' })

/** vitest's global set-up; what it returns is the tear-down. */
export default async ({ provide }: Provide) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'plausch-used-'))
  const postgres = await startPostgres({ dataFolder, log: silent })
  const pool = openPool(postgres.url, {}, silent, 2)
  await migrate(pool, silent)
  await pool.close()
  await postgres.stop()
  provide('usedFolder', dataFolder)
  return () => rm(dataFolder, { recursive: true, force: true })
}
