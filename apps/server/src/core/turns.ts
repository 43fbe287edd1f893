/**
 * Turns at work that occupies a core for a while. Each source has its own line, and the lines are served in
 * rotation: a client that sends a thousand requests at once delays only itself.
 */
type Waiting = { begin(): void; refuse(): void }

export type Turns = <T>(place: string, work: () => Promise<T>) => Promise<T>

/**
 * The number of turns at once, and of waiting ones; beyond that the last one of the longest line is refused
 * with `busy`.
 */
export const openTurns = (atOnce: number, mostWaiting: number, busy: () => Error): Turns => {
  /** In the order in which they are served. */
  const lines = new Map<string, Waiting[]>()
  let running = 0
  let waiting = 0

  const makeRoom = (place: string) => {
    const own = (lines.get(place)?.length ?? 0) + 1
    const [longest = []] = [...lines.values()].toSorted((a, b) => b.length - a.length)
    if (longest.length <= own) throw busy()
    longest.pop()?.refuse()
    waiting -= 1
  }
  const wait = (place: string) =>
    new Promise<void>((resolve, reject) => {
      const line = lines.get(place) ?? []
      line.push({ begin: resolve, refuse: () => reject(busy()) })
      lines.set(place, line)
      waiting += 1
    })
  const next = () => {
    const [first] = lines
    if (!first) {
      running -= 1
      return
    }
    const [place, line] = first
    lines.delete(place)
    const one = line.shift()
    if (line.length > 0) lines.set(place, line)
    waiting -= 1
    one?.begin()
  }

  return async (place, work) => {
    if (running < atOnce) running += 1
    else {
      if (waiting >= mostWaiting) makeRoom(place)
      await wait(place)
    }
    try {
      return await work()
    } finally {
      next()
    }
  }
}
