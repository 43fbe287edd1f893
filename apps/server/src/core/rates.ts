/**
 * Limits request rates, so that nobody can overload the server. On by default, and generous enough for an
 * institute behind one address. Each session has a bucket. Requests without a session share the bucket of
 * their network; a made-up credential counts as none. Signing in has a smaller bucket. A bucket allows a
 * burst and refills by the second. The numbers are settings, `PlauschSettings.…PerSecond` and `…Burst`; 0
 * switches a limit off. v4's own RateLimitSettings apply as well (limits.ts).
 */
import { Fault } from './faults.ts'
import { perServer, type Server } from './server.ts'

/** `perSecond` requests in the long run, and a burst of `burst`. */
type Rate = { perSecond: number; burst: number }

type Bucket = { left: number; at: number }

/**
 * Who makes the request. `sessionId` is empty without a session; `network` is that of one subscriber
 * (client-address.ts).
 */
export type Asker = { sessionId: string; network: string }

export type Rates = {
  /**
   * Takes one request from a bucket. If the bucket is empty, throws `limits.too_many_requests` with the
   * seconds to wait.
   */
  take(asker: Asker): void
  /** Takes one attempt to sign in. */
  takeSignIn(network: string): void
}

/**
 * The most buckets in memory. The one that was unused for longest is full again anyway, and is dropped first.
 */
const MOST = 50_000
/** The burst of attempts to sign in: a whole class of students who start at once. */
const SIGN_IN_BURST = 100

const openRates = (server: Server): Rates => {
  const buckets = new Map<string, Bucket>()

  const take = (name: string, { perSecond, burst }: Rate): void => {
    if (perSecond === 0) return
    const now = performance.now()
    const known = buckets.get(name)
    const filled = known ? Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond) : burst
    // A refused request takes nothing; otherwise a client that keeps asking would never get in again.
    const left = filled < 1 ? filled : filled - 1
    // The bucket that was used last comes last.
    if (known) buckets.delete(name)
    buckets.set(name, { left, at: now })
    if (buckets.size > MOST) {
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    }
    if (filled < 1)
      throw new Fault('limits.too_many_requests', { seconds: Math.ceil((1 - filled) / perSecond) })
  }

  return {
    take({ sessionId, network }) {
      const settings = server.settings().PlauschSettings
      if (sessionId === '')
        take(`a ${network}`, {
          perSecond: settings.AddressRequestsPerSecond,
          burst: settings.AddressRequestsBurst,
        })
      else
        take(`s ${sessionId}`, {
          perSecond: settings.SessionRequestsPerSecond,
          burst: settings.SessionRequestsBurst,
        })
    },
    takeSignIn(network) {
      const perSecond = server.settings().PlauschSettings.AddressSignInsPerSecond
      take(`i ${network}`, { perSecond, burst: Math.max(SIGN_IN_BURST, perSecond) })
    },
  }
}

/** The buckets of a server. */
export const ratesOf = perServer(
  'requests by time',
  'a bound for each server: with several there are as many times more requests',
  openRates,
)
