/**
 * How fast a channel may be written to. A post's `create_at` is greater than every earlier one of its channel, so beyond one a millisecond a channel
 * would run ahead of the clock. What is judged is the rate, by a clock that is never set: a channel whose last post lies ahead of the clock, because
 * that was set back, goes on.
 */
import { perServer } from '../../core/server.ts'

/** So many posts a millisecond for as long as one likes, and so many more at once. */
const PER_MS = 1
const BURST = 1000
/** Beyond this number channels that are at rest are forgotten. */
const MANY = 1000

export type Rate = { admit(channelId: string, now?: number): boolean }

/** A bucket for each channel. `now` is a time of `performance.now()`, in milliseconds. */
export const openRate = (): Rate => {
  const channels = new Map<string, { level: number; at: number }>()
  const levelOf = ({ level, at }: { level: number; at: number }, now: number) =>
    Math.max(0, level - (now - at) * PER_MS)
  let sweepAt = MANY

  const sweep = (now: number) => {
    for (const [id, each] of channels) if (levelOf(each, now) === 0) channels.delete(id)
    sweepAt = Math.max(MANY, 2 * channels.size)
  }
  return {
    admit(channelId, now = performance.now()) {
      const known = channels.get(channelId)
      const level = known ? levelOf(known, now) : 0
      if (level >= BURST) return false
      if (known) {
        known.level = level + 1
        known.at = now
      } else channels.set(channelId, { level: 1, at: now })
      if (channels.size > sweepAt) sweep(now)
      return true
    },
  }
}

export const rateOf = perServer(openRate)
