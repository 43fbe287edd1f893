/**
 * Requests to other servers that people cause: integrations, previews of links. Such a URL is never trusted.
 * Its name is resolved once, here, and every address is checked. The connection goes to a checked address, so
 * a name that resolves differently a moment later gains nothing. Time, bytes, redirects and the number of
 * running requests are limited; no credential of ours is sent along. The architecture test makes sure that
 * there is no other way out.
 */
import { lookup as lookUp } from 'node:dns/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import { limitConcurrency } from './concurrency-limit.ts'
import { anonymous, type Context } from './context.ts'
import { Fault } from './faults.ts'
import { literalIn, mayReach, type Resolved, readAllowed } from './outgoing-addresses.ts'
import { perServer, type Server } from './server.ts'

export type OutgoingRequest = {
  /**
   * A POST carries data that only its receiver should read. It is not redirected; the caller gets a 3xx as it
   * is.
   */
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** The limit for everything together, including redirects. */
  timeoutMs: number
  /** Bytes of the body after these are not read. */
  maxBytes: number
  /** How many redirects are followed; 3 by default. */
  maxRedirects?: number
}

export type OutgoingReply = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  /** The body had more than `maxBytes`. */
  isCut: boolean
  /** The URL that answered, after redirects. */
  url: string
}

/**
 * `address`: not http or https, or no URL at all. `forbidden`: an internal address. `unreachable`: no such
 * name, no connection, no HTTP, or a compressed answer that was not asked for.
 */
export type OutgoingProblem = 'address' | 'forbidden' | 'unreachable' | 'timeout' | 'redirects'

export class OutgoingError extends Error {
  readonly problem: OutgoingProblem

  constructor(problem: OutgoingProblem, cause?: unknown) {
    super(`an outgoing request failed: ${problem}`, { cause })
    this.name = 'OutgoingError'
    this.problem = problem
  }
}

/** What the settings allow, and how names are resolved. */
export type OutgoingPolicy = {
  allowed: string
  isInsecure: boolean
  resolve(name: string): Promise<Resolved[]>
}

const resolveName = (name: string): Promise<Resolved[]> => lookUp(name, { all: true })

const readUrl = (text: string, base?: string): URL => {
  const url = URL.parse(text, base)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    throw new OutgoingError('address')
  // A user name before the host deceives readers, and a password would be sent in plain text.
  if (url.username !== '' || url.password !== '') throw new OutgoingError('address')
  return url
}

/** Checks every address of the host: a single internal one makes the name suspect. */
const judgedAddresses = async (policy: OutgoingPolicy, host: string): Promise<Resolved[]> => {
  const literal = literalIn(host)
  const addresses = literal
    ? [literal]
    : await policy.resolve(host).catch((error: unknown) => {
        throw new OutgoingError('unreachable', error)
      })
  const allowed = readAllowed(policy.allowed)
  if (!addresses.every(({ address }) => mayReach(allowed, host, address)))
    throw new OutgoingError('forbidden')
  if (addresses.length === 0) throw new OutgoingError('unreachable')
  return addresses
}

/** Returns the checked addresses for every lookup, so that the connection cannot resolve the name again. */
const fixedLookup =
  (addresses: Resolved[]): LookupFunction =>
  (_name, options, answer) => {
    const [first] = addresses as [Resolved]
    if (options.all) answer(null, addresses)
    else answer(null, first.address, first.family)
  }

const read = async (reply: IncomingMessage, maxBytes: number): Promise<{ body: Buffer; isCut: boolean }> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > maxBytes) break
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), isCut: size > maxBytes }
}

const askOnce = async (
  policy: OutgoingPolicy,
  url: URL,
  asked: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingReply> => {
  const addresses = await judgedAddresses(policy, url.hostname)
  signal.throwIfAborted()
  const { method = 'GET', headers = {}, body } = asked
  // Imported here: the module node:http loads a whole HTTP client, which a start should not wait for.
  const { request: make } = await (url.protocol === 'https:' ? import('node:https') : import('node:http'))
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = make(url, {
      method,
      headers: {
        'user-agent': 'Plausch',
        'accept-encoding': 'identity',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
      // Without an agent no connection is kept, so none is reused that was checked by other settings.
      agent: false,
      lookup: fixedLookup(addresses),
      rejectUnauthorized: !policy.isInsecure,
      signal,
    })
    request.on('error', reject).on('response', resolve).end(body)
  })
  try {
    const encoding = reply.headers['content-encoding'] ?? 'identity'
    // It was not asked for, and its decompressed size is unknown.
    if (encoding !== 'identity') throw new OutgoingError('unreachable', new Error(`encoding ${encoding}`))
    const { statusCode: status = 0 } = reply
    return { status, headers: reply.headers, ...(await read(reply, asked.maxBytes)), url: url.href }
  } finally {
    reply.destroy()
  }
}

const REDIRECTS = [301, 302, 303, 307, 308]

/** Rejects when the time is over, even while a name is being resolved, which cannot be aborted. */
const withinTime = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new OutgoingError('timeout')), { once: true })
    work.then(resolve, (error: unknown) => {
      if (signal.aborted) reject(new OutgoingError('timeout', error))
      else reject(error instanceof OutgoingError ? error : new OutgoingError('unreachable', error))
    })
  })

const askWithRedirects = async (
  policy: OutgoingPolicy,
  address: string,
  asked: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingReply> => {
  let url = readUrl(address)
  for (let left = asked.maxRedirects ?? 3; ; left -= 1) {
    const reply = await askOnce(policy, url, asked, signal)
    const { location } = reply.headers
    if (!REDIRECTS.includes(reply.status) || location === undefined || asked.method === 'POST') return reply
    if (asked.maxRedirects === 0) return reply
    if (left === 0) throw new OutgoingError('redirects')
    url = readUrl(location, url.href)
  }
}

/** With a given policy; `callOut` uses the policy of the settings. */
export const callOutBy = async (
  policy: OutgoingPolicy,
  address: string,
  asked: OutgoingRequest,
): Promise<OutgoingReply> => {
  const signal = AbortSignal.timeout(asked.timeoutMs)
  return await withinTime(signal, askWithRedirects(policy, address, asked, signal))
}

const askByTheSettings = (
  server: Server,
  address: string,
  asked: OutgoingRequest,
): Promise<OutgoingReply> => {
  const { AllowedUntrustedInternalConnections, EnableInsecureOutgoingConnections } =
    server.settings().ServiceSettings
  const policy = {
    allowed: AllowedUntrustedInternalConnections,
    isInsecure: EnableInsecureOutgoingConnections,
    resolve: resolveName,
  }
  return callOutBy(policy, address, asked)
}

/** Each request holds a connection, and its answer in memory, for as long as the other server likes. */
const MOST_PER_PERSON = 16
const MOST_IN_ALL = 200
const forPeople = limitConcurrency(MOST_PER_PERSON, () => new Fault('outgoing.busy'), MOST_IN_ALL)

/**
 * Sends a request to another server for the actor. Throws an OutgoingError, or the fault `outgoing.busy` if
 * the actor, or all together, have too many such requests running. `maxRedirects: 0` returns a redirect
 * instead of following it. Refuses compressed answers; does not check the status.
 */
export const callOut = (
  context: Pick<Context, 'server' | 'actor'>,
  address: string,
  asked: OutgoingRequest,
): Promise<OutgoingReply> => forPeople(context, () => askByTheSettings(context.server, address, asked))

const MOST_BESIDE = 16

/** Background work: requests beyond the limit wait in a queue. */
const besideOf = perServer(
  'requests to others that nobody waits for',
  'bounds what this server does at once',
  () => {
    const line: (() => void)[] = []
    let running = 0
    return async <T>(run: () => Promise<T>): Promise<T> => {
      if (running >= MOST_BESIDE) await new Promise<void>((resolve) => line.push(resolve))
      else running += 1
      try {
        return await run()
      } finally {
        const next = line.shift()
        // The slot goes to the next request.
        if (next) next()
        else running -= 1
      }
    }
  },
)

/**
 * The same for the server's own background work. It waits for a slot; the waiting does not count as part of
 * its time.
 */
export const callOutBeside = (
  server: Server,
  address: string,
  asked: OutgoingRequest,
): Promise<OutgoingReply> => besideOf(server)(() => askByTheSettings(server, address, asked))

/** Requests to services that administrators named: so many at once, for all people together. */
const MOST_TO_NAMED = 100
const toNamed = limitConcurrency(MOST_TO_NAMED, () => new Fault('outgoing.busy'))

/**
 * Sends a request to a service that an administrator set up, such as a provider to sign in by. Its own host
 * may be internal, because such services usually are; the addresses of other hosts that it names are not
 * trusted more than those of anybody. Certificates are always checked.
 */
export const callNamed = (
  server: Server,
  host: string,
  address: string,
  asked: OutgoingRequest,
): Promise<OutgoingReply> => {
  const { AllowedUntrustedInternalConnections } = server.settings().ServiceSettings
  const policy = {
    allowed: `${AllowedUntrustedInternalConnections} ${host}`,
    isInsecure: false,
    resolve: resolveName,
  }
  return toNamed({ server, actor: anonymous }, () => callOutBy(policy, address, asked))
}

/** The time-out for integrations, in milliseconds. */
export const integrationTimeoutMs = (server: Server): number =>
  server.settings().ServiceSettings.OutgoingIntegrationRequestsTimeout * 1000
