/**
 * Places (channels) in which the answer to a commit was lost, so that its outcome is not yet known. Until it
 * is known, no post is written there and events of the place wait: events must leave in the order of the
 * commits (protocol, W18).
 */

/** After this time the wait ends. The order may then be wrong, but nobody waits for ever. */
const LONGEST_MS = 30_000

export type Doubts = {
  /** Marks the places as in doubt until the promise settles, for half a minute at most. */
  hold(places: readonly string[], settled: Promise<unknown>): void
  /**
   * Resolves when nothing in the place is in doubt any more, and never rejects. Undefined if nothing is in
   * doubt.
   */
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
