/** Resumable uploads. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
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

const listed = async (id: string) =>
  (await at.ana.call(uploads.listOfUser, { params: { user_id: 'me' } })).find((each) => each.id === id)

/** The jobs that delete bytes run every second. */
const JOBS = { timeout: 10_000 }

const pieces = (): Promise<string[]> =>
  readdir(join(at.server.blobFolder, 'files', 'uploads')).catch(() => [])

it('arrives in pieces and becomes a file with the last one', async () => {
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
  const last = await send(upload.id, bytes.subarray(6_000_100))
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

it('is deleted after a day without new bytes', async () => {
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

it('can be completed by a form, and an empty form adds nothing', async () => {
  const upload = await begin(5)
  const response = await send(upload.id, formWith('data', 'x', '12345'))
  expect([response.status, ((await response.json()) as FileInfo).size]).toEqual([200, 5])
  const halves = await begin(10)
  expect((await send(halves.id, formWith('data', 'x', '12345'))).status).toBe(204)
  expect((await send(halves.id, formWith('data', 'x', ''))).status).toBe(204)
  expect((await send(halves.id, formWith('data', 'x', '67890'))).status).toBe(200)
})

it('accepts no more bytes than it needs, and otherwise keeps its earlier state', async () => {
  const upload = await begin(5)
  const inChunks = () =>
    at.ana.fetch(`/api/v4/uploads/${upload.id}`, {
      method: 'POST',
      body: Readable.toWeb(Readable.from([Buffer.from('1234'), Buffer.from('567')])),
      duplex: 'half',
    } as RequestInit)
  const tries = [
    () => send(upload.id, new Uint8Array(7)),
    () => send(upload.id, formWith('data', 'x', '1234567')),
    inChunks,
  ]
  for (const attempt of tries) {
    const response = await attempt()
    const { id } = (await response.json()) as { id: string }
    expect([response.status, id]).toEqual([400, 'api.upload.upload_data.invalid_content_length'])
    expect(await offsetOf(upload.id)).toBe(0)
  }
  expect((await send(upload.id, new Uint8Array(5))).status).toBe(200)
})

/**
 * Sends the first bytes of a body whose announced length is greater, once the server waits for them. The
 * connection stays open.
 */
const sendPart = async (id: string, announced: number, bytes: Uint8Array) => {
  const url = new URL(`${at.server.url}/api/v4/uploads/${id}`)
  const headers = { authorization: `Bearer ${at.ana.api.token()}`, 'content-length': String(announced) }
  const sending = request(url, { method: 'POST', headers: { ...headers, expect: '100-continue' } })
  const status = new Promise<number>((resolve) => {
    sending.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    sending.on('error', () => resolve(0))
  })
  sending.flushHeaders()
  await once(sending, 'continue')
  sending.write(bytes)
  return { sending, status }
}

it('keeps the bytes that arrived before the connection broke', async () => {
  const upload = await begin(8_000_000)
  // Those of the tests before go away meanwhile.
  const before = await pieces()
  const added = async () => (await pieces()).filter((name) => !before.includes(name)).length
  const { sending } = await sendPart(upload.id, 8_000_000, Buffer.alloc(6_000_000, 1))
  await expect.poll(added, JOBS).toBe(1)
  sending.destroy()
  await expect.poll(added, JOBS).toBe(2)
  expect(await offsetOf(upload.id)).toBe(6_000_000)
  const rest = await send(upload.id, new Uint8Array(2_000_000).fill(2))
  expect(((await rest.json()) as FileInfo).size).toBe(8_000_000)
})

it('is complete when it continues at once after the connection broke, wherever that was', async () => {
  for (const part of [1000, 65_536, 400_000, 5_300_000, 5_900_000]) {
    const bytes = new Uint8Array(randomBytes(6_000_000))
    const upload = await begin(bytes.length)
    const { sending } = await sendPart(upload.id, bytes.length, bytes.subarray(0, part))
    sending.destroy()
    const response = await send(upload.id, bytes.subarray(await offsetOf(upload.id)))
    expect(response.status, String(part)).toBe(200)
    const { id } = (await response.json()) as FileInfo
    const got = await (await at.ana.fetch(`/api/v4/files/${id}`)).arrayBuffer()
    expect(Buffer.from(got).equals(Buffer.from(bytes)), String(part)).toBe(true)
  }
})

it('stops its sender when somebody asks for the offset, and that request is told so', async () => {
  for (const ask of [offsetOf, async (id: string) => (await listed(id))?.file_offset]) {
    const upload = await begin(1000)
    const { sending, status } = await sendPart(upload.id, 1000, Buffer.alloc(400))
    // A second request is refused while the first one is running.
    expect((await send(upload.id, new Uint8Array(1))).status).toBe(409)
    const offset = await ask(upload.id)
    expect(await status).toBe(409)
    sending.destroy()
    expect(await offsetOf(upload.id)).toBe(offset)
    expect((await send(upload.id, new Uint8Array(1000 - (offset ?? 0)))).status).toBe(200)
  }
})

it('lets one of two requests continue if both begin at once', async () => {
  const upload = await begin(1000)
  const both = await Promise.all([send(upload.id, new Uint8Array(400)), send(upload.id, new Uint8Array(400))])
  const offset = await offsetOf(upload.id)
  expect([400, 800]).toContain(offset)
  expect(both.filter(({ status }) => status === 204).length).toBe(offset / 400)
  expect(both.every(({ status }) => status === 204 || status === 409)).toBe(true)
})

it('is an attachment, unless its type is import', async () => {
  for (const type of ['', 'attachment', 'else']) {
    const upload = await at.ana.call(uploads.create, {
      body: { channel_id: room.id, filename: 'x', file_size: 1, type },
    })
    expect(upload.type).toBe('attachment')
    expect((await send(upload.id, new Uint8Array(1))).status).toBe(200)
  }
})

it('is refused by size, type and channel, and while files are off', async () => {
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

it('belongs to its user only, and ends with the membership', async () => {
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

it('is limited to a hundred open ones per person, even if many begin at once', async () => {
  const open = () => at.ana.call(uploads.listOfUser, { params: { user_id: 'me' } })
  const before = (await open()).length
  const attempts = await Promise.allSettled(Array.from({ length: 130 }, () => begin(1)))
  expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBe(100 - before)
  expect((await open()).length).toBe(100)
})
