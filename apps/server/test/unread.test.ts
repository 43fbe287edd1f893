/**
 * Answers before the body of a request is complete, generated from the route tables: each leaves a usable
 * connection, or closes it properly.
 */
import { type Place, place, write } from '@plausch/testkit'
import { isStreamed, type Operation, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPlain, type PlainConnection } from './plain-http.ts'
import { addressOf, NOBODY, paramsOf, rows, sampleOf } from './rows.ts'

let at: Place
beforeAll(async () => {
  at = await place()
  await at.root.call(settings.patch, { body: { FileSettings: { MaxFileSize: 100_000 } } })
})
afterAll(() => at.stop())

type Sent = { headers: Record<string, string>; body: Buffer }

const asBo = () => ({ authorization: `Bearer ${at.bo.api.token()}` })
const sized = (body: Buffer, more: Record<string, string> = {}): Sent => ({
  headers: { 'content-length': String(body.length), ...more },
  body,
})
const chunked = (body: Buffer, more: Record<string, string> = {}): Sent => ({
  headers: { 'transfer-encoding': 'chunked', ...more },
  body: Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
})

const BOUNDARY = 'between'
const formType = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
const formOf = (field: string, bytes: Buffer) =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="x.png"\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])

/**
 * More than the kernel buffers for a server that does not read: closing the socket with unread bytes resets
 * the connection.
 */
const MORE_THAN_WAITS = 8 * 1024 * 1024

/** A body of this size, as a form if the operation takes one. */
const bytesFor = (operation: Operation, size: number) =>
  isStreamed(operation) ? formOf('image', Buffer.alloc(size)) : Buffer.alloc(size, ' ')

const limitOf = ({ maxBody = 300_000 }: Operation) => maxBody
const sample = (operation: Operation): Buffer =>
  isStreamed(operation)
    ? formOf('image', Buffer.alloc(2000))
    : Buffer.from(JSON.stringify(sampleOf(operation.body as never)))
const typeOf = (operation: Operation) => (isStreamed(operation) ? formType : {})

/** The requests, by what is wrong with them. */
const cases: [string, (operation: Operation) => Sent][] = [
  ['without a session', (operation) => sized(sample(operation), typeOf(operation))],
  [
    'without a session, and large',
    (operation) => sized(bytesFor(operation, Math.min(limitOf(operation), 300_000)), typeOf(operation)),
  ],
  ['about what is unknown', (operation) => sized(sample(operation), { ...typeOf(operation), ...asBo() })],
  [
    'too large by its length',
    (operation) => sized(bytesFor(operation, MORE_THAN_WAITS), { ...typeOf(operation), ...asBo() }),
  ],
  [
    'a picture of half a megabyte',
    (operation) => sized(bytesFor(operation, 524_289), { ...typeOf(operation), ...asBo() }),
  ],
  [
    'a little too large',
    (operation) =>
      sized(bytesFor(operation, Math.min(limitOf(operation), 120_000) + 1), {
        ...typeOf(operation),
        ...asBo(),
      }),
  ],
  [
    'too large in chunks',
    (operation) =>
      chunked(bytesFor(operation, limitOf(operation) + 600_000), { ...typeOf(operation), ...asBo() }),
  ],
  ['nonsense', (operation) => sized(Buffer.from('--no{'), { ...typeOf(operation), ...asBo() })],
]

const params = (operation: Operation) =>
  Object.fromEntries(
    paramsOf(operation).map((name) => [
      name,
      name === 'user_id' ? 'me' : name.endsWith('_id') ? NOBODY : 'nobody-knows-this',
    ]),
  )

const headOf = (method: string, path: string, headers: Record<string, string>) =>
  `${method} ${path} HTTP/1.1\r\nhost: chat.example.org\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

/** Checks that the connection answers another request, or that the server has closed it properly. */
const expectInOrder = async (connection: PlainConnection, closes: boolean, what: string) => {
  if (closes) {
    expect(await connection.ended, what).toBe('end')
    return
  }
  await connection.write(headOf('GET', '/api/v4/system/ping', {}))
  const next = await connection.answer()
  expect([next.status, JSON.parse(next.body).status], what).toEqual([200, 'OK'])
}

const bringBody = rows.filter(({ operation }) => operation.body !== undefined)
const ENDS_SESSIONS = ['sessions.logout', 'sessions.revokeAll', 'passwords.change']

describe.each(bringBody.map((row) => [row.operation.id, row] as const))('%s', (id, { operation, route }) => {
  it('answers, and the connection continues or closes properly', async () => {
    for (const [what, make] of cases) {
      const { headers, body } = make(operation)
      if (headers.authorization && ENDS_SESSIONS.includes(id)) continue
      const connection = await openPlain(at.server)
      await connection.write(headOf(operation.method, addressOf(operation, params(operation)), headers))
      await connection.write(body)
      const answer = await connection.answer()
      expect(answer.status, `${what}: ${answer.body}`).not.toBe(500)
      if (!route.isOpen && !headers.authorization) expect(answer.status, what).toBe(401)
      if (what.startsWith('too large') && !isStreamed(operation)) expect(answer.status, what).toBe(413)
      await expectInOrder(connection, answer.closes, `${what}: ${answer.status}`)
    }
  })
})

describe('a body that the server does not want', () => {
  const large = Buffer.alloc(8 * 1024 * 1024)
  const refusedOnPurpose = 'POST /api/v4/users/login/cws'

  it.each([
    ['an address that there is not', 'POST', '/api/v4/nothing', 404],
    ['a method that there is not', 'DELETE', '/api/v4/users/me/patch', 404],
    ['an address that is too long', 'POST', `/api/v4/posts?x=${'y'.repeat(2100)}`, 414],
    ['an address that cannot be read', 'POST', '/api/v4/users/%ff', 400],
    ['a page', 'POST', '/login', 404],
    ['what is refused on purpose', ...(refusedOnPurpose.split(' ') as [string, string]), 501],
    ['a look', 'GET', '/api/v4/users/me', 401],
  ] as const)('does not cost the client the answer: %s', async (_, method, path, status) => {
    for (const body of [large, Buffer.alloc(100_000)]) {
      const connection = await openPlain(at.server)
      await connection.write(headOf(method, path, { 'content-length': String(body.length) }))
      await connection.write(body)
      const answer = await connection.answer()
      expect([status, 413]).toContain(answer.status)
      await expectInOrder(connection, answer.closes, `${method} ${path} ${body.length}`)
    }
  })

  it('loses no answer after too many requests', async () => {
    await at.root.call(settings.patch, {
      body: { RateLimitSettings: { Enable: true, PerSec: 1, MaxBurst: 1 } },
    })
    const ask = async () => {
      const connection = await openPlain(at.server)
      await connection.write(
        headOf('POST', '/api/v4/users/ids', { 'content-length': String(large.length), ...asBo() }),
      )
      await connection.write(large)
      const answer = await connection.answer()
      if (answer.closes) expect(await connection.ended).toBe('end')
      return answer.status
    }
    const statuses = [await ask(), await ask(), await ask()]
    expect(statuses).toContain(429)
    await expect
      .poll(
        () =>
          at.root.call(settings.patch, { body: { RateLimitSettings: { Enable: false } } }).then(
            () => 'off',
            () => 'on',
          ),
        { timeout: 20_000, interval: 1000 },
      )
      .toBe('off')
  })

  it('is not asked for if the client waits with it; a wanted body is', async () => {
    const headers = { expect: '100-continue', 'content-length': '10000000' }
    const refused = await openPlain(at.server)
    await refused.write(headOf('POST', '/api/v4/files', headers))
    const answer = await refused.answer()
    expect([answer.status, answer.closes]).toEqual([401, true])
    expect(await refused.ended).toBe('end')

    const tooLarge = await openPlain(at.server)
    await tooLarge.write(headOf('POST', '/api/v4/posts', { ...headers, ...asBo() }))
    const second = await tooLarge.answer()
    expect([second.status, second.closes]).toEqual([413, true])

    const body = JSON.stringify([at.bo.id])
    const wanted = await openPlain(at.server)
    await wanted.write(
      headOf('POST', '/api/v4/users/ids', {
        ...asBo(),
        expect: '100-continue',
        'content-length': String(body.length),
      }),
    )
    expect((await wanted.answer()).status).toBe(100)
    await wanted.write(body)
    const third = await wanted.answer()
    expect(third.status).toBe(200)
    await expectInOrder(wanted, third.closes, 'called for')
  })

  it('hides no request after it that would run without an answer', async () => {
    const connection = await openPlain(at.server)
    await connection.write(headOf('POST', '/api/v4/files', { 'transfer-encoding': 'chunked' }))
    const answer = await connection.answer()
    expect([answer.status, answer.closes, await connection.ended]).toEqual([401, true, 'end'])
    const message = 'behind the last answer'
    const body = JSON.stringify({ channel_id: at.townSquare.id, message })
    const hidden = headOf('POST', '/api/v4/posts', { ...asBo(), 'content-length': String(body.length) })
    await connection.write(`0\r\n\r\n${hidden}${body}`)
    // Later requests, which take as long, are answered; by then the other one would have run.
    for (let n = 0; n < 5; n += 1) await write(at.bo, at.townSquare, `later ${n}`)
    connection.socket.end()
    const written = await at.bo.fetch(`/api/v4/channels/${at.townSquare.id}/posts`)
    expect(await written.text()).not.toContain(message)
  })

  it.each([
    ['chunks', '100000\r\n', '\r\n'],
    ['what are no chunks', '', ''],
  ])('ends the connection of a client that never stops sending: %s', async (_, before, after) => {
    const connection = await openPlain(at.server)
    await connection.write(headOf('POST', '/api/v4/files', { 'transfer-encoding': 'chunked' }))
    const answer = await connection.answer()
    expect([answer.status, answer.closes]).toEqual([401, true])
    expect(await connection.ended).toBe('end')
    const slice = Buffer.concat([Buffer.from(before), Buffer.alloc(1024 * 1024), Buffer.from(after)])
    // More than the server reads; then it must close, although bytes keep coming.
    for (let sent = 0; sent < 80 && !connection.socket.destroyed; sent += 1) await connection.write(slice)
    const writes = async () => {
      await connection.write(slice)
      return connection.socket.destroyed
    }
    await expect.poll(writes, { timeout: 15_000, interval: 100 }).toBe(true)
  })
})
