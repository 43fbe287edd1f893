/** Blobs in a folder of this machine. A blob appears under its name when it is complete and on the disk, not before. */
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '../faults.ts'
import type { Blobs } from './blobs.ts'

/** What is being written; whatever an earlier run left in it is of no use. */
const UNFINISHED = 'unfinished'

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

const isAbsent = (error: unknown) => codeOf(error) === 'ENOENT'

/** The disk is full for everybody, so it is said as what it is. */
const told = (error: unknown): unknown => {
  const code = codeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? new Fault('storage.full', undefined, error) : error
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

export const localBlobs = (folder: string, directory: string): Blobs => {
  const root = resolve(folder, directory)
  const unfinished = join(root, UNFINISHED)
  const pathOf = (key: string) => join(root, ...key.split('/'))
  let ready: Promise<void> | undefined

  const prepare = async () => {
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    for (const name of await readdir(unfinished)) await rm(join(unfinished, name), { force: true })
  }

  return {
    async put(key, source) {
      ready ??= prepare()
      await ready.catch((error: unknown) => {
        ready = undefined
        throw told(error)
      })
      const path = join(unfinished, randomUUID())
      try {
        const size = await writeAll(path, source)
        const place = pathOf(key)
        await mkdir(dirname(place), { recursive: true, mode: 0o700 })
        await rename(path, place)
        return size
      } catch (error) {
        await rm(path, { force: true })
        throw told(error)
      }
    },
    async get(key, range) {
      const path = pathOf(key)
      const file = await open(path, 'r').catch((error: unknown) => {
        if (isAbsent(error)) return undefined
        throw error
      })
      if (!file) return undefined
      // The file is open: it can be read to its end even if it is removed meanwhile.
      return createReadStream(path, { fd: file, ...(range ? { start: range.first, end: range.last } : {}) })
    },
    exists: (key) =>
      access(pathOf(key)).then(
        () => true,
        () => false,
      ),
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}
