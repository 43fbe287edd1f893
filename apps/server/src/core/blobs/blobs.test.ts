/** The same tests for both stores: a folder, and a bucket on a real S3 server. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { defaultSettings, type Settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { type Blobs, readWhole, sourceOf } from './blobs.ts'
import { openBlobs } from './open.ts'

type FileSettings = Settings['FileSettings']

const storeOf = (folder: string, change: Partial<FileSettings> = {}): Blobs =>
  openBlobs(
    () => ({ ...defaultSettings, FileSettings: { ...defaultSettings.FileSettings, ...change } }) as Settings,
    folder,
  )

const BUCKET = 'plausch'

/** Starts a real S3 server from the package registry; returns a problem in words if it cannot run here. */
const startS3 = async (folder: string) => {
  const { default: S3rver } = await import('s3rver')
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: folder,
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  })
  const address: AddressInfo = await server.run()
  return { address, stop: () => server.close() }
}

const large = randomBytes(12 * 1024 * 1024 + 7)

async function* slices(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const keeps = (blobs: () => Blobs) => {
  it('returns what it was given, whole and in ranges', async () => {
    const key = `files/${newId()}`
    expect(await blobs().put(key, slices(large, 100_000))).toBe(large.length)
    expect((await readWhole(blobs(), key, large.length))?.equals(large)).toBe(true)
    const stream = await blobs().get(key, { first: 5_000_000, last: 5_000_009 })
    const part = Buffer.concat((await stream?.toArray()) as Buffer[])
    expect(part.equals(large.subarray(5_000_000, 5_000_010))).toBe(true)
    expect(await readWhole(blobs(), key, large.length - 1)).toBeUndefined()
  })

  it('keeps an empty blob, and one that replaces another', async () => {
    const key = `files/${newId()}.preview`
    expect(await blobs().put(key, sourceOf(Buffer.alloc(0)))).toBe(0)
    expect(await readWhole(blobs(), key, 1)).toEqual(Buffer.alloc(0))
    await blobs().put(key, sourceOf(Buffer.from('second')))
    expect(String(await readWhole(blobs(), key, 100))).toBe('second')
  })

  it('keeps nothing of a source that fails', async () => {
    const key = `files/${newId()}`
    const broken = async function* () {
      yield large.subarray(0, 7_000_000)
      await sleep(1)
      throw new Error('gone')
    }
    await expect(blobs().put(key, broken())).rejects.toThrow('gone')
    expect(await blobs().exists(key)).toBe(false)
    expect(await blobs().get(key)).toBeUndefined()
  })

  it('removes blobs, including missing ones', async () => {
    const key = `files/${newId()}`
    await blobs().put(key, sourceOf(Buffer.from('x')))
    expect(await blobs().exists(key)).toBe(true)
    await blobs().remove(key)
    await blobs().remove(key)
    expect(await blobs().exists(key)).toBe(false)
  })

  it('refuses keys that could name anything else', async () => {
    for (const key of [
      '../x',
      'files/../../etc/passwd',
      'files/a',
      '/etc/passwd',
      `files/${newId()}/x`,
      '',
    ]) {
      expect(() => blobs().put(key, sourceOf(Buffer.from('x')))).toThrow('cannot be the key')
    }
  })
}

describe('a folder', () => {
  let folder: string
  let blobs: Blobs
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plausch-blobs-'))
    blobs = storeOf(folder)
  })
  afterAll(() => rm(folder, { recursive: true }))
  keeps(() => blobs)

  it('is closed to others, and contains nothing unfinished', async () => {
    const key = `files/${newId()}`
    await blobs.put(key, sourceOf(Buffer.from('x')))
    expect((await stat(join(folder, 'files', ...key.split('/')))).mode & 0o077).toBe(0)
    expect(await readdir(join(folder, 'files', 'unfinished'))).toEqual([])
  })
})

const folder = await mkdtemp(join(tmpdir(), 'plausch-s3-'))
const s3 = await startS3(folder).catch((error: unknown) => `s3rver does not run here: ${String(error)}`)

describe('a bucket', () => {
  let blobs: Blobs
  beforeAll(() => {
    if (typeof s3 === 'string') return
    blobs = storeOf(folder, {
      DriverName: 'amazons3',
      AmazonS3Endpoint: `127.0.0.1:${s3.address.port}`,
      AmazonS3SSL: false,
      AmazonS3Bucket: BUCKET,
      AmazonS3AccessKeyId: 'S3RVER',
      AmazonS3SecretAccessKey: 'S3RVER',
      AmazonS3PathPrefix: '/of/plausch/',
    })
  })
  afterAll(async () => {
    if (typeof s3 !== 'string') await s3.stop()
    await rm(folder, { recursive: true })
  })
  if (typeof s3 === 'string') {
    it('speaks S3', (context) => context.skip(s3))
    return
  }
  keeps(() => blobs)

  it('says that files cannot be reached if the server is away or refuses', async () => {
    const away = storeOf(folder, {
      DriverName: 'amazons3',
      AmazonS3Endpoint: '127.0.0.1:1',
      AmazonS3SSL: false,
      AmazonS3Bucket: BUCKET,
      AmazonS3AccessKeyId: 'a',
      AmazonS3SecretAccessKey: 'b',
    })
    await expect(away.put(`files/${newId()}`, sourceOf(Buffer.from('x')))).rejects.toThrow('storage.away')
  })
})
