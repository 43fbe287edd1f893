import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { channelOf, type Person, type Place, place, write } from '@plausch/testkit'
import { type Channel, type Post, posts, settings } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cpuOf, turn } from '../../../../test/cost/measure.ts'

const PNG = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#246' } })
  .png()
  .toBuffer()

/** The number of frames of an animated picture. */
const moving = (frames: number) =>
  sharp(Buffer.concat(Array.from({ length: frames }, (_, n) => Buffer.alloc(20 * 20 * 3, n * 60))), {
    raw: { width: 20, height: 20 * frames, channels: 3, pageHeight: 20 },
  })

const asked: string[] = []
const headers: IncomingMessage['headers'][] = []

const pages: Record<string, [type: string, body: string | Buffer]> = {
  '/page': [
    'text/html; charset=utf-8',
    `<html><head><title>Not this</title><meta property="og:title" content="Größe &amp; Form">
     <meta property="og:description" content="What it is"><meta property="og:site_name" content="Site">
     <meta property="og:image" content="/picture.png"><meta property="og:image:width" content="30">
     <meta property="og:image" content="javascript:alert(1)"></head><body><p>text</p></body></html>`,
  ],
  '/plain': ['text/html', '<title>Only a title</title><meta name="description" content="said">'],
  '/empty': ['text/html', '<p>nothing'],
  '/picture.png': ['image/png', PNG],
  '/moving.gif': ['image/gif', await moving(3).gif().toBuffer()],
  '/still.gif': ['image/gif', await moving(1).gif().toBuffer()],
  '/moving.webp': ['image/webp', await moving(3).webp().toBuffer()],
  '/lie.png': ['image/png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  '/file': ['application/pdf', '%PDF-1.4'],
  '/endless': [
    'text/html; charset=utf-8',
    `<meta property="og:url" content="/${'ä'.repeat(100_000)}"><title>${'t'.repeat(100_000)}</title>`,
  ],
}

const web = createServer((request: IncomingMessage, response: ServerResponse) => {
  const path = request.url ?? ''
  asked.push(path)
  headers.push(request.headers)
  const page = pages[path]
  if (!page) return response.writeHead(path === '/error' ? 500 : 404).end()
  return response.writeHead(200, { 'content-type': page[0] }).end(page[1])
})

let at: Place
let room: Channel
let site: string
const set = (ServiceSettings: Record<string, unknown>, more: Record<string, Record<string, unknown>> = {}) =>
  at.root.call(settings.patch, { body: { ServiceSettings, ...more } })
const byDefault = { EnableLinkPreviews: true, RestrictLinkPreviews: '', SiteURL: '' }

beforeAll(async () => {
  at = await place()
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  site = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
  await set({ AllowedUntrustedInternalConnections: '127.0.0.1' })
})
afterAll(async () => {
  web.close()
  await at.stop()
})
afterEach(() => set(byDefault, { ImageProxySettings: { Enable: false } }))

const get = (by: Person, { id }: Post) => by.call(posts.get, { params: { post_id: id } })

/** Writes a message and waits for the previews of its links. */
const shown = async (message: string): Promise<Post> => {
  const heard = await at.bo.listen()
  const post = await write(at.ana, room, message)
  expect(post.metadata).toEqual({})
  const told = await heard.next('post_edited', (data) => data.post.includes(post.id))
  const edited = JSON.parse(told.post) as Post
  expect(edited).toMatchObject({ id: post.id, edit_at: 0, message })
  expect((await get(at.bo, post)).metadata).toEqual(edited.metadata)
  return edited
}

/**
 * Writes a message that gets no preview, and another one after it, so that the first one has had its turn.
 */
const shownNothing = async (message: string): Promise<void> => {
  const post = await write(at.ana, room, message)
  await shown(`${site}/plain`)
  expect((await get(at.ana, post)).metadata).toEqual({})
}

describe('a preview', () => {
  it('comes after the post, to the members of the channel', async () => {
    const outsiders = [await at.eve.listen(), await at.root.listen()]
    const post = await shown(`see ${site}/page please, and ${site}/plain`)
    expect(post.metadata).toEqual({
      embeds: [
        {
          type: 'opengraph',
          url: `${site}/page`,
          data: {
            type: 'website',
            url: `${site}/page`,
            title: 'Größe & Form',
            description: 'What it is',
            site_name: 'Site',
            images: [{ url: `${site}/picture.png`, width: 30 }],
          },
        },
      ],
      images: { [`${site}/picture.png`]: { format: 'png', width: 30, height: 20, frame_count: 0 } },
    })
    for (const listener of outsiders) {
      await listener.settle()
      expect(listener.all('post_edited')).toEqual([])
    }
    for (const each of headers) expect(Object.keys(each)).not.toContain('cookie')
  })

  it('uses title and description of a page without Open Graph, else is a bare link', async () => {
    const plain = (await shown(`${site}/plain`)).metadata.embeds?.[0]
    expect(plain).toMatchObject({ type: 'opengraph', data: { title: 'Only a title', description: 'said' } })
    const empty = (await shown(`${site}/empty`)).metadata.embeds
    expect(empty).toEqual([{ type: 'link', url: `${site}/empty` }])
  })

  it('of a picture is the picture with its size; pictures in the text get only their sizes', async () => {
    const size = { format: 'png', width: 30, height: 20, frame_count: 0 }
    expect((await shown(`${site}/picture.png`)).metadata).toEqual({
      embeds: [{ type: 'image', url: `${site}/picture.png` }],
      images: { [`${site}/picture.png`]: size },
    })
    expect((await shown(`![x](${site}/picture.png)`)).metadata).toEqual({
      images: { [`${site}/picture.png`]: size },
    })
  })

  it('has the number of frames of a GIF, and 0 for other pictures, as in v4', async () => {
    for (const [name, format, frame_count] of [
      ['moving.gif', 'gif', 3],
      ['still.gif', 'gif', 1],
      ['moving.webp', 'webp', 0],
    ])
      expect((await shown(`${site}/${name}`)).metadata.images).toEqual({
        [`${site}/${name}`]: { format, width: 20, height: 20, frame_count },
      })
  })

  it('never contains more text than people read', async () => {
    const [embed] = (await shown(`${site}/endless`)).metadata.embeds ?? []
    expect(embed).toMatchObject({ type: 'opengraph', data: { url: `${site}/endless` } })
    expect(JSON.stringify(embed).length).toBeLessThan(5000)
  })

  it.each([
    ['that declares nothing and is Latin-1', 'text/html', '<title>Größe</title>', 'latin1'],
    ['that declares nothing and is UTF-8', 'text/html', '<title>Größe</title>', 'utf8'],
    [
      'that begins with a byte order mark',
      'text/html; charset=latin1',
      '\ufeff<title>Größe</title>',
      'utf16le',
    ],
    [
      'whose server says it',
      'text/html; charset=ISO-8859-1',
      '<meta charset=utf-8><title>Größe</title>',
      'latin1',
    ],
    [
      'that says it late',
      'text/html',
      `<!--${'x'.repeat(5000)}--><meta charset="latin1"><title>Größe</title>`,
      'latin1',
    ],
    [
      'that says it as a content type',
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=latin1"><title>Größe</title>',
      'latin1',
    ],
    ['whose encoding does not exist', 'text/html; charset=nonsense', '<title>Größe</title>', 'utf8'],
  ] as const)('reads a page %s', async (name, type, html, encoding) => {
    const path = `/charset-${name.replaceAll(/\W/g, '')}`
    pages[path] = [type, Buffer.from(html, encoding)]
    expect((await shown(`${site}${path}`)).metadata.embeds).toMatchObject([{ data: { title: 'Größe' } }])
  })

  it.each([
    ['nested tags', '<title>Head</title>', '<a>'],
    ['nested tags of many names', '<title>Head</title>', '<b><i><u><s><em><p><div>'],
    ['attributes', '<title>Head</title>', ' a b c d=1 e="2"'],
    ['tags without an end', '<title>Head</title>', '<a '],
    ['beginnings of a charset', '<title>Head</title>', '<meta charset'],
    ['comments without an end', '<title>Head</title>', '<!--'],
    ['pictures', '<title>Head</title>', '<meta property="og:image" content="/x">'],
  ])('of a megabyte of %s does not block the server', async (name, head, unit) => {
    const path = `/dear-${name.replaceAll(/\W/g, '')}`
    pages[path] = ['text/html', head + unit.repeat(1_000_000 / unit.length)]
    const cost = await cpuOf(async () => {
      expect((await shown(`${site}${path}`)).metadata.embeds).toMatchObject([{ data: { title: 'Head' } }])
    })
    // The number includes posting, listening and reading twice. Parsed in the server's own thread, such a
    // page took 400 turns.
    expect(cost / (await turn())).toBeLessThan(4)
  })

  it('is kept for the next person who posts the link', async () => {
    const before = asked.filter((path) => path === '/page').length
    await shown(`${site}/page again`)
    expect(asked.filter((path) => path === '/page')).toHaveLength(before)
  })

  it('follows edits of the post', async () => {
    const post = await shown(`${site}/page`)
    const heard = await at.bo.listen()
    const edit = (message: string) =>
      at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message } })
    expect((await edit('no link')).metadata).toEqual({})
    await edit(`${site}/plain`)
    await heard.next('post_edited', (data) => data.post.includes('Only a title'))
  })

  it('is deleted with the post', async () => {
    pages['/once'] = ['text/html', '<title>secret once</title>']
    const post = await shown(`${site}/once`)
    await at.ana.call(posts.remove, { params: { post_id: post.id } })
    const { pool } = at.server.app
    expect(await pool.rows('select from link_previews where url = $1', [`${site}/once`])).toEqual([])
    expect(await pool.rows('select from post_previews where post_id = $1', [post.id])).toEqual([])
  })

  it('does not exist for text that is no link', async () => {
    for (const path of ['/missing', '/error', '/lie.png', '/file']) await shownNothing(`${site}${path}`)
    await shownNothing(`\`${site}/page\``)
  })
})

describe('the server fetches nothing', () => {
  const isAsked = (path: string) => asked.includes(path)

  it('from internal hosts, itself or excluded domains, or while previews are off', async () => {
    await set({ AllowedUntrustedInternalConnections: '' })
    const inside = await write(
      at.ana,
      room,
      `${site}/inside http://169.254.169.254/latest http://localhost:1/x`,
    )
    await set({ AllowedUntrustedInternalConnections: '127.0.0.1', RestrictLinkPreviews: 'x.org, 127.0.0.1' })
    await write(at.ana, room, `${site}/restricted`)
    await set({ RestrictLinkPreviews: '', SiteURL: site })
    await write(at.ana, room, `${site}/own`)
    await set({ SiteURL: '', EnableLinkPreviews: false })
    await write(at.ana, room, `${site}/off`)
    await set(byDefault)
    await shown(`${site}/page`)
    for (const path of ['/restricted', '/own', '/off']) expect(isAsked(path), path).toBe(false)
    expect((await get(at.ana, inside)).metadata).toEqual({})
  })
})

describe('pictures from other hosts', () => {
  const image = (by: Person, url: string) =>
    by.fetch(`/api/v4/image?url=${encodeURIComponent(url)}`, { redirect: 'manual' })
  const proxied = () => set({}, { ImageProxySettings: { Enable: true } })

  it('are neither fetched nor redirected to while the proxy is off; own pictures are', async () => {
    const before = asked.length
    for (const elsewhere of [`${site}/picture.png`, '//example.org/x.png', 'https:example.org/x.png'])
      expect((await image(at.ana, elsewhere)).status, elsewhere).toBe(404)
    expect(asked).toHaveLength(before)
    for (const here of ['/api/v4/brand/image?x=1', `${at.server.url}/api/v4/brand/image?x=1`]) {
      const response = await image(at.ana, here)
      expect([response.status, response.headers.get('location')]).toEqual([302, '/api/v4/brand/image?x=1'])
    }
    for (const disguised of [`${at.server.url}//example.org/x`, `${at.server.url}/\\example.org/x`])
      expect((await image(at.ana, disguised)).headers.get('location')).toBe('/example.org/x')
    for (const wrong of ['', 'javascript:alert(1)', 'data:image/png;base64,x', 'file:///etc/passwd'])
      expect((await image(at.ana, wrong)).status, wrong).toBe(400)
  })

  it('come through the server, and only pictures do', async () => {
    await proxied()
    const response = await image(at.ana, `${site}/picture.png`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG)
    for (const path of ['/lie.png', '/page', '/missing', '/error']) {
      expect((await image(at.ana, `${site}${path}`)).status, path).toBe(404)
    }
  })

  it('never come from internal hosts', async () => {
    await proxied()
    await set({ AllowedUntrustedInternalConnections: '' })
    const before = asked.length
    expect((await image(at.ana, `${site}/picture.png`)).status).toBe(404)
    expect(asked).toHaveLength(before)
    await set({ AllowedUntrustedInternalConnections: '127.0.0.1' })
  })
})
