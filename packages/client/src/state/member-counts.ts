/** How many people are in channels that a screen shows. */
import { channels as operations } from '@plausch/wire'
import { Collection } from '../source.ts'
import type { Context } from './noun.ts'

export const createMemberCounts = ({ call, track }: Pick<Context, 'call' | 'track'>) => {
  const counts = new Collection<number>()
  /** The channels that are asked about now; true: somebody came or went meanwhile. */
  const asking = new Map<string, boolean>()

  const ask = async (channelId: string): Promise<void> => {
    if (asking.has(channelId)) {
      asking.set(channelId, true)
      return
    }
    try {
      do {
        asking.set(channelId, false)
        const params = { channel_id: channelId }
        const stats = await call(operations.stats, { params, query: { exclude_files_count: true } })
        counts.set(channelId, stats.member_count)
      } while (asking.get(channelId))
    } finally {
      asking.delete(channelId)
    }
  }

  return {
    counts,
    ask,
    /** Somebody came or went. One event may stand for many people, so a number that is known is asked anew. */
    changed(channelId: string): void {
      if (counts.has(channelId) || asking.has(channelId))
        track(ask(channelId).catch(() => counts.delete(channelId)))
    },
    clear: (): void => counts.clear(),
  }
}
