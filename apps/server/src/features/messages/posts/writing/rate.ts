/**
 * The rate of posts in a channel. The `create_at` of a post is greater than all earlier ones of its channel,
 * so above one post per millisecond a channel would run ahead of the clock. Only the rate is limited, by a
 * monotonic clock: a channel whose last post is ahead of the clock, because that was set back, goes on.
 */
import { perServer } from '../../../../core/server.ts'

/** Posts per millisecond in the long run, and the burst on top. */
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

export const rateOf = perServer(
  'posts of a channel by time',
  'a bound for each server: with several a channel takes as many times more',
  openRate,
)
