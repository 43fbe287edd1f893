/**
 * Stores bytes that are too large for the database, in a folder of this machine or in an S3 bucket, as the
 * settings say. Features make keys from ids, never from what people type.
 */
import { Readable } from 'node:stream'

/** The bytes from `first` to `last`, both included. */
export type Range = { first: number; last: number }

export type Blobs = {
  /** Stores all bytes of the source, or none if the source fails. Returns their number. */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<number>
  /** The bytes, or undefined if the key has none. */
  get(key: string, range?: Range): Promise<Readable | undefined>
  exists(key: string): Promise<boolean>
  /** Removes the blob; a missing blob is no error. */
  remove(key: string): Promise<void>
}

/** All bytes of a blob at once; undefined if there are none, or more than `most`. */
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
