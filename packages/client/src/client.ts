/**
 * A complete client without a user interface: calls, socket and state, kept consistent from sign-in to
 * sign-out.
 */
import { sessions } from '@plausch/wire'
import { ApiFault, type ApiOptions } from './api.ts'
import { createSession, type Session } from './session.ts'
import { Socket, type SocketStatus } from './socket.ts'
import { Value } from './source.ts'
import { createState, type StateOptions } from './state/state.ts'

export type ClientOptions = Omit<ApiOptions, 'onSessionEnd'> &
  Pick<StateOptions, 'storage' | 'now' | 'onProblem'> & {
    /** A session that exists already; its options for calls apply. Otherwise the client makes one. */
    session?: Session
    /** The URL of the socket; by default derived from `baseUrl`. */
    socketUrl?: string
    webSocket?: typeof WebSocket
  }

/** If the socket does not open within this time, the start continues without it. */
const HELLO_MS = 1500

/** Makes a client. It does nothing before `start` or `signIn`. */
export const createClient = (options: ClientOptions = {}) => {
  const connection = new Value<SocketStatus>('closed')
  const session = options.session ?? createSession({ ...options, open: async () => ({ begin }) })
  const { phase, problem, call } = session
  const state = createState({ ...options, call, config: session.settings.config })

  const socket = new Socket({
    url: options.socketUrl ?? `${(options.baseUrl ?? '').replace(/^http/, 'ws')}/api/v4/websocket`,
    webSocket: options.webSocket,
    token: options.usesCookies ? undefined : session.token,
    onEvent: state.apply,
    onStatus(status) {
      connection.set(status)
      if (status === 'open') state.posts.outbox.resume()
      // The session may be over, or the server only failed for a moment: a call finds out.
      if (status === 'refused') void load()
    },
    onHello: () => void load(),
  })

  let hello: ReturnType<typeof setTimeout> | undefined
  let generation = 0

  const load = async (): Promise<void> => {
    clearTimeout(hello)
    const mine = generation
    try {
      await state.reload()
      if (mine !== generation) return
      problem.set(undefined)
      const isFirst = phase.get() !== 'ready'
      phase.set('ready')
      if (isFirst) {
        state.posts.outbox.restore()
        state.presence.start()
        state.posts.outbox.resume()
      }
    } catch (error) {
      if (mine !== generation || (error instanceof ApiFault && error.status === 401)) return
      problem.set(error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error)))
      if (phase.get() !== 'ready') phase.set('lost')
    }
  }

  session.onEnd(() => {
    generation++
    clearTimeout(hello)
    socket.close()
    state.presence.stop()
    state.clear()
  })

  const begin = (): void => {
    // The event stream begins before the start bundle is requested, so no change falls between the two.
    hello = setTimeout(() => void load(), HELLO_MS)
    socket.open()
    socket.nudge()
  }

  return {
    ...state,
    call,
    token: session.token,
    socket,
    phase,
    connection,
    problem,
    /** Starts with the session of the cookie or token. */
    start: session.start,
    signIn: session.signIn,
    /** Opens the socket and loads everything; `start` and `signIn` of the session call this. */
    begin,
    async signOut(): Promise<void> {
      await state.drafts.saveAll()
      await call(sessions.logout)
      state.posts.outbox.forget()
      state.drafts.forget()
      session.end()
    },
    /** The server may be reachable again: retries waiting work at once. */
    nudge(): void {
      socket.nudge()
      if (phase.get() !== 'ready') return
      state.posts.outbox.resume()
      void state.drafts.saveAll()
    },
    /** Closes everything, but keeps the session. */
    stop: session.end,
  }
}

export type Client = ReturnType<typeof createClient>
