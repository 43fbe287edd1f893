/**
 * Company, as in `together.ts`, where what is asked belongs to a place (a channel) and is held up only with its own place. A place is in one batch at a
 * time, so its results come in the order of its questions. One batch is under way, and whatever is asked meanwhile goes with the next; only while it is
 * held up others go beside it. A place that is known to be locked goes alone.
 */

/** What became of one that was asked: a result, an Error, or `busy`: its place is locked, nothing was done, and it is to be tried again alone. */
export const busy = Symbol('busy')
export type Answer<R> = R | Error | typeof busy

export type Lanes<T, R> = {
  placeOf(one: T): string
  /** Gives the answers in the order of what was asked. `stepAside` lets others go on as if this batch were over, except in its places. */
  run(asked: readonly T[], stepAside: () => void): Promise<readonly Answer<R>[]>
  /** Hears of every result, in its order, before whoever asked; they may have given up waiting (`onTime` is false). */
  settled?(one: T, result: R, onTime: boolean): void
  /** What those are told who have waited for so long. */
  late(): Error
  waitMs: number
  /** So many batches are under way at the most; half of them may be of locked places. */
  atOnce: number
  /** Places where nothing may begin now; resolves when it may. */
  closed?(place: string): Promise<void> | undefined
  /** So many are in a batch at the most. */
  most?: number
  /** How large one is, and how large a batch may be; one alone may be larger. */
  size?: { of(one: T): number; most: number }
}

/** A batch that has been under way for so long is held up. A commit takes a few milliseconds. */
const HELD_UP_MS = 50
/** So long a locked place rests between two attempts. */
const REST_MS = 100

type Waiting<T, R> = {
  one: T
  place: string
  timer: NodeJS.Timeout
  isOver: boolean
  resolve(result: R): void
  reject(error: unknown): void
}

/** A function that asks. Rejects with `late()` after `waitMs`; what is under way by then goes on. */
export const inLanes = <T, R>(lanes: Lanes<T, R>): ((one: T) => Promise<R>) => {
  const { most = 200, atOnce, size } = lanes
  let waiting: Waiting<T, R>[] = []
  /** Places in which something is under way, or rests, or is in doubt. */
  const taken = new Set<string>()
  /** Places that were locked when they were last tried. */
  const locked = new Set<string>()
  let underWay = 0
  let alone = 0
  /** Those of them that are not held up. */
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

  /** Opens a place again, now or after a rest. */
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
    // Judged once for a batch: those of one place must not be taken in part.
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
