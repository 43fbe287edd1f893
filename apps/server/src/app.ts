/** Builds a server from a configuration, for the server itself, the command line and the tests. */
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type FixedSettings, isLoopback } from './config.ts'
import { actionsOf } from './core/action.ts'
import { openBackground } from './core/background.ts'
import { openBlobs } from './core/blobs/open.ts'
import { aloneBus, type Driver, openBus } from './core/bus.ts'
import { openChannelCache } from './core/channel-cache.ts'
import { openChannelOrder } from './core/channel-order.ts'
import { checkEvent } from './core/checked-events.ts'
import { anonymous } from './core/context.ts'
import { type Constraints, openPool, type Pool } from './core/db.ts'
import { watchDescriptors } from './core/descriptors.ts'
import { endlessDiskSpace, type Space, watchDiskSpace } from './core/disk-space.ts'
import { openDoubts } from './core/doubts.ts'
import { carryOverJobs } from './core/earlier-jobs.ts'
import { mountEffects } from './core/effects.ts'
import { collect } from './core/extension.ts'
import { listen } from './core/facts.ts'
import { buildHttp } from './core/http.ts'
import { openHub } from './core/hub.ts'
import { newSecret } from './core/ids.ts'
import { listenerQueues } from './core/listening.ts'
import type { Log } from './core/log.ts'
import { mailQueues } from './core/mail.ts'
import { openMetrics } from './core/metrics.ts'
import { checkMigrated, migrate } from './core/migrate.ts'
import { ownEffects } from './core/own-effects.ts'
import { PATIENCE, type Patience } from './core/patience.ts'
import { freeLeases } from './core/queue-store.ts'
import { measureQueues, openQueues, queueSchedules } from './core/queues.ts'
import { keepSchedules, scheduleQueue } from './core/schedules.ts'
import type { Ports, Server } from './core/server.ts'
import { isDatabaseLocked, lockDatabase, type ServerLock } from './core/server-lock.ts'
import { serveSockets } from './core/sockets.ts'
import { setFirstCode } from './features/entrance/onboarding/index.ts'
import { currentSettings, openSettings, versionIdOf } from './features/ground/settings/index.ts'
import { features } from './features/index.ts'
import { servePages } from './pages.ts'

export type AppOptions = {
  databaseUrl: string
  fixed: FixedSettings
  log: Log
  /** The folder of the embedded PostgreSQL, whose disk must not fill up. */
  dataFolder?: string
  /** The folder for blobs, unless the settings name another store. */
  blobFolder: string
  /** The built web client; without it the server serves only the API. */
  webFolder?: string
  /** Compare every reply and event with the contract: for tests and development. */
  checksReplies?: boolean
  /** Runs every finished job once more: for tests, because jobs are delivered at least once. */
  deliversTwice?: boolean
  /** For tests: how long to wait for the database, where that is not as long as every server waits. */
  patience?: Partial<Patience>
  /**
   * For tests: connects servers on one database; a server with a driver does not lock the database (decision
   * 7).
   */
  driver?: Driver
}

export type App = {
  server: Server
  pool: Pool
  /** Starts to answer; returns the port. Prints nothing. */
  listen(address: { host: string; port: number }): Promise<number>
  /** The one-time code for a first account that is not made on this machine; '' if there are accounts. */
  firstCode: string
  /** Resolves when the start is over: clients are served, and jobs run. */
  settled: Promise<void>
  /**
   * Resolves with the reason, for the operator, when this server must stop: another one has taken the
   * database.
   */
  lost: Promise<Error>
  /** Finishes running work, then releases everything. */
  stop(): Promise<void>
}

/** How long running requests may take at a stop. */
const CLOSE_MS = 3000

const constraints: Constraints = Object.assign({}, ...features.map((feature) => feature.constraints ?? {}))
const rows = features.flatMap((feature) => feature.routes ?? [])
const refusals = features.flatMap((feature) => feature.refusals ?? [])

/** Operations of v4 that are not served, and whose last word would otherwise be read as an id. */
const absent = ['GET /api/v4/users/invalid_emails', 'GET /api/v4/users/tokens']

const unfilled = (): never => {
  throw new Error('a port is not filled')
}

const emptyPorts = (): Ports => ({
  authenticate: async () => null,
  authenticateToken: async () => null,
  grants: unfilled,
  audiences: [],
  connected: () => undefined,
  disconnected: () => undefined,
  checkTeamVisible: unfilled,
  checkChannelVisible: unfilled,
  hasNoAccounts: unfilled,
  joinByToken: unfilled,
  provePassword: unfilled,
  proveFactor: unfilled,
  lacksSecondFactor: async () => false,
  countActiveUsers: unfilled,
})

const heard = features.flatMap(({ name, listeners = [] }) =>
  listeners.map((listener) => ({ feature: name, listener })),
)
const letters = new Map(features.flatMap(({ letters = [] }) => letters.map((each) => [each.name, each])))
const schedules = [...queueSchedules, ...features.flatMap((feature) => feature.schedules ?? [])]
const queues = [
  ...features.flatMap((feature) => feature.queues ?? []),
  ...listenerQueues(heard),
  ...mailQueues(letters),
  ...schedules.map(scheduleQueue),
]

type Base = Pick<AppOptions, 'log' | 'blobFolder' | 'checksReplies' | 'deliversTwice' | 'driver'>

const assemble = (
  pool: Pool,
  { log, blobFolder, checksReplies, deliversTwice = false, driver }: Base,
  space: Space,
): Server => {
  const metrics = openMetrics()
  const ports = emptyPorts()
  const hub = openHub(metrics, log, {
    firstOpened(userId) {
      server.bus.noteOnline(userId, true)
      ports.connected(userId)
    },
    lastClosed(userId) {
      server.bus.noteOnline(userId, false)
      ports.disconnected(userId)
    },
  })
  const server: Server = {
    db: pool,
    blobs: openBlobs(() => server.settings(), blobFolder),
    hub,
    bus: aloneBus(hub),
    effects: mountEffects([...ownEffects, ...features.flatMap((feature) => feature.effects ?? [])]),
    extensions: collect(features.flatMap((feature) => feature.extensions ?? [])),
    facts: listen(heard),
    queues: openQueues(queues, {
      deliversTwice,
      settle: (started) => keepSchedules(started, schedules),
    }),
    background: openBackground(log),
    channelCache: openChannelCache(checksReplies),
    doubts: openDoubts(),
    channelOrder: openChannelOrder(),
    log,
    metrics,
    ports,
    settings: () => currentSettings(server),
    ...(checksReplies && { checkEvent }),
    isLoopback: true,
    isFull: space.isFull,
    versionId: () => versionIdOf(server),
  }
  measureQueues(metrics, () => server)
  if (driver) server.bus = openBus(server, driver, () => resync(server))
  metrics.gauge(
    'plausch_connections',
    'Connections of clients, those waiting to resume included',
    () => hub.counts().connections,
  )
  metrics.gauge('plausch_users_online', 'People with at least one connection', () => hub.counts().users)
  metrics.gauge('plausch_database_connections', 'Connections to PostgreSQL', () => pool.counts().total)
  metrics.gauge(
    'plausch_database_waiting',
    'Operations that wait for a connection to PostgreSQL',
    () => pool.counts().waiting,
  )
  return server
}

/** Forgets or reads again everything this server knows that others may have changed. */
const resync = async (server: Server): Promise<void> => {
  for (const feature of features) await feature.resync?.(server)
}

/** Metrics are for the people who run the server: they need an administrator's token. */
const serveMetrics = (http: FastifyInstance, server: Server) => {
  http.get('/metrics', async (request, reply) => {
    const { cookie = '', authorization = '', 'user-agent': userAgent = '' } = request.headers
    const actor = (await server.ports.authenticate({ cookie, authorization, userAgent })) ?? anonymous
    if (!actor.can('manage_system')) return await reply.code(404).type('text/plain').send('not found')
    return await reply.type(server.metrics.registry.contentType).send(await server.metrics.registry.metrics())
  })
}

const JOBS_AGAIN_MS = 5000

const fillIn = async (
  pool: Pool,
  options: Base & Pick<AppOptions, 'fixed'>,
  space: Space,
): Promise<Server> => {
  const server = assemble(pool, options, space)
  await openSettings(server, { fixed: options.fixed, operations: rows.map((row) => row.operation) })
  for (const feature of features) await feature.start?.(server)
  return server
}

/** Ends background work, while the database is still there. */
const endWork = async (server: Server) => {
  await server.queues.stop()
  for (const feature of features) await feature.stop?.(server)
  await server.background.finished()
}

/** Opens the database, migrates it and prepares everything; `listen` then admits clients. */
export const openApp = async (options: AppOptions): Promise<App> => {
  const patience = { ...PATIENCE, ...options.patience }
  const pool = openPool(options.databaseUrl, constraints, options.log, undefined, patience)
  const space =
    options.dataFolder === undefined
      ? endlessDiskSpace
      : await watchDiskSpace(options.dataFolder, options.log)
  const unwatch = watchDescriptors(options.log)
  let lock: ServerLock | undefined
  const letGo = async () => {
    space.stop()
    unwatch()
    await lock?.release()
    await pool.close()
  }
  try {
    if (!options.driver) lock = await lockDatabase(pool, options.log)
    await migrate(pool, options.log)
    // This server alone works on the database, so the holders of leases are gone. Otherwise a search would
    // wait for their jobs.
    if (lock) await freeLeases(pool)
    const server = await fillIn(pool, options, space)
    for (const feature of features) await feature.beforeClients?.(server)
    return await serve(server, { letGo, lost: lock?.lost ?? new Promise<never>(() => undefined) }, options)
  } catch (error) {
    await letGo()
    throw error
  }
}

export type Offline = { server: Server; stop(): Promise<void> }

/**
 * The same without clients, for commands, also beside a running server: it takes no lock, runs no jobs and
 * does not migrate. A running server sees the changes of a command when it next reads them; no event is sent.
 */
export const openOffline = async (
  options: Pick<AppOptions, 'databaseUrl' | 'fixed' | 'log' | 'blobFolder'>,
): Promise<Offline> => {
  const pool = openPool(options.databaseUrl, constraints, options.log, 4)
  try {
    await ((await isDatabaseLocked(pool)) ? checkMigrated(pool) : migrate(pool, options.log))
    const server = await fillIn(pool, options, endlessDiskSpace)
    return {
      server,
      async stop() {
        await endWork(server)
        await pool.close()
      },
    }
  } catch (error) {
    await pool.close()
    throw error
  }
}

type Held = { letGo(): Promise<void>; lost: Promise<Error> }

const serve = async (server: Server, { letGo, lost }: Held, options: AppOptions): Promise<App> => {
  const http = buildHttp(server, { rows, refusals, absent, checksReplies: options.checksReplies ?? false })
  const sockets = serveSockets(server, actionsOf(features.flatMap((feature) => feature.actions ?? [])))
  http.server.on('upgrade', sockets.upgrade)
  serveMetrics(http, server)
  await servePages(http, server, options.webFolder)
  let isStopping = false
  const settled = Promise.withResolvers<void>()
  const startJobs = () => {
    carryOverJobs(server)
      .then(() => server.queues.start(server))
      .then(settled.resolve)
      .catch((error: unknown) => {
        if (isStopping) return
        server.log.error({ err: error, againInMs: JOBS_AGAIN_MS }, 'jobs could not be started')
        setTimeout(startJobs, JOBS_AGAIN_MS).unref()
      })
  }
  const app: App = {
    server,
    pool: server.db,
    firstCode: '',
    settled: settled.promise,
    lost,
    async listen({ host, port }) {
      server.isLoopback = isLoopback(host)
      if (await server.ports.hasNoAccounts()) {
        app.firstCode = newSecret()
        setFirstCode(server, app.firstCode)
      }
      await http.listen({ host, port })
      // Jobs start when clients are being served, so that they do not slow down the start.
      startJobs()
      return (http.server.address() as AddressInfo).port
    },
    async stop() {
      isStopping = true
      sockets.close()
      // A browser keeps idle connections open; after this time all connections are closed, even with running
      // requests.
      const patience = setTimeout(() => http.server.closeAllConnections(), CLOSE_MS)
      await http.close()
      clearTimeout(patience)
      await endWork(server)
      server.hub.close()
      server.bus.close()
      await letGo()
    },
  }
  return app
}
