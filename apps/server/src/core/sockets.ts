/**
 * The WebSocket: handshake, authentication, actions, keep-alive. The library reads; connection.ts writes
 * events to the raw socket. Rules: protocol, boot, section W.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ActionName, actions, isId, type ReplyFrame } from '@plausch/wire'
import { type WebSocket, WebSocketServer } from 'ws'
import type { AnyAction } from './action.ts'
import { clientAddress, networkOf } from './client-address.ts'
import type { Connection } from './connection.ts'
import { type Actor, ownRequest, read } from './context.ts'
import { errorBody, Fault, localeOf } from './faults.ts'
import { encode, nobody, writePing } from './frames.ts'
import { newId } from './ids.ts'
import { isFromSameHost } from './origin.ts'
import { type Asker, ratesOf } from './rates.ts'
import { compiled } from './schemas.ts'
import type { Credentials, Server } from './server.ts'
import { openStrangers } from './strangers.ts'
import { openWheel, type Wheel } from './wheel.ts'

const PATH = '/api/v4/websocket'
const MAX_FRAME = 8192
const CHALLENGE_MS = 5000
/** How long a client may keep its half of a connection open after a refused handshake. */
const REFUSED_MS = 5000
/** Checked once in a round of pings, so a client is dropped after two or three unanswered ones. */
const SILENT_MS = 80_000
const SWEEP_MS = 5000
/** The most frames that a client may send in ten seconds; a person types, a broken script loops. */
const FRAMES_PER_10_S = 300

/**
 * Who is behind a socket, and a function that asks again: rights change, and sessions end, while it is open.
 */
type Proof = { actor: Actor; identify: () => Promise<Actor | null> }

type Wanted = { connectionId: string; sequence: number | null; acknowledges: boolean }

/** Is the page that opens the socket one of ours? Programs send no Origin. */
const isOurOrigin = (server: Server, request: IncomingMessage): boolean => {
  const origin = request.headers.origin
  if (!origin) return true
  const { SiteURL, AllowCorsFrom } = server.settings().ServiceSettings
  if (isFromSameHost(request.headers)) return true
  if (SiteURL !== '' && URL.canParse(SiteURL) && new URL(SiteURL).origin === origin) return true
  return AllowCorsFrom.split(' ').includes(origin)
}

const wantedOf = (url: URL): Wanted => {
  const raw = url.searchParams.get('sequence_number')
  return {
    connectionId: url.searchParams.get('connection_id') ?? '',
    sequence: raw !== null && /^\d{1,12}$/.test(raw) ? Number(raw) : null,
    acknowledges: url.searchParams.get('posted_ack') === 'true',
  }
}

/**
 * A closure keeps everything in its scope alive for as long as the socket is open. So these are outside of
 * `upgrade`: made inside, they would keep the request, a third of the memory of an idle connection.
 */
const asking =
  (server: Server, credentials: Credentials): (() => Promise<Actor | null>) =>
  () =>
    server.ports.authenticate(credentials)
function destroy(this: Duplex) {
  this.destroy()
}

/** Serves sockets on the HTTP server's upgrades. The result closes all of it. */
export const serveSockets = (server: Server, table: Map<string, AnyAction>) => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  const open = openWheel<Client>((client) => client.tick(performance.now()))
  const strangers = openStrangers()

  const upgrade = async (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on('error', destroy)
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    if (url?.pathname !== PATH && url?.pathname !== `${PATH}/`) return refuse(server, raw, 404)
    if (!isOurOrigin(server, request)) return refuse(server, raw, 403)
    const { cookie = '', authorization = '', 'user-agent': userAgent = '' } = request.headers
    const identify = asking(server, { cookie, authorization, userAgent })
    const actor = await identify().catch(() => 'unavailable' as const)
    if (actor === 'unavailable') return refuse(server, raw, 503)
    const network = networkOf(clientAddress(server, request))
    const sessionId = actor?.session?.id ?? ''
    if (!isAdmitted(server, { sessionId, network }) || (!actor && !strangers.admit(network)))
      return refuse(server, raw, 429)
    if (!actor && authorization !== '') return refuse(server, raw, 401)
    sockets.handleUpgrade(request, raw, head, (ws) => {
      const { 'accept-language': acceptLanguage } = request.headers
      const client = new Client(server, table, ws, raw, wantedOf(url), acceptLanguage, open)
      client.begin(actor && { actor, identify }, () => strangers.release(network))
    })
  }

  const timer = setInterval(() => server.hub.sweep(Date.now()), SWEEP_MS).unref()

  return {
    upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
      upgrade(request, raw, head).catch((error: unknown) => {
        server.log.error({ err: error }, 'a socket could not be opened')
        raw.destroy()
      })
    },
    close(): void {
      clearInterval(timer)
      for (const client of open.stop()) client.goAway()
      sockets.close()
    },
  }
}

const isAdmitted = (server: Server, asker: Asker): boolean => {
  try {
    ratesOf(server).take(asker)
    return true
  } catch {
    return false
  }
}

const refuse = (server: Server, raw: Duplex, status: number) => {
  raw.end(
    `HTTP/1.1 ${status} \r\nConnection: close\r\nContent-Length: 0\r\nX-Version-Id: ${server.versionId()}\r\n\r\n`,
  )
  // The client should close the other half, but not at any time it likes.
  raw.resume().once('end', destroy)
  setTimeout(() => raw.destroy(), REFUSED_MS).unref()
}

/** One socket, from handshake to close. */
class Client {
  readonly #server: Server
  readonly #table: Map<string, AnyAction>
  readonly #ws: WebSocket
  readonly #raw: Duplex
  readonly #wanted: Wanted
  readonly #acceptLanguage: string | undefined
  #proof: Proof | null = null
  #connection: Connection | undefined
  #challenge: NodeJS.Timeout | undefined
  #known: (() => void) | undefined
  #seenAt = performance.now()
  #frames = 0
  #framesSince = performance.now()
  /** Actions of one socket run one after the other, in the order in which they came. */
  #last: Promise<void> = Promise.resolve()

  constructor(
    server: Server,
    table: Map<string, AnyAction>,
    ws: WebSocket,
    raw: Duplex,
    wanted: Wanted,
    acceptLanguage: string | undefined,
    open: Wheel<Client>,
  ) {
    this.#server = server
    this.#table = table
    this.#ws = ws
    this.#raw = raw
    this.#wanted = wanted
    this.#acceptLanguage = acceptLanguage
    const leave = open.add(this)
    ws.on('message', (data, isBinary) => {
      this.#seenAt = performance.now()
      if (isBinary) ws.close(1003, 'text frames only')
      else if (this.#isFlooding()) ws.close(1008, 'too many frames')
      else
        this.#last = this.#last
          .then(() => this.#receive(data.toString()))
          .catch((error: unknown) => this.#broken(error))
    })
    ws.on('pong', (data) => {
      this.#seenAt = performance.now()
      // If this is an earlier socket, the client may have given it up, with everything that came on it.
      if (this.#connection?.isOn(raw)) this.#connection.confirm(Number.parseInt(data.toString(), 10))
    })
    ws.on('error', () => ws.terminate())
    ws.on('close', () => {
      clearTimeout(this.#challenge)
      this.#becomeKnown()
      leave()
      if (this.#connection) server.hub.detach(this.#connection, raw)
    })
  }

  /** `known` is called once when it is clear who is behind the socket, or that nobody is. */
  begin(proof: Proof | null, known: () => void): void {
    if (proof) {
      this.#last = this.#admit(proof).catch((error: unknown) => this.#broken(error))
      return
    }
    this.#known = known
    this.#challenge = setTimeout(() => this.#ws.close(4001, 'authentication took too long'), CHALLENGE_MS)
  }

  tick(now: number): void {
    if (now - this.#seenAt > SILENT_MS) this.#ws.terminate()
    // A pong repeats the ping's data (RFC 6455, section 5.5.3), and comes after everything that was written
    // before the ping.
    else if (this.#ws.readyState === this.#ws.OPEN)
      writePing(this.#raw, String(this.#connection?.written ?? ''))
  }

  goAway(): void {
    this.#ws.close(1001, 'the server stops')
    setTimeout(() => this.#ws.terminate(), 1000).unref()
  }

  #becomeKnown(): void {
    this.#known?.()
    this.#known = undefined
  }

  #isFlooding(): boolean {
    if (this.#seenAt - this.#framesSince > 10_000) {
      this.#framesSince = this.#seenAt
      this.#frames = 0
    }
    this.#frames += 1
    return this.#frames > FRAMES_PER_10_S
  }

  #broken(error: unknown): void {
    this.#server.log.error({ err: error }, 'a socket failed')
    this.#ws.close(1011, 'internal error')
  }

  /**
   * Resumes the connection that the client names, if nothing of it is lost; otherwise starts a new one and
   * sends `hello`.
   */
  async #admit(proof: Proof): Promise<void> {
    const { actor } = proof
    clearTimeout(this.#challenge)
    this.#becomeKnown()
    const { hub, ports } = this.#server
    const { connectionId, sequence, acknowledges } = this.#wanted
    if (connectionId !== '' && (!isId(connectionId) || sequence === null)) {
      this.#ws.close(4001, 'connection_id or sequence_number is malformed')
      return
    }
    if (await ports.lacksSecondFactor(actor)) {
      this.#ws.close(4001, 'a second factor must be set up first')
      return
    }
    const session = actor.session
    const earlier = connectionId === '' ? undefined : hub.find(connectionId, actor.userId)
    if (
      earlier &&
      earlier.owner.sessionId === session?.id &&
      sequence !== null &&
      earlier.canResume(sequence)
    ) {
      earlier.end()
      this.#attach(proof, earlier)
      earlier.resume(sequence)
      return
    }
    if (earlier) hub.drop(earlier)
    const owner = {
      userId: actor.userId,
      sessionId: session?.id ?? '',
      expiresAt: session?.expiresAt ?? Number.POSITIVE_INFINITY,
      isAdmin: actor.can('manage_system'),
      isGuest: actor.roles.split(' ').includes('system_guest'),
    }
    const load = async () => (await Promise.all(ports.audiences.map((find) => find(actor.userId)))).flat()
    const greet = (id: string) =>
      encode(
        'hello',
        { server_version: this.#server.versionId(), connection_id: id, server_hostname: '' },
        { ...nobody, user_id: actor.userId },
      )
    const connection = await hub.open(owner, acknowledges, load, greet)
    // Asked again now that the hub knows the connection: a session that ended a moment ago could not end it.
    const isStill =
      (await proof.identify())?.session?.id === session?.id &&
      hub.find(connection.id, actor.userId) !== undefined
    if (!isStill) this.#ws.close(4001, 'the session ended')
    if (!isStill || this.#ws.readyState !== this.#ws.OPEN) {
      hub.drop(connection)
      return
    }
    this.#attach(proof, connection)
    connection.write()
  }

  #attach(proof: Proof, connection: Connection): void {
    this.#proof = proof
    this.#connection = connection
    this.#server.hub.attach(connection, this.#raw, (reason) => {
      if (reason === 'slow') {
        this.#server.metrics.closedSlow.inc()
        this.#ws.terminate()
      } else this.#ws.close(4000, 'the connection ended')
    })
  }

  async #receive(text: string): Promise<void> {
    // A socket that is closing needs nothing more.
    if (this.#ws.readyState !== this.#ws.OPEN) return
    const frame = parse(text)
    const seq = typeof frame?.seq === 'number' && Number.isSafeInteger(frame.seq) ? frame.seq : 0
    const name = typeof frame?.action === 'string' ? frame.action : ''
    if (name === '') return this.#refuse(seq, new Fault('api.web_socket_router.no_action.app_error'))
    if (seq < 1) return this.#refuse(seq, new Fault('api.web_socket_router.bad_seq.app_error'))
    const data = isRecord(frame?.data) ? frame.data : {}
    if (name === 'authentication_challenge') return this.#answerChallenge(seq, data)
    const connection = this.#connection
    if (!connection || !this.#proof) {
      return this.#refuse(seq, new Fault('api.web_socket_router.not_authenticated.app_error'))
    }
    const proof = this.#proof
    // Without the database no session can end either, so the actor is still the same.
    const actor = await proof.identify().catch(() => proof.actor)
    if (!actor) {
      this.#ws.close(4001, 'the session ended')
      return
    }
    proof.actor = actor
    const action = this.#table.get(name)
    if (!action) return this.#refuse(seq, new Fault('api.web_socket_router.bad_action.app_error'))
    try {
      const answer = await this.#act(action, actor, connection, data)
      this.#answer({ status: 'OK', seq_reply: seq, ...(answer ? { data: answer } : {}) })
    } catch (error) {
      if (!(error instanceof Fault)) this.#server.log.error({ err: error, action: name }, 'an action failed')
      this.#refuse(seq, error instanceof Fault ? error : new Fault('internal', undefined, error))
    }
  }

  async #act(action: AnyAction, actor: Actor, connection: Connection, data: Record<string, unknown>) {
    if (!compiled(actions[action.name]).Check(data)) {
      throw new Fault('api.context.invalid_body_param.app_error', { name: action.name satisfies ActionName })
    }
    return await read(this.#server, { actor, request: { ...ownRequest, id: newId() } }, async (context) => {
      const granted = await action.guard(context, action.ask(data as never, context) as never)
      return await action.run(context, { data: data as never, granted, connection })
    })
  }

  async #answerChallenge(seq: number, data: Record<string, unknown>): Promise<void> {
    if (this.#proof) return this.#answer({ status: 'OK', seq_reply: seq })
    const token = typeof data.token === 'string' ? data.token : ''
    const identify = () => this.#server.ports.authenticateToken(token)
    const actor = token === '' ? null : await identify()
    if (!actor) {
      this.#ws.close(4001, 'the token is not valid')
      return
    }
    await this.#admit({ actor, identify })
    // After the `hello`, as in v4: some clients take the first frame for the `hello`, whatever it is.
    if (this.#connection) this.#answer({ status: 'OK', seq_reply: seq })
  }

  #refuse(seq: number, fault: Fault): void {
    const { DefaultServerLocale } = this.#server.settings().LocalizationSettings
    const locale = localeOf(this.#proof?.actor.locale ?? '', this.#acceptLanguage, DefaultServerLocale)
    this.#answer({ status: 'FAIL', seq_reply: seq, error: errorBody(fault, locale, newId()) })
  }

  #answer(frame: ReplyFrame): void {
    const text = JSON.stringify(frame)
    if (this.#connection?.isOn(this.#raw)) this.#connection.reply(text)
    else if (!this.#connection) this.#ws.send(text)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
