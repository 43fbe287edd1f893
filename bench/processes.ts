/** The resources that processes have used, from /proc: CPU seconds and memory. */
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts CPU in hundredths of a second on every Linux that Node runs on. */
const TICKS = 100

type Stat = { parent: number; own: number; reaped: number }

/** proc(5): the name may contain anything, so fields are counted from the last parenthesis. */
const statOf = (pid: number): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const at = (n: number) => fields[n - 3] ?? 0
    return { parent: at(4), own: (at(14) + at(15)) / TICKS, reaped: (at(16) + at(17)) / TICKS }
  } catch {
    return undefined
  }
}

/** CPU seconds of one process, without its children. */
export const cpuOf = (pid: number): number => statOf(pid)?.own ?? 0

/** CPU seconds of a process and of all its children, including ended ones. */
export const cpuOfTree = (pid: number): number => {
  const root = statOf(pid)
  if (!root) return 0
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === pid)
  return root.own + root.reaped + children.reduce((sum, stat) => sum + (stat?.own ?? 0), 0)
}

/** Resident memory of one process in bytes. */
export const memoryOf = (pid: number): number => {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
  return Number(kib ?? 0) * 1024
}

/** Memory in bytes that the kernel itself uses, including for sockets. */
export const kernelMemory = (): number => {
  const kib = /^Slab:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1]
  return Number(kib ?? 0) * 1024
}
