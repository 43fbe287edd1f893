/** The HTTP rules that hold for every operation; numbered in docs/develop/protocol.md. */
import { request } from 'node:http'
import { channelOf, type Place, place, serverForTest } from '@plausch/testkit'
import { faults, faultsDe } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string }

/** A request exactly as written: `fetch` would normalise it. */
const raw = (
  method: string,
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(at.server.url)
    const length =
      body === '' || headers['transfer-encoding'] ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asked = request(
      { hostname, port, method, path, headers: { ...headers, ...length } },
      (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        )
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })

const asBo = (more: Record<string, string> = {}) => ({
  authorization: `Bearer ${at.bo.api.token()}`,
  ...more,
})
const get = (path: string, headers: Record<string, string> = asBo()) => raw('GET', path, { headers })
const post = (path: string, body: string, more: Record<string, string> = {}) =>
  raw('POST', path, { headers: asBo(more), body })
const idOf = ({ text }: Answer) => (JSON.parse(text) as { id: string }).id

describe('every reply', () => {
  const paths = [
    '/api/v4/users/me',
    '/api/v4/nothing',
    '/api/v4/users/%ff',
    `/api/v4/users?x=${'y'.repeat(2100)}`,
  ]

  it.each(paths)('H1 H2 H3: has the type and the headers that clients need: %s', async (path) => {
    const [{ headers }, second] = [
      await get(path, asBo({ 'x-request-id': 'chosen-by-the-client' })),
      await get(path),
    ]
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': '',
      expires: '0',
    })
    expect(headers['x-version-id']).toMatch(/^\d+\.\d+\.\d+\.[\w.]+\.[0-9a-f]{32}\.(true|false)$/)
    expect(headers['cache-control']).toBeUndefined()
    expect(headers['x-request-id']).toMatch(/^[a-z0-9]{26}$/)
    expect(headers['x-request-id']).not.toBe(second.headers['x-request-id'])
  })

  it('H1: has the exact NDJSON type for a list by line', async () => {
    const { headers, text } = await get('/api/v4/users/me/channel_members?page=-1')
    expect(headers['content-type']).toBe('application/x-ndjson')
    expect(text.endsWith('}\n')).toBe(true)
  })

  it('H2: has another version as soon as the client config changes', async () => {
    const before = (await get('/api/v4/system/ping')).headers['x-version-id']
    const change = (SiteName: string) =>
      at.root.fetch('/api/v4/config/patch', {
        method: 'PUT',
        body: JSON.stringify({ TeamSettings: { SiteName } }),
      })
    await change('Other')
    expect((await get('/api/v4/system/ping')).headers['x-version-id']).not.toBe(before)
    await change('Plausch')
    expect((await get('/api/v4/system/ping')).headers['x-version-id']).toBe(before)
  })

  it('H3: has the headers that browsers need, even outside of the API', async () => {
    for (const path of [
      '/nothing',
      '/robots.txt',
      '/reference',
      '/api/v4/nothing',
      '/api/v4/system/ping',
      '/%zz',
    ]) {
      const { headers } = await get(path)
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'cross-origin-resource-policy': 'same-site',
      })
      expect(headers['strict-transport-security']).toBeUndefined()
    }
  })

  it('H3: tells browsers to come back by https, for this host name alone, if the site URL uses it', async () => {
    const server = await serverForTest({
      fixed: { ServiceSettings: { SiteURL: 'https://chat.example.org' } },
    })
    for (const path of ['/api/v4/system/ping', '/robots.txt', '/api/v4/users/me']) {
      const { headers } = await fetch(`${server.url}${path}`)
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    }
  })
})

describe('a refusal', () => {
  it('H4: has v4’s body, whichever part of the server refuses', async () => {
    const refusals = [
      await get('/api/v4/users/me', {}),
      await get('/api/v4/config'),
      await get('/api/v4/users/nobody'),
      await get('/api/v4/users/%ff'),
      await get('/api/v4/nothing'),
      await get(`/api/v4/users?x=${'y'.repeat(2100)}`),
      await post('/api/v4/users/ids', '{'),
      await post('/api/v4/users/ids', '[]', { 'content-type': 'garbage' }),
      await post('/api/v4/posts', `"${'x'.repeat(300_000)}"`, { 'transfer-encoding': 'chunked' }),
    ]
    expect(refusals.map(({ status }) => status)).toEqual([401, 403, 400, 400, 404, 414, 400, 400, 413])
    for (const { status, headers, text } of refusals) {
      const body = JSON.parse(text) as Record<string, unknown>
      expect(Object.keys(body)).toEqual(['id', 'message', 'detailed_error', 'request_id', 'status_code'])
      expect(body).toMatchObject({
        status_code: status,
        request_id: headers['x-request-id'],
        detailed_error: '',
      })
      expect(String(body.message)).not.toMatch(/[{}]/)
    }
  })

  it('H5: has 401 only for dead sessions', async () => {
    const wrong = { current_password: 'wrong', new_password: 'long enough to be one' }
    const change = await raw('PUT', '/api/v4/users/me/password', {
      headers: asBo(),
      body: JSON.stringify(wrong),
    })
    expect([change.status, idOf(change)]).toEqual([400, 'api.user.update_password.incorrect.app_error'])
    expect((await get('/api/v4/roles')).status).toBe(403)
    expect((await get('/api/v4/users/me', asBo({ authorization: 'Bearer ended' }))).status).toBe(401)
  })

  it('H6: of an unknown path or method is a JSON 404', async () => {
    const asked = [
      await get('/api/v4/'),
      await get('/api/v5/users/me'),
      await raw('PATCH', '/api/v4/users/me', { headers: asBo() }),
      await raw('DELETE', '/api/v4/users/me/patch', { headers: asBo() }),
      await post('/api/plausch/home', '{}'),
    ]
    for (const answer of asked)
      expect([answer.status, idOf(answer)]).toEqual([404, 'api.context.404.app_error'])
  })

  it('H7: of too long input names the limit', async () => {
    const fits = `/api/v4/users?x=${'y'.repeat(2048 - '/api/v4/users?x='.length)}`
    expect((await get(fits)).status).toBe(200)
    expect(idOf(await get(`${fits}y`))).toBe('api.context.uri_too_long.app_error')
    const chunked = { 'transfer-encoding': 'chunked' }
    const body = (size: number) => JSON.stringify([at.bo.id]).padEnd(size, ' ')
    expect((await post('/api/v4/users/ids', body(300_000), chunked)).status).toBe(200)
    expect(idOf(await post('/api/v4/users/ids', body(300_001), chunked))).toBe(
      'api.context.request_body_too_large.app_error',
    )
  })

  it('H16: is in the caller’s language', async () => {
    const german = await get('/api/v4/nothing', { 'accept-language': 'de-CH,en;q=0.7' })
    expect(german.text).toContain(faultsDe['api.context.404.app_error'])
    const english = await get('/api/v4/nothing', { 'accept-language': 'tlh, en' })
    expect(english.text).toContain(faults['api.context.404.app_error'].text)
  })

  it('H17: is "not found" for what the caller may not know of, and another one for forbidden actions', async () => {
    const secret = await channelOf(at.ana, at.team, 'P')
    const answer = async (path: string) => {
      const { status, text } = await get(path)
      const { request_id: _, ...rest } = JSON.parse(text) as Record<string, unknown>
      return { status, ...rest }
    }
    const byName = `/api/v4/teams/${at.team.id}/channels/name`
    expect(await answer(`/api/v4/channels/${secret.id}`)).toEqual(
      await answer(`/api/v4/channels/${'a'.repeat(26)}`),
    )
    expect(await answer(`${byName}/${secret.name}`)).toEqual(await answer(`${byName}/there-is-none`))
    expect(await answer(`/api/v4/channels/${secret.id}`)).toMatchObject({
      status: 404,
      id: 'channels.not_found',
    })
    expect((await get('/api/v4/config')).status).toBe(403)
  })
})

describe('the credential', () => {
  it('H8: comes from the cookie first, then from the header in any case, never from the URL', async () => {
    const name = async (headers: Record<string, string>, query = '') =>
      (JSON.parse((await raw('GET', `/api/v4/users/me${query}`, { headers })).text) as { username?: string })
        .username
    const [ana, bo] = [at.ana.api.token(), at.bo.api.token()]
    expect(await name({ cookie: `a=b; MMAUTHTOKEN=${ana}; c=d`, authorization: `Bearer ${bo}` })).toBe(
      at.ana.username,
    )
    expect(await name({ cookie: `XMMAUTHTOKEN=${ana}`, authorization: `bEaReR ${bo}` })).toBe(at.bo.username)
    expect(await name({ authorization: `token ${bo}` })).toBe(at.bo.username)
    for (const authorization of [
      bo,
      `Basic ${bo}`,
      `Bearer`,
      `Bearer  ${bo}`,
      `Bearer ${bo} ${bo}`,
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      expect(await name({ authorization }), authorization).toBeUndefined()
    }
    expect(await name({}, `?access_token=${bo}`)).toBeUndefined()
  })

  it('H9: in a cookie needs proof that a page of ours made the request, unless it only reads', async () => {
    const cookie = `MMAUTHTOKEN=${at.bo.api.token()}`
    const ask = (method: string, path: string, more = {}) =>
      raw(method, path, { headers: { cookie, ...more }, body: JSON.stringify([at.ana.id]) })
    expect((await get('/api/v4/users/me', { cookie })).status).toBe(200)
    expect(idOf(await ask('POST', '/api/v4/users/ids'))).toBe('api.context.csrf.app_error')
    expect(idOf(await ask('PUT', '/api/v4/users/me/patch'))).toBe('api.context.csrf.app_error')
    expect(idOf(await ask('DELETE', `/api/v4/posts/${'a'.repeat(26)}`))).toBe('api.context.csrf.app_error')
    expect((await ask('POST', '/api/v4/users/ids', { 'x-requested-with': 'XMLHttpRequest' })).status).toBe(
      200,
    )
  })

  it('H10: replaces `me` in every path with a user id', async () => {
    for (const path of [
      '',
      '/teams',
      '/teams/members',
      '/preferences',
      '/status',
      '/sessions',
      '/channels',
      '/image',
    ]) {
      expect((await get(`/api/v4/users/me${path}`)).status, path).toBe(200)
    }
    expect(
      (await post('/api/v4/channels/members/me/view', `{"channel_id":"${at.townSquare.id}"}`)).status,
    ).toBe(200)
    expect((await get(`/api/v4/channels/${at.townSquare.id}/members/me`)).status).toBe(200)
  })
})

describe('the input', () => {
  const patch = (body: string, more = {}) =>
    raw('PUT', '/api/v4/users/me/patch', { headers: asBo(more), body })

  it('H11: may contain null for absent values, and unknown names', async () => {
    const body = {
      nickname: 'B',
      position: null,
      props: null,
      roles: 'system_admin',
      id: at.ana.id,
      unknown: { deep: [1] },
    }
    const changed = JSON.parse((await patch(JSON.stringify(body))).text) as Record<string, unknown>
    expect(changed).toMatchObject({ id: at.bo.id, nickname: 'B', position: '', roles: 'system_user' })
    expect(changed).not.toHaveProperty('unknown')
    for (const type of [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect((await patch('{"nickname":"C"}', { 'content-type': type })).status, type).toBe(200)
    }
    for (const text of ['null', '', ' ']) expect((await patch(text)).status, text).toBe(200)
    for (const text of ['[]', '"x"', '7', 'true', '{"nickname":', '{nickname:1}', "{'a':1}", '\ufeff{}']) {
      expect((await patch(text)).status, text).toBe(400)
    }
  })

  it('H12: reaches no prototype, and contains nothing that cannot be stored', async () => {
    for (const text of [
      '{"__proto__":{"nickname":"x"}}',
      '{"props":{"__proto__":"x"}}',
      '{"nickname":"a\\u0000b"}',
      '{"props":{"a\\u0000":"b"}}',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    ]) {
      expect((await patch(text)).status, text.slice(0, 40)).toBe(400)
    }
    const names = { constructor: 'a', toString: 'b', hasOwnProperty: 'c', valueOf: 'd' }
    const changed = await patch(JSON.stringify({ props: names, constructor: { prototype: { evil: 1 } } }))
    expect((JSON.parse(changed.text) as { props: object }).props).toEqual(names)
    expect(({} as Record<string, unknown>).evil).toBeUndefined()
    const half = await patch('{"nickname":"\\ud83d!","props":{}}')
    expect((JSON.parse(half.text) as { nickname: string }).nickname).toBe('\ufffd!')
  })

  it('H13: has one path spelling', async () => {
    const me = '/api/v4/users/me'
    const spellings: [string, string][] = [
      ['HEAD', me],
      ['OPTIONS', me],
      ['TRACE', me],
      ['GET', `${me}/`],
      ['PUT', `/${me}/patch`],
      ['POST', '/api/v4//users/ids'],
      ['GET', '/API/v4/users/me'],
      ['POST', '/api/v4/../v4/users/ids'],
      ['POST', '/api/v4/./users/ids'],
      ['GET', '/api/v4/Users/me'],
      ['GET', '/api/v4/users/ME'],
      ['GET', `/api/v4/users/${at.bo.id.toUpperCase()}`],
      ['GET', `/api/v4/users/${at.bo.id}%2f`],
      ['GET', `/api/v4/users/${at.bo.id}%00`],
      ['GET', `/api/v4/users/${at.bo.id};x`],
    ]
    for (const [method, path] of spellings) {
      const { status } = await raw(method, path, { headers: asBo() })
      expect([400, 404], `${method} ${path}`).toContain(status)
    }
    const override = asBo({ 'x-http-method-override': 'DELETE' })
    expect((await get(`/api/v4/channels/${at.townSquare.id}`, override)).status).toBe(200)
  })

  it('H14: of pages takes the default if it cannot be parsed, and the maximum if it is too large', async () => {
    const count = async (query: string) =>
      (JSON.parse((await get(`/api/v4/users?${query}`)).text) as object[]).length
    const all = await count('per_page=200')
    expect(all).toBeGreaterThan(3)
    for (const query of [
      '',
      'per_page=x',
      'per_page=-1',
      'per_page=0',
      'per_page=1.5',
      'per_page=999999999999',
      'page=-5',
      'page=x',
    ]) {
      expect(await count(query), query).toBe(all)
    }
    expect(await count('per_page=2')).toBe(2)
    expect(await count('per_page=2&per_page=3')).toBe(2)
    expect(await count('page=1000000')).toBe(0)
    expect(await count('page=99999999999999999999')).toBe(all)
  })

  it('H15: is answered with 201 for creation, and OK if there is no result', async () => {
    const made = await post('/api/v4/posts', JSON.stringify({ channel_id: at.townSquare.id, message: 'x' }))
    expect(made.status).toBe(201)
    const removed = await raw('DELETE', `/api/v4/posts/${idOf(made)}`, { headers: asBo() })
    expect([removed.status, removed.text]).toEqual([200, '{"status":"OK"}'])
  })

  it('H22: is answered with 304 if the client has the version, and sent after a change', async () => {
    const address = `/api/v4/channels/${at.townSquare.id}/posts?per_page=5`
    const ask = async (tag: string, person = at.bo) =>
      await raw('GET', address, {
        headers: { authorization: `Bearer ${person.api.token()}`, ...(tag && { 'if-none-match': tag }) },
      })
    const first = await ask('')
    const tag = String(first.headers.etag)
    expect(tag).toMatch(/^"[\w-]+"$/)
    const again = await ask(tag)
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag])
    await post('/api/v4/posts', JSON.stringify({ channel_id: at.townSquare.id, message: 'another' }))
    expect((await ask(tag)).status).toBe(200)
    expect((await ask('"another"')).status).toBe(200)
  })
})
