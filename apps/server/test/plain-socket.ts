/** Sockets for tests of the protocol itself: minimal clients, which can misbehave. */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { TestServer } from '@plausch/testkit'
import type { EventFrame, ReplyFrame } from '@plausch/wire'
import { onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'

export type Frame = EventFrame | ReplyFrame

export type PlainSocket = {
  ws: WebSocket
  frames: Frame[]
  events(): EventFrame[]
  /** Resolves with the close code. */
  closed: Promise<number>
  send(frame: object | string): void
  /** Waits for a matching frame. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>
  /** The answer to an action. */
  ask(frame: { seq?: unknown; action?: unknown; data?: unknown }): Promise<ReplyFrame>
}

type Options = {
  token?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** False for a client that answers no pings. */
  autoPong?: boolean
}

export const addressOf = (server: TestServer, query: Record<string, string> = {}): string =>
  `${server.url.replace('http', 'ws')}/api/v4/websocket?${new URLSearchParams(query)}`

/** Opens a socket; if the handshake is refused, fails with the status of the refusal. */
export const open = async (
  server: TestServer,
  { token, query = {}, headers = {}, autoPong = true }: Options = {},
): Promise<PlainSocket> => {
  const all = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers }
  const ws = new WebSocket(addressOf(server, query), { headers: all, autoPong })
  const frames: Frame[] = []
  const closed = new Promise<number>((resolve) => ws.once('close', (code) => resolve(code)))
  ws.on('message', (bytes) => frames.push(JSON.parse(bytes.toString()) as Frame))
  await new Promise<void>((resolve, reject) => {
    ws.once('open', () => resolve())
    ws.once('unexpected-response', (_request, response) =>
      reject(new Error(`refused with ${response.statusCode}`)),
    )
    ws.once('error', reject)
  })
  onTestFinished(() => ws.terminate())
  const until = (fits: (frame: Frame) => boolean) =>
    vi.waitFor(
      () => {
        const found = frames.find(fits)
        if (!found) throw new Error(`not among ${JSON.stringify(frames).slice(0, 500)}`)
        return found
      },
      { timeout: 5000, interval: 5 },
    )
  const send = (frame: object | string) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  return {
    ws,
    frames,
    events: () => frames.filter((frame): frame is EventFrame => 'event' in frame),
    closed,
    send,
    until,
    async ask(frame) {
      const before = frames.filter((each) => 'seq_reply' in each).length
      send(frame)
      await vi.waitFor(
        () => {
          if (frames.filter((each) => 'seq_reply' in each).length === before) throw new Error('no answer')
        },
        { timeout: 5000, interval: 5 },
      )
      return frames.filter((each): each is ReplyFrame => 'seq_reply' in each)[before] as ReplyFrame
    },
  }
}

/** Its `hello`, which contains the connection id. */
export const helloOf = async (socket: PlainSocket): Promise<EventFrame<'hello'>> =>
  (await socket.until((frame) => 'event' in frame && frame.event === 'hello')) as EventFrame<'hello'>

/** First bytes of frames. */
const TEXT = 0x81
export const PONG = 0x8a

export type RawSocket = {
  socket: Socket
  /** Everything received so far, as raw text. */
  received(): string
  sendText(text: string, kind?: number): void
}

/** A socket without a library: it answers no pings and no close, and reads only when the test wants. */
export const openRaw = async (server: TestServer, token: string): Promise<RawSocket> => {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  socket.on('error', () => undefined)
  socket.write(
    `GET /api/v4/websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  const received = () => Buffer.concat(pieces).toString('latin1')
  await vi.waitFor(() => {
    if (!received().includes('"hello"')) throw new Error('no hello')
  })
  return {
    socket,
    received,
    sendText(text, kind = TEXT) {
      const body = Buffer.from(text)
      const mask = randomBytes(4)
      const header = Buffer.from([kind, 0x80 | body.length])
      if (body.length > 125) throw new Error('short frames only')
      socket.write(Buffer.concat([header, mask, body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]))
    },
  }
}
