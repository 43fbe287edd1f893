import {
  closeSync,
  constants,
  lchownSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresRefusal } from './refusal.ts'
import { currentUid } from './user.ts'

/** `release` never throws. */
export type Lock = { release(): void }

const sqliteBusy = 5

/**
 * Takes the data folder for this process. `home` is the folder of the lock files, `dataFolder` is named in
 * the message. Throws PostgresRefusal with the other server's process id if the folder is taken.
 *
 * Node has no call for a file lock. SQLite, which Node includes, takes one for an exclusive transaction, and
 * the kernel releases it however the process ends: no stale lock, and nothing that two starters could recover
 * at the same time. The file stays empty.
 */
export async function takeLock(home: string, dataFolder: string): Promise<Lock> {
  const holderFile = join(home, 'lock.holder')
  const file = join(home, 'lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    writeHolder(holderFile)
    // Root in another user's folder leaves no file there that the user could not open afterwards.
    const { uid, gid } = statSync(home)
    if (currentUid() === 0) for (const path of [file, holderFile]) lchownSync(path, uid, gid)
  } catch (error) {
    lock?.close()
    const isBusy = error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
    if (!isBusy) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new PostgresRefusal(
        `The file ${file} could not be locked: ${reason}. Its folder must be writable, on a file system ` +
          'that supports locks.',
        { cause: error },
      )
    }
    const holder = await readHolder(holderFile)
    const who = holder === null ? 'another Plausch server' : `another Plausch server (process ${holder})`
    throw new PostgresRefusal(
      `The data folder ${dataFolder} is in use by ${who}. Stop that server first, or set PLAUSCH_DATA to ` +
        'another folder.',
      { isInUse: true },
    )
  }
  const taken = lock
  return {
    release() {
      if (!taken.isOpen) return
      for (const end of [() => rmSync(holderFile, { force: true }), () => taken.close()]) {
        try {
          end()
        } catch {
          // The disk may be gone or read-only by now. A name without a lock means nothing.
        }
      }
    },
  }
}

function writeHolder(holderFile: string): void {
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants
  const file = openSync(holderFile, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
  writeSync(file, `${process.pid}\n`)
  closeSync(file)
}

// The lock is taken a moment before the holder's name is written, so the name of a dead process is read
// again.
async function readHolder(holderFile: string): Promise<number | null> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const pid = Number.parseInt(readFileSync(holderFile, 'utf8'), 10)
      statSync(`/proc/${pid}`)
      return pid
    } catch {
      await sleep(20)
    }
  }
  return null
}
