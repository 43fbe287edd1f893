/** An alarm that rings at each time that somebody asked for, not only at the next one. */

/**
 * A timer may ring a millisecond early, and the database rounds to milliseconds. What was not due yet when it
 * rang would be forgotten.
 */
const EARLY_MS = 2

export type Alarm = {
  /** Rings after `ms`, too, and with `latestMs` at any time from then to `latestMs`: once for many calls. */
  ringIn(ms: number, latestMs?: number): void
  stop(): void
}

export const openAlarm = (ring: () => void): Alarm => {
  /** In whole milliseconds of `performance.now()`, the next one first. */
  let times: number[] = []
  let timer: NodeJS.Timeout | undefined

  const plan = () => {
    clearTimeout(timer)
    const [next] = times
    if (next === undefined) return
    timer = setTimeout(onTime, Math.max(0, next - performance.now())).unref()
  }
  const onTime = () => {
    const now = performance.now()
    const later = times.filter((at) => at > now)
    const isDue = later.length < times.length
    times = later
    plan()
    if (isDue) ring()
  }
  return {
    ringIn(ms, latestMs = ms) {
      const now = performance.now()
      const [from, at] = [ms, latestMs].map((each) => Math.ceil(now + each) + EARLY_MS) as [number, number]
      if (times.some((other) => other >= from && other <= at)) return
      const place = times.findIndex((other) => other > at)
      times.splice(place < 0 ? times.length : place, 0, at)
      if (times[0] === at) plan()
    },
    stop() {
      clearTimeout(timer)
      times = []
    },
  }
}
