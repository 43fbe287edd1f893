/**
 * Memory that V8 keeps for itself after a peak. It gives it back only when asked, and asking takes 0.1 s. So it is asked right after the start, which
 * leaves the garbage of 1,500 modules, and later when a peak is over and next to nothing happens.
 */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How often is looked, in milliseconds. */
const EVERY_MS = 60_000
/** So much more than after the last collection is worth one, in bytes. */
const WORTH = 64 * 1024 * 1024
/** Less than this part of the time since the last look was busy: few are there who could notice. A server that nobody uses is busy for a twentieth. */
const QUIET = 0.15

/** What is looked at and done; tests bring their own. */
export type Machine = { resident(): number; busy(): number; collect(): void }

const openMachine = (): Machine => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options: object) => void
  let before = performance.eventLoopUtilization()
  return {
    resident: () => process.memoryUsage.rss(),
    busy() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return utilization
    },
    collect: () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' }),
  }
}

/** Collects at once. `look` collects again where it is worth it and quiet. */
export const openGivingBack = ({ resident, busy, collect }: Machine = openMachine()) => {
  collect()
  let kept = resident()
  return {
    look(): void {
      const isQuiet = busy() < QUIET
      if (!isQuiet || resident() < kept + WORTH) return
      collect()
      kept = resident()
    },
  }
}

/** Gives back what the start has left, and from then on what peaks leave, for as long as the process lives. */
export const giveBack = (): void => {
  const { look } = openGivingBack()
  setInterval(look, EVERY_MS).unref()
}
