/**
 * Requests that are answered before their body has ended; mostly refusals. What the client still sends must
 * not be read as its next request, and must not cost it the answer: a socket that is closed with unread bytes
 * resets the connection, and the client loses what it has not read yet. So a small rest is read and dropped,
 * and the connection stays. Before a large rest the answer says `Connection: close`, the sending side is
 * closed, and the client is read for a while longer (RFC 9112, section 9.6).
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
 * Lets the rest of a body flow, and drops it. Whoever began to read it has stopped; a listener of theirs
 * would block the flow.
 */
const flow = (message: IncomingMessage): void => {
  message.on('error', () => undefined)
  message.removeAllListeners('readable').removeAllListeners('data')
  message.resume()
}

/** How often it is looked at how much a client that is left has sent, in milliseconds. */
const LOOK_MS = 200

/** Per process: connections of this process whose last answer is written. */
const leaving = new WeakSet<Socket>()

/** Did this request arrive after the last one of its connection? It is ignored. */
export const isTooLate = ({ socket }: IncomingMessage): boolean => leaving.has(socket)

/**
 * Sends the last bytes and closes the sending side. The client is heard until it closes, or has had time
 * enough for it.
 */
const leave = (socket: Socket, last?: string): void => {
  leaving.add(socket)
  const end = () => void socket.destroy()
  const before = socket.bytesRead
  const timer = setTimeout(end, LINGER_MS).unref()
  // The parser swallows what it reads, without a word to anybody.
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

/** The answer has been written: half of the connection is closed, and what comes on the other half is dropped. */
const linger = (message: IncomingMessage): void => {
  const { socket } = message
  leave(socket)
  flow(message)
}

/** Answers bytes that are no HTTP, once. What follows on the connection is ignored. */
export const answerBroken = (socket: Socket, answer: () => string): void => {
  if (leaving.has(socket) || socket.destroyed || !socket.writable) return
  const under = (socket as { _httpMessage?: ServerResponse | null })._httpMessage
  // An answer that has begun cannot be followed by another one.
  if (under?.headersSent) socket.destroy()
  else leave(socket, answer())
}

/** Has the connection linger where Node would close it at once. */
const lingerAtEnd = (message: IncomingMessage): void => {
  message.socket.destroySoon = () => linger(message)
}

/** Reads and drops the rest of a body; a client that does not bring it in time loses its connection. */
const drop = (message: IncomingMessage): void => {
  const { socket } = message
  const timer = setTimeout(() => socket.destroy(), REST_MS).unref()
  const calm = () => clearTimeout(timer)
  message.once('end', calm).once('close', calm)
  flow(message)
}

/** Per process: requests of this process that wait until their body is asked for (`Expect: 100-continue`). */
const waiting = new WeakMap<IncomingMessage, () => void>()

/** A client waits until `callForBody` says that its body is wanted. */
export const awaitsCall = (message: IncomingMessage, call: () => void): void => {
  waiting.set(message, call)
}

/** The body is about to be read: a client that waits with it may send it. */
export const callForBody = (message: IncomingMessage): void => {
  waiting.get(message)?.()
  waiting.delete(message)
}

/** Before an answer is written: what becomes of the rest of the request, and of the connection. */
export const settleUnread = ({ raw: message }: FastifyRequest, reply: FastifyReply): void => {
  if (message.readableEnded || !hasBody(message)) return
  if (message.complete) {
    // All of it is here, and nobody reads it: else the connection would stay paused.
    drop(message)
    return
  }
  lingerAtEnd(message)
  // Nobody knows whether a client that was not called sends its body all the same.
  if (isSmall(message) && !waiting.has(message)) drop(message)
  else reply.header('connection', 'close')
}
