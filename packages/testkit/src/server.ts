/** A real server on a fresh database, for one test file. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type AppOptions, openApp } from '@plausch/server'
import type { FixedSettings } from '@plausch/server/config'
import pg from 'pg'
import { type Logger, pino } from 'pino'
import { inject, onTestFinished } from 'vitest'
import { TEMPLATE, withDatabase } from './setup.ts'

export type TestServer = {
  app: App
  /** `http://127.0.0.1:port` */
  url: string
  databaseUrl: string
  /** The folder of uploaded files. */
  blobFolder: string
  /** The lines of the server's log, one JSON object each. */
  logged: string[]
  stop(): Promise<void>
}

/** No limits on requests, whatever settings a test changes: for tests that send hundreds. */
export const unlimited: FixedSettings = {
  PlauschSettings: { SessionRequestsPerSecond: 0, AddressRequestsPerSecond: 0, AddressSignInsPerSecond: 0 },
}

/**
 * Does every server of the tests run each job twice (`PLAUSCH_TEST_TWICE`)? For tests that count what jobs do
 * beside their work, as lines of a log.
 */
export const deliversTwice = process.env.PLAUSCH_TEST_TWICE === 'true'

export type ServerOptions = {
  fixed?: FixedSettings
  /** Listens on all addresses: the first account needs the code. */
  isPublic?: boolean
  webFolder?: string
  /** A folder that outlives the server; by default it is removed with the server. */
  blobFolder?: string
  /** A fixed port, for a server that restarts at the same address. */
  port?: number
  /** False for tests of cost: replies and events are then not compared with the contract. */
  checksReplies?: boolean
  /** How long it waits for its database, where that is not as long as every server waits. */
  patience?: AppOptions['patience']
  /** Connects it with other servers on its database. */
  driver?: AppOptions['driver']
  /** The address through which the server reaches its database, if it differs from the database's own. */
  through?(databaseUrl: string): Promise<string>
}

const onServer = async (work: (client: pg.Client) => Promise<unknown>) => {
  const client = new pg.Client({ connectionString: inject('databaseUrl') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Clones the template; returns the URL of the clone. */
export const freshDatabase = async (): Promise<string> => {
  const name = `test_${randomBytes(8).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`))
  return withDatabase(inject('databaseUrl'), name)
}

/** Drops a database that `freshDatabase` made. */
export const dropDatabase = (url: string): Promise<void> =>
  onServer((client) => client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`))

const listeningLog = (): { log: Logger; logged: string[] } => {
  const logged: string[] = []
  return { log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }), logged }
}

/** Starts a server on a database, by default a fresh one that is dropped at the stop. */
export const startServer = async (options: ServerOptions = {}, existing?: string): Promise<TestServer> => {
  const databaseUrl = existing ?? (await freshDatabase())
  const blobFolder = options.blobFolder ?? (await mkdtemp(join(tmpdir(), 'plausch-test-')))
  const { log, logged } = listeningLog()
  const app = await openApp({
    databaseUrl: (await options.through?.(databaseUrl)) ?? databaseUrl,
    blobFolder,
    fixed: options.fixed ?? {},
    log,
    checksReplies: options.checksReplies ?? true,
    deliversTwice,
    ...(options.webFolder ? { webFolder: options.webFolder } : {}),
    ...(options.driver ? { driver: options.driver } : {}),
    ...(options.patience ? { patience: options.patience } : {}),
  })
  const port = await app.listen({ host: options.isPublic ? '0.0.0.0' : '127.0.0.1', port: options.port ?? 0 })
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    blobFolder,
    logged,
    async stop() {
      await app.stop()
      if (!options.blobFolder) await rm(blobFolder, { recursive: true, force: true })
      if (!existing) await dropDatabase(databaseUrl)
    },
  }
}

/** Starts a server for the running test, and stops it after the test. */
export const serverForTest = async (options: ServerOptions = {}): Promise<TestServer> => {
  const server = await startServer(options)
  onTestFinished(() => server.stop())
  return server
}
