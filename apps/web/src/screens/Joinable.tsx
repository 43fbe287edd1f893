import type { Channel, Team } from '@plausch/wire'
import { useEffect, useState } from 'react'
import { goTo } from '../browser/path.ts'
import { useSource } from '../browser/use-source.ts'
import { MessageList } from '../features/messages/posts/MessageList.tsx'
import { countMembers, memberCount } from '../features/places/channels/readers.ts'
import { attempt, useText } from '../i18n/text.ts'
import { client } from '../platform/client.ts'
import { channelPath } from '../platform/names.ts'
import { toChannel } from '../platform/navigation.ts'
import { PageHeader } from '../platform/PageHeader.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './NotOpen.module.css'

type JoinableProps = {
  channel: Channel
  team: Team
  /** The post in the URL; '' for none. */
  target: string
}

/**
 * A channel that the reader may see without being in it. Public ones show their messages; private ones, which
 * only administrators of the server see, do not before they join, so that the members see who reads.
 */
export const Joinable = ({ channel, team, target }: JoinableProps) => {
  const say = useText()
  const name = channel.display_name
  const isArchived = channel.delete_at > 0
  const showsMessages = channel.type === 'O'
  const lead = isArchived ? 'channel.isArchived' : showsMessages ? 'joinable.lead' : 'joinable.private'
  return (
    <>
      <PageHeader topic={<Facts channel={channel} />}>{name}</PageHeader>
      {showsMessages ? (
        <Preview channel={channel} team={team} target={target} />
      ) : (
        <div className={styles.place} data-landmark tabIndex={-1}>
          <h2>{name}</h2>
          <p>{channel.purpose}</p>
        </div>
      )}
      <div className={styles.join}>
        <p>{say(lead, { name })}</p>
        {isArchived ? (
          <Restore channel={channel} team={team} target={target} />
        ) : (
          <Join channel={channel} target={target} />
        )}
      </div>
    </>
  )
}

const Facts = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const count = useSource(memberCount(channel.id))
  useEffect(() => {
    if (count === undefined) void countMembers(channel.id).catch(() => undefined)
  }, [channel.id, count])
  const facts = [count === undefined ? '' : say('browse.members', { count }), channel.purpose]
  return <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
}

const Preview = ({ channel, team, target }: JoinableProps) => {
  const say = useText()
  const label = say('posts.in', { name: channel.display_name })
  // The list shows that it is loading; a failure is told by the notice of the connection.
  useEffect(() => {
    const loaded = target === '' ? client.posts.open(channel.id) : client.posts.loadAround(target)
    loaded.catch(() => undefined)
  }, [channel.id, target])
  return (
    <div className={styles.preview} data-landmark tabIndex={-1} role="region" aria-label={label}>
      <MessageList
        key={`${channel.id}/${target}`}
        channelId={channel.id}
        label={label}
        target={target}
        around={target}
        beginning={null}
        toNewest={() => {
          if (target !== '') goTo(channelPath(team.name, channel))
        }}
      />
    </div>
  )
}

/** The address of a message stays: it shows the message as soon as the reader is in its channel. */
const enter = (channel: Channel, target: string): void => {
  if (target === '') toChannel(channel)
}

const Join = ({ channel, target }: Omit<JoinableProps, 'team'>) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const join = async (): Promise<void> => {
    setBusy(true)
    if (await attempt(() => client.channels.join(channel.id))) enter(channel, target)
    else setBusy(false)
  }
  return (
    <Button kind="primary" isBusy={isBusy} onClick={() => void join()}>
      {say('channel.joinSubmit')}
    </Button>
  )
}

const Restore = ({ channel, team, target }: JoinableProps) => {
  const say = useText()
  const mayRestore = useSource(client.roles.permissions(team.id)).has('manage_team')
  const [isBusy, setBusy] = useState(false)
  const restore = async (): Promise<void> => {
    setBusy(true)
    const done = await attempt(async () => {
      await client.channels.restore(channel.id)
      await client.channels.join(channel.id)
    })
    if (done) enter(channel, target)
    else setBusy(false)
  }
  if (!mayRestore) return <p>{say('why.teamAdmins', { count: 0, names: '' })}</p>
  return (
    <Button isBusy={isBusy} onClick={() => void restore()}>
      {say('channel.restore')}
    </Button>
  )
}
