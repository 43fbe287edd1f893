/** Pictures among files: their smaller versions, and pictures that are served unchanged. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { channelOf, formWith, type Person, type Place, place, sendFile } from '@plausch/testkit'
import type { Channel } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const post = (by: Person, body: FormData) => by.fetch('/api/v4/files', { method: 'POST', body })

const refusedWith = async (response: Response): Promise<string> =>
  ((await response.json()) as { id: string }).id

/** The files whose bytes are stored. */
const kept = async (): Promise<string[]> =>
  (await readdir(join(at.server.blobFolder, 'files', 'files')).catch(() => [])).sort()

const bytesOf = async (by: Person, path: string) =>
  Buffer.from(await (await by.fetch(`/api/v4/files/${path}`)).arrayBuffer())

const photo = async (width: number, height: number, format: 'jpeg' | 'png' = 'jpeg') =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: '#357' } })
      .toFormat(format)
      .toBuffer(),
  )

describe('pictures', () => {
  it("get smaller versions, with v4's sizes", async () => {
    const info = await sendFile(at.ana, room, 'photo.jpg', await photo(2400, 1800))
    expect(info).toMatchObject({
      mime_type: 'image/jpeg',
      width: 2400,
      height: 1800,
      has_preview_image: true,
    })
    const mini = await sharp(Buffer.from(info.mini_preview ?? '', 'base64')).metadata()
    expect([mini.format, mini.width, mini.height]).toEqual(['jpeg', 16, 16])
    const preview = await sharp(await bytesOf(at.ana, `${info.id}/preview`)).metadata()
    expect([preview.format, preview.width]).toEqual(['jpeg', 1920])
    const small = await sendFile(at.ana, room, 'small.png', await photo(640, 480, 'png'))
    const thumbnail = await sharp(await bytesOf(at.ana, `${small.id}/thumbnail`)).metadata()
    expect([thumbnail.width, thumbnail.height]).toEqual([133, 100])
  })

  it('are rotated as the camera was held, and lose the place where they were taken', async () => {
    const taken = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#753' } })
      .jpeg()
      .withExif({
        IFD0: { Copyright: 'somebody' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const info = await sendFile(at.ana, room, 'turned.jpg', new Uint8Array(taken))
    expect([info.width, info.height]).toEqual([200, 300])
    for (const view of ['preview', 'thumbnail']) {
      const made = await sharp(await bytesOf(at.ana, `${info.id}/${view}`)).metadata()
      expect(made.exif).toBeUndefined()
      expect(made.height).toBeGreaterThan(made.width)
    }
  })

  it('keep transparency, and animated ones are displayed themselves', async () => {
    const clear = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    const info = await sendFile(at.ana, room, 'clear.png', new Uint8Array(clear))
    const preview = await at.ana.fetch(`/api/v4/files/${info.id}/preview`)
    expect(preview.headers.get('content-type')).toBe('image/png')
    const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 0), Buffer.alloc(20 * 20 * 3, 255)])
    const moving = await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
      .gif()
      .toBuffer()
    const gif = await sendFile(at.ana, room, 'moving.gif', new Uint8Array(moving))
    expect(gif).toMatchObject({ mime_type: 'image/gif', has_preview_image: false, width: 20, height: 20 })
    expect((await at.ana.fetch(`/api/v4/files/${gif.id}/preview`)).status).toBe(404)
    expect((await at.ana.fetch(`/api/v4/files/${gif.id}/thumbnail`)).status).toBe(200)
    const webp = await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
      .webp()
      .toBuffer()
    const moved = await sendFile(at.ana, room, 'moving.webp', new Uint8Array(webp))
    expect(moved).toMatchObject({ mime_type: 'image/webp', has_preview_image: false, width: 20 })
  })

  it('are also displayed themselves if they are animated PNG or AVIF', async () => {
    const still = { create: { width: 20, height: 20, channels: 3 as const, background: 'red' } }
    const png = await sharp(still).png().toBuffer()
    const chunk = (type: string, data: Buffer) => {
      const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
      const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
      length.writeUInt32BE(data.length)
      check.writeUInt32BE(crc32(body))
      return Buffer.concat([length, body, check])
    }
    // After the header, which takes 33 bytes, and before the pixels.
    const withFrames = (count: number) =>
      Buffer.concat([
        png.subarray(0, 33),
        chunk('acTL', Buffer.from([0, 0, 0, count, 0, 0, 0, 0])),
        png.subarray(33),
      ])
    const send = (name: string, bytes: Buffer) => sendFile(at.ana, room, name, new Uint8Array(bytes))
    expect(await send('still.png', png)).toMatchObject({ has_preview_image: true, width: 20 })
    expect(await send('one.png', withFrames(1))).toMatchObject({ has_preview_image: true, width: 20 })
    const two = await send('two.png', withFrames(2))
    expect(two).toMatchObject({ mime_type: 'image/png', has_preview_image: false, width: 20 })
    expect((await at.ana.fetch(`/api/v4/files/${two.id}/preview`)).status).toBe(404)
    const avif = await sharp(still).avif().toBuffer()
    expect(await send('still.avif', avif)).toMatchObject({ has_preview_image: true })
    const sequence = Buffer.from(avif)
    sequence.write('avis', 8, 'latin1')
    expect(await send('moving.avif', sequence)).toMatchObject({ has_preview_image: false })
  })

  it('with too many pixels are refused before they are decoded', async () => {
    const before = await kept()
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#000' } })
      .png({ compressionLevel: 9 })
      .toBuffer()
    const response = await post(
      at.ana,
      formWith('files', 'bomb.png', new Uint8Array(bomb), { channel_id: room.id }),
    )
    expect([response.status, await refusedWith(response)]).toEqual([400, 'files.image_too_large'])
    await expect.poll(kept).toEqual(before)
  })

  it('that cannot be decoded are stored like any other file', async () => {
    const broken = (await photo(100, 100, 'png')).slice(0, 60)
    const info = await sendFile(at.ana, room, 'broken.png', broken)
    expect(info).toMatchObject({ has_preview_image: false, width: 0, mini_preview: null })
    const liar = await sendFile(at.ana, room, 'liar.png', '<script>alert(1)</script>')
    expect(liar).toMatchObject({ mime_type: 'application/octet-stream', has_preview_image: false })
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><script>alert(1)</script></svg>'
    expect(await sendFile(at.ana, room, 'x.svg', svg)).toMatchObject({
      mime_type: 'image/svg+xml',
      has_preview_image: false,
    })
    // The server does not render an SVG either, even if its name says that it is a picture.
    expect(await sendFile(at.ana, room, 'x.png', svg)).toMatchObject({ has_preview_image: false })
  })
})
