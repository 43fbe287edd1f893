/** Sends replies to clients: records as JSON, raw bytes, streams with ranges. */
import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Range } from './blobs/blobs.ts'
import { Gzippable, isCompressed } from './compression.ts'
import { type Skeleton, skeletonOf } from './deferred.ts'
import { Fault } from './faults.ts'
import { endWhenStalled, LARGE, sendLarge, sendLargeBytes } from './large-replies.ts'
import { Raw, Streamed, Written } from './route.ts'
import { isKnown } from './tags.ts'

const JSON_TYPE = 'application/json'

/** Compression makes these smaller; pictures are compressed already. */
const isText = (type: string) => type.endsWith('json') || type.startsWith('text/')

/**
 * The one range of a `Range` header; undefined for all bytes, also if the header cannot be parsed or names
 * several ranges; null if the range is outside of the bytes.
 */
export const rangeOf = (asked: string | undefined, size: number): Range | undefined | null => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked ?? '') ?? []
  if (from === '' && to === '') return undefined
  if (from === '') {
    const first = Math.max(size - Number(to), 0)
    return first < size ? { first, last: size - 1 } : null
  }
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
  if (to !== '' && Number(to) < first) return undefined
  return first < size ? { first, last } : null
}

/**
 * Passes on exactly as many bytes as the reply has promised, or ends the connection. If a file was cut short,
 * its reader would wait; the rest of a longer file would be read as the next reply.
 */
async function* asPromised(stream: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length
  for await (const bytes of stream) {
    left -= bytes.length
    if (left < 0) break
    yield bytes
  }
  if (left === 0) return
  const cause = new Error(`the file storage has ${left > 0 ? 'fewer' : 'more'} bytes than are noted`)
  throw new Fault('storage.missing', undefined, cause)
}

const sendStreamed = async (request: FastifyRequest, reply: FastifyReply, body: Streamed) => {
  const { range: asked, 'if-range': ifRange, 'if-none-match': known } = request.headers
  reply.header('accept-ranges', 'bytes').header('etag', body.etag)
  if (isKnown(known, body.etag)) return reply.code(304).send()
  // Parts may be joined only if the bytes are the same: a weak tag does not match here, and there are no
  // dates.
  const range = ifRange === undefined || ifRange === body.etag ? rangeOf(asked, body.size) : undefined
  if (range === null) return reply.code(416).header('content-range', `bytes */${body.size}`).send()
  const length = range ? range.last - range.first + 1 : body.size
  reply.code(range ? 206 : 200).header('content-type', body.type)
  if (range) reply.header('content-range', `bytes ${range.first}-${range.last}/${body.size}`)
  reply.header('content-length', String(length))
  if (request.method === 'HEAD') return reply.send('')
  const stream = await body.open(range)
  if (!stream) throw new Fault('storage.missing')
  endWhenStalled(reply)
  return reply.send(Readable.from(asPromised(stream, length), { objectMode: false }))
}

/** Contains the version of the server, because another version may serialise the same record differently. */
const nameOf = (reply: FastifyReply, hashed: string): string =>
  hash('sha1', `${String(reply.getHeader('x-version-id'))} ${hashed}`, 'base64url')

/**
 * Puts a strong validator on a reply of at least so many bytes. A compressed reply has other bytes and
 * another validator. If the client has the reply already, in either form, the reply names the validator that
 * the client sent, and this returns true.
 */
export const isKnownAs = (reply: FastifyReply, name: string, bytes: number): boolean => {
  const tags = [`"${name}"`, `"${name}-gzip"`]
  if (isCompressed(reply, bytes)) tags.reverse()
  const known = tags.find((tag) => isKnown(reply.request.headers['if-none-match'], tag))
  reply.header('etag', known ?? tags[0])
  return known !== undefined
}

const sendBytes = (reply: FastifyReply, bytes: Buffer, isGzipped: boolean) => {
  if (bytes.length > LARGE) return sendLargeBytes(reply, bytes, isGzipped)
  return (isGzipped ? reply.header('content-encoding', 'gzip') : reply).send(bytes)
}

/** Sends bytes, compressed or not. */
export const sendGzippable = async (reply: FastifyReply, body: Gzippable): Promise<FastifyReply> => {
  if (!isCompressed(reply, body.bytes.length)) return sendBytes(reply, body.bytes, false)
  return sendBytes(reply, await body.gzipped(), true)
}

/** The minimum size of the JSON in bytes. Parts that are loaded late are large. */
const leastOf = ({ text, parts }: Skeleton) => (parts.length > 0 ? LARGE : text.length)

// Sends bytes under a plain header: the framework adds a charset to text, and official clients compare the
// whole content type.
const sendSkeleton = (reply: FastifyReply, skeleton: Skeleton) => {
  if (skeleton.parts.length === 0 && skeleton.text.length <= LARGE) {
    const bytes = Buffer.from(skeleton.text)
    // No later than necessary: events leave right after a small reply.
    return isCompressed(reply, skeleton.text.length)
      ? sendGzippable(reply, new Gzippable(bytes))
      : reply.send(bytes)
  }
  return sendLarge(reply, skeleton, isCompressed(reply, leastOf(skeleton)))
}

const sendJson = (reply: FastifyReply, body: unknown) =>
  body instanceof Written ? sendGzippable(reply, body) : sendSkeleton(reply, skeletonOf(body))

/** Sends a record with its `ETag`, or 304 if the client has it already. */
export const sendTagged = (reply: FastifyReply, body: unknown) => {
  const skeleton = body instanceof Written ? undefined : skeletonOf(body)
  const hashed = body instanceof Written ? body.hash : hash('sha1', skeleton?.text ?? '')
  const least = body instanceof Written ? body.bytes.length : skeleton ? leastOf(skeleton) : 0
  if (isKnownAs(reply, nameOf(reply, hashed), least)) return reply.code(304).send()
  reply.code(200).header('content-type', JSON_TYPE)
  return skeleton ? sendSkeleton(reply, skeleton) : sendJson(reply, body)
}

/** Sends a record, or the reply that the operation made itself. */
export const send = (request: FastifyRequest, reply: FastifyReply, status: number, body: unknown) => {
  if (body instanceof Streamed) return sendStreamed(request, reply, body)
  if (!(body instanceof Raw)) return sendJson(reply.code(status).header('content-type', JSON_TYPE), body)
  if (body.type !== '') reply.header('content-type', body.type)
  reply.code(body.status)
  const bytes = Buffer.from(body.body)
  return isText(body.type) ? sendGzippable(reply, new Gzippable(bytes)) : reply.send(bytes)
}
