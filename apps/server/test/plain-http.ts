/** HTTP for tests of the protocol itself: one connection, raw bytes, and answers one after the other. */
import { connect, type Socket } from 'node:net'
import type { TestServer } from '@plausch/testkit'
import { onTestFinished } from 'vitest'

export type PlainAnswer = {
  status: number
  /** By their names in lower case. */
  headers: Record<string, string>
  body: string
  /** Does the answer end the connection? */
  closes: boolean
}

export type PlainConnection = {
  socket: Socket
  /** Resolves when the bytes are on their way, or cannot be sent. */
  write(bytes: string | Uint8Array): Promise<void>
  /**
   * The next complete answer. With `toHead` it has no body, whatever its headers say. Fails if the connection
   * ends first.
   */
  answer(options?: { toHead?: boolean }): Promise<PlainAnswer>
  /** Resolves when the server has closed its side: 'end' for an orderly close, or the code of an error. */
  ended: Promise<string>
}

const readHead = (text: string) => {
  const [first = '', ...lines] = text.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { status: Number(first.split(' ')[1]), headers }
}

/** The end of a chunked body that starts at `from`, and the body; undefined while it is incomplete. */
const readChunks = (bytes: Buffer, from: number): { end: number; body: Buffer } | undefined => {
  const parts: Buffer[] = []
  for (let at = from; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const end = line + 2 + size + 2
    if (bytes.length < end) return undefined
    if (size === 0) return { end, body: Buffer.concat(parts) }
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = end
  }
}

/** Opens a connection for the running test. It keeps its sending side open when the server closes its own. */
export const openPlain = async (server: Pick<TestServer, 'url'>): Promise<PlainConnection> => {
  const { hostname, port } = new URL(server.url)
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  let received: Buffer = Buffer.alloc(0)
  let over: string | undefined
  let wake: () => void = () => undefined
  const ended = new Promise<string>((resolve) => {
    const finish = (how: string) => {
      over ??= how
      resolve(over)
      wake()
    }
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'error'))
    socket.on('end', () => finish('end'))
    socket.on('close', () => finish('close'))
  })
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes])
    wake()
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  // Like a client that writes everything before it reads: after a reset it loses unread bytes.
  socket.pause()

  const take = (toHead: boolean): PlainAnswer | undefined => {
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return undefined
    const { status, headers } = readHead(received.toString('latin1', 0, end))
    const from = end + 4
    const closes = headers.connection === 'close'
    const finish = (to: number, body: Buffer) => {
      received = received.subarray(to)
      return { status, headers, body: body.toString(), closes }
    }
    if (status === 100) {
      received = received.subarray(from)
      return { status, headers, body: '', closes: false }
    }
    if (toHead || status === 204 || status === 304) return finish(from, Buffer.alloc(0))
    if (headers['transfer-encoding'] === 'chunked') {
      const chunks = readChunks(received, from)
      return chunks && finish(chunks.end, chunks.body)
    }
    const to = from + Number(headers['content-length'] ?? 0)
    return received.length < to ? undefined : finish(to, received.subarray(from, to))
  }

  return {
    socket,
    ended,
    write: (bytes) => new Promise((resolve) => socket.write(bytes, () => resolve())),
    async answer({ toHead = false } = {}) {
      socket.resume()
      for (;;) {
        const found = take(toHead)
        if (found) return found
        if (over !== undefined)
          throw new Error(`the connection ended (${over}) after ${received.toString('latin1').slice(0, 200)}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
