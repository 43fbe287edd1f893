import { partnerOf } from '@plausch/client'
import type { Channel } from '@plausch/wire'
import { Hash, Lock, UsersRound, Zap } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelPath } from '../../../platform/names.ts'
import { toChannel, toConversation } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { Command } from '../../../ui/Command.tsx'
import { keyName } from '../../../ui/key-name.ts'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { Face } from '../../people/users/Face.tsx'
import styles from './QuickSwitcher.module.css'
import { switcherIsThere, term } from './switching.ts'
import { type Deed, type Hit, type HitGroup, useHits } from './use-switcher.ts'
import { noteChannel } from './visits.ts'

/** Where a channel opens in a window of its own. */
const openApart = (channel: Channel): void => {
  const team = client.teams.records.one(channel.team_id) ?? here.get().team
  if (team) window.open(channelPath(team.name, channel), '_blank', 'noopener')
}

const go = async (hit: Exclude<Hit, Deed>, isOther: boolean): Promise<void> => {
  if (hit.kind === 'person') return await toConversation([hit.id])
  if (hit.kind === 'join') await client.channels.join(hit.id)
  noteChannel(hit.id)
  if (isOther) openApart(hit.channel)
  else toChannel(hit.channel)
}

/**
 * Opens a channel, a conversation or a person by a few letters of the name, and does what can be done. Known
 * ones appear at once; the server adds others.
 */
export const QuickSwitcher = ({ close }: { close(): void }) => {
  const say = useText()
  const typed = useSource(term)
  const groups = useHits(typed)
  // The field has the focus by now; letters typed before are in `term`.
  useEffect(() => switcherIsThere, [])

  const choose = (hit: Hit, isOther: boolean): void => {
    close()
    if (hit.kind === 'action') void attempt(hit.run)
    else void attempt(() => go(hit, isOther))
  }
  const labels: Record<HitGroup['name'], string | undefined> = {
    unread: say('switcher.unread'),
    recent: say('switcher.recent'),
    places: undefined,
    actions: say('switcher.actions'),
    joinable: say('switcher.joinable'),
  }
  return (
    <div data-switcher="">
      <Command
        label={say('switcher.title')}
        results={say('switcher.results')}
        placeholder={say('switcher.placeholder')}
        none={say('switcher.none')}
        foot={<p className={styles.hint}>{say('switcher.hint', { keys: keyName('Ctrl+Enter') })}</p>}
        term={typed}
        onTerm={(text) => term.set(text)}
        groups={groups.map(({ name, items }) => {
          const label = labels[name]
          return label === undefined ? { items } : { label, items }
        })}
        keyOf={(hit) => `${hit.kind}/${hit.id}`}
        render={(hit) => <HitRow hit={hit} />}
        choose={choose}
        onClose={close}
      />
    </div>
  )
}

const HitRow = ({ hit }: { hit: Hit }): ReactNode => {
  const say = useText()
  switch (hit.kind) {
    case 'action':
      return (
        <>
          <Zap size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles.name}>{hit.name}</span>
          <span className={styles.side}>{hit.of}</span>
          {hit.keys && <kbd className={styles.keys}>{keyName(hit.keys)}</kbd>}
        </>
      )
    case 'join':
      return (
        <>
          <Hash size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles.name}>{hit.name}</span>
          <span className={styles.side}>{hit.channel.purpose || say('channel.join')}</span>
        </>
      )
    case 'person':
      return <PersonHit userId={hit.id} name={hit.name} />
    case 'channel':
      return <ChannelHit channel={hit.channel} name={hit.name} />
  }
}

const PersonHit = ({ userId, name }: { userId: string; name: string }) => {
  const user = useSource(client.users.records.at(userId))
  const status = useSource(client.presence.records.at(userId))?.status
  const fullName = user ? `${user.first_name} ${user.last_name}`.trim() : ''
  const others = [fullName, user?.username, user?.position].filter((each) => each && each !== name)
  return (
    <>
      <span className={styles.face}>
        <Face userId={userId} size={20} />
        {status && <StatusDot status={status} />}
      </span>
      <span className={styles.name}>{name}</span>
      <span className={styles.side}>{others.join(' · ')}</span>
    </>
  )
}

const ChannelHit = ({ channel, name }: { channel: Channel; name: string }) => {
  const say = useText()
  const { messages, mentions } = useSource(client.unreads.ofChannel(channel.id))
  const team = client.teams.records.one(channel.team_id)
  const isElsewhere = team !== undefined && team.id !== here.get().team?.id
  const Icon = channel.type === 'P' ? Lock : channel.type === 'G' ? UsersRound : Hash
  return (
    <>
      {channel.type === 'D' ? (
        <PersonHit userId={partnerOf(channel, client.myId.get())} name={name} />
      ) : (
        <>
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles.name} data-unread={messages > 0 ? '' : undefined}>
            {name}
          </span>
          <span className={styles.side}>{isElsewhere ? team.display_name : ''}</span>
        </>
      )}
      <Badge count={mentions} label={say('unread.mentions', { count: mentions })} />
    </>
  )
}
