/**
 * Replies with a tag (`ETag`): a client that has the reply gets 304, with every form of condition that HTTP
 * allows.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formWith, type Place, place, sendFile, write } from '@plausch/testkit'
import type { CustomEmoji } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf, paramsOf, rows } from './rows.ts'

const PNG = new Uint8Array(
  await sharp({ create: { width: 40, height: 40, channels: 3, background: '#246' } })
    .png()
    .toBuffer(),
)

let at: Place
let webFolder: string
let known: Record<string, string>
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  await writeFile(join(webFolder, 'index.html'), '<!doctype html>')
  await writeFile(join(webFolder, 'a.js'), 'const a = 1')
  at = await place({ webFolder })
  const file = await sendFile(at.ana, at.townSquare, 'x.png', PNG)
  const post = await write(at.ana, at.townSquare, 'hello')
  const form = formWith('image', 'x.png', PNG, {
    emoji: JSON.stringify({ name: 'tagged', creator_id: at.ana.id }),
  })
  const made = await at.ana.fetch('/api/v4/emoji', { method: 'POST', body: form })
  known = {
    user_id: at.ana.id,
    team_id: at.team.id,
    channel_id: at.townSquare.id,
    post_id: post.id,
    username: at.ana.username,
    email: at.ana.user.email,
    file_id: file.id,
    emoji_id: ((await made.json()) as CustomEmoji).id,
  }
  for (const path of [
    `/api/v4/users/${at.ana.id}/image`,
    `/api/v4/teams/${at.team.id}/image`,
    '/api/v4/brand/image',
  ])
    await at.root.fetch(path, { method: 'POST', body: formWith('image', 'x.png', PNG) })
})
afterAll(async () => {
  await at.stop()
  await rm(webFolder, { recursive: true })
})

/** Replies with a tag: records, and bytes. */
const withTag = [
  ...rows
    .filter(
      ({ operation }) =>
        operation.method === 'GET' &&
        (operation.hasTag || (operation.type && operation.type !== 'text/html')),
    )
    .map(({ operation }) => operation)
    .filter((operation) => paramsOf(operation).every((name) => !['h', 'command_id'].includes(name)))
    .map((operation) => [operation.id, operation] as const),
]

const pages = ['/', '/a.js', '/reference', '/api/plausch/openapi.json']

const ask = (path: string, headers: Record<string, string> = {}) =>
  at.ana.fetch(path, { headers: { 'cache-control': 'no-store', ...headers } })

const expectSpared = async (path: string, tag: string) => {
  const opaque = tag.replace(/^W\//, '')
  for (const asked of [
    tag,
    `W/${opaque}`,
    `"another", ${opaque}`,
    `"another",W/${opaque} , "third"`,
    `"a, b", W/"c",${opaque}`,
    '*',
    ' * ',
  ]) {
    const response = await ask(path, { 'if-none-match': asked })
    expect([response.status, await response.text()], `${path} ${asked}`).toEqual([304, ''])
    expect(response.headers.get('etag')).toBe(tag)
  }
  for (const asked of [
    '"another"',
    `"x${opaque.slice(1)}`,
    `W/"another", "third"`,
    opaque.slice(1, -1),
    ',',
    '""',
  ]) {
    const response = await ask(path, { 'if-none-match': asked })
    await response.arrayBuffer()
    expect(response.status, `${path} ${asked}`).toBe(200)
  }
}

describe('If-None-Match', () => {
  it.each(withTag)('answers 304 for a client with the current version: %s', async (_, operation) => {
    const path = addressOf(operation, known)
    const first = await ask(path)
    await first.arrayBuffer()
    const tag = first.headers.get('etag')
    if (!operation.hasTag && tag === null) return
    expect([first.status, tag], path).toEqual([200, expect.stringMatching(/^"[^"]+"$/)])
    await expectSpared(path, String(tag))
  })

  it.each(pages)('answers 304 for a browser with the current page: %s', async (path) => {
    const first = await ask(path)
    await first.arrayBuffer()
    expect(first.status).toBe(200)
    await expectSpared(path, String(first.headers.get('etag')))
  })

  it('has no effect on a missing resource', async () => {
    for (const path of [`/api/v4/users/${'a'.repeat(26)}`, `/api/v4/files/${'a'.repeat(26)}`])
      expect((await ask(path, { 'if-none-match': '*' })).status).toBe(404)
  })
})

it('If-Range joins parts only if the bytes are the same', async () => {
  const path = `/api/v4/files/${known.file_id}`
  const tag = String((await ask(path)).headers.get('etag'))
  const part = async (given: string) => (await ask(path, { range: 'bytes=0-9', 'if-range': given })).status
  expect(await part(tag)).toBe(206)
  for (const given of [`W/${tag}`, '"another"', `${tag}, "another"`, '*', new Date().toUTCString()])
    expect(await part(given), given).toBe(200)
})

it('the API reference is made once, and answered with 304', async () => {
  const [first, second] = [await ask('/reference'), await ask('/reference')]
  expect(first.headers.get('etag')).toBe(second.headers.get('etag'))
  expect(await first.text()).toBe(await second.text())
})
