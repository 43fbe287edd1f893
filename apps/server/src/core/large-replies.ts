/**
 * Large replies. They are written in slices as their reader takes them, so that neither the event loop nor memory is held by one: all
 * that are unfinished share one budget of memory, and a reader who takes nothing is left.
 */
import { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import { gzippedStream, STREAM_BYTES } from './compression.ts'
import { piecesOf, type Skeleton } from './deferred.ts'
import { Fault } from './faults.ts'

/** Smaller replies are sent in one piece: what the kernel takes from a process at once. */
export const LARGE = 64 * 1024
/** A reader who takes not a single byte for so long has gone away without saying so. */
const STALLED_MS = 60_000
/** Characters of a slice, and how many are written before others get their turn. */
const SLICE = 32 * 1024
const SLICES_A_TURN = 8

/** Memory is the process's, and so is its budget. In bytes. */
const BUDGET = 128 * 1024 * 1024
let reserved = 0

const reserve = (reply: FastifyReply, bytes: number) => {
  // Nobody reads it any more, and nothing would give back what it reserved.
  if (reply.raw.destroyed) return
  if (reserved + bytes > BUDGET && reserved > 0) throw new Fault('replies.too_many')
  reserved += bytes
  reply.raw.once('close', () => {
    reserved -= bytes
  })
}

/** Ends the connection of a reader who takes nothing; while bytes leave, Node begins to count anew. */
export const endWhenStalled = (reply: FastifyReply, stalledMs = STALLED_MS): void => {
  reply.raw.setTimeout(stalledMs, () => reply.raw.destroy())
}

/** Where a slice that begins at `at` ends: not within a surrogate pair, whose halves have no bytes. */
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

/** Sends bytes that are there already, compressed if `isGzipped`; these may be shared with other replies. */
export const sendLargeBytes = (reply: FastifyReply, bytes: Buffer, isGzipped: boolean): FastifyReply => {
  reserve(reply, bytes.length)
  if (isGzipped) reply.header('content-encoding', 'gzip')
  endWhenStalled(reply)
  return reply.send(bytes)
}

/**
 * Sends JSON in slices, compressed on their way if `isGzipped`; status and headers have been set. Throws `replies.too_many` where the budget is
 * used up.
 */
export const sendLarge = (
  reply: FastifyReply,
  skeleton: Skeleton,
  isGzipped: boolean,
  stalledMs?: number,
): FastifyReply => {
  const held = skeleton.parts.reduce((sum, { bytes }) => sum + bytes.held, 0)
  const loaded = skeleton.parts.reduce((most, { bytes }) => Math.max(most, bytes.loaded), 0)
  // A character takes up to two bytes, and what is loaded is there as a value and as text.
  reserve(reply, 2 * skeleton.text.length + held + 4 * loaded + (isGzipped ? STREAM_BYTES : 0))
  // Only now: a refusal is not compressed.
  if (isGzipped) reply.header('content-encoding', 'gzip')
  endWhenStalled(reply, stalledMs)
  const slices = Readable.from(slicesOf(skeleton), { objectMode: false, highWaterMark: 2 * SLICE })
  return reply.send(isGzipped ? gzippedStream(slices) : slices)
}
