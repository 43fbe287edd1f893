/** Credentials never appear in a log, however they were sent and whatever went wrong. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, startServer, until, usedFolder } from './server-process.ts'

const opened = (url: string, headers: Record<string, string> = {}) =>
  new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })

it('logs no password, token, cookie or CSRF value during use and misuse', async () => {
  const data = await usedFolder()
  const server = await startServer(data)
  const { admin, team, townSquare } = await begin(server.url)
  const url = (path: string) => `${server.url}/api/v4${path}`
  const send = (path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(url(path), { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })

  const secrets = new Map([
    ['password', 'secret-of-ana-1'],
    ['wrong password', 'secret-typed-wrong-2'],
    ['next password', 'secret-of-ana-3'],
    ['made-up token', 'madeuptokenmadeuptoken4444'],
    ['message', 'what-ana-wrote-5'],
    ['token of the administrator', admin.api(server.url).token()],
  ])
  const secret = (name: string) => secrets.get(name) ?? ''
  const account = { username: 'ana', email: 'ana@example.org', password: secret('password') }
  expect((await send(`/users?iid=${team.invite_id}`, account)).status).toBe(201)
  // The same again: the database refuses, and its error details contain the row.
  expect((await send(`/users?iid=${team.invite_id}`, account)).status).toBe(400)
  expect((await send('/users/login', { login_id: 'ana', password: secret('wrong password') })).status).toBe(
    401,
  )
  expect((await send('/users/login', `{"login_id":"ana","password":"${secret('password')}"`)).status).toBe(
    400,
  )

  const browser = { 'x-requested-with': 'XMLHttpRequest' }
  const login = await send('/users/login', { login_id: 'ana', password: secret('password') }, browser)
  secrets.set('token', login.headers.get('token') ?? '')
  const cookies = login.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
  const csrf = cookies.find((each) => each.startsWith('MMCSRF='))?.slice('MMCSRF='.length) ?? ''
  secrets.set('csrf', csrf)
  for (const name of ['token', 'csrf']) expect(secret(name)).toMatch(/^[a-z0-9]{26}$/)

  const withCookie = { ...browser, cookie: cookies.join('; '), 'x-csrf-token': csrf }
  const post = { channel_id: townSquare, message: secret('message') }
  expect((await send('/posts', post, withCookie)).status).toBe(201)
  expect((await send('/posts', post, { cookie: withCookie.cookie })).status).toBe(403)
  expect((await send('/posts', post, { authorization: `Bearer ${secret('made-up token')}` })).status).toBe(
    401,
  )
  expect((await fetch(url(`/users/me?access_token=${secret('token')}`))).status).toBeGreaterThanOrEqual(400)
  const change = { current_password: secret('wrong password'), new_password: secret('next password') }
  expect((await send('/users/me/password', change, withCookie, 'PUT')).status).toBeGreaterThanOrEqual(400)

  const socketUrl = `${server.url.replace('http', 'ws')}/api/v4/websocket`
  const first = await opened(socketUrl, { authorization: `Bearer ${secret('token')}` })
  const second = await opened(socketUrl)
  for (const token of [secret('made-up token'), secret('token')]) {
    second.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data: { token } }))
  }
  second.send(`{"seq":2,"action":"authentication_challenge","data":{"token":"${secret('token')}"`)
  await new Promise((resolve) => second.once('close', resolve))

  // And while everything fails: the database is away, and errors are logged with their causes.
  const { postmaster } = await findSurvivors(join(data, 'postgres', 'cluster'))
  process.kill(postmaster ?? -1, 'SIGKILL')
  await until('a failure is logged', async () => {
    await send('/posts', post, withCookie)
    await send('/users/login', { login_id: 'ana', password: secret('password') })
    return server.err().includes('answered unavailable')
  })
  first.terminate()
  await server.stop()

  const logs = {
    server: server.err(),
    printed: server.out(),
    postgres: await readFile(join(data, 'postgres.log'), 'utf8'),
  }
  expect(logs.server).toContain('answered unavailable')
  for (const [where, text] of Object.entries(logs)) {
    for (const [what, value] of secrets)
      expect(text.includes(value), `${what} in the log of ${where}`).toBe(false)
  }
})
