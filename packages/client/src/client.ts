/**
 * A complete client without a user interface: calls, socket and state, kept consistent from sign-in to
 * sign-out.
 */
import { sessions } from '@plausch/wire'
import type { ApiOptions } from './api.ts'
import { createLoading } from './loading.ts'
import { createSession, type Session } from './session.ts'
import { Socket, type SocketStatus } from './socket.ts'
import { Value } from './source.ts'
import { createState, type State, type StateOptions } from './state/state.ts'

export type ClientOptions = Omit<ApiOptions, 'onSessionEnd' | 'onFactorNeeded'> &
  Omit<StateOptions, 'call' | 'config'> & {
    /** A session that exists already; its options for calls apply. Otherwise the client makes one. */
    session?: Session
    /** The URL of the socket; by default derived from `baseUrl`. */
    socketUrl?: string
    webSocket?: typeof WebSocket
    /** The id of the account that is probably signed in, '' for unknown: its local copy is shown first. */
    account?: () => string
    /** Called when the person signs out here: other tabs must hear of it. */
    onSignOut?: () => void
  }

/** If the socket does not open within this time, the start continues without it. */
const HELLO_MS = 1500

type Connecting = {
  state: State
  connection: Value<SocketStatus>
  token(): string
  isLoading(): boolean
  /** Loads the start bundle. */
  load(): void
}

/** The socket that feeds the state. */
const connect = (
  options: ClientOptions,
  { state, connection, token, isLoading, load }: Connecting,
): Socket => {
  const opened = (): void => {
    state.writings.resume()
    // A new event stream is announced in the same moment. Otherwise events continue where they stopped.
    queueMicrotask(() => {
      if (!isLoading()) state.posts.resume()
    })
  }
  return new Socket({
    url: options.socketUrl ?? `${(options.baseUrl ?? '').replace(/^http/, 'ws')}/api/v4/websocket`,
    webSocket: options.webSocket,
    token: options.usesCookies ? undefined : token,
    onEvent: state.apply,
    onStatus(status) {
      connection.set(status)
      if (status === 'open') opened()
      else state.posts.pause()
      // The session may be over, or the server only failed for a moment: a call finds out.
      if (status === 'refused') load()
    },
    onHello: load,
  })
}

const sessionCalls = (session: Session, state: State, onSignOut: () => void) => ({
  /** Starts with the session of the cookie or token. */
  start: session.start,
  signIn: session.signIn,
  /** Ends the session, and deletes what the device has stored of the account. */
  async signOut(): Promise<void> {
    state.drafts.gather(false)
    await state.drafts.saveAll()
    await session.call(sessions.logout)
    onSignOut()
    state.writings.forget()
    await session.end('everything')
  },
  /** The person has signed out in another tab, which has deleted what was stored. */
  async signedOutElsewhere(): Promise<void> {
    state.writings.forget()
    await session.end('everything')
  },
  /** Closes everything, but keeps the session. */
  stop: (): Promise<void> => session.end(),
})

/** Makes a client. It does nothing before `start` or `signIn`. */
export const createClient = (options: ClientOptions = {}) => {
  const connection = new Value<SocketStatus>('closed')
  const session = options.session ?? createSession({ ...options, open: async () => ({ begin }) })
  const { phase, problem, call, send, token } = session
  const state = createState({ ...options, call, config: session.settings.config })
  const loading = createLoading(state, session, options.account ?? (() => ''))
  const report = (error: unknown): void => options.onProblem?.(error)
  let hello: ReturnType<typeof setTimeout> | undefined

  const load = (): void => {
    clearTimeout(hello)
    void loading.load()
  }
  const socket = connect(options, { state, isLoading: loading.isLoading, token, connection, load })

  session.onEnd((forgets) => {
    clearTimeout(hello)
    socket.close()
    return loading.end(forgets)
  })

  const begin = (): void => {
    // The event stream begins before the start bundle is requested, so no change falls between the two.
    hello = setTimeout(load, HELLO_MS)
    socket.open()
    socket.nudge()
    loading.restore().catch(report)
  }

  const nudge = (): void => {
    socket.nudge()
    const resume = async (): Promise<void> => {
      await state.writings.adopt()
      state.writings.resume()
    }
    if (phase.get() === 'ready') resume().catch(report)
  }

  return {
    ...state,
    ...{ call, send, token, socket, phase, connection, problem },
    ...sessionCalls(session, state, () => options.onSignOut?.()),
    /** Opens the socket and loads everything; `start` and `signIn` of the session call this. */
    begin,
    /** The server may be reachable again: retries waiting work at once. */
    nudge,
  }
}

export type Client = ReturnType<typeof createClient>
