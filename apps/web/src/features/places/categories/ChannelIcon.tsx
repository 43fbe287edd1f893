import { partnerOf } from '@plausch/client'
import { Archive, Hash, Lock, UsersRound } from 'lucide-react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { Face } from '../../people/users/Face.tsx'
import styles from './Sidebar.module.css'

/** What kind of channel it is; for a conversation with one person, their picture and status. */
export const ChannelIcon = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  if (channel?.type === 'D') return <Partner userId={partnerOf(channel, client.myId.get())} />
  const look = { size: 16, strokeWidth: 1.75, className: styles.icon }
  if (channel && channel.delete_at > 0)
    return <Archive {...look} role="img" aria-label={say('channel.archivedIcon')} />
  const Icon = channel?.type === 'P' ? Lock : channel?.type === 'G' ? UsersRound : Hash
  return <Icon {...look} aria-hidden />
}

const Partner = ({ userId }: { userId: string }) => (
  <span className={styles.face}>
    <Face userId={userId} size={20} />
    <StatusDot status={useSource(client.presence.records.at(userId))?.status} />
  </span>
)
