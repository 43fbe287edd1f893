/**
 * A complete client without a user interface: calls, socket and state, kept consistent from sign-in to
 * sign-out.
 */
import { sessions, type User } from '@plausch/wire'
import { type Api, type ApiOptions, createApi } from './api.ts'
import { createSession } from './session.ts'
import { Socket, type SocketStatus } from './socket.ts'
import { Value } from './source.ts'
import { createState, type State, type StateOptions } from './state/state.ts'

export type ClientOptions = Omit<ApiOptions, 'onSessionEnd'> &
  Omit<StateOptions, 'call'> & {
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

type Running = {
  state: State
  start(): void
  end(forgets?: 'copies' | 'everything'): Promise<void>
  nudge(): void
}

const sessionCalls = (api: Api, options: ClientOptions, { state, start, end, nudge }: Running) => ({
  /** `code` is that of the second factor, once the server has asked for it. */
  async signIn(loginId: string, password: string, code?: string): Promise<User> {
    const body = { login_id: loginId, password, ...(code === undefined ? {} : { token: code }) }
    const user = await api.call(sessions.login, { body })
    start()
    return user
  },
  /** Ends the session, and deletes what the device has stored of the account. */
  async signOut(): Promise<void> {
    await state.drafts.saveAll()
    await api.call(sessions.logout)
    options.onSignOut?.()
    state.drafts.forget()
    await end('everything')
  },
  /** The person has signed out in another tab, which has deleted what was stored. */
  async signedOutElsewhere(): Promise<void> {
    state.drafts.forget()
    await end('everything')
  },
  /** The server may be reachable again: retries waiting work at once. */
  nudge,
  /** Closes everything, but keeps the session. */
  stop: (): Promise<void> => end(),
})

/** Makes a client. It does nothing before `start` or `signIn`. */
export const createClient = (options: ClientOptions = {}) => {
  const connection = new Value<SocketStatus>('closed')
  const api = createApi({ ...options, onSessionEnd: () => void end('copies') })
  const state = createState({ ...options, call: api.call })
  const session = createSession(state, options.account ?? (() => ''))
  const { phase, problem } = session
  let hello: ReturnType<typeof setTimeout> | undefined

  const load = (): void => {
    clearTimeout(hello)
    void session.load()
  }

  const socket = connect(options, { state, isLoading: session.isLoading, token: api.token, connection, load })

  const end = (forgets?: 'copies' | 'everything'): Promise<void> => {
    clearTimeout(hello)
    socket.close()
    return session.end(forgets)
  }

  const start = (): void => {
    if (phase.get() === 'starting' || phase.get() === 'ready') return
    phase.set('starting')
    problem.set(undefined)
    // The event stream begins before the start bundle is requested, so no change falls between the two.
    hello = setTimeout(load, HELLO_MS)
    socket.open()
    socket.nudge()
    session.restore().catch((error: unknown) => options.onProblem?.(error))
  }

  const nudge = (): void => {
    socket.nudge()
    const resume = async (): Promise<void> => {
      await state.writings.adopt()
      state.writings.resume()
    }
    if (phase.get() === 'ready') resume().catch((error: unknown) => options.onProblem?.(error))
  }

  return {
    ...state,
    call: api.call,
    send: api.send,
    token: api.token,
    socket,
    phase,
    connection,
    problem,
    /** Starts with the session of the cookie or token. */
    start,
    ...sessionCalls(api, options, { state, start, end, nudge }),
  }
}

export type Client = ReturnType<typeof createClient>
