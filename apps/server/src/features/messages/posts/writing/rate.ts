/**
 * Limits the rate of posts in a channel. The `create_at` of a post is greater than those of all earlier posts
 * of the channel, so with more than one post per millisecond a channel would run ahead of the clock. A
 * monotonic clock measures the rate, and nothing else is limited: if the system clock was set back and the
 * last post lies in the future, the channel still accepts posts.
 */
import { perServer } from '../../../../core/server.ts'

/** Posts per millisecond in the long run, and the additional burst. */
const PER_MS = 1
const BURST = 1000
/** If there are more channels than this, those without recent posts are removed. */
const MANY = 1000

export type Rate = { admit(channelId: string, now?: number): boolean }

/** A token bucket for each channel. `now` is a value of `performance.now()`, in milliseconds. */
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
  'rate of posts in a channel',
  'each server has its own limit: with several servers a channel accepts a multiple',
  openRate,
)
