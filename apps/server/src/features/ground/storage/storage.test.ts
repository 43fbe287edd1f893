/**
 * Bytes that belong to no row are deleted, whatever happens between writing bytes and row; files in a bucket
 * work like those in a folder.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  channelOf,
  dropDatabase,
  freshDatabase,
  type Person,
  place,
  sendFile,
  serverForTest,
  startServer,
} from '@plausch/testkit'
import { type Channel, posts } from '@plausch/wire'
import { S3mini } from 's3mini'
import { expect, it, onTestFinished } from 'vitest'
import { sourceOf } from '../../../core/blobs/blobs.ts'
import { change, system } from '../../../core/context.ts'
import { newId } from '../../../core/ids.ts'
import { ownBlobs, putBlob, removeLoose } from './index.ts'

/** The jobs that delete bytes run every second. */
const JOBS = { timeout: 10_000 }

const folderForTest = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plausch-storage-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

it('deletes at the start what an earlier run left', async () => {
  const blobFolder = await folderForTest()
  const database = await freshDatabase()
  onTestFinished(() => dropDatabase(database))
  const first = await startServer({ blobFolder }, database)
  const key = `files/${newId()}`
  // As after a crash between writing the bytes and their row.
  await putBlob(first.app.server, key, sourceOf(Buffer.from('left behind')))
  const loose = () => readdir(join(blobFolder, 'files', 'files'))
  expect(await loose()).toHaveLength(1)
  await first.stop()
  const second = await startServer({ blobFolder }, database)
  await expect.poll(loose).toEqual([])
  await expect.poll(() => second.app.pool.row('select from loose_blobs limit 1')).toBeUndefined()
  await second.stop()
})

it('lets no row have bytes that were deleted by the sweep', async () => {
  const { app } = await serverForTest()
  const key = `files/${newId()}`
  await putBlob(app.server, key, sourceOf(Buffer.from('x')))
  expect(await app.pool.row('select key from loose_blobs')).toEqual({ key })
  await removeLoose(app.server, [key])
  expect(await app.server.blobs.exists(key)).toBe(false)
  const late = change(app.server, { actor: system }, (context) => ownBlobs(context, [key]))
  await expect(late).rejects.toThrow('storage.missing')
})

const BUCKET = 'plausch'

const startS3 = async () => {
  const { default: S3rver } = await import('s3rver')
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: await folderForTest(),
    vhostBuckets: false,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  })
  const { port } = await server.run()
  onTestFinished(() => server.close())
  return `127.0.0.1:${port}`
}

const attach = (by: Person, channel: Channel, id: string) =>
  by.call(posts.create, { body: { channel_id: channel.id, message: 'x', file_ids: [id] } })

it('stores files in a bucket as in a folder', async (context) => {
  const endpoint = await startS3().catch((error: unknown) =>
    context.skip(`s3rver does not run here: ${String(error)}`),
  )
  const at = await place({
    fixed: {
      FileSettings: {
        DriverName: 'amazons3',
        AmazonS3Endpoint: endpoint,
        AmazonS3SSL: false,
        AmazonS3Bucket: BUCKET,
        AmazonS3AccessKeyId: 'S3RVER',
        AmazonS3SecretAccessKey: 'S3RVER',
      },
    },
  })
  onTestFinished(() => at.stop())
  const bucket = new S3mini({
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    endpoint: `http://${endpoint}/${BUCKET}`,
    region: 'us-east-1',
  })
  const keys = async () => ((await bucket.listObjects()) ?? []).map(({ Key }) => Key)
  const room = await channelOf(at.ana, at.team, 'P', [at.bo])
  const bytes = new Uint8Array(7_000_000).fill(65)
  const { id } = await sendFile(at.ana, room, 'large.bin', bytes)
  const post = await attach(at.ana, room, id)
  expect(await keys()).toEqual([`files/${id}`])
  const whole = await at.bo.fetch(`/api/v4/files/${id}`)
  expect((await whole.arrayBuffer()).byteLength).toBe(bytes.length)
  const part = await at.bo.fetch(`/api/v4/files/${id}`, { headers: { range: 'bytes=6999998-' } })
  expect([part.status, await part.text()]).toEqual([206, 'AA'])
  expect((await at.eve.fetch(`/api/v4/files/${id}`)).status).toBe(404)
  await at.ana.call(posts.remove, { params: { post_id: post.id } })
  await expect.poll(keys, JOBS).toEqual([])
  expect(await readdir(at.server.blobFolder)).toEqual([])
})
