/** Spellings of paths, HEAD requests, and the headers of every answer, inside and outside of the API. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Place, place } from '@plausch/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { features } from '../src/features/index.ts'
import { openPlain, type PlainConnection } from './plain-http.ts'
import { addressOf, NOBODY, paramsOf, rows } from './rows.ts'

const PAGE = '<!doctype html><title>the web client</title>'

let at: Place
let webFolder: string
beforeAll(async () => {
  webFolder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  await mkdir(join(webFolder, 'static'))
  await writeFile(join(webFolder, 'index.html'), PAGE)
  await writeFile(join(webFolder, 'static/a.js'), 'const a = 1')
  at = await place({ webFolder })
})
afterAll(async () => {
  await at.stop()
  await rm(webFolder, { recursive: true })
})

const ask = async (
  connection: PlainConnection,
  method: string,
  target: string,
  headers: Record<string, string> = { authorization: `Bearer ${at.bo.api.token()}` },
) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  await connection.write(`${method} ${target} HTTP/1.1\r\nhost: chat.example.org\r\n${lines.join('')}\r\n`)
  return await connection.answer({ toHead: method === 'HEAD' })
}

const once = async (method: string, target: string, headers?: Record<string, string>) =>
  ask(await openPlain(at.server), method, target, headers)

describe('a path with doubled slashes or dot segments', () => {
  const post = `/api/v4/posts/${NOBODY}`
  const spellings: [string, string][] = [
    ['//api/v4/users/me', '/api/v4/users/me'],
    ['/api//v4/users/me', '/api/v4/users/me'],
    [`${post}//reactions?a=//b/../c`, `${post}/reactions?a=//b/../c`],
    ['/api/v4/./users/me', '/api/v4/users/me'],
    ['/api/v4/../v4/users/me', '/api/v4/users/me'],
    ['/api/v4/%2e%2E/v4/users/me', '/api/v4/users/me'],
    ['/api/v4/.%2e/../../../etc', '/etc'],
    ['///', '/'],
    ['//town//channels//', '/town/channels/'],
    // A browser must stay on this server.
    ['//evil.example/x', '/evil.example/x'],
    ['/.//evil.example', '/evil.example'],
    ['/\\evil.example//', '/%5Cevil.example/'],
    ['//\\evil.example', '/%5Cevil.example'],
  ]

  it('redirects GET and HEAD to the clean path', async () => {
    const connection = await openPlain(at.server)
    for (const [target, clean] of spellings) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await ask(connection, method, target)
        expect([status, headers.location], `${method} ${target}`).toEqual([301, clean])
      }
    }
  })

  it('is a JSON 404 for other methods, and does nothing', async () => {
    const connection = await openPlain(at.server)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      for (const [target] of spellings) {
        const { status, body } = await ask(connection, method, target)
        expect([status, JSON.parse(body).id], target).toEqual([404, 'api.context.404.app_error'])
      }
    }
  })
})

describe('a path of the API', () => {
  it('is never the web client, however it is spelled', async () => {
    const connection = await openPlain(at.server)
    for (const target of [
      '/api/nothing',
      '/api',
      '/api/',
      '/API/v4/users/me',
      '/Api/V4/nothing',
      '/%61pi/nothing',
      '/api%2fv4%2fusers%2fme',
      '/api%2Fnothing',
      '/%2561pi/nothing',
      '/api\\v4\\nothing',
      '/api%5cv4',
      '/x%2f..%2fapi/nothing',
      '/%2fapi/nothing',
      '/HOOKS/x',
      '/oauth/nothing',
      '/static/nothing.js',
      '/Static/nothing.js',
    ]) {
      const { status, body } = await ask(connection, 'GET', target)
      expect([status, body.slice(0, 60)], target).not.toEqual([200, PAGE.slice(0, 60)])
      expect([404, 'api.context.404.app_error'], target).toEqual([status, JSON.parse(body).id])
    }
    for (const target of ['/', '/login', '/town/channels/api', '/apis/x', '/town/pl/x?redirect_to=/api/v4/x'])
      expect((await ask(connection, 'GET', target)).body, target).toBe(PAGE)
  })

  it('stays the same if the request target names the host', async () => {
    const whole = await once('GET', 'http://chat.example.org/api/v4/system/ping')
    expect(whole.status).toBe(200)
    expect((await once('GET', 'http://chat.example.org/API/v4/system/ping')).status).toBe(404)
  })

  it('of the socket may end with one slash', async () => {
    for (const [path, status] of [
      ['/api/v4/websocket', 101],
      ['/api/v4/websocket/', 101],
      ['/api/v4/websocket//', 404],
      ['/api/v4/websockets', 404],
    ] as const) {
      const answer = await once('GET', path, {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      })
      expect(answer.status, path).toBe(status)
    }
  })
})

it('disconnects a client that keeps its half of a connection open after a refused handshake', async () => {
  const connection = await openPlain(at.server)
  await connection.write(
    'GET /api/v4/websockets HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
  )
  expect((await connection.answer()).status).toBe(404)
  expect(await connection.ended).toBe('end')
  const writes = async () => {
    await connection.write('x')
    return connection.socket.destroyed
  }
  await expect.poll(writes, { timeout: 15_000, interval: 200 }).toBe(true)
})

const nameless = (operation: string) => operation.replaceAll(/\{\w+\}/g, '{}')
const here = new Set([
  ...rows.map(({ operation }) => nameless(`${operation.method} ${operation.path}`)),
  ...features.flatMap((feature) => feature.refusals ?? []).map(({ operation }) => nameless(operation)),
])

it('answers every operation of v4 that is not served as unknown', async () => {
  const list = await readFile(join(import.meta.dirname, '../../../docs/reference/v4-operations.tsv'), 'utf8')
  const unserved = list
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').slice(2).join(' '))
    .filter((operation) => operation.includes(' /api/v4/') && !here.has(nameless(operation)))
    .filter((operation) => operation !== 'GET /api/v4/websocket')
  expect(unserved.length).toBeGreaterThan(0)
  const connection = await openPlain(at.server)
  for (const operation of unserved) {
    const [method = '', path = ''] = operation.split(' ')
    const { status, body } = await ask(connection, method, path.replaceAll(/\{\w+\}/g, NOBODY))
    expect([status, JSON.parse(body).id], operation).toEqual([404, 'api.context.404.app_error'])
  }
})

const params = (path: string) =>
  addressOf(
    { path } as never,
    Object.fromEntries(paramsOf({ path } as never).map((name) => [name, name === 'user_id' ? 'me' : NOBODY])),
  )

describe('HEAD', () => {
  const isHead = (path: string) =>
    rows.some(({ operation }) => operation.method === 'HEAD' && operation.path === path)

  it('is answered in the API where v4 has it, without a body, and the connection continues', async () => {
    const connection = await openPlain(at.server)
    // At the addresses that browsers open, there is a page also for a service that there is not.
    const inApi = rows.filter(({ operation }) => operation.type !== 'text/html')
    for (const path of new Set(inApi.map(({ operation }) => operation.path))) {
      const { status } = await ask(connection, 'HEAD', params(path))
      // A word may be read as an id, if v4 has a HEAD operation for an id there.
      if (!isHead(path)) expect([400, 404], path).toContain(status)
      else expect(status, path).toBeLessThan(500)
      // A body would be read as the next answer.
      expect((await ask(connection, 'GET', '/api/v4/system/ping')).status, path).toBe(200)
    }
  })

  it('of a page has the headers of the page, without a body, and the connection continues', async () => {
    const connection = await openPlain(at.server)
    for (const path of [
      '/',
      '/login',
      '/static/a.js',
      '/robots.txt',
      '/reference',
      '/api/plausch/openapi.json',
    ]) {
      const [head, whole] = [await ask(connection, 'HEAD', path), await ask(connection, 'GET', path)]
      expect([head.status, head.headers['content-type']], path).toEqual([200, whole.headers['content-type']])
      expect(head.headers['content-length'], path).toBe(whole.headers['content-length'])
    }
  })
})

it('H4: answers bytes that are no HTTP with a normal refusal, and the answer arrives', async () => {
  for (const [sent, status] of [
    ['nonsense\r\n\r\n', 400],
    ['GET /api/v4/users/me HTTP/1.1\r\nno colon\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(200_000)}\r\n`, 431],
    [
      'POST /api/v4/users/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'.padEnd(
        9_000_000,
      ),
      400,
    ],
  ] as const) {
    const connection = await openPlain(at.server)
    await connection.write(sent)
    const { status: answered, headers, body } = await connection.answer()
    expect(answered, sent.slice(0, 50)).toBe(status)
    expect(JSON.parse(body)).toMatchObject({ status_code: status, request_id: headers['x-request-id'] })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-version-id': at.server.app.server.versionId(),
    })
    expect(await connection.ended).toBe('end')
  }
})

it('H2: sends its version with every answer', async () => {
  const asked: [string, string][] = [
    ['GET', '/'],
    ['GET', '/login'],
    ['GET', '/static/a.js'],
    ['GET', '/static/nothing.js'],
    ['GET', '/robots.txt'],
    ['GET', '/reference'],
    ['GET', '/metrics'],
    ['GET', '/api/v4/users/me'],
    ['GET', '/api/v4/nothing'],
    ['GET', '//api/v4/users/me'],
    ['GET', '/%ff'],
    ['GET', `/${'x'.repeat(2100)}`],
    ['HEAD', '/'],
    ['OPTIONS', '/'],
    ['POST', '/login'],
    ['GET', `/api/v4/users/${at.bo.id}/image`],
    ['DELETE', '/api/v4/posts/x'],
  ]
  const version = at.server.app.server.versionId()
  for (const [method, path] of asked)
    expect((await once(method, path)).headers['x-version-id'], path).toBe(version)
})
