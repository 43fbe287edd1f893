/** Compression of replies: what is compressed, what never is, and that the content stays the same. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { channelOf, type Place, place, sendFile, unique, write } from '@plausch/testkit'
import { settings, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let page: string
let webFolder: string
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  await writeFile(join(webFolder, 'index.html'), '<!doctype html>')
  await writeFile(join(webFolder, 'index.html.gz'), gzipSync('<!doctype html>'))
  at = await place({ webFolder })
  for (let n = 0; n < 60; n += 1) await write(at.ana, at.townSquare, `Message ${n} of an afternoon`)
  page = `/api/v4/channels/${at.townSquare.id}/posts?page=0&per_page=60`
})
afterAll(async () => {
  await at.stop()
  await rm(webFolder, { recursive: true })
})

type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer }

/** `fetch` would decompress the answer. */
const ask = (
  path: string,
  {
    method = 'GET',
    body = '',
    headers = {},
  }: { method?: string; body?: string; headers?: Record<string, string> } = {},
) =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request(
      new URL(path, at.server.url),
      {
        method,
        headers: {
          authorization: `Bearer ${at.bo.api.token()}`,
          'accept-encoding': 'gzip, deflate, br',
          ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(pieces),
          }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })

const plain = (path: string, headers: Record<string, string> = {}) =>
  ask(path, { headers: { 'accept-encoding': 'identity', ...headers } })

const setMode = (WebserverMode: string) =>
  at.root.call(settings.patch, { body: { ServiceSettings: { WebserverMode } } })

describe('the reply to a read', () => {
  it('is compressed for clients with gzip: a page of posts to a quarter or less', async () => {
    for (const path of [page, `${page}&collapsedThreads=true`]) {
      const [small, large] = [await ask(path), await plain(path)]
      expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' })
      expect(small.headers['content-length']).toBe(String(small.bytes.length))
      expect(large.headers['content-encoding']).toBeUndefined()
      expect(gunzipSync(small.bytes).equals(large.bytes)).toBe(true)
      expect(large.bytes.length / small.bytes.length).toBeGreaterThan(4)
      for (const { headers } of [small, large]) expect(headers.vary).toContain('Accept-Encoding')
    }
  })

  it.each([
    ['gzip', true],
    ['br;q=1, GZIP;q=0.5', true],
    ['*', true],
    ['*;q=0, gzip', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['*;q=0', false],
    ['br', false],
    ['', false],
    ['gzip;q=nonsense', false],
  ])('is compressed as Accept-Encoding says: %s', async (header, is) => {
    const { headers } = await ask(page, { headers: { 'accept-encoding': header } })
    expect(headers['content-encoding']).toBe(is ? 'gzip' : undefined)
  })

  it('is also compressed as NDJSON, as the API reference, and for a POST that reads', async () => {
    for (const path of ['/api/plausch/openapi.json', '/reference']) {
      const [small, large] = [await ask(path), await plain(path)]
      expect(small.headers['content-encoding'], path).toBe('gzip')
      expect(gunzipSync(small.bytes).equals(large.bytes)).toBe(true)
    }
    const found = await ask(`/api/v4/teams/${at.team.id}/posts/search`, {
      method: 'POST',
      body: JSON.stringify({ terms: 'afternoon', is_or_search: false }),
    })
    expect(found.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(found.bytes).toString()).order.length).toBeGreaterThan(10)
    const lines = await ask('/api/v4/users/me/channel_members?page=-1')
    const linesPlain = await plain('/api/v4/users/me/channel_members?page=-1')
    expect(lines.headers['content-encoding']).toBe(linesPlain.bytes.length < 1024 ? undefined : 'gzip')
  })

  it('is compressed while it is sent if it is large', async () => {
    const offTopic = await channelOf(at.ana, at.team, 'O', [at.bo])
    for (let n = 0; n < 12; n += 1) await write(at.ana, offTopic, `${n} ${'large 😀 '.repeat(1700)}`)
    const path = `/api/v4/channels/${offTopic.id}/posts`
    const [small, large] = [await ask(path), await plain(path)]
    expect(large.bytes.length).toBeGreaterThan(128 * 1024)
    expect(small.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(small.bytes).equals(large.bytes)).toBe(true)
    expect(small.bytes.length).toBeLessThan(large.bytes.length / 4)
  })

  it('has a tag for each form, and 304 accepts either', async () => {
    const [small, large] = [await ask(page), await plain(page)]
    const [etag, other] = [String(small.headers.etag), String(large.headers.etag)]
    expect(etag).not.toBe(other)
    for (const known of [etag, other, `W/${etag}`, `"x", ${other}`]) {
      for (const answer of [
        await ask(page, { headers: { 'if-none-match': known } }),
        await plain(page, { 'if-none-match': known }),
      ]) {
        expect([answer.status, answer.bytes.length]).toEqual([304, 0])
        expect(answer.headers['content-encoding']).toBeUndefined()
        expect(known).toContain(answer.headers.etag)
      }
    }
    expect((await ask(page, { headers: { 'if-none-match': '"other-gzip"' } })).status).toBe(200)
  })

  it('is uncompressed, as are pages, if administrators switch compression off', async () => {
    for (const mode of ['uncompressed', 'disabled']) {
      await setMode(mode)
      for (const path of [page, '/reference', '/'])
        expect((await ask(path)).headers['content-encoding'], `${mode} ${path}`).toBeUndefined()
      // With `disabled`, another program serves the web client.
      for (const path of ['/', '/index.html', '/team/channel'])
        expect((await ask(path)).status, `${mode} ${path}`).toBe(mode === 'disabled' ? 404 : 200)
    }
    await setMode('gzip')
    for (const path of [page, '/']) expect((await ask(path)).headers['content-encoding']).toBe('gzip')
  })
})

describe('a reply is never compressed', () => {
  it('if it is small, or a file', async () => {
    const me = await ask('/api/v4/system/ping')
    expect([me.bytes.length < 1024, me.headers['content-encoding']]).toEqual([true, undefined])
    const file = await sendFile(at.ana, at.townSquare, 'x.txt', new TextEncoder().encode('x'.repeat(5000)))
    await at.ana.fetch('/api/v4/posts', {
      method: 'POST',
      body: JSON.stringify({ channel_id: at.townSquare.id, message: 'file', file_ids: [file.id] }),
    })
    const answer = await ask(`/api/v4/files/${file.id}`)
    expect([answer.bytes.length, answer.headers['content-encoding']]).toEqual([5000, undefined])
  })

  it('to a change: it leaves before its events', async () => {
    const body = JSON.stringify({ channel_id: at.townSquare.id, message: 'long '.repeat(1000) })
    const answer = await ask('/api/v4/posts', { method: 'POST', body })
    expect([answer.status, answer.headers['content-encoding']]).toEqual([201, undefined])
  })

  it('to a sign-in, however large the account is', async () => {
    const notify_props = { mention_keys: 'word,'.repeat(500) }
    await at.ana.fetch('/api/v4/users/me/patch', { method: 'PUT', body: JSON.stringify({ notify_props }) })
    const body = JSON.stringify({ login_id: at.ana.username, password: at.ana.password })
    const answer = await ask('/api/v4/users/login', { method: 'POST', body })
    expect(answer.status).toBe(200)
    expect(answer.bytes.length).toBeGreaterThan(1024)
    expect(answer.headers.token).toBeDefined()
    expect(answer.headers['content-encoding']).toBeUndefined()
    const me = await ask('/api/v4/users/me', {
      headers: { authorization: `Bearer ${String(answer.headers.token)}` },
    })
    expect(me.headers['content-encoding']).toBe('gzip')
  })

  it('with a secret beside text that somebody chose', async () => {
    const params = { team_id: at.team.id }
    await at.root.call(teams.patch, {
      params,
      body: { description: 'd'.repeat(255), company_name: 'c'.repeat(60) },
    })
    for (let n = 0; n < 3; n += 1) {
      const body = { name: unique('team'), display_name: 'Other', type: 'I' as const }
      const team = await at.root.call(teams.create, { body })
      await at.root.call(teams.addMember, {
        params: { team_id: team.id },
        body: { team_id: team.id, user_id: at.bo.id },
      })
    }
    const answer = await ask('/api/v4/users/me/teams')
    expect(answer.bytes.length).toBeGreaterThan(1024)
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.bytes.toString()).toContain('"invite_id"')
  })
})
