import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Deferred, skeletonOf } from './deferred.ts'
import { Fault } from './faults.ts'
import { sendLarge } from './large-replies.ts'

/** Waits for as long as a slow machine may take. */
const SOON = { timeout: 15_000 }
const MEBIBYTE = 1024 * 1024
let app: FastifyInstance
let port: number
/** The body of the next reply. */
let body: unknown
let stalledMs: number | undefined
let isGzipped = false
/** How many replies became ready after their reader had gone. */
let late = 0
let asked = 0

beforeEach(async () => {
  stalledMs = undefined
  isGzipped = false
  app = fastify({ forceCloseConnections: true })
  app.get('/', (_request, reply) => {
    try {
      return sendLarge(reply.type('application/json'), skeletonOf(body), isGzipped, stalledMs)
    } catch (error) {
      return reply.code(error instanceof Fault ? error.status : 500).send()
    }
  })
  app.get('/late', async (request, reply) => {
    asked += 1
    await new Promise<void>((resolve) => request.raw.socket.once('close', () => resolve()))
    late += 1
    return sendLarge(reply.type('application/json'), skeletonOf(body), false)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterEach(() => app.close())

const ask = () => fetch(`http://127.0.0.1:${port}/`)

/** Sends a request, and reads nothing of the answer. */
const deadReader = async (): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.pause()
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  return socket
}

const later = (value: unknown) =>
  new Deferred('1', { held: 0, loaded: 100 }, async function* () {
    yield JSON.stringify(value)
  })

it('sends every byte, wherever the slices cut the text', async () => {
  body = {
    text: `a${'😀ä"'.repeat(100_000)}`,
    late: later({ text: '😀'.repeat(50_000) }),
    list: [later(1), 2, later('x')],
  }
  const expected = {
    text: `a${'😀ä"'.repeat(100_000)}`,
    late: { text: '😀'.repeat(50_000) },
    list: [1, 2, 'x'],
  }
  expect(await (await ask()).json()).toEqual(expected)
  isGzipped = true
  const answer = await ask()
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(await answer.json()).toEqual(expected)
})

it.each([false, true])(
  'loads a part only when the reader has read the parts before it, compressed: %s',
  async (is) => {
    isGzipped = is
    let loaded = 0
    // Compressible text would reach the reader as very few bytes.
    const noise = randomBytes(MEBIBYTE / 2).toString('hex')
    const part = () =>
      new Deferred('1', { held: 0, loaded: MEBIBYTE }, async function* () {
        loaded += 1
        yield JSON.stringify(noise)
      })
    body = Array.from({ length: 100 }, part)
    const socket = await deadReader()
    await vi.waitUntil(() => loaded > 0, SOON)
    let before = -1
    while (before !== loaded) {
      before = loaded
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    // The kernel buffers a few mebibytes for a reader.
    expect(loaded).toBeLessThan(50)
    socket.destroy()
  },
)

it('refuses replies beyond the budget of all unfinished ones, until their readers are gone', async () => {
  body = 'x'.repeat(15 * MEBIBYTE)
  const readers = await Promise.all([1, 2, 3, 4].map(deadReader))
  await vi.waitUntil(async () => {
    const { status, body: stream } = await ask()
    await stream?.cancel()
    return status === 503
  }, SOON)
  isGzipped = true
  const refusal = await ask()
  expect([refusal.status, refusal.headers.get('content-encoding')]).toEqual([503, null])
  for (const reader of readers) reader.destroy()
  await vi.waitUntil(async () => (await ask()).status === 200, SOON)
  expect((await (await ask()).text()).length).toBe(15 * MEBIBYTE + 2)
})

it('ends the connection of a reader who reads nothing', async () => {
  stalledMs = 200
  body = 'x'.repeat(20 * MEBIBYTE)
  const socket = await deadReader()
  const closed = once(socket, 'close')
  const open = () => new Promise<number>((resolve) => app.server.getConnections((_, count) => resolve(count)))
  await vi.waitUntil(async () => (await open()) === 1, SOON)
  await vi.waitUntil(async () => (await open()) === 0, SOON)
  // A socket notices its end only if somebody reads it.
  socket.resume()
  await closed
  expect(socket.bytesRead).toBeLessThan(20 * MEBIBYTE)
})

it('throws if a deferred part is serialised in another way', () => {
  expect(() => JSON.stringify({ late: later(1) })).toThrow('only in the reply')
})

it('keeps no memory for readers who left before the reply was ready', async () => {
  const heavy = new Deferred('1', { held: 50 * MEBIBYTE, loaded: 100 }, async function* () {
    yield '1'
  })
  body = { heavy }
  for (let n = 0; n < 5; n += 1) {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => undefined)
    socket.write('GET /late HTTP/1.1\r\nhost: x\r\n\r\n')
    await vi.waitFor(() => expect(asked).toBe(n + 1), SOON)
    socket.resetAndDestroy()
    await vi.waitFor(() => expect(late).toBe(n + 1), SOON)
  }
  expect((await ask()).status).toBe(200)
})

it('ends a compressed reply whose source fails, so that the reader notices', async () => {
  isGzipped = true
  const broken = new Deferred('1', { held: 0, loaded: 100 }, async function* () {
    yield '"x"'
    throw new Error('the database is gone')
  })
  body = ['y'.repeat(200_000), broken]
  const answer = await ask()
  await expect(answer.text()).rejects.toThrow()
})
