import { constants } from 'node:fs'
import {
  access,
  chown,
  type FileHandle,
  lstat,
  mkdir,
  open,
  realpath,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { currentUid } from './user.ts'

/**
 * The paths of the embedded PostgreSQL. `home` is `<dataFolder>/postgres` and holds everything except the
 * log. `cluster` is PostgreSQL's own data directory. `owner` is the user id that owns the cluster, or the
 * data folder if there is no cluster yet.
 */
export type Place = { dataFolder: string; home: string; cluster: string; logFile: string; owner: number }

const logLimitBytes = 5_000_000
const logTailBytes = 4_000
const logTailLines = 20

/** The refusal when the database of a running server has disappeared. */
export function gone(cluster: string): PostgresRefusal {
  return new PostgresRefusal(
    `The database in ${cluster} is gone. Bring the folder back as it was (is its disk mounted?); Plausch then ` +
      'goes on by itself, and makes no new database in its place.',
  )
}

/**
 * Creates missing folders (mode 0700; folders on the way to them with the usual mode) and checks that they
 * can be used. With `isKnown` there must be a cluster already, and nothing is created. Throws PostgresRefusal
 * otherwise.
 */
export async function preparePlace(folder: string, isKnown = false): Promise<Place> {
  const wanted = resolve(folder)
  const known = join(wanted, 'postgres', 'cluster')
  if (isKnown && (await stat(join(known, 'PG_VERSION')).catch(() => null)) === null) throw gone(known)
  await createFolder(wanted, wanted)
  const dataFolder = await realpath(wanted)
  const home = join(dataFolder, 'postgres')
  await createFolder(home, dataFolder)
  const { uid, gid } = await stat(dataFolder)
  // Files that root adds to another user's folder must belong to that user, who can then run the server
  // without root.
  if (currentUid() === 0 && uid !== 0 && (await stat(home)).uid === 0) await chown(home, uid, gid)
  const cluster = join(home, 'cluster')
  const owner = (await stat(cluster).catch(() => null))?.uid
  if (owner !== undefined && currentUid() !== 0 && currentUid() !== owner) {
    throw new PostgresRefusal(
      `The database in ${cluster} belongs to user id ${owner}, but Plausch runs as user id ` +
        `${currentUid()}. Start Plausch as the owner or as root, or give it the folder with chown -R.`,
    )
  }
  return { dataFolder, home, cluster, logFile: join(dataFolder, 'postgres.log'), owner: owner ?? uid }
}

async function createFolder(folder: string, dataFolder: string): Promise<void> {
  const cure = 'Set PLAUSCH_DATA to a folder that this user may write.'
  try {
    // Folders on the way get the usual mode: if root runs PostgreSQL as another user, that user must be able
    // to pass through.
    await mkdir(dirname(folder), { recursive: true })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST' || code === 'ENOTDIR') {
      throw new PostgresRefusal(
        `The data folder ${dataFolder} cannot be used: ${folder} is or lies below a file. ${cure}`,
        { cause: error },
      )
    }
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(dataFolder, error)
    const reason = error instanceof Error ? error.message : String(error)
    throw new PostgresRefusal(`The data folder ${dataFolder} cannot be used: ${reason}. ${cure}`, {
      cause: error,
    })
  }
}

/** The refusal for a disk without space. */
export function diskFull(folder: string, cause?: unknown): PostgresRefusal {
  return new PostgresRefusal(
    `The disk that holds ${folder} is full, and PostgreSQL cannot work. Free some space (a new database ` +
      'needs about 70 MB), then start again.',
    { cause },
  )
}

/**
 * Whether PostgreSQL's messages mean that a disk is full. A write that was only cut short is reported without
 * the system's own message.
 */
export function tellsOfFullDisk(words: string): boolean {
  return /No space left on device|Disk quota exceeded|: wrote only \d+ of \d+ bytes/.test(words)
}

/**
 * Opens PostgreSQL's log for appending; a log of more than 5 MB is first renamed to `postgres.log.1`. Close
 * it after use.
 */
export async function openLog(place: Place): Promise<FileHandle> {
  const { logFile } = place
  const old = await lstat(logFile).catch(() => null)
  if (old !== null && old.size > logLimitBytes) await rename(logFile, `${logFile}.1`)
  // O_NOFOLLOW: root may be writing into another user's folder.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
  const log = await open(logFile, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
  const { uid, gid } = await stat(place.home)
  if (currentUid() === 0) await log.chown(uid, gid)
  return log
}

/** The last lines that PostgreSQL wrote to its log after its first `from` bytes. */
export async function readLogTail(logFile: string, from: number): Promise<string> {
  try {
    const file = await open(logFile)
    try {
      const { size } = await file.stat()
      const start = Math.max(from, size - logTailBytes)
      const tail = Buffer.alloc(Math.max(0, size - start))
      const { bytesRead } = await file.read(tail, 0, tail.length, start)
      return tail.toString('utf8', 0, bytesRead).trim().split('\n').slice(-logTailLines).join('\n')
    } finally {
      await file.close()
    }
  } catch (error) {
    return `(${logFile} cannot be read: ${errorCode(error)})`
  }
}

/**
 * Removes a folder and its contents, following no link. Gives a process that still writes there some time to
 * end.
 */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
