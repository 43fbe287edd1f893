/**
 * HTTP: request → limits → actor → checked input → guard → function → reply. Every route table passes through
 * here, and so does every rule that holds for all replies (protocol: boot, section 0).
 */
import { isStreamed, type Operation } from '@plausch/wire'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { cleanTarget } from './addresses.ts'
import { brokenAnswer } from './broken-requests.ts'
import { clientAddress, isTrustedProxy, networkOf, noticeProxy } from './client-address.ts'
import { mayCompress, readEncodings } from './compression.ts'
import { type Actor, anonymous, change, type RequestInfo, read, single } from './context.ts'
import { addCors } from './cors.ts'
import { piecesOf, skeletonOf } from './deferred.ts'
import { errorBody, Fault, localeOf } from './faults.ts'
import { addHeaders, isSafe } from './headers.ts'
import { newId, sameSecret } from './ids.ts'
import { hurry, incomingOf } from './incoming.ts'
import { readerOf } from './input.ts'
import { openLimits } from './limits.ts'
import { isLocal } from './origin.ts'
import { LARGE_INPUT, ownTurn } from './own-turn.ts'
import { ratesOf } from './rates.ts'
import { send, sendTagged } from './reply.ts'
import { type Mode, Raw, type Refusal, type Row, Streamed, Written } from './route.ts'
import type { Server } from './server.ts'
import { checkStrictly } from './strict.ts'
import { answerBroken, awaitsCall, callForBody, isTooLate, settleUnread } from './unread.ts'

const MAX_BODY = 300_000
const MAX_URL = 2048
/** The time for a body that is read as a whole. */
const BODY_MS = 60_000

export type HttpOptions = {
  rows: readonly Row[]
  refusals: readonly Refusal[]
  /**
   * Operations, as `METHOD /path`, that are answered as unknown unless a row serves them; otherwise the last
   * word of their path would be read as an id.
   */
  absent: readonly string[]
  /** Compare every reply with the contract and fail loudly: for tests and development. */
  checksReplies: boolean
}

const cookieIn = (header: string, name: string): string => {
  const pairs = header.split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** The language of a reply: the account's, otherwise the client's, otherwise the server's. */
const languageOf = (server: Server, { headers }: FastifyRequest, account = '') =>
  localeOf(account, headers['accept-language'], server.settings().LocalizationSettings.DefaultServerLocale)

const requestInfo = (server: Server, request: FastifyRequest, ip: string): RequestInfo => ({
  id: request.id,
  ip,
  userAgent: request.headers['user-agent'] ?? '',
  locale: languageOf(server, request),
  isSecure: request.protocol === 'https',
  isBrowser: request.headers['x-requested-with'] === 'XMLHttpRequest',
  wantsPage: (request.headers.accept ?? '').includes('text/html'),
  isLocal: isLocal(ip, request.headers),
  connectionId: String(request.headers['connection-id'] ?? ''),
  ifNoneMatch: request.headers['if-none-match'] ?? '',
  origin: `${request.protocol}://${request.host}`,
  cookie: (name) => cookieIn(request.headers.cookie ?? '', name),
})

/** A page of another site can make a browser send our cookie, but not this header. */
const refuseForged = (server: Server, request: FastifyRequest, actor: Actor, operation: Operation) => {
  if (!actor.session?.fromCookie || isSafe(request.method) || operation.csrfFree) return
  const given = request.headers['x-csrf-token']
  const { csrf } = actor.session
  if (csrf !== '' && typeof given === 'string' && sameSecret(given, csrf)) return
  const isStrict = server.settings().ServiceSettings.ExperimentalStrictCSRFEnforcement
  if (!isStrict && request.headers['x-requested-with'] === 'XMLHttpRequest') return
  throw new Fault('api.context.csrf.app_error')
}

/** If everybody must have a second factor, people without one can do nothing except set it up. */
const refuseWithoutFactor = async (server: Server, row: Row, actor: Actor, userId: string | undefined) => {
  const { withoutMfa } = row.operation
  if (row.route.isOpen || withoutMfa === 'always') return
  if (withoutMfa === 'oneself' && userId === actor.userId) return
  if (await server.ports.lacksSecondFactor(actor)) throw new Fault('api.context.mfa_required.app_error')
}

const modeOf = ({ operation, route }: Row): Mode =>
  route.mode ?? (isSafe(operation.method) ? 'reading' : 'transaction')

const BROKEN = ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']

/** Did this fail because the client has disconnected? Then there is nobody to answer. */
const hasHungUp = ({ raw }: FastifyRequest, error: unknown): boolean =>
  raw.socket.destroyed && error instanceof Error && 'code' in error && BROKEN.includes(String(error.code))

/**
 * Sends a refusal in the caller's language. An error that is no Fault is logged with its cause and shown as
 * `internal`.
 */
const sendFault = (
  server: Server,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  locale: string,
) => {
  if (hasHungUp(request, error)) {
    server.log.debug({ request: request.id }, 'the client went away')
    return reply.hijack()
  }
  const fault = error instanceof Fault ? error : new Fault('internal', undefined, error)
  // A refusal on purpose is no failure: one line of log shows what clients miss.
  if (fault.status === 501 || fault.code === 'stopping')
    server.log.info({ request: request.id, route: request.routeOptions.url }, `answered ${fault.code}`)
  else if (fault.status >= 500)
    server.log.error({ err: fault.cause ?? fault, request: request.id }, `answered ${fault.code}`)
  if (fault.status === 503 || fault.status === 429) {
    const seconds = fault.code === 'limits.too_many_requests' ? String(fault.params.seconds) : '2'
    reply.header('retry-after', seconds)
  }
  return send(request, reply, fault.status, errorBody(fault, languageOf(server, request, locale), request.id))
}

/** A reply as clients parse it, for the comparison with the contract. */
const asRead = async (result: unknown): Promise<unknown> => {
  if (result instanceof Written) return JSON.parse(String(result.bytes))
  let json = ''
  for await (const piece of piecesOf(skeletonOf(result))) json += piece
  return JSON.parse(json)
}

/**
 * Takes a request from the caller's bucket. The credential has been verified by then, so a made-up one counts
 * as none.
 */
const takeFrom = (
  server: Server,
  request: FastifyRequest,
  found: Actor | null,
  operation?: Operation,
): void => {
  const sessionId = found?.session?.id ?? ''
  const network = sessionId === '' || operation?.signsIn ? networkOf(clientAddress(server, request.raw)) : ''
  ratesOf(server).take({ sessionId, network })
  if (operation?.signsIn) ratesOf(server).takeSignIn(network)
}

/** Sends a refusal for which the caller need not be known. */
const sendToAnybody = (server: Server, request: FastifyRequest, reply: FastifyReply, fault: Fault) => {
  try {
    takeFrom(server, request, null)
  } catch (error) {
    return sendFault(server, request, reply, error, '')
  }
  return sendFault(server, request, reply, fault, '')
}

const register = (app: FastifyInstance, server: Server, row: Row, checksReplies: boolean) => {
  const { operation, route } = row
  const readInput = readerOf(operation)
  const mode = modeOf(row)
  const run = mode === 'transaction' ? change : mode === 'single' ? single : read
  const success = operation.status ?? 200
  app.route({
    method: operation.method,
    exposeHeadRoute: false,
    url: nameless(operation.path),
    bodyLimit: operation.maxBody ?? MAX_BODY,
    config: { isStreamed: isStreamed(operation), mayCompress: mayCompress(operation, mode === 'reading') },
    async handler(request, reply) {
      const began = process.hrtime.bigint()
      let actor: Actor = anonymous
      try {
        const { cookie = '', authorization = '', 'user-agent': userAgent = '' } = request.headers
        const found = await server.ports.authenticate({ cookie, authorization, userAgent })
        takeFrom(server, request, found, operation)
        if (!found && !route.isOpen) throw new Fault('api.context.session_expired.app_error')
        actor = found ?? anonymous
        refuseForged(server, request, actor, operation)
        if (server.isFull() && mode !== 'reading') throw new Fault('storage.full')
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        if (body.length > LARGE_INPUT) await ownTurn()
        const input = readInput(
          request.params as Record<string, string>,
          request.query as Record<string, string | string[] | undefined>,
          body,
          actor.userId,
        )
        if (isStreamed(operation)) input.body = incomingOf(request)
        await refuseWithoutFactor(server, row, actor, input.params.user_id)
        const head = {
          header: (name: string, value: string) => void reply.header(name, value),
          cookie: (value: string) => void reply.header('set-cookie', value),
        }
        const asking = {
          actor,
          request: requestInfo(server, request, clientAddress(server, request.raw)),
          head,
        }
        const result = await run(server, asking, async (context) => {
          const granted = await route.guard(context, input as never)
          return await route.run(context, input as never, granted)
        })
        if (checksReplies && operation.reply && !(result instanceof Raw || result instanceof Streamed)) {
          checkStrictly(`the reply of ${operation.id}`, operation.reply, await asRead(result))
        }
        return operation.hasTag
          ? await sendTagged(reply, result)
          : await send(request, reply, success, result)
      } catch (error) {
        return await sendFault(server, request, reply, error, actor.locale)
      } finally {
        const seconds = Number(process.hrtime.bigint() - began) / 1e9
        server.metrics.requests.observe(
          { operation: operation.id, status: String(reply.statusCode) },
          seconds,
        )
      }
    },
  })
}

const nameless = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1')

/**
 * Tells everybody that an operation is refused on purpose, and why: there is nothing behind it to protect.
 */
const refuse = (app: FastifyInstance, server: Server, { operation, reason }: Refusal) => {
  const [method = '', path = ''] = operation.split(' ')
  app.route({
    method: method as Operation['method'],
    exposeHeadRoute: false,
    url: nameless(path),
    handler: (request, reply) =>
      sendToAnybody(server, request, reply, new Fault('api.unsupported', { reason })),
  })
}

/** Bodies of these operations are not read before their function asks for them. */
const registerStreamed = (
  app: FastifyInstance,
  server: Server,
  rows: readonly Row[],
  checksReplies: boolean,
) =>
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const row of rows) register(scope, server, row, checksReplies)
  })

const frameworkFault = (error: { code?: string; statusCode?: number }, maxBody: number): unknown => {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.statusCode === 413) {
    return new Fault('api.context.request_body_too_large.app_error', { max: maxBody })
  }
  if (error.code === 'FST_ERR_ASYNC_CONSTRAINT' || error.statusCode === 404)
    return new Fault('api.context.404.app_error')
  if (error.code === 'FST_ERR_BAD_URL')
    return new Fault('api.context.invalid_url_param.app_error', { name: 'URL' })
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new Fault('api.context.invalid_body_param.app_error', { name: error.code ?? 'HTTP' })
  }
  return error
}

const unused = () => {
  throw new Error('schemas of routes are compiled by schemas.ts')
}
/** The framework's own compilers are 100 modules that we do not need. */
const noCompilers = { buildValidator: unused, buildSerializer: unused }

/** Bodies: when they are read, how long that may take, and what happens to those that nobody reads. */
const hookBodies = (app: FastifyInstance) => {
  // v4's clients send JSON with any content type, or none: the contract decides how a body is parsed, not the
  // header.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('preParsing', async (request) => {
    const { 'content-length': length, 'transfer-encoding': chunked } = request.headers
    const isWhole = !(request.routeOptions.config as { isStreamed?: boolean }).isStreamed
    if (!isWhole || (length === undefined && chunked === undefined)) return
    hurry(request.raw, BODY_MS)
    if (Number(length ?? 0) <= request.routeOptions.bodyLimit) callForBody(request.raw)
  })
  app.addHook('onSend', async (request, reply) => settleUnread(request, reply))
  // Node would ask for every body, even if the request is refused by its header.
  app.server.on('checkContinue', (request, response) => {
    awaitsCall(request, () => response.writeContinue())
    app.server.emit('request', request, response)
  })
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
}

/** Answers a preflight of a page of another site. */
const answerPreflight = async (server: Server, request: FastifyRequest, reply: FastifyReply) => {
  try {
    takeFrom(server, request, null)
    reply.code(204).send()
  } catch (error) {
    await sendFault(server, request, reply, error, '')
  }
  return reply
}

/** The hooks that every request passes first. */
const hookBeginnings = (app: FastifyInstance, server: Server) => {
  let isStopping = false
  app.addHook('preClose', async () => {
    isStopping = true
  })
  const limits = openLimits(server)
  app.addHook('onRequest', async (request, reply) => {
    if (isTooLate(request.raw)) return reply.hijack()
    addHeaders(server, request, reply)
    readEncodings(server, request)
    const refuseWith = async (fault: Fault) => {
      await sendFault(server, request, reply, fault, '')
      return reply
    }
    const isPreflight = addCors(server, request, reply)
    if (isStopping) return await refuseWith(new Fault('stopping'))
    noticeProxy(server, request.raw)
    if (!limits.admit(request, reply)) return reply
    if (request.url.length > MAX_URL)
      return await refuseWith(new Fault('api.context.uri_too_long.app_error', { max: MAX_URL }))
    if (isPreflight) return await answerPreflight(server, request, reply)
    const clean = cleanTarget(request.url)
    if (clean === undefined) return undefined
    // As in v4. Only safe methods are redirected: the body of another method would be lost.
    return isSafe(request.method)
      ? reply.redirect(clean, 301)
      : await refuseWith(new Fault('api.context.404.app_error'))
  })
}

/** Answers these operations as unknown, unless a row serves them. */
const leaveOut = (app: FastifyInstance, { rows, absent }: HttpOptions) => {
  for (const operation of absent) {
    const [method = '', url = ''] = operation.split(' ')
    if (rows.some(({ operation: each }) => each.method === method && each.path === url)) continue
    app.route({
      method: method as Operation['method'],
      url,
      exposeHeadRoute: false,
      handler: (_request, reply) => reply.callNotFound(),
    })
  }
}

/**
 * Builds the HTTP server with all operations. app.ts adds everything else (pages, metrics) before the server
 * listens.
 */
export const buildHttp = (server: Server, options: HttpOptions): FastifyInstance => {
  const app = fastify({
    genReqId: () => newId(),
    requestIdHeader: false,
    logger: false,
    schemaController: { compilersFactory: noCompilers },
    // For the external host and protocol; client-address.ts reads the client's address.
    trustProxy: (address: string) => isTrustedProxy(server, address),
    bodyLimit: MAX_BODY,
    // Files take time: each operation limits how long its body may take (BODY_MS, incoming.ts).
    requestTimeout: 0,
    keepAliveTimeout: 75_000,
    // The hook at the start of a request sends this refusal with v4's body.
    return503OnClosing: false,
    clientErrorHandler: ({ code }, socket) => answerBroken(socket, () => brokenAnswer(server, code)),
    forceCloseConnections: 'idle',
    routerOptions: {
      maxParamLength: 500,
      ignoreTrailingSlash: false,
    },
    // A path that cannot even be parsed never reaches the hooks.
    frameworkErrors: (error, request, reply) => {
      addHeaders(server, request, reply)
      void sendFault(server, request, reply, frameworkFault(error, MAX_BODY), '')
    },
  })
  hookBodies(app)
  hookBeginnings(app, server)
  const { rows, refusals, checksReplies } = options
  const [streamed, whole] = [true, false].map((is) => rows.filter((row) => isStreamed(row.operation) === is))
  for (const row of whole ?? []) register(app, server, row, checksReplies)
  registerStreamed(app, server, streamed ?? [], checksReplies)
  for (const refusal of refusals) refuse(app, server, refusal)
  leaveOut(app, options)
  app.setErrorHandler(async (error: { code?: string; statusCode?: number }, request, reply) => {
    const limit = request.routeOptions.bodyLimit ?? MAX_BODY
    await sendFault(server, request, reply, frameworkFault(error, limit), '')
  })
  app.setNotFoundHandler(async (request, reply) => {
    await sendToAnybody(server, request, reply, new Fault('api.context.404.app_error'))
  })
  return app
}
