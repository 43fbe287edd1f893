/**
 * Requests that are answered before their body has arrived completely; mostly refusals. The rest of the body
 * must not be read as the next request, and must not cost the client the answer: closing a socket with unread
 * bytes resets the connection, and the client loses what it has not read yet. So the server reads and drops a
 * small rest and keeps the connection. If the rest is large, the answer says `Connection: close`; the server
 * closes its sending side, and reads from the client for a while longer (RFC 9112, section 9.6).
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A rest of up to this many bytes is read to its end, so that the connection can be used again. */
const SMALL_REST = 256 * 1024
/** The time for reading such a rest, in milliseconds. */
const REST_MS = 10_000
/** Bounds for reading from a client whose connection ends: time, bytes, and silence. */
const LINGER_MS = 30_000
const LINGER_BYTES = 64 * 1024 * 1024
const LINGER_IDLE_MS = 5000

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const isSmall = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length']) <= SMALL_REST

/**
 * Lets the rest of a body flow, and drops it. An earlier reader has stopped, but its listener would block the
 * flow.
 */
const flow = (message: IncomingMessage): void => {
  message.on('error', () => undefined)
  message.removeAllListeners('readable').removeAllListeners('data')
  message.resume()
}

/** How often to check how much a client on a closing connection has sent, in milliseconds. */
const LOOK_MS = 200

/** Per process: connections of this process whose last answer has been written. */
const leaving = new WeakSet<Socket>()

/** Did this request arrive after the last one of its connection? It is ignored. */
export const isTooLate = ({ socket }: IncomingMessage): boolean => leaving.has(socket)

/**
 * Sends the last bytes and closes the sending side. Keeps reading until the client closes, or has had enough
 * time.
 */
const leave = (socket: Socket, last?: string): void => {
  leaving.add(socket)
  const end = () => void socket.destroy()
  const before = socket.bytesRead
  const timer = setTimeout(end, LINGER_MS).unref()
  // The parser silently swallows what it reads.
  const looking = setInterval(() => {
    if (socket.bytesRead - before > LINGER_BYTES) end()
  }, LOOK_MS).unref()
  socket.once('close', () => {
    clearTimeout(timer)
    clearInterval(looking)
  })
  socket.once('end', end)
  socket.setTimeout(LINGER_IDLE_MS, end)
  socket.end(last ?? '')
}

/** The answer has been written: closes the sending side, and drops everything that still arrives. */
const linger = (message: IncomingMessage): void => {
  const { socket } = message
  leave(socket)
  flow(message)
}

/** Answers bytes that are no HTTP, once. Later bytes on the connection are ignored. */
export const answerBroken = (socket: Socket, answer: () => string): void => {
  if (leaving.has(socket) || socket.destroyed || !socket.writable) return
  const under = (socket as { _httpMessage?: ServerResponse | null })._httpMessage
  // If an answer has begun, another one cannot follow it.
  if (under?.headersSent) socket.destroy()
  else leave(socket, answer())
}

/** Makes the connection linger where Node would close it at once. */
const lingerAtEnd = (message: IncomingMessage): void => {
  message.socket.destroySoon = () => linger(message)
}

/** Reads and drops the rest of a body; closes the connection if the rest does not come in time. */
const drop = (message: IncomingMessage): void => {
  const { socket } = message
  const timer = setTimeout(() => socket.destroy(), REST_MS).unref()
  const calm = () => clearTimeout(timer)
  message.once('end', calm).once('close', calm)
  flow(message)
}

/** Per process: requests of this process that wait to be asked for their body (`Expect: 100-continue`). */
const waiting = new WeakMap<IncomingMessage, () => void>()

/** The client waits until `callForBody` says that its body is wanted. */
export const awaitsCall = (message: IncomingMessage, call: () => void): void => {
  waiting.set(message, call)
}

/** The body is about to be read: tells a client that waits with it to send it. */
export const callForBody = (message: IncomingMessage): void => {
  waiting.get(message)?.()
  waiting.delete(message)
}

/** Before an answer is written, decides what happens to the rest of the request, and to the connection. */
export const settleUnread = ({ raw: message }: FastifyRequest, reply: FastifyReply): void => {
  if (message.readableEnded || !hasBody(message)) return
  if (message.complete) {
    // All of it is here, and nobody reads it: without this the connection would stay paused.
    drop(message)
    return
  }
  lingerAtEnd(message)
  // A client that was not asked for its body may send it or not; nobody knows.
  if (isSmall(message) && !waiting.has(message)) drop(message)
  else reply.header('connection', 'close')
}
