/** Start and stop: the database, the application, and the signals that end them. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, openApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type Log, openLog } from './core/log.ts'
import { giveBack } from './core/memory.ts'
import { MigrationRefusal } from './core/migrate.ts'
import { type Postgres, PostgresRefusal, startPostgres } from './core/postgres/postgres.ts'
import { loadCompiler } from './core/schemas.ts'
import { InUseRefusal } from './core/server-lock.ts'
import { openTrouble } from './core/trouble.ts'

const webFolder = join(import.meta.dirname, '../../web/dist')

/** How long running requests may take at a stop; then the database is stopped all the same. */
const PATIENCE_MS = 15_000
const RESTART_MS = 5000

/** The operator must act before the server can start; the message says what to do, without a stack trace. */
class StartRefusal extends Error {}

/**
 * Is the error for the operator, who must change something outside? Then its message is complete, and may be
 * shown as it is.
 */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof StartRefusal ||
  error instanceof ConfigError ||
  error instanceof PostgresRefusal ||
  error instanceof MigrationRefusal ||
  error instanceof InUseRefusal

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const hostOf = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** Why the server cannot listen on the address, in words; undefined if the error has another cause. */
const listenRefusal = ({ listen }: Config, error: unknown): StartRefusal | undefined => {
  const where = `${hostOf(listen.host)}:${listen.port}`
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program listens there already. Stop it, or set PLAUSCH_LISTEN to another address',
    EACCES: 'this user may not listen there. Set PLAUSCH_LISTEN to a port above 1023',
    EADDRNOTAVAIL: 'this machine has no such address. Set PLAUSCH_LISTEN to one that it has',
    ENOTFOUND: 'there is no such host. Set PLAUSCH_LISTEN to an address of this machine',
  }
  const reason = reasons[codeOf(error)]
  return reason
    ? new StartRefusal(`Plausch cannot listen on ${where}: ${reason}.`, { cause: error })
    : undefined
}

const shownWithoutSecrets = (databaseUrl: string): string => {
  const { hostname, port, pathname } = new URL(databaseUrl)
  return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`
}

/**
 * Why an external database refuses the connection, in words: by error codes of the system (E…) and of
 * PostgreSQL.
 */
const databaseRefusal = (databaseUrl: string, error: unknown): StartRefusal | undefined => {
  const code = codeOf(error)
  const isAway = /^(E[A-Z_]+|08...|57P0.|53300)$/.test(code)
  const isRefused = /^(28...|3D000|42501)$/.test(code)
  if (!(error instanceof Error) || !(isAway || isRefused)) return undefined
  const reason = error.message || code
  return new StartRefusal(
    `The database ${shownWithoutSecrets(databaseUrl)} of PLAUSCH_DATABASE_URL cannot be used: ${reason}.`,
    { cause: error },
  )
}

export type Running = { app: App; url: string; stop(): Promise<void> }

/**
 * Keeps the embedded PostgreSQL running: if it ends by itself, starts it again, and the pool follows it. The
 * result stops it.
 */
const supervise = (first: Postgres, app: App, config: Config, log: Log): (() => Promise<void>) => {
  const stopping = new AbortController()
  const { signal } = stopping
  let current = first

  const trouble = openTrouble(log, {
    level: 'error',
    failing: 'PostgreSQL could not be started, and is tried again every few seconds',
    working: 'PostgreSQL could be started again',
  })
  const startAgain = async () => {
    log.error('PostgreSQL ended by itself and is started again')
    while (!signal.aborted) {
      try {
        // Never a new database: the first visitor of an empty one would become its administrator.
        current = await startPostgres({ dataFolder: config.data, log, isKnown: true })
        app.pool.moveTo(current.url)
        trouble.works()
        return
      } catch (error) {
        trouble.failed(isRefusal(error) ? { reason: error.message } : { err: error })
        await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined)
      }
    }
  }
  const watch = async () => {
    while (!signal.aborted) {
      await current.exited
      if (!signal.aborted) await startAgain()
    }
  }
  const watching = watch().catch((error: unknown) =>
    log.fatal({ err: error }, 'PostgreSQL is not watched any more; please start Plausch again'),
  )
  return async () => {
    stopping.abort()
    await current.stop()
    // A restart may be under way: what it started is stopped as well.
    await watching
    await current.stop()
  }
}

const warnWithoutWeb = async (log: Log) => {
  const isBuilt = await access(join(webFolder, 'index.html')).then(
    () => true,
    () => false,
  )
  if (!isBuilt)
    log.warn(
      { folder: webFolder },
      "the web client is not built, so only the API is served; 'npm start' builds it",
    )
}

const open = async (config: Config, log: Log, postgres: Postgres | undefined): Promise<App> => {
  const databaseUrl = config.databaseUrl ?? postgres?.url ?? ''
  try {
    const dataFolder = postgres && { dataFolder: config.data }
    const { fixed, data: blobFolder } = config
    return await openApp({ databaseUrl, fixed, log, webFolder, blobFolder, ...dataFolder })
  } catch (error) {
    throw (config.databaseUrl && databaseRefusal(config.databaseUrl, error)) || error
  }
}

const stopWithin = async (app: App, log: Log) => {
  const timer = new AbortController()
  const late = sleep(PATIENCE_MS, 'late', { signal: timer.signal }).catch(() => 'ended')
  const ended = await Promise.race([late, app.stop().then(() => 'ended')])
  timer.abort()
  if (ended === 'late')
    log.warn({ patienceMs: PATIENCE_MS }, 'what was under way did not end, and is broken off')
}

/** Starts everything that a configuration needs. */
export const start = async (config: Config, log: Log): Promise<Running> => {
  let postgres: Postgres | undefined
  if (!config.databaseUrl) postgres = await startPostgres({ dataFolder: config.data, log })
  try {
    const app = await open(config, log, postgres)
    try {
      const port = await app.listen(config.listen)
      const stopPostgres = postgres ? supervise(postgres, app, config, log) : undefined
      return {
        app,
        url: `http://${hostOf(config.listen.host)}:${port}`,
        async stop() {
          try {
            await stopWithin(app, log)
          } finally {
            await stopPostgres?.()
          }
        },
      }
    } catch (error) {
      await app.stop()
      throw listenRefusal(config, error) ?? error
    }
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}

/**
 * Prints a text for whoever started the server. If the disk is full, or the reader is gone, the text is lost.
 */
const say = (stream: NodeJS.WriteStream, text: string) => {
  try {
    stream.write(`${text}\n`)
  } catch {
    // A stream to a file throws at once; others report it by an event, which `serve` handles.
  }
}

const tellHowToBegin = async ({ app, url }: Running) => {
  const lines = [`Plausch is at ${url}`]
  if (await app.server.ports.hasNoAccounts()) {
    if (app.server.isLoopback) {
      lines.push('Open it in a browser: the first account becomes the administrator.')
      lines.push(`From elsewhere, through a proxy, it needs this one-time code: ${app.firstCode}`)
    } else
      lines.push(`The first account becomes the administrator. It needs this one-time code: ${app.firstCode}`)
    lines.push("Or run 'npx plausch user create --admin --email ADDRESS --username NAME' on this machine.")
  }
  say(process.stdout, lines.join('\n'))
}

/**
 * Resolves with the first signal to end. Later ones change nothing: a Ctrl-C may arrive twice, from the
 * terminal and from npm.
 */
const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
  })

/** Runs a server until a signal ends it. Resolves with the exit code; the caller ends the process with it. */
export const serve = async (env: NodeJS.ProcessEnv): Promise<number> => {
  const log = openLog('info')
  const ended = untilSignal()
  // A defect outside any operation is logged; the server continues for everybody else.
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a promise was rejected and nobody handled it'),
  )
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  let running: Running
  try {
    const config = readConfig(env)
    await warnWithoutWeb(log)
    running = await start(config, log)
  } catch (error) {
    if (isRefusal(error)) say(process.stderr, error.message)
    else log.fatal({ err: error }, 'the server could not start')
    return 1
  }
  try {
    await tellHowToBegin(running)
    void running.app.settled.then(loadCompiler).then(giveBack)
    const why = await Promise.race([ended, running.app.lost])
    if (why instanceof Error) {
      log.fatal({ reason: why.message }, 'stopping')
      say(process.stderr, why.message)
      return 1
    }
    log.info({ signal: why }, 'stopping')
    return 0
  } finally {
    await running.stop()
  }
}
