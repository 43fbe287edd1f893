/**
 * Where bytes are kept that are too large for the database: a folder of this machine, or a bucket that speaks S3, as the settings say. Keys
 * are made of ids by the features, never of what people type.
 */
import { Readable } from 'node:stream'
import type { Settings } from '@plausch/wire'
import { localBlobs } from './local.ts'
import { s3Blobs } from './s3.ts'

/** The bytes from `first` to `last`, both included. */
export type Range = { first: number; last: number }

export type Blobs = {
  /** Keeps all bytes of the source, or, where it breaks off, none. Returns how many there were. */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<number>
  /** The bytes, or undefined where there are none under this key. */
  get(key: string, range?: Range): Promise<Readable | undefined>
  exists(key: string): Promise<boolean>
  /** Removes what is there; that there is nothing is no error. */
  remove(key: string): Promise<void>
}

const keyPattern = /^[a-z]+\/[a-z0-9]{26}(\.[a-z0-9]+)?$/

/** A key that could name anything but a blob of ours is a defect of the caller. */
const checked = (key: string): string => {
  if (!keyPattern.test(key)) throw new Error(`'${key}' cannot be the key of a blob`)
  return key
}

const open = (settings: Settings, folder: string): Blobs =>
  settings.FileSettings.DriverName === 'amazons3'
    ? s3Blobs(settings)
    : localBlobs(folder, settings.FileSettings.Directory)

/**
 * The store that the settings name, opened again when they change. `folder` is the server's own; a relative `FileSettings.Directory` is
 * below it.
 */
export const openBlobs = (settings: () => Settings, folder: string): Blobs => {
  let opened: { by: string; blobs: Blobs } | undefined
  const now = (): Blobs => {
    const current = settings()
    const by = JSON.stringify(current.FileSettings)
    if (opened?.by !== by) opened = { by, blobs: open(current, folder) }
    return opened.blobs
  }
  return {
    put: (key, source) => now().put(checked(key), source),
    get: (key, range) => now().get(checked(key), range),
    exists: (key) => now().exists(checked(key)),
    remove: (key) => now().remove(checked(key)),
  }
}

/** All bytes of a blob at once; undefined where there is none, or more than `most`. */
export const readWhole = async (blobs: Blobs, key: string, most: number): Promise<Buffer | undefined> => {
  const stream = await blobs.get(key)
  if (!stream) return undefined
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Bytes in memory as a source for `put`. */
export const sourceOf = (bytes: Uint8Array): AsyncIterable<Uint8Array> => Readable.from([bytes])
