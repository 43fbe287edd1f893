/**
 * A complete client without a user interface: calls, socket and state, kept consistent from sign-in to
 * sign-out.
 */
import { sessions, type User } from '@plausch/wire'
import { ApiFault, type ApiOptions, createApi } from './api.ts'
import { Socket, type SocketStatus } from './socket.ts'
import { Value } from './source.ts'
import { createState, type State, type StateOptions } from './state/state.ts'

/** `lost`: the start failed, and a retry makes sense. */
export type Phase = 'signed-out' | 'starting' | 'ready' | 'lost'

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

/** From the start to the end of a session: what is shown first, and what the server says then. */
const createSession = (state: State, account: () => string) => {
  const phase = new Value<Phase>('signed-out')
  const problem = new Value<ApiFault | undefined>(undefined)
  let generation = 0
  let loading = 0
  let opened = ''

  const open = async (accountId: string): Promise<void> => {
    if (opened !== '' && opened !== accountId) state.writings.clear()
    opened = accountId
    await state.device.open(accountId)
  }

  const becomeReady = (): void => {
    if (phase.get() === 'ready') return
    phase.set('ready')
    state.presence.start()
    state.writings.resume()
  }

  /** Shows the local copy, unless the server is faster. */
  const restore = async (): Promise<void> => {
    const accountId = account()
    if (accountId === '') return
    const mine = generation
    const before = state.loads.get()
    let isLoaded = false
    await open(accountId)
    const isWanted = (): boolean =>
      mine === generation && phase.get() !== 'ready' && (isLoaded || state.loads.get() === before)
    const load: State['load'] = (home) => {
      isLoaded = true
      state.load(home)
    }
    if (!(await state.copies.restore(load, isWanted))) return
    await state.writings.adopt()
    if (isWanted()) becomeReady()
  }

  const load = async (): Promise<void> => {
    const mine = generation
    loading += 1
    try {
      await state.reload()
      if (mine !== generation) return
      await open(state.myId.get())
      if (phase.get() !== 'ready') await state.writings.adopt()
      if (mine !== generation) return
      state.copies.stamp()
      problem.set(undefined)
      becomeReady()
    } catch (error) {
      if (mine !== generation || (error instanceof ApiFault && error.status === 401)) return
      problem.set(error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error)))
      if (phase.get() !== 'ready') phase.set('lost')
    } finally {
      loading -= 1
    }
  }

  return {
    phase,
    problem,
    isLoading: () => loading > 0,
    load,
    restore,
    /** Forgets the session here; the device keeps what `forgets` leaves. */
    end(forgets?: 'copies' | 'everything'): Promise<void> {
      generation += 1
      opened = ''
      state.presence.stop()
      const closing = state.device.close(forgets)
      state.clear()
      phase.set('signed-out')
      return closing
    },
  }
}

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

  const opened = (): void => {
    state.writings.resume()
    // A new event stream is announced in the same moment. Otherwise events continue where they stopped.
    queueMicrotask(() => {
      if (!session.isLoading()) state.posts.resume()
    })
  }

  const socket = new Socket({
    url: options.socketUrl ?? `${(options.baseUrl ?? '').replace(/^http/, 'ws')}/api/v4/websocket`,
    webSocket: options.webSocket,
    token: options.usesCookies ? undefined : api.token,
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

  const resume = async (): Promise<void> => {
    await state.writings.adopt()
    if (phase.get() === 'ready') state.writings.resume()
  }

  return {
    ...state,
    call: api.call,
    token: api.token,
    socket,
    phase,
    connection,
    problem,
    /** Starts with the session of the cookie or token. */
    start,
    async signIn(loginId: string, password: string): Promise<User> {
      const user = await api.call(sessions.login, { body: { login_id: loginId, password } })
      start()
      return user
    },
    /** Ends the session, and deletes what the device has stored of the account. */
    async signOut(): Promise<void> {
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
    nudge(): void {
      socket.nudge()
      if (phase.get() === 'ready') resume().catch((error: unknown) => options.onProblem?.(error))
    },
    /** Closes everything, but keeps the session. */
    async stop(): Promise<void> {
      await end()
    },
  }
}

export type Client = ReturnType<typeof createClient>
