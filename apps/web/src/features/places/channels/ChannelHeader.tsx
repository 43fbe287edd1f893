import { partnerOf } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { BellOff, ChevronDown, Hash, Lock, UsersRound } from 'lucide-react'
import { Suspense, useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { menuItems, perform, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { partsOf } from '../../../platform/feature.ts'
import { afterMessages, later } from '../../../platform/later.ts'
import { channelName } from '../../../platform/names.ts'
import { PageHeader } from '../../../platform/PageHeader.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { ErrorBoundary } from '../../../ui/ErrorBoundary.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { Menu } from '../../../ui/Menu.tsx'
import { MarkdownLine } from '../../../ui/markdown/Markdown.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import styles from './ChannelHeader.module.css'
import { loadAdmins } from './holders.ts'
import readers from './Readers.module.css'

/** Nobody looks at it before the messages. */
const ReadersChip = later(async () => (await import('./ReadersChip.tsx')).ReadersChip, afterMessages)

/** The line above the messages: the name of the channel with its menu, its topic, and its buttons. */
export const ChannelHeader = ({ channelId }: { channelId: string }) => {
  const channel = useSource(client.channels.described(channelId))
  if (!channel) return <PageHeader>…</PageHeader>
  return (
    <>
      <PageHeader
        topic={
          <>
            <Suspense fallback={<span className={readers.chip} aria-hidden />}>
              <ReadersChip channel={channel} />
            </Suspense>
            <Topic text={channel.header} />
          </>
        }
        actions={<Buttons channel={channel} />}
      >
        <Name channel={channel} />
      </PageHeader>
      {partsOf('channelParts').map((Part, i) => (
        <ErrorBoundary key={i} part="header" fallback={() => null}>
          <Suspense>
            <Part channelId={channelId} />
          </Suspense>
        </ErrorBoundary>
      ))}
    </>
  )
}

const Topic = ({ text }: { text: string }) =>
  text === '' ? null : (
    <p className={styles.topic} title={text}>
      <bdi>
        <MarkdownLine text={text} />
      </bdi>
    </p>
  )

const Name = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const name = useSource(channelName(channel.id))
  const isMuted = useSource(client.unreads.muted(channel.id))
  const shown = useActions('channel', channel, 'menu')
  return (
    <Menu
      label={say('channel.menu', { name })}
      items={menuItems(shown, channel)}
      button={(props) => (
        <button
          type="button"
          {...props}
          className={styles.name}
          onClick={() => {
            // Whom to ask is said beside what one may not do.
            loadAdmins(channel)
            props.onClick()
          }}
        >
          <TitleIcon channel={channel} />
          <span>{name || '…'}</span>
          {isMuted && <BellOff size={14} strokeWidth={1.75} role="img" aria-label={say('channel.muted')} />}
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </button>
      )}
    />
  )
}

const Buttons = ({ channel }: { channel: Channel }) => {
  const say = useText()
  return useActions('channel', channel, 'toolbar').map(({ action, label, isOn }) => (
    <IconButton
      key={action.name}
      icon={action.icon ?? ChevronDown}
      label={say(label)}
      keys={action.keys && keyName(action.keys)}
      aria-pressed={isOn}
      onClick={() => perform(action, channel)}
    />
  ))
}

const TitleIcon = ({ channel }: { channel: Channel }) => {
  if (channel.type === 'D') return <PartnerDot userId={partnerOf(channel, client.myId.get())} />
  const Icon = channel.type === 'P' ? Lock : channel.type === 'G' ? UsersRound : Hash
  return <Icon size={18} strokeWidth={1.75} aria-hidden />
}

const PartnerDot = ({ userId }: { userId: string }) => {
  const status = useSource(client.presence.records.at(userId))?.status
  useEffect(() => client.presence.watch([userId]), [userId])
  return <StatusDot status={status} />
}
