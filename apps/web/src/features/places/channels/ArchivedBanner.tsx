import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { later } from '../../../platform/later.ts'

const Archived = later(async () => (await import('./Archived.tsx')).Archived)

/** In archived channels, says so. */
export const ArchivedBanner = ({ channelId }: { channelId: string }) => {
  const channel = useSource(client.channels.described(channelId))
  return channel && channel.delete_at > 0 ? <Archived channel={channel} /> : null
}
