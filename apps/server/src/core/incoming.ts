/** Reads bodies as they arrive: files of any size. A client that is too slow, or disconnects, ends them. */
import type { IncomingMessage } from 'node:http'
import type { Incoming } from '@plausch/wire'
import type { FastifyRequest } from 'fastify'
import { Fault } from './faults.ts'
import { callForBody } from './unread.ts'

/**
 * `idleMs` is how long a client may send nothing at all. After `graceMs`, its average rate must be at least
 * `leastBytesPerMs`.
 */
export type Patience = { idleMs: number; graceMs: number; leastBytesPerMs: number }

const PATIENCE: Patience = { idleMs: 30_000, graceMs: 60_000, leastBytesPerMs: 1 }

const broken = (cause: unknown) =>
  new Fault('api.context.invalid_body_param.app_error', { name: 'body' }, cause)

/**
 * Counts only the time spent waiting for the client, not the time that the server takes to store the bytes.
 */
export async function* arriving(
  message: IncomingMessage,
  { idleMs, graceMs, leastBytesPerMs }: Patience = PATIENCE,
): AsyncGenerator<Uint8Array> {
  callForBody(message)
  // The message must outlive a refusal, because its socket carries the answer.
  const chunks = message.iterator({ destroyOnReturn: false })
  let received = 0
  let waited = 0
  for (;;) {
    const patience = Math.min(idleMs, graceMs + received / leastBytesPerMs - waited)
    const timer = setTimeout(() => message.destroy(new Error('the client is too slow')), patience)
    const asked = performance.now()
    const next = await chunks
      .next()
      .catch((error: unknown) => {
        throw broken(error)
      })
      .finally(() => clearTimeout(timer))
    waited += performance.now() - asked
    if (next.done) {
      if (!message.complete) throw broken('the request ended early')
      return
    }
    const bytes = next.value as Buffer
    received += bytes.length
    yield bytes
  }
}

export const incomingOf = ({ raw, headers }: FastifyRequest): Incoming => {
  const length = headers['content-length']
  return {
    type: headers['content-type'] ?? '',
    length: length === undefined ? undefined : Number(length),
    bytes: arriving(raw),
  }
}

/**
 * Limits the time for a body that is read as a whole; without a limit, a client could hold a connection for
 * ever.
 */
export const hurry = (message: IncomingMessage, withinMs: number): void => {
  const timer = setTimeout(() => message.destroy(), withinMs)
  const calm = () => clearTimeout(timer)
  message.once('end', calm).once('close', calm)
}

/** Passes on the bytes up to `most`; throws the fault if there are more. */
export async function* atMost(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
  tooMany: () => Error,
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const each of bytes) {
    size += each.length
    if (size > most) throw tooMany()
    yield each
  }
}

/**
 * Passes on the bytes until the signal comes; then throws the fault. Does not wait for the source to finish
 * its current read.
 */
export async function* unlessAborted(
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  fault: () => Error,
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]()
  const { promise: aborted, resolve } = Promise.withResolvers<'aborted'>()
  signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  if (signal.aborted) throw fault()
  for (;;) {
    const next = await Promise.race([source.next(), aborted])
    if (next === 'aborted') throw fault()
    if (next.done) return
    yield next.value
  }
}
