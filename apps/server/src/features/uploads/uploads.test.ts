/** Uploads in pieces. */
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { channelOf, formWith, type Place, place, refused } from '@plausch/testkit'
import { type Channel, type FileInfo, members, settings, uploads } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweep } from './service.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const begin = (size: number, filename = 'large.bin') =>
  at.ana.call(uploads.create, {
    body: { channel_id: room.id, filename, file_size: size, type: 'attachment' },
  })

const send = (id: string, body: Uint8Array<ArrayBuffer> | FormData, by = at.ana) =>
  by.fetch(`/api/v4/uploads/${id}`, { method: 'POST', body })

const offsetOf = async (id: string) =>
  (await at.ana.call(uploads.get, { params: { upload_id: id } })).file_offset

/** The jobs that remove bytes come round every second. */
const JOBS = { timeout: 10_000 }

const pieces = (): Promise<string[]> =>
  readdir(join(at.server.blobFolder, 'files', 'uploads')).catch(() => [])

it('comes in pieces, and becomes a file with the last of them', async () => {
  const bytes = new Uint8Array(randomBytes(11_000_000))
  const upload = await begin(bytes.length, '../Band.bin')
  expect(upload).toEqual({
    id: expect.any(String),
    type: 'attachment',
    create_at: expect.any(Number),
    user_id: at.ana.id,
    channel_id: room.id,
    filename: 'Band.bin',
    file_size: bytes.length,
    file_offset: 0,
    remote_id: '',
    req_file_id: '',
  })
  const first = await send(upload.id, bytes.subarray(0, 6_000_000))
  expect([first.status, await first.text()]).toEqual([204, ''])
  expect(await offsetOf(upload.id)).toBe(6_000_000)
  expect(await at.ana.call(uploads.listOfUser, { params: { user_id: 'me' } })).toMatchObject([
    { id: upload.id },
  ])
  const second = await send(upload.id, formWith('data', 'x', bytes.subarray(6_000_000, 6_000_100)))
  expect(second.status).toBe(204)
  // More than was announced is not heard.
  const last = await send(upload.id, new Uint8Array([...bytes.subarray(6_000_100), 1, 2, 3]))
  expect(last.status).toBe(200)
  const info = (await last.json()) as FileInfo
  expect(info).toMatchObject({
    name: 'Band.bin',
    size: bytes.length,
    channel_id: room.id,
    user_id: at.ana.id,
  })
  const got = await at.ana.fetch(`/api/v4/files/${info.id}`)
  expect(Buffer.from(await got.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  await refused('uploads.not_found', at.ana.call(uploads.get, { params: { upload_id: upload.id } }))
  await expect.poll(pieces, JOBS).toEqual([])
})

it('keeps what came before the connection broke', async () => {
  const upload = await begin(8_000_000)
  const url = new URL(`${at.server.url}/api/v4/uploads/${upload.id}`)
  const headers = { authorization: `Bearer ${at.ana.api.token()}`, 'content-length': '8000000' }
  const sending = request(url, { method: 'POST', headers })
  sending.on('error', () => undefined)
  sending.write(Buffer.alloc(6_000_000, 1))
  await expect.poll(() => offsetOf(upload.id)).toBeGreaterThan(5_000_000)
  sending.destroy()
  await expect.poll(() => offsetOf(upload.id)).toBe(6_000_000)
  const rest = await send(upload.id, new Uint8Array(2_000_000).fill(2))
  expect(((await rest.json()) as FileInfo).size).toBe(8_000_000)
})

it('lets one of two go on where both begin', async () => {
  const upload = await begin(1000)
  const both = await Promise.all([send(upload.id, new Uint8Array(400)), send(upload.id, new Uint8Array(400))])
  const offset = await offsetOf(upload.id)
  expect([400, 800]).toContain(offset)
  expect(both.filter(({ status }) => status === 204).length).toBe(offset / 400)
  expect(both.every(({ status }) => status === 204 || status === 409)).toBe(true)
})

it('is refused by size, kind and place, and where files are switched off', async () => {
  const max = 104_857_600
  await refused('files.too_large', begin(max + 1))
  await refused(
    'uploads.type',
    at.root.call(uploads.create, {
      body: { channel_id: room.id, filename: 'x', file_size: 1, type: 'import' },
    }),
  )
  await refused(
    'channels.not_found',
    at.eve.call(uploads.create, { body: { channel_id: room.id, filename: 'x', file_size: 1 } }),
  )
  await at.root.call(settings.patch, { body: { FileSettings: { EnableFileAttachments: false } } })
  await refused('files.disabled', begin(5))
  await at.root.call(settings.patch, { body: { FileSettings: { EnableFileAttachments: true } } })
})

it("is its own user's, and ends with the membership", async () => {
  const upload = await at.bo.call(uploads.create, {
    body: { channel_id: room.id, filename: 'x', file_size: 10 },
  })
  for (const other of [at.ana, at.eve, at.root]) {
    await refused('uploads.not_found', other.call(uploads.get, { params: { upload_id: upload.id } }))
    expect((await send(upload.id, new Uint8Array(5), other)).status).toBe(404)
  }
  await at.ana.call(members.remove, { params: { channel_id: room.id, user_id: at.bo.id } })
  expect((await send(upload.id, new Uint8Array(5), at.bo)).status).toBe(404)
})

it('is swept when nothing has come for a day', async () => {
  const upload = await begin(10)
  const before = await pieces()
  await send(upload.id, new Uint8Array(5))
  const [mine] = (await pieces()).filter((name) => !before.includes(name))
  const { server } = at.server.app
  await sweep(server)
  expect(await offsetOf(upload.id)).toBe(5)
  await server.db.unprepared(`update uploads set update_at = 1 where id = '${upload.id}'`)
  await sweep(server)
  await refused('uploads.not_found', at.ana.call(uploads.get, { params: { upload_id: upload.id } }))
  expect(mine).toBeDefined()
  await expect.poll(pieces, JOBS).not.toContain(mine)
})
