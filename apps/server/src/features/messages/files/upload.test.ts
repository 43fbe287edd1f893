/** Uploading files: the result, and what the server refuses. */

import { readdir, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { channelOf, formWith, type Person, type Place, place, sendFile } from '@plausch/testkit'
import { type Channel, channels, type FileInfo, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

type Body = string | FormData | Uint8Array<ArrayBuffer>

const post = (by: Person, body: Body, query = '') =>
  by.fetch(`/api/v4/files${query}`, { method: 'POST', body })

const refusedWith = async (response: Response): Promise<string> =>
  ((await response.json()) as { id: string }).id

/** The files whose bytes are stored. */
const kept = async (): Promise<string[]> =>
  (await readdir(join(at.server.blobFolder, 'files', 'files')).catch(() => [])).sort()
const unfinishedFolder = () => join(at.server.blobFolder, 'files', 'unfinished')
const unfinished = () => readdir(unfinishedFolder())

const bytesOf = async (by: Person, path: string) =>
  Buffer.from(await (await by.fetch(`/api/v4/files/${path}`)).arrayBuffer())

describe('a form', () => {
  it('uploads files, and the reply is that of v4', async () => {
    const form = formWith('files', 'Bericht.txt', 'Guten Tag', { channel_id: room.id, client_ids: 'mine' })
    const response = await post(at.ana, form)
    expect(response.status).toBe(201)
    const { file_infos: infos, client_ids } = (await response.json()) as {
      file_infos: FileInfo[]
      client_ids: string[]
    }
    expect(client_ids).toEqual(['mine'])
    expect(infos).toEqual([
      {
        id: expect.stringMatching(/^[a-z0-9]{26}$/),
        user_id: at.ana.id,
        post_id: '',
        channel_id: room.id,
        create_at: expect.any(Number),
        update_at: expect.any(Number),
        delete_at: 0,
        name: 'Bericht.txt',
        extension: 'txt',
        size: 9,
        mime_type: 'text/plain',
        width: 0,
        height: 0,
        has_preview_image: false,
        mini_preview: null,
        remote_id: '',
        archived: false,
      },
    ])
    expect(String(await bytesOf(at.ana, infos[0]?.id ?? ''))).toBe('Guten Tag')
  })

  it('may have its fields after its files, and several files', async () => {
    const form = new FormData()
    form.append('files', new File(['one'], 'one.txt'))
    form.append('files', new File(['two'], 'two.txt'))
    form.append('channel_id', room.id)
    form.append('client_ids', 'a')
    form.append('client_ids', 'b')
    const reply = (await (await post(at.ana, form)).json()) as {
      file_infos: FileInfo[]
      client_ids: string[]
    }
    expect(reply.file_infos.map((info) => info.name)).toEqual(['one.txt', 'two.txt'])
    expect(reply.client_ids).toEqual(['a', 'b'])
  })

  it('must name its channel before files that are not small; otherwise none of them is stored', async () => {
    const before = await kept()
    const small = new Uint8Array(700_000)
    const formOf = (files: number, place: 'first' | 'last' | 'between') => {
      const form = new FormData()
      if (place === 'first') form.append('channel_id', room.id)
      for (let n = 0; n < files; n += 1) {
        form.append('files', new File([small], `${n}.bin`))
        if (n === 0 && place === 'between') form.append('channel_id', room.id)
      }
      if (place === 'last') form.append('channel_id', room.id)
      return form
    }
    const large = new FormData()
    large.append('files', new File([new Uint8Array(1024 * 1024 + 1)], 'x'))
    large.append('channel_id', room.id)
    for (const form of [formOf(2, 'last'), large])
      expect(await refusedWith(await post(at.ana, form))).toBe('files.channel_first')
    await expect.poll(kept).toEqual(before)
    for (const form of [formOf(1, 'last'), formOf(2, 'between'), formOf(3, 'first')])
      expect((await post(at.ana, form)).status).toBe(201)
    expect((await post(at.ana, large, `?channel_id=${room.id}`)).status).toBe(201)
  })

  it('from a stranger writes little to the disk before it is refused', async () => {
    const [name] = await unfinished()
    expect(name).toBeUndefined()
    const url = new URL(`${at.server.url}/api/v4/files`)
    const headers = {
      authorization: `Bearer ${at.eve.api.token()}`,
      'content-type': 'multipart/form-data; boundary=b',
      'transfer-encoding': 'chunked',
    }
    const sending = request(url, { method: 'POST', headers })
    const answered = new Promise<number>((resolve) => {
      sending.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    })
    sending.on('error', () => undefined)
    sending.write('--b\r\ncontent-disposition: form-data; name="files"; filename="x"\r\n\r\n')
    // The server refuses it before the file has ended.
    for (let sent = 0; sent < 2; sent += 1) sending.write(Buffer.alloc(1024 * 1024))
    expect(await answered).toBe(400)
    sending.destroy()
    await expect.poll(unfinished).toEqual([])
  })

  it('is refused as a whole, and nothing of it is stored', async () => {
    const before = await kept()
    const late = new FormData()
    late.append('files', new File(['for nobody'], 'x.txt'))
    late.append('channel_id', room.id)
    expect(await refusedWith(await post(at.eve, late))).toBe('channels.not_found')
    const none = new FormData()
    none.append('channel_id', room.id)
    expect(await refusedWith(await post(at.ana, none))).toBe('files.none')
    expect(await refusedWith(await post(at.ana, formWith('files', 'x', 'x')))).toBe(
      'api.context.invalid_body_param.app_error',
    )
    const mixed = formWith('files', 'x', 'x', { channel_id: room.id })
    mixed.append('client_ids', 'a')
    mixed.append('client_ids', 'b')
    expect((await post(at.ana, mixed)).status).toBe(400)
    const many = formWith('files', 'x', 'x', { channel_id: room.id })
    for (let n = 0; n < 60; n += 1) many.append('files', new File(['x'], 'x'))
    expect((await post(at.ana, many)).status).toBe(400)
    const broken = await at.ana.fetch('/api/v4/files', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `--b\r\ncontent-disposition: form-data; name="files"; filename="x"\r\n\r\nno end`,
    })
    expect(broken.status).toBe(400)
    await expect.poll(kept).toEqual(before)
  })

  it('stores the names of files, never a path', async () => {
    const names: [string, string][] = [
      ['../../../etc/passwd', 'passwd'],
      ['C:\\Users\\ana\\Bild.png', 'Bild.png'],
      ['..', 'file'],
      ['Übersicht \u{1F4C4} 日本.txt', 'Übersicht \u{1F4C4} 日本.txt'],
      ['gpj.\u202eexe.png', 'gpj.exe.png'],
      [`${'x'.repeat(400)}.pdf`, `${'x'.repeat(251)}.pdf`],
    ]
    for (const [sent, name] of names) {
      const query = `?channel_id=${room.id}&filename=${encodeURIComponent(sent)}`
      const response = await post(at.ana, 'x', query)
      const { file_infos } = (await response.json()) as { file_infos: FileInfo[] }
      expect(file_infos[0]?.name).toBe(name)
      const inForm = await sendFile(at.ana, room, sent, 'x')
      expect(inForm.name).toBe(name)
    }
    const withNul = await post(
      at.ana,
      'x',
      `?channel_id=${room.id}&filename=${encodeURIComponent('a\0b.txt')}`,
    )
    expect(((await withNul.json()) as { file_infos: FileInfo[] }).file_infos[0]?.name).toBe('ab.txt')
    expect((await kept()).every((name) => /^[a-z0-9]{26}(\.(preview|thumbnail))?$/.test(name))).toBe(true)
  })
})

describe('a raw body', () => {
  it('needs a channel and a name', async () => {
    const response = await post(at.ana, 'raw', `?channel_id=${room.id}&filename=raw.bin&client_id=c`)
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      client_ids: ['c'],
      file_infos: [{ name: 'raw.bin', size: 3 }],
    })
    expect((await post(at.ana, 'raw', `?channel_id=${room.id}`)).status).toBe(400)
    expect((await post(at.ana, 'raw', '?filename=raw.bin')).status).toBe(400)
  })

  it('may be large: bytes are on the disk while the next ones arrive', async () => {
    const size = 96 * 1024 * 1024
    const slice = Buffer.alloc(64 * 1024, 7)
    // Bytes that the sender has sent and that are not on the disk yet are in memory, here or in the kernel.
    let most = 0
    async function* slices() {
      for (let sent = 0; sent < size; sent += slice.length) {
        const [name] = await unfinished()
        const written = name ? await stat(join(unfinishedFolder(), name)).then((each) => each.size) : 0
        most = Math.max(most, sent - written)
        yield slice
      }
    }
    const response = await at.ana.fetch(`/api/v4/files?channel_id=${room.id}&filename=large.bin`, {
      method: 'POST',
      body: slices() as unknown as string,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(201)
    const [info] = ((await response.json()) as { file_infos: FileInfo[] }).file_infos
    expect(info?.size).toBe(size)
    expect(most).toBeLessThan(24 * 1024 * 1024)
  })

  it('is refused over the limit, announced or not, and nothing is stored', async () => {
    await at.root.call(settings.patch, { body: { FileSettings: { MaxFileSize: 100_000 } } })
    const before = await kept()
    const large = new Uint8Array(150_000)
    const query = `?channel_id=${room.id}&filename=x`
    const announced = await post(at.ana, large, query)
    expect([announced.status, await refusedWith(announced)]).toEqual([413, 'files.too_large'])
    const form = formWith('files', 'x', large, { channel_id: room.id })
    expect((await post(at.ana, form)).status).toBe(413)
    async function* endless() {
      for (;;) yield Buffer.alloc(60_000)
    }
    const unannounced = await at.ana
      .fetch(`/api/v4/files${query}`, {
        method: 'POST',
        body: endless() as unknown as string,
        duplex: 'half',
      } as RequestInit)
      .then(({ status }) => status)
      .catch(() => 413)
    expect(unannounced).toBe(413)
    await expect.poll(kept).toEqual(before)
    expect((await post(at.ana, new Uint8Array(100_000), query)).status).toBe(201)
    await at.root.call(settings.patch, { body: { FileSettings: { MaxFileSize: 104_857_600 } } })
  })

  it('leaves nothing behind when the sender disconnects', async () => {
    const before = await kept()
    const url = new URL(`${at.server.url}/api/v4/files?channel_id=${room.id}&filename=x`)
    const headers = { authorization: `Bearer ${at.ana.api.token()}`, 'content-length': '5000000' }
    const sending = request(url, { method: 'POST', headers })
    sending.on('error', () => undefined)
    sending.write(Buffer.alloc(1_000_000))
    await expect.poll(async () => (await unfinished()).length).toBe(1)
    sending.destroy()
    await expect.poll(unfinished).toEqual([])
    await sleep(50)
    expect(await kept()).toEqual(before)
  })
})

describe('who may send', () => {
  it('is a member of the channel with the permission to send files there', async () => {
    const query = `?channel_id=${room.id}&filename=x`
    expect((await post(at.bo, 'x', query)).status).toBe(201)
    expect(await refusedWith(await post(at.eve, 'x', query))).toBe('channels.not_found')
    const open = await channelOf(at.ana, at.team, 'O')
    expect((await post(at.bo, 'x', `?channel_id=${open.id}&filename=x`)).status).toBe(403)
    await at.ana.call(channels.archive, { params: { channel_id: open.id } })
    expect(await refusedWith(await post(at.ana, 'x', `?channel_id=${open.id}&filename=x`))).toBe(
      'channels.archived',
    )
  })

  it('is nobody while files are off', async () => {
    await at.root.call(settings.patch, { body: { FileSettings: { EnableFileAttachments: false } } })
    const response = await post(at.ana, 'x', `?channel_id=${room.id}&filename=x`)
    expect([response.status, await refusedWith(response)]).toEqual([501, 'files.disabled'])
    await at.root.call(settings.patch, { body: { FileSettings: { EnableFileAttachments: true } } })
  })
})
