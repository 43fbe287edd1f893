/**
 * Places (channels) in which a commit's answer was lost and it is not known yet whether something happened there. What happens there later is told
 * later: posts of such a channel are not written meanwhile, and events of it wait (protocol, W18).
 */

/** Whoever holds a place up for longer is passed over: the order may then be wrong, but nobody waits for ever. */
const LONGEST_MS = 30_000

export type Doubts = {
  /** Something in these places is in doubt until the promise is settled, or for half a minute at the most. */
  hold(places: readonly string[], settled: Promise<unknown>): void
  /** Resolves, and never rejects, when nothing in the place is in doubt any more; undefined where nothing is. */
  of(place: string): Promise<void> | undefined
}

export const openDoubts = (): Doubts => {
  const held = new Map<string, Promise<void>>()
  return {
    hold(places, settled) {
      const bound = Promise.withResolvers<void>()
      const timer = setTimeout(bound.resolve, LONGEST_MS).unref()
      const release = () => {
        clearTimeout(timer)
        bound.resolve()
      }
      settled.then(release, release)
      for (const place of new Set(places)) {
        const all: Promise<void> = Promise.all([held.get(place), bound.promise]).then(() => {
          if (held.get(place) === all) held.delete(place)
        })
        held.set(place, all)
      }
    },
    of: (place) => (held.size === 0 ? undefined : held.get(place)),
  }
}
