/**
 * Warns when the process has no file descriptors left. The system then accepts no more connections and
 * reports this to nobody, not even to the server (libuv closes what it cannot accept). So this checks
 * regularly, and the warning names the cure.
 */
import { open } from 'node:fs/promises'
import type { Log } from './log.ts'
import { openTrouble } from './trouble.ts'

const EVERY_MS = 1000

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code ?? ''

/** Tries every second to open one more file. The result stops it. */
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
