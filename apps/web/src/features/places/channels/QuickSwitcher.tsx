import { partnerOf, unreadOf } from '@plausch/client'
import { Hash, Lock, UsersRound } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { toChannel, toConversation } from '../../../platform/navigation.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Command } from '../../../ui/Command.tsx'
import styles from './QuickSwitcher.module.css'
import { findHits, type Hit } from './switcher.ts'

type QuickSwitcherProps = { teamId: string; close(): void }

/**
 * Opens a channel or a conversation by a few letters of its name. Known ones appear at once; the server adds
 * others.
 */
export const QuickSwitcher = ({ teamId, close }: QuickSwitcherProps) => {
  const say = useText()
  const [term, setTerm] = useState('')
  const channels = useSource(client.channels.records)
  const users = useSource(client.users.records)

  useEffect(() => {
    if (term.trim().length < 1) return
    const timer = setTimeout(() => {
      client.users.search(term.trim(), { team_id: teamId }).catch(() => undefined)
    }, 120)
    return () => clearTimeout(timer)
  }, [term, teamId])

  const hits = useMemo(
    () =>
      findHits(term.trim(), {
        channels,
        users,
        teamId,
        me: client.myId.get(),
        nameOfChannel: (channel) => channelName(channel.id).get(),
        nameOfUser: (user) => personName(user.id).get(),
        isUnread: (channel) => {
          const { messages, mentions } = unreadOf(channel, client.members.mine.one(channel.id))
          return messages > 0 || mentions > 0
        },
      }),
    [term, channels, users, teamId],
  )

  const go = (hit: Hit): void => {
    if (hit.kind === 'channel') toChannel(hit.channel)
    else void attempt(() => toConversation([hit.user.id]))
  }
  return (
    <Command
      label={say('switcher.title')}
      results={say('switcher.results')}
      placeholder={say('switcher.placeholder')}
      none={say('switcher.none')}
      term={term}
      onTerm={setTerm}
      groups={[{ items: hits }]}
      keyOf={(hit) => hit.id}
      render={(hit) => <HitRow hit={hit} />}
      choose={go}
      onClose={close}
    />
  )
}

const HitRow = ({ hit }: { hit: Hit }) => {
  const isPerson = hit.kind === 'person' || hit.channel.type === 'D'
  const personId = hit.kind === 'person' ? hit.id : partnerOf(hit.channel, client.myId.get())
  const user = useSource(client.users.records.at(isPerson ? personId : ''))
  const fullName = user ? `${user.first_name} ${user.last_name}`.trim() : ''
  const Icon =
    hit.kind === 'channel' && hit.channel.type === 'P'
      ? Lock
      : hit.kind === 'channel' && hit.channel.type === 'G'
        ? UsersRound
        : Hash
  return (
    <>
      {isPerson ? (
        <Avatar id={personId} name={hit.name} size={20} />
      ) : (
        <Icon size={18} strokeWidth={1.75} aria-hidden />
      )}
      <span className={styles.name}>{hit.name}</span>
      {isPerson && fullName !== hit.name && <span className={styles.side}>{fullName}</span>}
    </>
  )
}
