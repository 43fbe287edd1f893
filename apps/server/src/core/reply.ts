/** What goes back to a client: records as JSON, bytes as they are, streams in ranges. */
import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Range } from './blobs/blobs.ts'
import { Fault } from './faults.ts'
import { Raw, Streamed, Written } from './route.ts'

const JSON_TYPE = 'application/json'

/** A client that takes nothing for so long has gone away without saying so. */
const IDLE_MS = 120_000

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
  if (known === body.etag) return reply.code(304).send()
  const range = ifRange === undefined || ifRange === body.etag ? rangeOf(asked, body.size) : undefined
  if (range === null) return reply.code(416).header('content-range', `bytes */${body.size}`).send()
  const length = range ? range.last - range.first + 1 : body.size
  reply.code(range ? 206 : 200).header('content-type', body.type)
  if (range) reply.header('content-range', `bytes ${range.first}-${range.last}/${body.size}`)
  reply.header('content-length', String(length))
  if (request.method === 'HEAD') return reply.send('')
  const stream = await body.open(range)
  if (!stream) throw new Fault('storage.missing')
  reply.raw.setTimeout(IDLE_MS, () => reply.raw.destroy())
  return reply.send(stream)
}

/** A strong validator of what is sent; the version of the server is in it, since another may write the same record otherwise. */
const tagOf = (reply: FastifyReply, written: Written): string =>
  `"${hash('sha1', `${String(reply.getHeader('x-version-id'))} ${written.hash}`, 'base64url')}"`

/** Sends a record with its `ETag`, or only the news that there is none. */
export const sendTagged = (request: FastifyRequest, reply: FastifyReply, body: unknown) => {
  const written = body instanceof Written ? body : new Written(JSON.stringify(body))
  const tag = tagOf(reply, written)
  reply.header('etag', tag)
  if (request.headers['if-none-match'] === tag) return reply.code(304).send()
  return reply.code(200).header('content-type', JSON_TYPE).send(written.json)
}

/** Sends a record, or what the operation wrote itself. */
export const send = (request: FastifyRequest, reply: FastifyReply, status: number, body: unknown) => {
  if (body instanceof Streamed) return sendStreamed(request, reply, body)
  // Bytes under a plain header, because the framework adds a charset to text, and official clients compare the content type as a whole.
  const [code, type, content] =
    body instanceof Raw
      ? [body.status, body.type, body.body]
      : [status, JSON_TYPE, body instanceof Written ? body.json : JSON.stringify(body)]
  if (type !== '') reply.header('content-type', type)
  return reply.code(code).send(Buffer.from(content))
}
