/** How much one person may have under way at the same time, where each takes a connection or memory for as long as somebody else likes. */
import type { Context } from './context.ts'
import type { Fault } from './faults.ts'
import { perServer } from './server.ts'

/** Runs work if the actor has less than `most` of its kind under way, and throws `tooMany` otherwise. Those who are not signed in share one count. */
export const limitedAtOnce = (most: number, tooMany: () => Fault) => {
  const countsOf = perServer(() => new Map<string, number>())
  return async <T>({ server, actor }: Context, run: () => Promise<T>): Promise<T> => {
    const counts = countsOf(server)
    const count = counts.get(actor.userId) ?? 0
    if (count >= most) throw tooMany()
    counts.set(actor.userId, count + 1)
    try {
      return await run()
    } finally {
      const left = (counts.get(actor.userId) ?? 1) - 1
      if (left > 0) counts.set(actor.userId, left)
      else counts.delete(actor.userId)
    }
  }
}
