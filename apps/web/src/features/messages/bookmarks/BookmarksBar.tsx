import { Suspense, useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { later } from '../../../platform/later.ts'

/** Who walks through the channels by keys needs no bookmarks on the way. */
const LATER_MS = 200

const Bar = later(async () => (await import('./Bar.tsx')).Bar)

/** The bookmarks of a channel, below its header; nothing takes space where there are none. */
export const BookmarksBar = ({ channelId }: { channelId: string }) => {
  const loads = useSource(client.loads)
  const known = useSource(client.bookmarks.byChannel.at(channelId))
  // biome-ignore lint/correctness/useExhaustiveDependencies: again after a lost connection
  useEffect(() => {
    if (client.bookmarks.byChannel.has(channelId)) return
    const timer = setTimeout(() => {
      // The connection notice tells of a failure, and the next load tries again.
      client.bookmarks.open(channelId).catch(() => undefined)
    }, LATER_MS)
    return () => clearTimeout(timer)
  }, [channelId, loads])
  if (!known || known.length === 0) return null
  return (
    <Suspense fallback={null}>
      <Bar channelId={channelId} bookmarks={known} />
    </Suspense>
  )
}
