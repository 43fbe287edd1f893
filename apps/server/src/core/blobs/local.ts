/**
 * Blobs in a folder of this machine. A blob gets its name only when it is complete and synced to the disk.
 */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { renameDurably, syncPath } from '../durable.ts'
import { Fault } from '../faults.ts'
import type { Blobs } from './blobs.ts'

/** Unfinished blobs. What an earlier run left here is useless. */
const UNFINISHED = 'unfinished'

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

const isAbsent = (error: unknown) => codeOf(error) === 'ENOENT'

const FULL = new Set<unknown>(['ENOSPC', 'EDQUOT'])
/**
 * The folder is read-only (Linux mounts a disk with errors so) or belongs to another user, its disk does not
 * answer, or no more files can be opened.
 */
const AWAY = new Set<unknown>(['EROFS', 'EACCES', 'EPERM', 'EIO', 'ESTALE', 'ENODEV', 'EMFILE', 'ENFILE'])

/** A problem of the disk concerns everybody and is no defect: it becomes a fault of its own. */
const told = (error: unknown): unknown => {
  const code = codeOf(error)
  if (FULL.has(code)) return new Fault('storage.full', undefined, error)
  return AWAY.has(code) ? new Fault('storage.away', undefined, error) : error
}

const writeAll = async (path: string, source: AsyncIterable<Uint8Array>): Promise<number> => {
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const bytes of source) {
      await file.writeFile(bytes)
      size += bytes.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return size
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Makes a folder in an existing one, and syncs its name to the disk. */
const makeFolder = async (path: string) => {
  try {
    await mkdir(path, { mode: 0o700 })
    await syncPath(dirname(path))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/**
 * The store in `directory`; a relative one is below `folder`. The folder is made once, and a mark beside it
 * records that. If the folder has disappeared (its disk is not mounted), nothing is created in its place, and
 * every call answers `storage.away` until it is back.
 */
export const localBlobs = (folder: string, directory: string): Blobs => {
  const root = resolve(folder, directory)
  const unfinished = join(root, UNFINISHED)
  const mark = join(dirname(root), `.${basename(root)}-is-in-use`)
  const pathOf = (key: string) => join(root, ...key.split('/'))
  let ready: Promise<void> | undefined
  let isMade = false

  const missing = (cause?: unknown) =>
    new Fault(
      'storage.away',
      undefined,
      new Error(
        `The folder ${root}, where files are kept, is gone. Bring it back (is its disk mounted?); to begin with an empty one, remove ${mark} and start Plausch again.`,
        { cause },
      ),
    )
  const checkThere = async (cause?: unknown) => {
    if (!(await isThere(unfinished)) && (isMade || (await isThere(mark)))) throw missing(cause)
  }

  const prepare = async () => {
    await checkThere()
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    await syncPath(root)
    await (await open(mark, 'a', 0o600)).close()
    await syncPath(dirname(root))
    isMade = true
    for (const name of await readdir(unfinished)) await rm(join(unfinished, name), { force: true })
  }
  const whenReady = async () => {
    ready ??= prepare()
    await ready.catch((error: unknown) => {
      ready = undefined
      throw told(error)
    })
  }

  return {
    async put(key, source) {
      await whenReady()
      const path = join(unfinished, randomUUID())
      try {
        const size = await writeAll(path, source)
        const place = pathOf(key)
        await makeFolder(dirname(place))
        await renameDurably(path, place)
        return size
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined)
        if (isAbsent(error)) await checkThere(error)
        throw told(error)
      }
    },
    async get(key, range) {
      const path = pathOf(key)
      const file = await open(path, 'r').catch((error: unknown) => {
        if (isAbsent(error)) return undefined
        throw told(error)
      })
      if (!file) {
        await checkThere()
        return undefined
      }
      // The file is open: it can be read to its end even if it is removed meanwhile.
      return createReadStream(path, { fd: file, ...(range ? { start: range.first, end: range.last } : {}) })
    },
    async exists(key) {
      if (await isThere(pathOf(key))) return true
      await checkThere()
      return false
    },
    async remove(key) {
      await rm(pathOf(key)).catch(async (error: unknown) => {
        if (!isAbsent(error)) throw told(error)
        await checkThere(error)
      })
    },
  }
}
