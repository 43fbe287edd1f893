import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresRefusal } from './refusal.ts'

export type Survivors = { postmaster: number | null; all: number[] }

/**
 * The PostgreSQL processes that work in this cluster folder. A process id in postmaster.pid proves nothing
 * (ids are reused), so this checks the program and the working folder of each process: every PostgreSQL
 * process runs in its data folder.
 */
export async function findSurvivors(cluster: string): Promise<Survivors> {
  const all: number[] = []
  const folder = await stat(cluster).catch(() => null)
  if (folder === null) return { postmaster: null, all }
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      // After an update of the package the kernel adds " (deleted)".
      if (!/\/postgres( \(deleted\))?$/.test(await readlink(`/proc/${entry}/exe`))) continue
      const cwd = await stat(`/proc/${entry}/cwd`)
      if (cwd.dev === folder.dev && cwd.ino === folder.ino) all.push(Number(entry))
    } catch {
      // The process has ended, or belongs to another user, who cannot have files here.
    }
  }
  const noted = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''), 10)
  return { postmaster: all.includes(noted) ? noted : null, all }
}

/**
 * Ends all PostgreSQL processes of an earlier run, and returns how many there were. Asks a postmaster for a
 * fast shutdown, then for an immediate one. Backends whose postmaster was killed end by themselves as soon as
 * they notice, so this waits for them only briefly. The caller must hold the folder's lock. Throws
 * PostgresRefusal if a process survives even SIGKILL.
 */
export async function endSurvivors(cluster: string): Promise<number> {
  const first = await findSurvivors(cluster)
  if (first.all.length === 0) return 0
  const steps: { signal: NodeJS.Signals | null; patienceMs: number }[] = [
    first.postmaster === null
      ? { signal: null, patienceMs: 1_000 }
      : { signal: 'SIGINT', patienceMs: 20_000 },
    { signal: 'SIGQUIT', patienceMs: 5_000 },
    { signal: 'SIGKILL', patienceMs: 5_000 },
  ]
  for (const { signal, patienceMs } of steps) {
    const { postmaster, all } = await findSurvivors(cluster)
    const addressed = postmaster === null || signal === 'SIGKILL' ? all : [postmaster]
    if (signal !== null) for (const pid of addressed) signalProcess(pid, signal)
    if (await areGone(cluster, patienceMs)) return first.all.length
  }
  const { all } = await findSurvivors(cluster)
  throw new PostgresRefusal(
    `PostgreSQL processes of an earlier run (${all.join(', ')}) still use ${cluster} and do not end. End ` +
      'them, then start again.',
  )
}

async function areGone(cluster: string, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    if ((await findSurvivors(cluster)).all.length === 0) return true
    await sleep(25)
  }
  return false
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended meanwhile.
  }
}
