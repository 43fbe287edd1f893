/**
 * Free space on the disk of the embedded PostgreSQL. PostgreSQL ends when none is left, and then nobody could
 * even read. So the server stops writing earlier, says so, and resumes by itself when there is space again.
 */
import { statfs } from 'node:fs/promises'
import type { Log } from './log.ts'
import { openTrouble } from './trouble.ts'

/**
 * PostgreSQL creates a new segment of its log, 16 MB, before it removes an old one; a few must always fit.
 */
const LEAST_BYTES = 64 * 1024 * 1024
/** A little more before writing resumes, so that the server does not flap at the limit. */
const ENOUGH_BYTES = 80 * 1024 * 1024
const EVERY_MS = 1000

export type Space = { isFull(): boolean; stop(): void }

/** For an external database, whose server has to watch its own disk. */
export const endlessDiskSpace: Space = { isFull: () => false, stop: () => undefined }

/** Watches the disk of a folder. */
export const watchDiskSpace = async (folder: string, log: Log): Promise<Space> => {
  let isFull = false
  const trouble = openTrouble(log, {
    failing: 'the free space of the disk cannot be told',
    working: 'the free space of the disk can be told again',
  })

  const look = async () => {
    const { bavail, bsize } = await statfs(folder)
    const freeBytes = bavail * bsize
    const wasFull = isFull
    isFull = freeBytes < (wasFull ? ENOUGH_BYTES : LEAST_BYTES)
    if (isFull && !wasFull)
      log.error({ folder, freeBytes }, 'the disk is full: nothing is written until there is room again')
    if (wasFull && !isFull) log.info({ folder, freeBytes }, 'there is room on the disk again')
  }
  await look()
  const timer = setInterval(() => {
    look().then(trouble.works, (error: unknown) => trouble.failed({ err: error }))
  }, EVERY_MS)
  timer.unref()
  return { isFull: () => isFull, stop: () => clearInterval(timer) }
}
