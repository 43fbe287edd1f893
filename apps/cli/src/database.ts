/**
 * A command's access to the data: beside a running server, or with the embedded PostgreSQL, started for the
 * command.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Offline, openOffline } from '@plausch/server'
import { readConfig } from '@plausch/server/config'
import { type Context, change, system } from '@plausch/server/core/context.ts'
import { type Log, openLog } from '@plausch/server/core/log.ts'
import { PostgresRefusal, startPostgres } from '@plausch/server/core/postgres/postgres.ts'
import { findRunning } from '@plausch/server/core/postgres/running.ts'

type Database = { url: string; stop(): Promise<void> }

const TRIES = 20
const EVERY_MS = 500

/**
 * A server that starts or stops locks the folder before its database answers, or after: this waits for it.
 */
const openEmbedded = async (dataFolder: string, log: Log): Promise<Database> => {
  for (let tries = 1; ; tries += 1) {
    const running = await findRunning(dataFolder)
    if (running !== null) return { url: running, stop: async () => undefined }
    try {
      return await startPostgres({ dataFolder, log })
    } catch (error) {
      if (!(error instanceof PostgresRefusal && error.isInUse) || tries === TRIES) throw error
      await sleep(EVERY_MS)
    }
  }
}

const withOffline = async <T>(
  options: Parameters<typeof openOffline>[0],
  work: (offline: Offline) => Promise<T>,
) => {
  const offline = await openOffline(options)
  try {
    return await work(offline)
  } finally {
    await offline.stop()
  }
}

/**
 * A command that started PostgreSQL must stop it again. That takes a moment, and a signal must not interrupt
 * it.
 */
const finishFirst = () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
}

/** Runs work in one transaction, as the server itself would. */
export const inDatabase = async <T>(work: (context: Context) => Promise<T>): Promise<T> => {
  const { data, databaseUrl, fixed } = readConfig(process.env)
  const log = openLog('error')
  finishFirst()
  const database = databaseUrl ? undefined : await openEmbedded(data, log)
  try {
    const options = { databaseUrl: databaseUrl ?? database?.url ?? '', fixed, log, blobFolder: data }
    return await withOffline(options, ({ server }) => change(server, { actor: system }, work))
  } finally {
    await database?.stop()
  }
}
