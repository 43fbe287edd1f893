import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import { type Postgres, PostgresRefusal, startPostgres } from './postgres.ts'
import { findSurvivors } from './survivors.ts'
import type { AsRoot } from './user.ts'

export const nobody = 65534
export const isRoot = process.getuid?.() === 0

/** The result of a start in another process: the running server, or the error that the operator would see. */
export type Answer = { url: string; pid: number } | { error: string; message: string }

/** A data folder for one test. After the test, every PostgreSQL in it is killed and the folder removed. */
export async function freshFolder(owner?: number): Promise<string> {
  const folder = await folderOf(0o700)
  if (owner !== undefined) await chown(folder, owner, owner)
  return folder
}

/**
 * A data folder for one test, as `freshFolder`, with a copy of another's database that nobody uses meanwhile:
 * PostgreSQL makes a new one in seconds.
 */
export async function copyOf(dataFolder: string): Promise<string> {
  const folder = await freshFolder()
  const { status, stderr } = spawnSync('cp', ['-a', `${dataFolder}/.`, folder], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return folder
}

/**
 * A folder in which a data folder is to be made. PostgreSQL may run as another user than root, so others can
 * pass through.
 */
export const freshPlace = (): Promise<string> => folderOf(0o711)

async function folderOf(mode: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plausch-test-'))
  await chmod(folder, mode)
  onTestFinished(async () => {
    await killPostgres(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  })
  return folder
}

/** Kills all PostgreSQL processes of the data folder and waits until they are gone. */
export async function killPostgres(dataFolder: string): Promise<void> {
  const cluster = clusterOf(dataFolder)
  for (;;) {
    const { all } = await findSurvivors(cluster)
    if (all.length === 0) return
    for (const pid of all) kill(pid)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}

/** Keeps the log, so that a test can read it. */
export function listeningLog() {
  const lines: string[] = []
  const keep = (o: object, m: string) => {
    lines.push(`${m} ${JSON.stringify(o)}`)
  }
  return { lines, info: keep, warn: keep, error: keep }
}

/** Starts PostgreSQL in this process; it is stopped after the test. */
export async function start(
  dataFolder: string,
  asRoot: AsRoot = 'probe',
  log = listeningLog(),
): Promise<Postgres> {
  const postgres = await startPostgres({ dataFolder, log }, { asRoot })
  onTestFinished(() => postgres.stop())
  return postgres
}

/** Runs one statement on a new connection and returns its rows. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  // The connection may be lost between two statements when a test kills the server.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/** A process that starts PostgreSQL, reports the result, and stops PostgreSQL when its input ends. */
export type Owner = {
  process: ChildProcess
  answer: Promise<Answer>
  stop(): Promise<void>
  killed(): Promise<void>
}

const ownerProgram = `
  const { startPostgres } = await import(process.argv[1])
  const quiet = () => {}
  try {
    const options = { dataFolder: process.argv[2], log: { info: quiet, warn: quiet, error: quiet } }
    const postgres = await startPostgres(options, { asRoot: process.argv[3] })
    console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid }))
    process.stdin.resume().on('end', () => postgres.stop())
  } catch (error) {
    console.log(JSON.stringify({ error: error.name, message: error.message }))
    process.exitCode = 1
    process.stdin.destroy()
  }`

/**
 * Starts PostgreSQL in a separate process, optionally as another user or under another program (`unshare …`).
 */
export function startOwner(
  dataFolder: string,
  { uid, asRoot = 'probe', under = [] }: { uid?: number; asRoot?: AsRoot; under?: string[] } = {},
): Owner {
  const module = fileURLToPath(new URL('./postgres.ts', import.meta.url))
  const command = [
    ...under,
    process.execPath,
    '--input-type=module',
    '-e',
    ownerProgram,
    module,
    dataFolder,
    asRoot,
  ]
  const [program = '', ...args] = command
  const child = spawn(program, args, { uid, gid: uid, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const answer = once(createInterface(child.stdout), 'line').then(
    ([line]) => JSON.parse(String(line)) as Answer,
  )
  return {
    process: child,
    answer,
    async stop() {
      child.stdin.end()
      await exit
    },
    async killed() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

/** The running server of an answer; if the start was refused, fails the test with the message. */
export function running(answer: Answer): { url: string; pid: number } {
  if ('message' in answer) throw new Error(`${answer.error}: ${answer.message}`)
  return answer
}

/** Whether a process with this id runs. An ended process may keep its id until its parent waits for it. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** The message of the PostgresRefusal that an attempt must fail with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PostgresRefusal)
  return error instanceof Error ? error.message : ''
}

/** Where PostgreSQL keeps the data of a data folder. */
export function clusterOf(dataFolder: string): string {
  return join(dataFolder, 'postgres', 'cluster')
}
