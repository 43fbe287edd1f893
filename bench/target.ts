/** The measured server: Plausch, started by its own command, or any running server of API v4. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRunning } from '@plausch/server/core/postgres/running.ts'
import { cpuOf, cpuOfTree, memoryOf } from './processes.ts'

const root = join(import.meta.dirname, '..')

export type Used = { server: number; database: number }

export type Target = {
  url: string
  socketUrl: string
  /** CPU seconds so far. */
  used(): Used
  /** Resident memory of the server in bytes. */
  memory(): number
  /** Its database, if we have access to it. */
  databaseUrl: string | undefined
  stop(): Promise<void>
}

const socketUrlOf = (url: string) => `${url}/api/v4/websocket`

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

const answers = async (url: string): Promise<boolean> =>
  await fetch(`${url}/api/v4/system/ping`).then(
    (response) => response.ok,
    () => false,
  )

/** The load comes from one address, and has more requests than people make. */
const WITHOUT_LIMITS = {
  PLAUSCH_PLAUSCHSETTINGS_SESSIONREQUESTSPERSECOND: '0',
  PLAUSCH_PLAUSCHSETTINGS_ADDRESSREQUESTSPERSECOND: '0',
  PLAUSCH_PLAUSCHSETTINGS_ADDRESSSIGNINSPERSECOND: '0',
}

/** A started server, and the seconds until its first answer. */
export type Started = { process: ChildProcess; pid: number; seconds: number }

/** Starts Plausch on a data folder or a database. If it ends instead, throws with its output. */
export const startServer = async (
  port: number,
  env: { PLAUSCH_DATA: string; PLAUSCH_DATABASE_URL?: string },
  nodeFlags: readonly string[] = [],
): Promise<Started> => {
  const began = performance.now()
  const child = spawn(join(root, 'bin/node'), [...nodeFlags, join(root, 'apps/cli/src/main.ts'), 'serve'], {
    env: { PATH: process.env.PATH ?? '', PLAUSCH_LISTEN: `127.0.0.1:${port}`, ...WITHOUT_LIMITS, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const url = `http://127.0.0.1:${port}`
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${said}`)
    await sleep(5)
  }
  return { process: child, pid: child.pid ?? 0, seconds: (performance.now() - began) / 1000 }
}

/** The first line of postmaster.pid. */
const databasePidOf = (data: string): number =>
  Number.parseInt(readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'utf8'), 10)

/** Plausch, with its own PostgreSQL in a data folder. */
export const startPlausch = async (data: string, nodeFlags: readonly string[] = []): Promise<Target> => {
  const port = await freePort()
  const { process: child, pid } = await startServer(port, { PLAUSCH_DATA: data }, nodeFlags)
  const databasePid = databasePidOf(data)
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    socketUrl: socketUrlOf(url),
    used: () => ({ server: cpuOf(pid), database: cpuOfTree(databasePid) }),
    memory: () => memoryOf(pid),
    databaseUrl: (await findRunning(data)) ?? undefined,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/**
 * A server that somebody else started. Without its process ids, CPU and memory are unknown and shown as 0.
 */
export const runningTarget = (url: string, serverPid: number, databasePid: number): Target => ({
  url,
  socketUrl: socketUrlOf(url),
  used: () => ({ server: cpuOfTree(serverPid), database: cpuOfTree(databasePid) }),
  memory: () => (serverPid === 0 ? 0 : memoryOf(serverPid)),
  databaseUrl: undefined,
  stop: async () => undefined,
})
