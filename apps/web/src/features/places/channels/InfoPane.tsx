import { partnerOf } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { Copy } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { notify } from '../../../browser/notices.ts'
import { useSource } from '../../../browser/use-source.ts'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { perform, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { closePane } from '../../../platform/panes.ts'
import { IconButton } from '../../../ui/Button.tsx'
import { Markdown } from '../../../ui/markdown/Markdown.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { PersonRow } from '../../people/users/PersonRow.tsx'
import styles from './InfoPane.module.css'

/** What belongs to a channel and opens in a pane of its own: its members, pins, files. */
const INSIDE = 'inside'

/** About a channel: what it is for, who made it, what is in it, and what the reader hears of it. */
export const InfoPane = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  useEffect(() => {
    if (!channel) closePane()
  }, [channel])
  if (!channel) return null
  const isConversation = channel.type === 'D' || channel.type === 'G'
  const kind = channel.type === 'P' ? 'channel.private' : 'channel.public'
  return (
    <Pane title={name} subtitle={say(isConversation ? 'channel.infoDirect' : kind)} onClose={closePane}>
      {channel.type === 'D' && <Partner channel={channel} />}
      <Links channel={channel} />
      <dl className={styles.facts}>
        <Text title={say('channel.topic')} owner={channel} text={channel.header} />
        {!isConversation && (
          <Fact title={say('channel.purpose')}>
            <p dir="auto">{channel.purpose || say('channel.none')}</p>
          </Fact>
        )}
        <Notifications channelId={channelId} />
        <Origin channel={channel} />
        <Id channelId={channelId} />
      </dl>
    </Pane>
  )
}

const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
)

const Text = ({ title, owner, text }: { title: string; owner: Channel; text: string }) => {
  const say = useText()
  return (
    <Fact title={title}>{text === '' ? say('channel.none') : <Markdown owner={owner} text={text} />}</Fact>
  )
}

const Partner = ({ channel }: { channel: Channel }) => {
  const id = partnerOf(channel, client.myId.get())
  useEffect(() => client.presence.watch([id]), [id])
  return (
    <div className={styles.partner}>
      <PersonRow userId={id} />
    </div>
  )
}

const Links = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const shown = useActions('channel', channel, 'menu').filter(({ action }) => action.group === INSIDE)
  return (
    <ul className={styles.links}>
      {shown.map(({ action, label }) => (
        <li key={action.name}>
          <button type="button" onClick={() => perform(action, channel)}>
            {action.icon && <action.icon size={18} strokeWidth={1.75} aria-hidden />}
            {say(label)}
          </button>
        </li>
      ))}
    </ul>
  )
}

const Notifications = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const isMuted = useSource(client.unreads.muted(channelId))
  return (
    <Fact title={say('channel.notifications')}>
      {say(isMuted ? 'channel.notifyMuted' : 'channel.notifyAll')}
    </Fact>
  )
}

const Origin = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const intl = useIntl()
  const { creator_id, create_at } = channel
  const name = useSource(personName(creator_id))
  useEffect(() => client.users.ensure([creator_id].filter((id) => id !== '')), [creator_id])
  const day = intl.formatDate(create_at, { dateStyle: 'long' })
  return (
    <Fact title={say('channel.created')}>{name === '' ? day : say('channel.createdBy', { day, name })}</Fact>
  )
}

const Id = ({ channelId }: { channelId: string }) => {
  const say = useText()
  const copy = (): void =>
    void navigator.clipboard?.writeText(channelId).then(
      () => notify('done', say('channel.idCopied')),
      // It stands there to be read.
      () => undefined,
    )
  return (
    <Fact title={say('channel.id')}>
      <span className={styles.id}>
        <code>{channelId}</code>
        <IconButton icon={Copy} size={16} label={say('channel.copyId')} onClick={copy} />
      </span>
    </Fact>
  )
}
