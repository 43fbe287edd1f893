/**
 * Visits each of many things once in a round, spread evenly over the round, whenever they came. If all
 * clients come back at once, as after a restart, they would otherwise all be due at the same moment in every
 * round.
 */

/** Under a minute, because proxies end connections that are idle for a minute. */
const ROUND_MS = 45_000
/**
 * How many are visited in one turn; the others of a second's slot follow in the next turns of the event loop.
 */
const SLICE = 64

export type Wheel<T> = {
  /** Adds a thing; the result removes it. */
  add(one: T): () => void
  /** Ends the visits. Returns everything that is in it. */
  stop(): T[]
}

export const openWheel = <T>(
  visit: (one: T) => void,
  roundMs = ROUND_MS,
  parts = roundMs / 1000,
): Wheel<T> => {
  const all = Array.from({ length: parts }, () => new Set<T>())
  let at = 0
  let rest: T[] = []
  let isTurning = false

  const turn = () => {
    isTurning = false
    for (const one of rest.splice(0, SLICE)) visit(one)
    plan()
  }
  const plan = () => {
    if (isTurning || rest.length === 0) return
    isTurning = true
    setImmediate(turn)
  }
  const timer = setInterval(() => {
    at = (at + 1) % parts
    rest.push(...(all[at] ?? []))
    plan()
  }, roundMs / parts).unref()

  return {
    add(one) {
      // The emptiest slot; among equals the one whose turn comes last, so that nothing is visited at once.
      let best = all[at] as Set<T>
      for (let n = 1; n < parts && best.size > 0; n += 1) {
        const part = all[(at + parts - n) % parts] as Set<T>
        if (part.size < best.size) best = part
      }
      best.add(one)
      return () => best.delete(one)
    },
    stop() {
      clearInterval(timer)
      rest = []
      return all.flatMap((part) => [...part])
    },
  }
}
