/**
 * Combines requests that arrive together into one batch, as `batching.ts` does, and keeps the requests of each
 * place in order. A place is any key; for posts it is the channel. A place is in at most one batch at a time.
 * Normally one batch runs, and requests that arrive meanwhile go into the next. If a batch runs for long, other
 * batches run beside it. A place that another transaction had locked at the last try gets a batch of its own,
 * a lane, so that it delays no other place.
 */

/**
 * The outcome of one request: a result, an Error, or `busy`. Busy means that the place is locked and nothing
 * was done; the request is tried again alone.
 */
export const busy = Symbol('busy')
export type Answer<R> = R | Error | typeof busy

export type Lanes<T, R> = {
  placeOf(one: T): string
  /**
   * Returns the answers in the order of `asked`. After `stepAside` other batches run as if this one were
   * over, except in its places.
   */
  run(asked: readonly T[], stepAside: () => void): Promise<readonly Answer<R>[]>
  /**
   * Called with every result, in order, before its caller gets it. `onTime` is false if the caller has
   * stopped waiting.
   */
  settled?(one: T, result: R, onTime: boolean): void
  /** The error for callers that have waited for `waitMs`. */
  late(): Error
  waitMs: number
  /** At most so many batches run at once. At most half of them are of locked places. */
  atOnce: number
  /** Returns a promise if no request may start in the place now; it resolves when one may. */
  closed?(place: string): Promise<void> | undefined
  /** At most so many requests are in a batch. */
  most?: number
  /** The size of a request, and the largest batch. A single request may be larger. */
  size?: { of(one: T): number; most: number }
}

/** A batch that runs for longer counts as held up. A commit takes a few milliseconds. */
const HELD_UP_MS = 50
/** The pause between two attempts at a locked place. */
const REST_MS = 100

type Waiting<T, R> = {
  one: T
  place: string
  timer: NodeJS.Timeout
  isOver: boolean
  resolve(result: R): void
  reject(error: unknown): void
}

/**
 * Returns the function that makes a request. The request rejects with `late()` after `waitMs`; a batch that
 * is running by then continues.
 */
export const inLanes = <T, R>(lanes: Lanes<T, R>): ((one: T) => Promise<R>) => {
  const { most = 200, atOnce, size } = lanes
  let waiting: Waiting<T, R>[] = []
  /** Places that have a running batch, pause after a lock, or are closed. */
  const taken = new Set<string>()
  /** Places that were locked at the last try. */
  const locked = new Set<string>()
  let underWay = 0
  let alone = 0
  /** The running batches that are not held up. */
  let moving = 0

  const over = (each: Waiting<T, R>) => {
    each.isOver = true
    clearTimeout(each.timer)
  }
  const settle = (each: Waiting<T, R>, answer: R | Error | undefined) => {
    const onTime = !each.isOver
    over(each)
    if (answer instanceof Error || answer === undefined) {
      if (onTime) each.reject(answer ?? new Error('nothing came back'))
      return
    }
    try {
      lanes.settled?.(each.one, answer, onTime)
    } catch (error) {
      if (onTime) each.reject(error)
    }
    if (onTime) each.resolve(answer)
  }

  /** Makes places available again: now, or after a pause if they are locked. */
  const free = (places: Iterable<string>) => {
    for (const place of places) {
      if (!locked.has(place)) taken.delete(place)
      else
        setTimeout(() => {
          taken.delete(place)
          next()
        }, REST_MS)
    }
  }
  const isOpen = (place: string): boolean => {
    if (taken.has(place)) return false
    const closed = lanes.closed?.(place)
    if (!closed) return true
    taken.add(place)
    void closed.then(() => {
      taken.delete(place)
      next()
    })
    return false
  }

  const take = (): Waiting<T, R>[] => {
    const batch: Waiting<T, R>[] = []
    const rest: Waiting<T, R>[] = []
    // Decided once per batch, so that either all requests of a place are taken, in order, or none.
    const open = new Map<string, boolean>()
    let own: string | undefined
    let room = size?.most ?? 0
    let isFull = false
    for (const each of waiting) {
      if (each.isOver) continue
      const { place } = each
      isFull ||= batch.length === most || (batch.length > 0 && room < 0)
      if (isFull || (own !== undefined && place !== own)) {
        rest.push(each)
        continue
      }
      const known = open.get(place)
      let may = known ?? isOpen(place)
      if (known === undefined && may && locked.has(place)) {
        may = batch.length === 0 && alone < atOnce / 2
        if (may) own = place
      }
      open.set(place, may)
      if (may) {
        batch.push(each)
        room -= size?.of(each.one) ?? 0
      } else rest.push(each)
    }
    waiting = rest
    return batch
  }

  const work = async (batch: readonly Waiting<T, R>[], isAlone: boolean) => {
    const places = new Set(batch.map(({ place }) => place))
    for (const place of places) taken.add(place)
    let isHeldUp = false
    let isAside = false
    const holdUp = () => {
      if (isHeldUp) return
      isHeldUp = true
      moving -= 1
      next()
    }
    const timer = setTimeout(holdUp, HELD_UP_MS)
    const stepAside = () => {
      if (isAside) return
      isAside = true
      underWay -= 1
      if (isAlone) alone -= 1
      clearTimeout(timer)
      if (isHeldUp) next()
      else holdUp()
    }
    underWay += 1
    moving += 1
    if (isAlone) alone += 1
    const answers = await lanes
      .run(
        batch.map(({ one }) => one),
        stepAside,
      )
      .catch((error: unknown) => error)
    const again: Waiting<T, R>[] = []
    for (const place of places) locked.delete(place)
    for (const [index, each] of batch.entries()) {
      const answer = Array.isArray(answers) ? (answers as Answer<R>[])[index] : (answers as Error)
      if (answer !== busy) settle(each, answer as R | Error | undefined)
      else {
        locked.add(each.place)
        if (!each.isOver) again.push(each)
      }
    }
    waiting = [...again, ...waiting]
    free(places)
    if (isAside) next()
    else stepAside()
  }

  const next = () => {
    while (waiting.length > 0 && moving === 0 && underWay < atOnce) {
      const batch = take()
      const [first] = batch
      if (!first) return
      void work(batch, locked.has(first.place))
    }
  }

  return (one) =>
    new Promise((resolve, reject) => {
      const each: Waiting<T, R> = {
        one,
        place: lanes.placeOf(one),
        timer: setTimeout(() => {
          each.isOver = true
          reject(lanes.late())
        }, lanes.waitMs),
        isOver: false,
        resolve,
        reject,
      }
      waiting.push(each)
      next()
    })
}
