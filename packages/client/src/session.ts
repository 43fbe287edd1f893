/**
 * What a page needs before somebody has signed in: calls, the server's public settings, and whether there is a
 * session. The client, which is much larger, takes it over (`createClient({ session, … })`), and may be loaded
 * when it is first needed.
 */
import { settings as operations, sessions, type User } from '@plausch/wire'
import { ApiFault, type ApiOptions, createApi } from './api.ts'
import { Value } from './source.ts'

/**
 * `lost`: the start failed, and a retry makes sense. `factor-needed`: the server refuses everything until the
 * person has set up a second factor; `start` goes on afterwards.
 */
export type Phase = 'signed-out' | 'starting' | 'ready' | 'lost' | 'factor-needed'

/** What the device forgets of a session that ends: nothing, the copies of what can be loaded again, or all. */
export type Forgets = 'copies' | 'everything'

export type SessionOptions = Omit<ApiOptions, 'onSessionEnd' | 'onFactorNeeded'> & {
  /** Makes the client of this session, or finds the one that was made before. */
  open(): Promise<{ begin(): void }>
}

/** Makes a session; it does nothing before `start` or `signIn`. */
export const createSession = ({ open, ...options }: SessionOptions) => {
  const phase = new Value<Phase>('signed-out')
  const problem = new Value<ApiFault | undefined>(undefined)
  const config = new Value<Record<string, string>>({})
  let enders: ((forgets?: Forgets) => Promise<void>)[] = []

  /** Forgets the session here, after the server has ended it or cannot be told. */
  const end = async (forgets?: Forgets): Promise<void> => {
    const work = enders.map((tell) => tell(forgets))
    phase.set('signed-out')
    await Promise.all(work)
  }
  const needFactor = (): void => {
    if (phase.get() !== 'signed-out') phase.set('factor-needed')
  }
  const { call, send, token } = createApi({
    ...options,
    onSessionEnd: () => void end('copies'),
    onFactorNeeded: needFactor,
  })

  const lose = (error: unknown): void => {
    problem.set(error instanceof ApiFault ? error : new ApiFault('client.broken', 0, String(error)))
    phase.set('lost')
  }

  const start = (): void => {
    if (phase.get() === 'starting' || phase.get() === 'ready') return
    phase.set('starting')
    problem.set(undefined)
    open().then((client) => {
      // It may have ended while the client was being loaded.
      if (phase.get() === 'starting') client.begin()
    }, lose)
  }

  return {
    call,
    send,
    token,
    phase,
    problem,
    settings: {
      config,
      /** Loads the part of the configuration that people may see before they sign in. */
      async loadPublic(): Promise<void> {
        config.set(await call(operations.client, { query: { format: 'old' } }))
      },
    },
    /** Starts the client with the session of the cookie or token. */
    start,
    /** `code` is that of the second factor, once the server has asked for it. */
    async signIn(loginId: string, password: string, code?: string): Promise<User> {
      const body = { login_id: loginId, password, ...(code === undefined ? {} : { token: code }) }
      const user = await call(sessions.login, { body })
      start()
      return user
    },
    end,
    /** Calls `listener` whenever the session ends. */
    onEnd(listener: (forgets?: Forgets) => Promise<void>): void {
      enders = [...enders, listener]
    },
  }
}

export type Session = ReturnType<typeof createSession>
