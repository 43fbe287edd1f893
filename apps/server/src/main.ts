/** Start and stop: the database, the application, and the signals that end them. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, openApp } from './app.ts'
import { ConfigError, type Config, readConfig } from './config.ts'
import { InUseRefusal } from './core/hold.ts'
import { type Log, openLog } from './core/log.ts'
import { MigrationRefusal } from './core/migrate.ts'
import { type Postgres, PostgresRefusal, startPostgres } from './core/postgres/postgres.ts'

const webFolder = join(import.meta.dirname, '../../web/dist')

/** A start that the operator must see to: said in words, without a stack. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof PostgresRefusal ||
  error instanceof MigrationRefusal ||
  error instanceof InUseRefusal ||
  (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))

export type Running = { app: App; url: string; stop(): Promise<void> }

/** Keeps the embedded PostgreSQL running: one that ends by itself is started again, and the pool follows it. */
const supervise = (first: Postgres, app: App, config: Config, log: Log) => {
  let current = first
  let isStopping = false
  const watch = () => {
    current.exited
      .then(async () => {
        while (!isStopping) {
          log.error('PostgreSQL ended by itself and is started again')
          try {
            current = await startPostgres({ dataFolder: config.data, log })
            app.pool.moveTo(current.url)
            return watch()
          } catch (error) {
            log.error({ err: error }, 'PostgreSQL could not be started; the next try is in five seconds')
            await new Promise((resolve) => setTimeout(resolve, 5000))
          }
        }
      })
      .catch((error: unknown) => log.error({ err: error }, 'PostgreSQL is not being watched any more'))
  }
  watch()
  return async () => {
    isStopping = true
    await current.stop()
  }
}

/** Starts everything that a configuration asks for. */
export const start = async (config: Config, log: Log): Promise<Running> => {
  let postgres: Postgres | undefined
  if (!config.databaseUrl) {
    await mkdir(config.data, { recursive: true, mode: 0o700 })
    postgres = await startPostgres({ dataFolder: config.data, log })
  }
  try {
    const app = await openApp({
      databaseUrl: config.databaseUrl ?? postgres?.url ?? '',
      fixed: config.fixed,
      log,
      webFolder,
    })
    try {
      const port = await app.listen(config.listen)
      const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host
      const stopPostgres = postgres ? supervise(postgres, app, config, log) : undefined
      return {
        app,
        url: `http://${host}:${port}`,
        async stop() {
          await app.stop()
          await stopPostgres?.()
        },
      }
    } catch (error) {
      await app.stop()
      throw error
    }
  } catch (error) {
    await postgres?.stop()
    throw error
  }
}

const tellHowToBegin = async ({ app, url }: Running) => {
  const lines = [`Plausch is at ${url}`]
  if (await app.server.ports.hasNoAccounts()) {
    lines.push(
      app.firstCode === ''
        ? 'Open it in a browser: the first account becomes the administrator.'
        : `The first account becomes the administrator. It needs this one-time code: ${app.firstCode}`,
      "Or run 'npx plausch user create --admin' on this machine.",
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** Runs a server until a signal ends it. Resolves with the exit code. */
export const serve = async (env: NodeJS.ProcessEnv): Promise<number> => {
  const log = openLog('info')
  const ended = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal))
  })
  // A defect outside any operation is logged; the server goes on for everybody else.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody handled it'))
  try {
    const running = await start(readConfig(env), log)
    await tellHowToBegin(running)
    const signal = await ended
    log.info({ signal }, 'stopping')
    await running.stop()
    return 0
  } catch (error) {
    if (isRefusal(error)) process.stderr.write(`${error.message}\n`)
    else log.fatal({ err: error }, 'the server could not start')
    return 1
  }
}
