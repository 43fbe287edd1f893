import { lstat, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncPath } from '../durable.ts'
import type { Place } from './folder.ts'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { currentUid } from './user.ts'

/** A file in every data folder that has had a database; its text is for people who find it. */
const mark = 'has-a-database'
const words =
  'Plausch has kept a database below this folder, in postgres/cluster. As long as this file is here, it makes no new one.\n'

/**
 * Refuses to make a new database if there was one before. Its disk may not be mounted, and the first person
 * to reach an empty database would become the administrator. The mark, PostgreSQL's log, or uploaded files
 * show that there was a database. Throws PostgresRefusal.
 */
export async function checkUnused({ dataFolder, cluster, logFile }: Place): Promise<void> {
  const isThere = (path: string) =>
    lstat(path).then(
      () => true,
      () => false,
    )
  const traces = [join(dataFolder, mark), logFile]
  const found: string[] = []
  for (const path of traces) if (await isThere(path)) found.push(path)
  const files = join(dataFolder, 'files')
  if ((await readdir(files).catch(() => [])).length > 0) found.push(files)
  if (found.length === 0) return
  throw new PostgresRefusal(
    `The data folder ${dataFolder} has been used before (there is ${found.join(', ')}), but its database in ` +
      `${cluster} is gone. Bring it back (is its disk mounted? is there a backup?), name the server that has it in ` +
      'PLAUSCH_DATABASE_URL, or, to begin with an empty database, set PLAUSCH_DATA to another folder.',
  )
}

/** Marks the data folder as having a database. */
export async function noteUse({ dataFolder, home }: Place): Promise<void> {
  const path = join(dataFolder, mark)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(words)
      await file.sync()
      const { uid, gid } = await stat(home)
      if (currentUid() === 0) await file.chown(uid, gid)
    } finally {
      await file.close()
    }
    await syncPath(dataFolder)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}
