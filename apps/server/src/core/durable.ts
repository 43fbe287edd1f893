/**
 * A name survives a power cut only if its folder is synced to the disk: `rename` and `mkdir` change the
 * folder, and `fsync` of the file does not include that (fsync(2), "Notes").
 */
import { open, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Syncs a file's bytes, or a folder's names, to the disk. */
export const syncPath = async (path: string): Promise<void> => {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Syncs a folder and everything below it to the disk; links are part of their folder. */
export const syncTree = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await syncTree(path)
    else if (entry.isFile()) await syncPath(path)
  }
  await syncPath(folder)
}

/**
 * Renames within one file system; when this resolves, the new name is on the disk. The caller must sync the
 * contents before.
 */
export const renameDurably = async (from: string, to: string): Promise<void> => {
  await rename(from, to)
  await syncPath(dirname(to))
  if (dirname(from) !== dirname(to)) await syncPath(dirname(from))
}
