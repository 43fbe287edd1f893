import { chown, mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renameDurably, syncPath } from '../durable.ts'
import type { Programs } from './files.ts'
import { diskFull, gone, type Place, removeFolder, tellsOfFullDisk } from './folder.ts'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { checkUnused, noteUse } from './use.ts'
import { giveTo, type Runner, runAs } from './user.ts'

/** The name of PostgreSQL's superuser and of the database. */
export const databaseName = 'plausch'

const unfinishedPrefix = 'unfinished-'

/**
 * Makes sure that there is a cluster of this version that belongs to the runner. A new cluster is made beside
 * its final place and moved there when it is complete, so a cluster folder is never half made. Remains of a
 * killed start are removed. Returns whether the cluster is new. Throws PostgresRefusal for another version, a
 * damaged folder, a full disk, or a database that existed once and is gone. The caller must hold the folder's
 * lock, and no PostgreSQL may run in it.
 */
export async function prepareCluster(
  place: Place,
  programs: Programs,
  runner: Runner,
  isKnown = false,
): Promise<boolean> {
  for (const name of await readdir(place.home)) {
    if (name.startsWith(unfinishedPrefix)) await removeFolder(join(place.home, name))
  }
  const isNew = !(await hasCluster(place, programs.major))
  if (isNew) {
    if (isKnown) throw gone(place.cluster)
    await checkUnused(place)
    await createCluster(place, programs, runner)
  }
  await noteUse(place)
  await giveTo(runner, place.cluster)
  return isNew
}

async function hasCluster(place: Place, major: number): Promise<boolean> {
  const { cluster } = place
  const names = await readdir(cluster).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  })
  if (names.length === 0) return false
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === String(major)) return true
  if (version === '') {
    throw new PostgresRefusal(
      `The folder ${cluster} is not empty, but holds no PostgreSQL database (it has no PG_VERSION). ` +
        `Restore it from a backup, or move the whole data folder away to begin with an empty database.`,
    )
  }
  throw new PostgresRefusal(
    `The folder ${cluster} holds a database of PostgreSQL ${version}, but this Plausch brings ` +
      `PostgreSQL ${major}. Start the Plausch release that brings PostgreSQL ${version}, or set ` +
      'PLAUSCH_DATA ' +
      'to another folder.',
  )
}

async function createCluster(place: Place, programs: Programs, runner: Runner): Promise<void> {
  const fresh = await mkdtemp(join(place.home, unfinishedPrefix))
  try {
    if (runner.kind === 'drop') await chown(fresh, runner.uid, runner.gid)
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    // Whoever reaches the socket may connect; the mode of the socket's folder protects it. There is no other
    // way in.
    const access = [`--username=${databaseName}`, '--auth-local=trust', '--auth-host=reject']
    const others = ['--encoding=UTF8', '--data-checksums', '--text-search-config=simple', '--no-instructions']
    await make(place, runner, programs.initdb, ['-D', fresh, ...locale, ...access, ...others])
    const alone = ['--single', '-D', fresh, '-c', 'exit_on_error=on', 'postgres']
    await make(place, runner, programs.postgres, alone, `CREATE DATABASE ${databaseName}\n`)
    await syncPath(fresh)
    await renameDurably(fresh, place.cluster)
  } catch (error) {
    await removeFolder(fresh)
    if (['ENOSPC', 'EDQUOT'].includes(errorCode(error))) throw diskFull(place.home, error)
    throw error
  }
}

async function make(
  place: Place,
  runner: Runner,
  program: string,
  args: string[],
  input = '',
): Promise<void> {
  const { code, output } = await runAs(runner, program, args, input)
  if (code === 0) return
  if (tellsOfFullDisk(output)) throw diskFull(place.home)
  throw new Error(
    `A new database could not be made in ${place.home}. ${program} said:\n${output.slice(-4_000)}`,
  )
}
