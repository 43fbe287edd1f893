/**
 * Large replies. They are written in slices as the client reads them, so that no reply blocks the event loop
 * or fills memory. All unfinished ones share one memory budget, and a client that reads nothing is
 * disconnected.
 */
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { gzippedStream, STREAM_BYTES } from './compression.ts'
import { piecesOf, type Skeleton } from './deferred.ts'
import { Fault } from './faults.ts'

/** Smaller replies are sent in one piece: the kernel takes so much from a process at once. */
export const LARGE = 64 * 1024
/** A client that reads not a single byte for so long is gone. */
const STALLED_MS = 60_000
/** Characters per slice, and slices per turn of the event loop. */
const SLICE = 32 * 1024
const SLICES_A_TURN = 8

/** In bytes, for the whole process. */
const BUDGET = 128 * 1024 * 1024
/** Per process: limits the memory of this process. */
let reserved = 0

const reserve = (reply: FastifyReply, bytes: number) => {
  // The reader is gone, so no event would release the reservation.
  if (reply.raw.destroyed) return
  if (reserved + bytes > BUDGET && reserved > 0) throw new Fault('replies.too_many')
  reserved += bytes
  reply.raw.once('close', () => {
    reserved -= bytes
  })
}

/** Disconnects a client that reads nothing. Node restarts the timer whenever bytes leave. */
export const endWhenStalled = (reply: FastifyReply, stalledMs = STALLED_MS): void => {
  reply.raw.setTimeout(stalledMs, () => reply.raw.destroy())
}

/** The end of the slice that starts at `at`. Never splits a surrogate pair: its halves cannot be encoded. */
const endOf = (text: string, at: number): number => {
  const end = at + SLICE
  const isWithinPair = (text.charCodeAt(end) & 0xfc00) === 0xdc00
  return isWithinPair ? end + 1 : end
}

async function* slicesOf(skeleton: Skeleton): AsyncGenerator<Buffer> {
  let slices = 0
  for await (const piece of piecesOf(skeleton)) {
    for (let at = 0, end = 0; at < piece.length; at = end) {
      end = endOf(piece, at)
      yield Buffer.from(piece.slice(at, end))
      slices += 1
      if (slices % SLICES_A_TURN === 0) await nextTurn()
    }
  }
}

/** Sends existing bytes, which other replies may share; with `isGzipped` they are compressed already. */
export const sendLargeBytes = (reply: FastifyReply, bytes: Buffer, isGzipped: boolean): FastifyReply => {
  reserve(reply, bytes.length)
  if (isGzipped) reply.header('content-encoding', 'gzip')
  endWhenStalled(reply)
  return reply.send(bytes)
}

/**
 * Sends JSON in slices, compressed on the way if `isGzipped`; the caller has set status and headers. Throws
 * `replies.too_many` if the budget is used up.
 */
export const sendLarge = (
  reply: FastifyReply,
  skeleton: Skeleton,
  isGzipped: boolean,
  stalledMs?: number,
): FastifyReply => {
  const held = skeleton.parts.reduce((sum, { bytes }) => sum + bytes.held, 0)
  const loaded = skeleton.parts.reduce((most, { bytes }) => Math.max(most, bytes.loaded), 0)
  // A character takes up to two bytes, and a loaded part is in memory as a value and as text.
  reserve(reply, 2 * skeleton.text.length + held + 4 * loaded + (isGzipped ? STREAM_BYTES : 0))
  // Only now, because a refusal is not compressed.
  if (isGzipped) reply.header('content-encoding', 'gzip')
  endWhenStalled(reply, stalledMs)
  const slices = Readable.from(slicesOf(skeleton), { objectMode: false, highWaterMark: 2 * SLICE })
  return reply.send(isGzipped ? gzippedStream(slices) : slices)
}
