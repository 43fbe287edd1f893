/** Files of messages: who may read them, how they are served, and that they are deleted with the message. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { channelOf, direct, type Person, type Place, place, refused, sendFile, write } from '@plausch/testkit'
import {
  type Channel,
  channels,
  type FileInfo,
  files,
  members,
  type Post,
  posts,
  settings,
} from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceOf } from '../../../core/blobs/blobs.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const PICTURE = new Uint8Array(
  await sharp({ create: { width: 60, height: 40, channels: 3, background: '#246' } })
    .png()
    .toBuffer(),
)
/** The jobs that delete bytes run every second. */
const JOBS = { timeout: 10_000 }
const kept = () => readdir(join(at.server.blobFolder, 'files', 'files')).catch(() => [])

const attach = (by: Person, channel: Channel, ids: string[], more: object = {}): Promise<Post> =>
  by.call(posts.create, { body: { channel_id: channel.id, message: 'with files', file_ids: ids, ...more } })

const get = (by: Person, id: string, headers: Record<string, string> = {}, path = '') =>
  by.fetch(`/api/v4/files/${id}${path}`, { headers })

const filesIn = (post: Post | undefined): string[] =>
  ((post?.metadata.files ?? []) as FileInfo[]).map((file) => file.name)

describe('a message with files', () => {
  it('has them in its record, in every list and in its event', async () => {
    const [picture, text] = [
      await sendFile(at.ana, room, 'b.png', PICTURE),
      await sendFile(at.ana, room, 'a.txt', 'a'),
    ]
    const [heard, outside] = [await at.bo.listen(), await at.eve.listen()]
    const post = await attach(at.ana, room, [text.id, picture.id])
    expect(post.file_ids).toEqual([text.id, picture.id])
    expect(filesIn(post)).toEqual(['a.txt', 'b.png'])
    expect((post.metadata.files as FileInfo[])[1]).toMatchObject({
      id: picture.id,
      post_id: post.id,
      channel_id: room.id,
      width: 60,
      mini_preview: expect.any(String),
    })
    const event = await heard.next('posted', (data) => data.post.includes(post.id))
    expect([event.otherFile, event.image]).toEqual(['true', 'true'])
    expect(filesIn(JSON.parse(event.post) as Post)).toEqual(['a.txt', 'b.png'])
    await outside.settle()
    expect(outside.all('posted')).toEqual([])
    const params = { post_id: post.id }
    const list = await at.bo.call(posts.listInChannel, { params: { channel_id: room.id } })
    const thread = await at.bo.call(posts.thread, { params })
    const [byId] = await at.bo.call(posts.listByIds, { body: [post.id] })
    const one = await at.bo.call(posts.get, { params })
    for (const shown of [list.posts[post.id], thread.posts[post.id], byId, one]) {
      expect(shown?.file_ids).toEqual([text.id, picture.id])
      expect(filesIn(shown)).toEqual(['a.txt', 'b.png'])
    }
    const inRoom = { params: { channel_id: room.id } }
    expect((await at.bo.call(channels.stats, inRoom)).files_count).toBe(2)
    const uncounted = await at.bo.call(channels.stats, { ...inRoom, query: { exclude_files_count: true } })
    expect(uncounted.files_count).toBe(-1)
    const infos = await at.bo.call(posts.files, { params })
    expect(infos.map((info) => info.name)).toEqual(['a.txt', 'b.png'])
    await refused('posts.not_found', at.eve.call(posts.files, { params }))
  })

  it('the event mentions pictures only if there are some, and files only if there are any', async () => {
    const heard = await at.bo.listen()
    const text = await attach(at.ana, room, [(await sendFile(at.ana, room, 'a.txt', 'a')).id])
    const none = await write(at.ana, room, 'none')
    const first = await heard.next('posted', (data) => data.post.includes(text.id))
    expect([first.otherFile, first.image]).toEqual(['true', undefined])
    const second = await heard.next('posted', (data) => data.post.includes(none.id))
    expect([second.otherFile, second.image]).toEqual([undefined, undefined])
    expect(JSON.parse(second.post)).toMatchObject({ file_ids: [], metadata: {} })
  })

  it('accepts only the author’s own files of the channel that are not attached yet', async () => {
    const own = await sendFile(at.ana, room, 'own.txt', 'x')
    const other = await channelOf(at.ana, at.team, 'P')
    const elsewhere = await sendFile(at.ana, other, 'elsewhere.txt', 'x')
    const bos = await sendFile(at.bo, room, 'bos.txt', 'x')
    for (const id of [elsewhere.id, bos.id, 'nothing1nothing1nothing1no']) {
      await refused('files.not_yours', attach(at.ana, room, [own.id, id]))
    }
    const post = await attach(at.ana, room, [own.id, own.id])
    expect(post.file_ids).toEqual([own.id])
    await refused('files.not_yours', attach(at.ana, room, [own.id]))
    const eleven = Array.from({ length: 11 }, () => own.id)
    await refused('api.context.invalid_body_param.app_error', attach(at.ana, room, eleven))
  })

  it('is written once when the request is repeated, also next to refused ones', async () => {
    const { id } = await sendFile(at.ana, room, 'once.txt', 'x')
    const pending = { pending_post_id: `${at.ana.id}:files` }
    const twice = await Promise.all([
      attach(at.ana, room, [id], pending),
      attach(at.ana, room, [id], pending),
    ])
    expect(new Set(twice.map((post) => post.id)).size).toBe(1)
    const again = await attach(at.ana, room, [id], pending)
    expect([again.id, filesIn(again)]).toEqual([twice[0]?.id, ['once.txt']])
    const contested = await sendFile(at.ana, room, 'contested.txt', 'x')
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => attach(at.ana, room, [contested.id])),
      write(at.ana, room, 'beside them'),
    ])
    const done = outcomes.map(({ status }) => status)
    expect(done.slice(0, 5).filter((status) => status === 'fulfilled')).toHaveLength(1)
    expect(done[5]).toBe('fulfilled')
  })

  it('can get other files in an edit; the removed ones are deleted', async () => {
    const [one, two, three] = [
      await sendFile(at.ana, room, '1.txt', 'x'),
      await sendFile(at.ana, room, '2.txt', 'x'),
      await sendFile(at.ana, room, '3.txt', 'x'),
    ]
    const post = await attach(at.ana, room, [one.id, two.id])
    const params = { post_id: post.id }
    const heard = await at.bo.listen()
    const edited = await at.ana.call(posts.patch, { params, body: { file_ids: [three.id, two.id] } })
    expect(filesIn(edited)).toEqual(['3.txt', '2.txt'])
    const event = await heard.next('post_edited')
    expect(filesIn(JSON.parse(event.post) as Post)).toEqual(['3.txt', '2.txt'])
    expect((await get(at.ana, one.id)).status).toBe(404)
    await expect.poll(kept, JOBS).not.toContain(one.id)
    const bos = await sendFile(at.bo, room, 'bos.txt', 'x')
    await refused('files.not_yours', at.ana.call(posts.patch, { params, body: { file_ids: [bos.id] } }))
    expect(filesIn(await at.bo.call(posts.get, { params }))).toEqual(['3.txt', '2.txt'])
    const kept2 = await at.ana.call(posts.patch, { params, body: { message: 'only words' } })
    expect(filesIn(kept2)).toEqual(['3.txt', '2.txt'])
  })

  it('deletes them when it is deleted: rows, links and bytes', async () => {
    const root = await attach(at.ana, room, [(await sendFile(at.ana, room, 'a.png', PICTURE)).id])
    const answer = await attach(at.ana, room, [(await sendFile(at.ana, room, 'b.png', PICTURE)).id], {
      root_id: root.id,
    })
    const ids = [...(root.file_ids ?? []), ...(answer.file_ids ?? [])]
    const isKept = async () => (await kept()).filter((name) => ids.some((id) => name.startsWith(id))).length
    expect(await isKept()).toBe(6)
    await at.ana.call(posts.remove, { params: { post_id: root.id } })
    for (const id of ids) {
      for (const path of ['', '/thumbnail', '/preview', '/info', '/link']) {
        expect((await get(at.ana, id, {}, path)).status).toBe(404)
        expect((await get(at.root, id, {}, path)).status).toBe(404)
      }
    }
    await expect.poll(isKept, JOBS).toBe(0)
    // The bytes go first.
    await expect.poll(() => at.server.app.pool.rows('select from loose_blobs'), JOBS).toEqual([])
  })
})

describe('who may read a file', () => {
  it('is the uploader before the file is attached, and the readers of the message afterwards', async () => {
    const { id } = await sendFile(at.ana, room, 'x.txt', 'x')
    expect((await get(at.ana, id)).status).toBe(200)
    for (const person of [at.bo, at.eve, at.root]) expect((await get(person, id)).status).toBe(404)
    await attach(at.ana, room, [id])
    expect((await get(at.bo, id)).status).toBe(200)
    const none = await get(at.eve, 'nothing1nothing1nothing1no')
    const hidden = await get(at.eve, id)
    const plain = async (response: Response) => ({ ...((await response.json()) as object), request_id: '' })
    expect(await plain(hidden)).toEqual(await plain(none))
  })

  it('is nobody without access to the channel, not even the uploader', async () => {
    const inside = await channelOf(at.ana, at.team, 'P', [at.bo])
    const { id } = await sendFile(at.bo, inside, 'x.txt', 'x')
    await attach(at.bo, inside, [id])
    const waiting = await sendFile(at.bo, inside, 'y.txt', 'y')
    await at.ana.call(members.remove, { params: { channel_id: inside.id, user_id: at.bo.id } })
    expect((await get(at.bo, id)).status).toBe(404)
    expect((await get(at.bo, waiting.id)).status).toBe(404)
    await at.ana.call(channels.archive, { params: { channel_id: inside.id } })
    expect((await get(at.ana, id)).status).toBe(200)
  })

  it('never includes administrators in conversations of other people', async () => {
    const talk = await direct(at.ana, at.bo)
    const { id } = await sendFile(at.ana, talk, 'x.txt', 'x')
    await attach(at.ana, talk, [id])
    expect((await get(at.bo, id)).status).toBe(200)
    expect((await get(at.root, id)).status).toBe(404)
  })
})

describe('the reply with a file', () => {
  it('displays safe types inline and makes browsers download the rest', async () => {
    const cases: [string, Uint8Array<ArrayBuffer> | string, string, RegExp][] = [
      ['p.png', PICTURE, 'image/png', /^inline/],
      ['d.pdf', '%PDF-1.4', 'application/pdf', /^inline/],
      ['x.html', '<script>alert(1)</script>', 'text/html', /^attachment/],
      ['x.svg', '<svg onload="alert(1)"/>', 'image/svg+xml', /^attachment/],
      // A polyglot: its content is a picture, so the server sends it as one.
      ['x.html', new Uint8Array([...PICTURE, ...Buffer.from('<script>')]), 'image/png', /^inline/],
      ['x.png', '<html><script>alert(1)</script>', 'application/octet-stream', /^attachment/],
      ['x.pdf', 'GIF89a/*<svg*/', 'image/gif', /^inline/],
    ]
    for (const [name, bytes, type, disposition] of cases) {
      const { id } = await sendFile(at.ana, room, name, bytes)
      const response = await get(at.ana, id)
      expect(response.headers.get('content-type')).toBe(type)
      expect(response.headers.get('content-disposition')).toMatch(disposition)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      const saved = await get(at.ana, id, {}, '?download=1')
      expect(saved.headers.get('content-disposition')).toMatch(/^attachment/)
    }
  })

  it('names the file in a header that no file name can break', async () => {
    const { id } = await sendFile(at.ana, room, 'Über"\\%;\u65e5.txt', 'x')
    expect((await get(at.ana, id)).headers.get('content-disposition')).toBe(
      `attachment; filename="_;_.txt"; filename*=UTF-8''%25%3B%E6%97%A5.txt`,
    )
  })

  it('supports ranges, HEAD requests and conditional requests', async () => {
    const { id } = await sendFile(at.ana, room, 'x.txt', '0123456789')
    const part = await get(at.ana, id, { range: 'bytes=2-4' })
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ])
    expect(await (await get(at.ana, id, { range: 'bytes=-3' })).text()).toBe('789')
    expect(await (await get(at.ana, id, { range: 'bytes=8-' })).text()).toBe('89')
    const beyond = await get(at.ana, id, { range: 'bytes=10-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10'])
    for (const range of ['bytes=1-2,4-5', 'bytes=x', 'lines=1-2', 'bytes=5-1']) {
      expect((await get(at.ana, id, { range })).status).toBe(200)
    }
    const whole = await get(at.ana, id)
    const etag = whole.headers.get('etag') ?? ''
    expect([whole.headers.get('content-length'), await whole.text()]).toEqual(['10', '0123456789'])
    expect((await get(at.ana, id, { 'if-none-match': etag })).status).toBe(304)
    expect((await get(at.ana, id, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
    const head = await at.ana.fetch(`/api/v4/files/${id}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
    expect((await at.eve.fetch(`/api/v4/files/${id}`, { method: 'HEAD' })).status).toBe(404)
  })
})

describe('a public link', () => {
  it('exists only while the setting is on, needs its signature, and ends with the message', async () => {
    const { id } = await sendFile(at.ana, room, 'x.txt', 'for all')
    const params = { file_id: id }
    await refused('files.no_links', at.ana.call(files.link, { params }))
    await at.root.call(settings.patch, { body: { FileSettings: { EnablePublicLink: true } } })
    await refused('files.no_post', at.ana.call(files.link, { params }))
    const post = await attach(at.ana, room, [id])
    await refused('files.not_found', at.eve.call(files.link, { params }))
    const { link } = await at.bo.call(files.link, { params })
    expect(link.startsWith(`${at.server.url}/files/${id}/public?h=`)).toBe(true)
    const open = await fetch(link)
    expect([open.status, await open.text()]).toEqual([200, 'for all'])
    expect(open.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect((await fetch(link, { method: 'HEAD' })).headers.get('content-length')).toBe('7')
    expect((await fetch(`${link}x`)).status).toBe(404)
    expect((await fetch(link.replace(/h=.*/, ''))).status).toBe(404)
    await at.root.call(settings.patch, { body: { FileSettings: { EnablePublicLink: false } } })
    expect((await fetch(link)).status).toBe(404)
    await at.root.call(settings.patch, { body: { FileSettings: { EnablePublicLink: true } } })
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
    expect((await fetch(link)).status).toBe(404)
  })
})

describe('a file whose stored size differs from its row', () => {
  it.each([
    ['fewer', 20_000],
    ['more', 60_000],
  ])(
    '%s: ends the connection, so that nobody waits for the rest or takes it for the next reply',
    async (_, size) => {
      const { id } = await sendFile(at.ana, room, 'a.txt', 'x'.repeat(50_000))
      await at.server.app.server.blobs.put(`files/${id}`, sourceOf(Buffer.alloc(size, 'y')))
      for (const range of ['', 'bytes=40000-49999', 'bytes=0-49999']) {
        const reply = await get(at.ana, id, range === '' ? {} : { range })
        const bytes = await reply.arrayBuffer().catch(() => undefined)
        // A range that exists is sent in full.
        if (size > 50_000 && range !== '')
          expect(bytes?.byteLength).toBe(range === 'bytes=0-49999' ? 50_000 : 10_000)
        else expect(reply.ok && bytes !== undefined).toBe(false)
      }
      expect((await get(at.ana, id, {}, '/info')).status).toBe(200)
    },
  )
})
