/**
 * When a process has no file descriptors left, the system hands over no more connections, and nobody is told: not even the server (libuv closes what it
 * cannot take). So it is looked for, and said with the cure.
 */
import { open } from 'node:fs/promises'
import type { Log } from './log.ts'
import { openTrouble } from './trouble.ts'

const EVERY_MS = 1000

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code ?? ''

/** Looks every second whether one more file could be opened. The result ends it. */
export const watchDescriptors = (log: Log): (() => void) => {
  const trouble = openTrouble(log, {
    level: 'error',
    failing:
      'no file descriptors are left, so connections are refused: raise the limit (LimitNOFILE in the unit of systemd, ulimit -n elsewhere) and start again',
    working: 'there are file descriptors again',
  })
  const look = async () => {
    try {
      await (await open('/dev/null')).close()
      trouble.works()
    } catch (error) {
      if (['EMFILE', 'ENFILE'].includes(codeOf(error))) trouble.failed({ code: codeOf(error) })
    }
  }
  const timer = setInterval(() => void look(), EVERY_MS).unref()
  return () => clearInterval(timer)
}
