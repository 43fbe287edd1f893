import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from '../driver.ts'
import { databaseName, prepareCluster } from './cluster.ts'
import { type Programs, packageFolder, preparePrograms } from './files.ts'
import { diskFull, openLog, type Place, preparePlace, readLogTail, tellsOfFullDisk } from './folder.ts'
import { type Lock, takeLock } from './lock.ts'
import { errorCode } from './refusal.ts'
import { chooseSocketFolder, type SocketFolder, socketPort, urlOf } from './socket.ts'
import { endSurvivors } from './survivors.ts'
import { type AsRoot, chooseRunner, type Runner, spawnAs } from './user.ts'

export { PostgresRefusal } from './refusal.ts'

/**
 * A running PostgreSQL. `url` is for pg's `connectionString`; `pid` is the postmaster's. `exited` settles
 * when PostgreSQL has ended for whatever reason and the data folder is free again; it never rejects. `stop`
 * ends PostgreSQL, and may be called any number of times.
 */
export type Postgres = { url: string; pid: number; stop(): Promise<void>; exited: Promise<void> }

export type PostgresLog = {
  info(o: object, m: string): void
  warn(o: object, m: string): void
  error(o: object, m: string): void
}

const readyPatienceMs = 30_000
const recoveryPatienceMs = 15 * 60_000
const recoveryWorthANoteMs = 2_000
const stopSteps: { signal: NodeJS.Signals; patienceMs: number }[] = [
  { signal: 'SIGINT', patienceMs: 20_000 },
  { signal: 'SIGQUIT', patienceMs: 5_000 },
  { signal: 'SIGKILL', patienceMs: 5_000 },
]

// https://www.postgresql.org/docs/18/runtime-config.html. On the command line, so that an update of Plausch
// can change them.
const settings: Record<string, string> = {
  listen_addresses: '',
  port: String(socketPort),
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica', // an online backup needs it
  max_wal_size: '1GB',
  min_wal_size: '128MB',
  jit: 'off', // our queries are short; compiling them costs more than it saves
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C', // we read the log
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // Details and statements would contain values of rows.
  log_min_messages: 'error',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  cluster_name: databaseName,
}

/** For a database that nobody misses after a power cut: nothing waits for the disk. */
const fleeting: Record<string, string> = { fsync: 'off', full_page_writes: 'off' }

type Choices = { asRoot?: AsRoot; isFleeting?: boolean }

/**
 * Starts the embedded PostgreSQL below `<dataFolder>/postgres`, and initialises it if it is new; its log is
 * `<dataFolder>/postgres.log`. A PostgreSQL that outlived a killed server is shut down first (only a parent
 * process hears at once of its end, so it cannot be adopted). With `isKnown` there must be a database
 * already: a server that has run on a database never makes a new one. `asRoot` matters only to root.
 * `isFleeting` is for tests: a power cut may damage the database. Throws PostgresRefusal if the operator must
 * act, and Error with PostgreSQL's last messages if it does not start; then nothing stays running and the
 * folder is free.
 */
export async function startPostgres(
  options: { dataFolder: string; log: PostgresLog; isKnown?: boolean },
  { asRoot = 'probe', isFleeting = false }: Choices = {},
): Promise<Postgres> {
  const { log } = options
  const place = await preparePlace(options.dataFolder, options.isKnown)
  const lock = await takeLock(place.home, place.dataFolder)
  try {
    const survivors = await endSurvivors(place.cluster)
    if (survivors > 0) {
      log.warn({ processes: survivors }, 'PostgreSQL had outlived an earlier run and was shut down')
    }
    const runner = await chooseRunner(place, asRoot)
    const programs = await preparePrograms(packageFolder(), join(place.home, 'programs'), runner)
    const isNew = await prepareCluster(place, programs, runner, options.isKnown)
    // Its process id may belong to another program by now, which PostgreSQL would take for a running server.
    // We have checked that no PostgreSQL runs here.
    await rm(join(place.cluster, 'postmaster.pid'), { force: true })
    const socket = await chooseSocketFolder(place.home, runner)
    const postgres = await launch({ place, lock, runner, programs, socket, log, isFleeting })
    log.info({ pid: postgres.pid, isNew, runsAs: runner.name, folder: place.home }, 'PostgreSQL is running')
    return postgres
  } catch (error) {
    lock.release()
    throw error
  }
}

type Parts = {
  place: Place
  lock: Lock
  runner: Runner
  programs: Programs
  socket: SocketFolder
  log: PostgresLog
  isFleeting: boolean
}

async function launch({ place, lock, runner, programs, socket, log, isFleeting }: Parts): Promise<Postgres> {
  const url = urlOf(socket.path)
  const logFile = await openLog(place)
  const logStart = (await logFile.stat()).size
  const child = spawnAs(runner, programs.postgres, serverArguments(place, socket, isFleeting), {
    // A separate process group: Ctrl-C in the terminal is for us, and we shut PostgreSQL down in order.
    detached: true,
    stdio: ['ignore', logFile.fd, logFile.fd],
  })
  let isStopping = false
  const ended = endOf(child)
  const exited = ended.then(async (how) => {
    const lastWords = isStopping ? '' : await readLogTail(place.logFile, logStart)
    if (!isStopping) log.error({ how, lastWords }, 'PostgreSQL ended by itself')
    try {
      await endSurvivors(place.cluster)
      await socket.remove()
    } catch (error) {
      log.error({ err: error }, 'PostgreSQL ended, but left something behind')
    }
    lock.release()
  })
  await logFile.close()

  const shutDown = async (): Promise<void> => {
    isStopping = true
    await signalInSteps(child, ended, log)
    await exited
  }
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= shutDown()
    return stopped
  }
  try {
    await untilReady(url, ended, log)
  } catch (error) {
    await stop()
    const lastWords = await readLogTail(place.logFile, logStart)
    if (tellsOfFullDisk(lastWords)) throw diskFull(place.home, error)
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`PostgreSQL did not start in ${place.home}: ${reason}. Its last words:\n${lastWords}`, {
      cause: error,
    })
  }
  return { url, pid: child.pid ?? -1, stop, exited }
}

function serverArguments(place: Place, socket: SocketFolder, isFleeting: boolean): string[] {
  // The setting is a list of folders; quotes protect a comma or a space in a name.
  const folders = `"${socket.path.replaceAll('"', '""')}"`
  const all = { ...settings, ...(isFleeting && fleeting), unix_socket_directories: folders }
  return ['-D', place.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Resolves with a description of how the process ended, even if it could not be started at all. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`))
  })
}

async function signalInSteps(child: ChildProcess, ended: Promise<string>, log: PostgresLog): Promise<void> {
  for (const { signal, patienceMs } of stopSteps) {
    if (signal !== 'SIGINT') {
      log.warn({ pid: child.pid, signal }, 'PostgreSQL does not shut down and is pressed')
    }
    child.kill(signal)
    const timer = new AbortController()
    const late = sleep(patienceMs, 'late', { signal: timer.signal }).catch(() => 'late')
    const result = await Promise.race([ended, late])
    timer.abort()
    if (result !== 'late') return
  }
}

/**
 * Waits until PostgreSQL accepts connections. It may take longer than half a minute only if it says that it
 * is recovering: ending it would restart the recovery at every start.
 */
async function untilReady(url: string, ended: Promise<string>, log: PostgresLog): Promise<void> {
  const begun = performance.now()
  let end: string | null = null
  void ended.then((how) => {
    end = how
  })
  let isNoted = false
  for (;;) {
    const answer = await knock(url)
    if (answer.isOpen) return
    if (end !== null) throw new Error(`it ended with ${end}`)
    const waitedMs = performance.now() - begun
    if (answer.isRecovering && waitedMs > recoveryWorthANoteMs && !isNoted) {
      isNoted = true
      log.info({ patienceMs: recoveryPatienceMs }, 'PostgreSQL was not shut down in order and is recovering')
    }
    if (waitedMs > (answer.isRecovering ? recoveryPatienceMs : readyPatienceMs)) {
      throw new Error(`it did not take connections in time (${answer.problem})`)
    }
    await sleep(10)
  }
}

type Answer = { isOpen: true } | { isOpen: false; isRecovering: boolean; problem: string }

async function knock(url: string): Promise<Answer> {
  const client = newClient({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.end()
    return { isOpen: true }
  } catch (error) {
    const code = errorCode(error)
    // 57P03, cannot_connect_now: it is starting, or recovering. No code: it closed the connection, or did not
    // answer in time.
    const mayPass = ['57P03', '', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)
    if (!mayPass) throw error
    const problem = error instanceof Error ? error.message : String(error)
    return { isOpen: false, isRecovering: code === '57P03', problem }
  }
}
