/**
 * Where bytes are kept that are too large for the database: a folder of this machine, or a bucket that speaks S3, as the settings say. Keys
 * are made of ids by the features, never of what people type.
 */
import { Readable } from 'node:stream'

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
