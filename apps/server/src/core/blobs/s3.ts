/**
 * Blobs in an S3 bucket. A large blob is sent in parts as it arrives, so that only a few megabytes of it are
 * in memory.
 */
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Settings } from '@plausch/wire'
import type { S3mini, UploadPart } from 's3mini'
import { Fault } from '../faults.ts'
import type { Blobs } from './blobs.ts'

/** S3 accepts no smaller part, except the last. */
const LEAST_PART = 5 * 1024 * 1024
const TYPE = 'application/octet-stream'

/** Limits the time until an answer begins, but not its body: whoever reads it may be slow. */
const fetchWithin =
  (timeoutMs: number): typeof fetch =>
  async (input, init) => {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error('no answer in time')), timeoutMs)
    try {
      return await fetch(input, { ...init, signal: late.signal })
    } finally {
      clearTimeout(timer)
    }
  }

const connect = async (settings: Settings): Promise<S3mini> => {
  // Imported when first needed: most servers store files in a folder.
  const { S3mini } = await import('s3mini')
  const protocol = settings.FileSettings.AmazonS3SSL ? 'https' : 'http'
  return new S3mini({
    accessKeyId: settings.FileSettings.AmazonS3AccessKeyId,
    secretAccessKey: settings.FileSettings.AmazonS3SecretAccessKey,
    endpoint: `${protocol}://${settings.FileSettings.AmazonS3Endpoint}/${settings.FileSettings.AmazonS3Bucket}`,
    region: settings.FileSettings.AmazonS3Region || 'us-east-1',
    fetch: fetchWithin(settings.FileSettings.AmazonS3RequestTimeoutMilliseconds),
  })
}

/**
 * Cuts a source into parts of a given size. The last part may be smaller; an empty source gives one empty
 * part.
 */
async function* partsOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = []
  let length = 0
  let isFirst = true
  for await (const bytes of source) {
    waiting.push(bytes)
    length += bytes.length
    while (length >= size) {
      const all = Buffer.concat(waiting)
      yield all.subarray(0, size)
      isFirst = false
      waiting = [all.subarray(size)]
      length = all.length - size
    }
  }
  if (length > 0 || isFirst) yield Buffer.concat(waiting)
}

const extras = (settings: Settings): Record<`x-amz-${string}`, string> => ({
  ...(settings.FileSettings.AmazonS3SSE ? { 'x-amz-server-side-encryption': 'AES256' } : {}),
  ...(settings.FileSettings.AmazonS3StorageClass
    ? { 'x-amz-storage-class': settings.FileSettings.AmazonS3StorageClass }
    : {}),
})

const prefixed = (settings: Settings, key: string) =>
  [settings.FileSettings.AmazonS3PathPrefix.replaceAll(/^\/+|\/+$/g, ''), key]
    .filter((part) => part !== '')
    .join('/')

export const s3Blobs = (settings: Settings): Blobs => {
  let connected: Promise<S3mini> | undefined
  const keyOf = (key: string) => prefixed(settings, key)
  const headers = extras(settings)
  const partSize = Math.max(LEAST_PART, settings.FileSettings.AmazonS3UploadPartSizeBytes)

  /** Logs what the bucket's server says; the caller gets the fault that files cannot be reached. */
  const ask = async <T>(work: (s3: S3mini) => Promise<T>): Promise<T> => {
    try {
      connected ??= connect(settings)
      return await work(await connected)
    } catch (error) {
      throw new Fault('storage.away', undefined, error)
    }
  }

  /** Starts an upload in parts with the first part, and continues with the others. */
  const putParts = async (key: string, first: Buffer, others: AsyncIterable<Buffer>): Promise<number> => {
    const upload = await ask((s3) => s3.getMultipartUploadId(key, TYPE, undefined, headers))
    const done: UploadPart[] = []
    let size = 0
    const send = async (part: Buffer) => {
      done.push(await ask((s3) => s3.uploadPart(key, upload, part, done.length + 1)))
      size += part.length
    }
    try {
      await send(first)
      for await (const part of others) await send(part)
      await ask((s3) => s3.completeMultipartUpload(key, upload, done))
      return size
    } catch (error) {
      await ask((s3) => s3.abortMultipartUpload(key, upload)).catch(() => undefined)
      throw error
    }
  }

  return {
    async put(key, source) {
      const parts = partsOf(source, partSize)
      const first = (await parts.next()).value as Buffer
      if (first.length >= partSize) return await putParts(keyOf(key), first, parts)
      await ask((s3) => s3.putObject(keyOf(key), first, TYPE, undefined, headers, first.length))
      return first.length
    },
    get: (key, range) =>
      ask(async (s3) => {
        if ((await s3.objectExists(keyOf(key))) !== true) return undefined
        const response = range
          ? await s3.getObjectRaw(keyOf(key), false, range.first, range.last + 1)
          : await s3.getObjectRaw(keyOf(key), true)
        return response.body
          ? Readable.fromWeb(response.body as ReadableStream<Uint8Array>)
          : Readable.from([])
      }),
    exists: (key) => ask(async (s3) => (await s3.objectExists(keyOf(key))) === true),
    remove: (key) =>
      ask(async (s3) => {
        await s3.deleteObject(keyOf(key))
      }),
  }
}
