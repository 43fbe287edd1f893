import { partnerOf, unreadOf } from '@plausch/client'
import { Hash, Lock, Search, UsersRound } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName, personName } from '../../../platform/names.ts'
import { toChannel, toConversation } from '../../../platform/navigation.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import styles from './QuickSwitcher.module.css'
import { findHits, type Hit } from './switcher.ts'

type QuickSwitcherProps = { teamId: string; close(): void }

/**
 * Opens a channel or a conversation by a few letters of its name. Known ones appear at once; the server adds
 * others.
 */
export const QuickSwitcher = ({ teamId, close }: QuickSwitcherProps) => {
  const say = useText()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [term, setTerm] = useState('')
  const [at, setAt] = useState(0)
  const channels = useSource(client.channels.records)
  const users = useSource(client.users.records)

  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  useEffect(() => {
    setAt(0)
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
  const onKeyDown = (event: KeyboardEvent): void => {
    const hit = hits[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && hit) go(hit)
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={dialog}
      className={styles.switcher}
      aria-label={say('switcher.title')}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className={styles.box}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <input
          dir="auto"
          role="combobox"
          aria-label={say('switcher.title')}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={id}
          aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
          placeholder={say('switcher.placeholder')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={term}
          onChange={(event) => setTerm(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={id} role="listbox" aria-label={say('switcher.results')} className={styles.hits}>
        {hits.map((hit, i) => (
          <li
            key={hit.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            onPointerMove={() => setAt(i)}
            onClick={() => go(hit)}
          >
            <HitRow hit={hit} />
          </li>
        ))}
      </ul>
      <p className={styles.none} role="status">
        {hits.length === 0 ? say('switcher.none') : ''}
      </p>
    </dialog>
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
