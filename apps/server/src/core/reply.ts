/** What goes back to a client: records as JSON, bytes as they are, streams in ranges. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Range } from './blobs/blobs.ts'
import { type Skeleton, skeletonOf } from './deferred.ts'
import { Fault } from './faults.ts'
import { endWhenStalled, LARGE, sendLarge, sendLargeBytes } from './large-replies.ts'
import { Raw, Streamed, Written } from './route.ts'
import { isKnown } from './tags.ts'

const JSON_TYPE = 'application/json'

/**
 * The one range that is asked for; undefined for all bytes, also where the question cannot be read or names several; null where there is
 * nothing there.
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

const sendStreamed = async (request: FastifyRequest, reply: FastifyReply, body: Streamed) => {
  const { range: asked, 'if-range': ifRange, 'if-none-match': known } = request.headers
  reply.header('accept-ranges', 'bytes').header('etag', body.etag)
  if (isKnown(known, body.etag)) return reply.code(304).send()
  // A part joins only what is the same byte by byte: a weak tag is none here, and there are no dates.
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
  return reply.send(stream)
}

/** A strong validator of what is sent; the version of the server is in it, since another may write the same record otherwise. */
const tagOf = (reply: FastifyReply, hashed: string): string =>
  `"${hash('sha1', `${String(reply.getHeader('x-version-id'))} ${hashed}`, 'base64url')}"`

const sendWritten = (reply: FastifyReply, { json }: Written) =>
  json.length <= LARGE ? reply.send(json) : sendLargeBytes(reply, json)

// Bytes under a plain header, because the framework adds a charset to text, and official clients compare the content type as a whole.
const sendSkeleton = (reply: FastifyReply, skeleton: Skeleton) =>
  skeleton.parts.length === 0 && skeleton.text.length <= LARGE
    ? reply.send(Buffer.from(skeleton.text))
    : sendLarge(reply, skeleton)

const sendJson = (reply: FastifyReply, body: unknown) =>
  body instanceof Written ? sendWritten(reply, body) : sendSkeleton(reply, skeletonOf(body))

/** Sends a record with its `ETag`, or only the news that there is none. */
export const sendTagged = (request: FastifyRequest, reply: FastifyReply, body: unknown) => {
  const skeleton = body instanceof Written ? undefined : skeletonOf(body)
  const tag = tagOf(reply, body instanceof Written ? body.hash : hash('sha1', skeleton?.text ?? ''))
  reply.header('etag', tag)
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send()
  reply.code(200).header('content-type', JSON_TYPE)
  return skeleton ? sendSkeleton(reply, skeleton) : sendJson(reply, body)
}

/** Sends a record, or what the operation wrote itself. */
export const send = (request: FastifyRequest, reply: FastifyReply, status: number, body: unknown) => {
  if (body instanceof Streamed) return sendStreamed(request, reply, body)
  if (!(body instanceof Raw)) return sendJson(reply.code(status).header('content-type', JSON_TYPE), body)
  if (body.type !== '') reply.header('content-type', body.type)
  return reply.code(body.status).send(Buffer.from(body.body))
}
