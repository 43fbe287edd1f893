/**
 * Request rates, so that nobody takes the server from others. On by default, and generous enough for an
 * institute behind one address. Each session has a bucket. Requests without a session share the bucket of
 * their network; a made-up credential is no session. Signing in has a smaller bucket. A bucket allows a burst
 * and refills by the second. The numbers are settings, `PlauschSettings.…PerSecond` and `…Burst`; 0 switches
 * a limit off. v4's own RateLimitSettings apply as well (limits.ts).
 */
import { Fault } from './faults.ts'
import { perServer, type Server } from './server.ts'

/** `perSecond` requests in the long run, and `burst` at once. */
type Rate = { perSecond: number; burst: number }

type Bucket = { left: number; at: number }

/** Who asks. `sessionId` is empty without a session; `network` is what one subscriber has (client-address.ts). */
export type Asker = { sessionId: string; network: string }

export type Rates = {
  /**
   * Takes one request off a bucket. Throws `limits.too_many_requests` with the seconds to wait where it is
   * empty.
   */
  take(asker: Asker): void
  /** Takes one attempt to sign in. */
  takeSignIn(network: string): void
}

/** The most buckets in memory. The one that was unused for longest is full again anyway. */
const MOST = 50_000
/** Attempts to sign in at once: a course of students that begins. */
const SIGN_IN_BURST = 100

const openRates = (server: Server): Rates => {
  const buckets = new Map<string, Bucket>()

  const take = (name: string, { perSecond, burst }: Rate): void => {
    if (perSecond === 0) return
    const now = performance.now()
    const known = buckets.get(name)
    const filled = known ? Math.min(burst, known.left + ((now - known.at) / 1000) * perSecond) : burst
    // What is refused takes nothing: else whoever keeps asking would never get in again.
    const left = filled < 1 ? filled : filled - 1
    // The one that was used last stands last.
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
