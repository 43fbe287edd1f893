import { partnerOf } from '@plausch/client'
import {
  Bell,
  BellOff,
  ChevronDown,
  Hash,
  Lock,
  LogOut,
  Menu as MenuIcon,
  Settings2,
  UserPlus,
  UsersRound,
} from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import styles from './ChannelHeader.module.css'
import { useChannelRights } from './rights.ts'

type ChannelHeaderProps = {
  channelId: string
  isMembersOpen: boolean
  toggleMembers(): void
  openSettings(): void
  openInvite: (() => void) | undefined
  openDrawer(): void
  left(): void
}

export const ChannelHeader = ({
  channelId,
  isMembersOpen,
  toggleMembers,
  openSettings,
  openInvite,
  openDrawer,
  left,
}: ChannelHeaderProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const name = useSource(channelName(channelId))
  const { isMuted } = useSource(client.unreads.ofChannel(channelId))
  const rights = useChannelRights(channelId)
  if (!channel) return <header className={styles.header} />
  const isConversation = channel.type === 'D' || channel.type === 'G'

  const mute = (): void =>
    void attempt(() => client.members.setNotifyProps(channelId, { mark_unread: isMuted ? 'all' : 'mention' }))
  const leave = async (): Promise<void> => {
    if (await attempt(() => client.channels.leave(channelId))) left()
  }
  const items: MenuItem[] = [
    ...(isConversation ? [] : [{ label: say('channel.details'), icon: Settings2, run: openSettings }]),
    { label: say(isMuted ? 'channel.unmute' : 'channel.mute'), icon: isMuted ? Bell : BellOff, run: mute },
    ...(rights.mayLeave ? [{ label: say('channel.leave'), icon: LogOut, run: () => void leave() }] : []),
  ]

  return (
    <header className={styles.header}>
      <IconButton
        icon={MenuIcon}
        label={say('main.channels')}
        className={styles.drawer}
        onClick={openDrawer}
      />
      <div className={styles.words}>
        <h1 className={styles.title}>
          <Menu
            label={say('channel.menu', { name })}
            items={items}
            button={(props) => (
              <button type="button" {...props} className={styles.name}>
                <TitleIcon channelId={channelId} />
                <span>{name || '…'}</span>
                {isMuted && (
                  <BellOff size={14} strokeWidth={1.75} role="img" aria-label={say('channel.muted')} />
                )}
                <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
              </button>
            )}
          />
        </h1>
        {channel.header && (
          <p className={styles.topic} title={channel.header}>
            <bdi>
              <MarkdownLine text={channel.header} />
            </bdi>
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {openInvite && !isConversation && (
          <IconButton
            icon={UserPlus}
            label={say('team.invite')}
            onClick={openInvite}
            className={styles.invite}
          />
        )}
        {channel.type !== 'D' && (
          <IconButton
            icon={UsersRound}
            label={say('channel.members')}
            aria-pressed={isMembersOpen}
            onClick={toggleMembers}
          />
        )}
      </div>
    </header>
  )
}

const TitleIcon = ({ channelId }: { channelId: string }) => {
  const channel = useSource(client.channels.records.at(channelId))
  if (!channel) return null
  if (channel.type === 'D') return <PartnerDot userId={partnerOf(channel, client.myId.get())} />
  const Icon = channel.type === 'P' ? Lock : channel.type === 'G' ? UsersRound : Hash
  return <Icon size={18} strokeWidth={1.75} aria-hidden />
}

const PartnerDot = ({ userId }: { userId: string }) => {
  const status = useSource(client.presence.records.at(userId))?.status
  useEffect(() => client.presence.watch([userId]), [userId])
  return <StatusDot status={status} />
}
