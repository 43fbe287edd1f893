/**
 * Limits how much work one person may have running at once, where each piece holds a connection or memory for
 * an unknown time.
 */
import type { Context } from './context.ts'
import type { Fault } from './faults.ts'
import { perServer } from './server.ts'

/**
 * Runs work if the actor has fewer than `most` of its kind running, and everybody together fewer than
 * `mostInAll`. Otherwise it throws `tooMany`. People who are not signed in share one count.
 */
export const limitConcurrency = (
  most: number,
  tooMany: () => Fault,
  mostInAll: number = Number.POSITIVE_INFINITY,
) => {
  const stateOf = perServer('what a person has running', 'bounds what this server does at once', () => ({
    counts: new Map<string, number>(),
    inAll: 0,
  }))
  return async <T>(
    { server, actor }: Pick<Context, 'server' | 'actor'>,
    run: () => Promise<T>,
  ): Promise<T> => {
    const state = stateOf(server)
    const { counts } = state
    const count = counts.get(actor.userId) ?? 0
    if (count >= most || state.inAll >= mostInAll) throw tooMany()
    counts.set(actor.userId, count + 1)
    state.inAll += 1
    try {
      return await run()
    } finally {
      state.inAll -= 1
      const left = (counts.get(actor.userId) ?? 1) - 1
      if (left > 0) counts.set(actor.userId, left)
      else counts.delete(actor.userId)
    }
  }
}
