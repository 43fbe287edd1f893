/** Limits parallel searches, so that they leave connections to the database for other requests. */
import { perServer } from '../../../core/server.ts'

/** A quarter of the connections. */
const AT_ONCE = 5

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export const gateOf = perServer('searches under way', 'bounds what this server does at once', (): Gate => {
  let inside = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (inside >= AT_ONCE) await new Promise<void>((enter) => waiting.push(enter))
    else inside += 1
    try {
      return await work()
    } finally {
      // The next waiting search takes over this place.
      const enter = waiting.shift()
      if (enter) enter()
      else inside -= 1
    }
  }
})
