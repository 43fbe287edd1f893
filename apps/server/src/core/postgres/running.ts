import { lstat, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { newClient } from '../driver.ts'
import { errorCode, PostgresRefusal } from './refusal.ts'
import { notedSocketFolder, urlOf } from './socket.ts'

/**
 * The address of the PostgreSQL that runs on a data folder, for programs that work beside its server; null if
 * none runs there. Takes no lock and starts nothing. Throws PostgresRefusal if this user may not reach it.
 */
export async function findRunning(dataFolder: string): Promise<string | null> {
  try {
    const home = join(await realpath(dataFolder), 'postgres')
    const folder = await notedSocketFolder(home)
    const [found, cluster] = [await lstat(folder), await stat(join(home, 'cluster'))]
    // If anybody may write there, anybody could answer instead: only the owner's private folder is trusted.
    const isItsOwn = found.isDirectory() && found.uid === cluster.uid && (found.mode & 0o7777) === 0o700
    if (!isItsOwn) return null
    const url = urlOf(folder)
    return (await answers(url)) ? url : null
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new PostgresRefusal(
      `The database in ${dataFolder} belongs to another user. Run this command as that user or as root.`,
      { cause: error },
    )
  }
}

async function answers(url: string): Promise<boolean> {
  const client = newClient({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    // No socket, nobody behind it, or a PostgreSQL that is just starting or stopping.
    if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03', ''].includes(errorCode(error)))
      return false
    throw error
  }
}
