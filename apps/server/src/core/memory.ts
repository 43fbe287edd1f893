/**
 * Returns memory to the system. V8 keeps what it took for a peak, and releases it only in a full collection,
 * which stops the server for 0.1 s. So this collects right after the start (1,500 loaded modules leave
 * garbage), and later after a peak, when the server is nearly idle.
 */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** How often to look, in milliseconds. */
const EVERY_MS = 60_000
/** Collect if memory has grown by so many bytes since the last collection. */
const WORTH = 64 * 1024 * 1024
/**
 * The server is nearly idle if its event loop was busy for less than this share of the time. A server that
 * nobody uses is at 0.05.
 */
const QUIET = 0.15

/** What this measures and does; tests replace it. */
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

/** Collects at once. `look` collects again if there is enough to gain and the server is nearly idle. */
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

/** Collects now, and after peaks for as long as the process lives. */
export const giveBack = (): void => {
  const { look } = openGivingBack()
  setInterval(look, EVERY_MS).unref()
}
