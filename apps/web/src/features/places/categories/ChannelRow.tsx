import type { Channel } from '@plausch/wire'
import { BellOff } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, channelPath } from '../../../platform/names.ts'
import { isHere } from '../../../platform/place.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { openMenuBelow, useContextMenu } from '../../../ui/context-menu.ts'
import unseen from '../../../ui/Unseen.module.css'
import { ChannelIcon } from './ChannelIcon.tsx'
import { isRowShown } from './order.ts'
import styles from './Sidebar.module.css'

type ChannelRowProps = { channelId: string; teamId: string; teamName: string; isFolded: boolean }

/**
 * One channel: bold if it is unread, with the number of mentions. A folded category shows only unread
 * channels and the open one.
 */
export const ChannelRow = memo(({ channelId, teamId, teamName, isFolded }: ChannelRowProps) => {
  const channel = useSource(client.channels.described(channelId))
  const { messages, mentions } = useSource(client.unreads.ofChannel(channelId))
  const isCurrent = useSource(isHere(channelId))
  if (!channel || !isRowShown(isFolded, messages > 0 || mentions > 0, isCurrent)) return null
  return (
    <Row channel={channel} teamId={teamId} teamName={teamName} isFolded={isFolded} isCurrent={isCurrent} />
  )
})

type RowProps = {
  channel: Channel
  teamId: string
  teamName: string
  isFolded: boolean
  isCurrent: boolean
}

const Row = ({ channel, teamId, teamName, isFolded, isCurrent }: RowProps) => {
  const say = useText()
  const name = useSource(channelName(channel.id))
  const { messages, mentions, isMuted } = useSource(client.unreads.ofChannel(channel.id))
  const label = say('channel.actions', { name })
  const items = async () => (await import('./rest.ts')).channelMenu(teamId, channel)
  const menu = useContextMenu(items, label)
  const isNew = messages > 0 || mentions > 0
  return (
    <li className={styles.item} data-menu {...menu}>
      <Link
        to={channelPath(teamName, channel)}
        className={styles.row}
        aria-current={isCurrent ? 'page' : undefined}
        data-unread={isNew ? '' : undefined}
        data-muted={isMuted ? '' : undefined}
        data-channel={channel.id}
        data-stop
        draggable
        title={name}
      >
        <ChannelIcon channelId={channel.id} />
        <span className={styles.name}>{name || '…'}</span>
        {isMuted && <BellOff size={14} strokeWidth={1.75} role="img" aria-label={say('channel.muted')} />}
        <Badge count={mentions} label={say('unread.mentions', { count: mentions })} />
        {isNew && mentions === 0 && (
          <>
            {isFolded && <span className={styles.dot} aria-hidden />}
            <span className={unseen.unseen}>{say('unread.messages', { count: messages })}</span>
          </>
        )}
      </Link>
      <button
        type="button"
        // By keyboard, the Menu key on the row opens the same menu.
        tabIndex={-1}
        className={styles.more}
        aria-haspopup="menu"
        aria-label={label}
        onClick={(event) => openMenuBelow(event.currentTarget, items, label)}
      >
        ⋮
      </button>
    </li>
  )
}
