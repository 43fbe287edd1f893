import { chown, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { databaseName } from './cluster.ts'
import { removeFolder } from './folder.ts'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { currentUid, type Runner, reach } from './user.ts'

/** The folder of PostgreSQL's socket. `remove` removes a folder that a later start would not find again. */
export type SocketFolder = { path: string; remove(): Promise<void> }

/** PostgreSQL names its socket after a port, though nothing listens on one. */
export const socketPort = 5432

/** The address of the PostgreSQL whose socket is in this folder, for pg's `connectionString`. */
export function urlOf(socketFolder: string): string {
  const address = `${databaseName}@localhost:${socketPort}/${databaseName}`
  return `postgresql://${address}?host=${encodeURIComponent(socketFolder)}&sslmode=disable`
}

// unix(7): sun_path has 108 bytes, the last of them zero.
const longestPath = 107
const prefix = 'plausch-'

/**
 * Chooses a folder for the socket that only the runner can enter. The folder is below `home`. If that path is
 * too long for a socket, it is a private temporary folder, noted in `home` so that the next start finds it
 * again. Leaves no old socket in it. The caller must hold the lock.
 */
export async function chooseSocketFolder(home: string, runner: Runner): Promise<SocketFolder> {
  const note = join(home, 'socket-folder')
  const noted = (await readFile(note, 'utf8').catch(() => '')).trim()
  // In a place where anybody may write, somebody else may have created it: we touch it only if it is a real
  // folder of ours.
  if (noted !== '' && (await isOurs(noted, runner))) await removeFolder(noted)
  await rm(note, { force: true })

  const near = join(home, 'socket')
  if (fits(near)) {
    await removeFolder(near)
    await mkdir(near, { mode: 0o700 })
    await hand(near, runner)
    return { path: near, remove: () => removeFolder(near) }
  }
  const far = await createTemporary(runner)
  await writeFile(note, `${far}\n`, { mode: 0o600 })
  return {
    path: far,
    async remove() {
      if (await isOurs(far, runner)) await removeFolder(far)
      await rm(note, { force: true })
    },
  }
}

/**
 * Where a running PostgreSQL of `home` has its socket. Checks nothing: the folder may be gone, or not ours.
 */
export async function notedSocketFolder(home: string): Promise<string> {
  const noted = (await readFile(join(home, 'socket-folder'), 'utf8').catch(() => '')).trim()
  return noted === '' ? join(home, 'socket') : noted
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${socketPort}`)) <= longestPath
}

async function isOurs(folder: string, runner: Runner): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  if (found === null || !found.isDirectory() || !basename(folder).startsWith(prefix)) return false
  return (found.uid === runner.uid || found.uid === currentUid()) && (found.mode & 0o7777) === 0o700
}

async function createTemporary(runner: Runner): Promise<string> {
  const places = [...new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'])]
  const problems: string[] = []
  for (const place of places) {
    if (!fits(join(place, `${prefix}XXXXXX`))) {
      problems.push(`${place} (too long)`)
      continue
    }
    try {
      const folder = await mkdtemp(join(place, prefix))
      await hand(folder, runner)
      if ((await reach(runner, folder)).kind === 'reaches') return folder
      await removeFolder(folder)
      problems.push(`${place} (not reachable for ${runner.name})`)
    } catch (error) {
      problems.push(`${place} (${errorCode(error)})`)
    }
  }
  throw new PostgresRefusal(
    `The path of the data folder is too long for PostgreSQL's socket, and no other place serves: ` +
      `${problems.join(', ')}. Set PLAUSCH_DATA to a folder with a shorter path, or TMPDIR to one that is ` +
      'writable.',
  )
}

async function hand(folder: string, runner: Runner): Promise<void> {
  if (currentUid() === 0) await chown(folder, runner.uid, runner.gid)
}
