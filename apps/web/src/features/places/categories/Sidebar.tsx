import { partnerOf } from '@plausch/client'
import type { Category } from '@plausch/wire'
import { ChevronDown, ChevronRight, Hash, Lock, Plus, UsersRound } from 'lucide-react'
import { memo, type ReactNode, useEffect, useMemo } from 'react'
import { Link } from 'wouter'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, type Say, useText } from '../../../i18n/text.ts'
import { menuItems, useActions } from '../../../platform/actions.ts'
import { client } from '../../../platform/client.ts'
import { channelName, channelPath } from '../../../platform/names.ts'
import { isHere } from '../../../platform/place.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { IconButton } from '../../../ui/Button.tsx'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import unseen from '../../../ui/Unseen.module.css'
import { type Group, groupsOf } from './order.ts'
import styles from './Sidebar.module.css'

type SidebarProps = { teamId: string; teamName: string }

/** The actions of the plus button of a category, by its kind. */
const ADDITIONS: Partial<Record<Category['type'], readonly string[]>> = {
  channels: ['channels.browse', 'channels.create'],
  direct_messages: ['channels.converse'],
}

/** The channels of a team and all conversations, in categories. */
export const Sidebar = ({ teamId, teamName }: SidebarProps) => {
  const groups = useSource(groupsOf(teamId))
  const partners = useMemo(
    () => groups.flatMap(({ channelIds }) => channelIds.flatMap((id) => partnerIn(id) ?? [])),
    [groups],
  )
  useEffect(() => {
    client.users.ensure(partners)
    return client.presence.watch(partners)
  }, [partners])
  return (
    <div className={styles.groups}>
      {groups.map((group) => (
        <GroupView key={group.category.id} group={group} teamId={teamId} teamName={teamName} />
      ))}
    </div>
  )
}

const partnerIn = (channelId: string): string | undefined => {
  const channel = client.channels.records.one(channelId)
  return channel?.type === 'D' ? partnerOf(channel, client.myId.get()) : undefined
}

/** Built-in categories have a name in the reader's language, custom ones the name that their owner chose. */
const categoryName = (category: Category, say: Say): string => {
  switch (category.type) {
    case 'favorites':
      return say('category.favorites')
    case 'channels':
      return say('category.channels')
    case 'direct_messages':
      return say('category.direct')
    case 'custom':
      return category.display_name
  }
}

type GroupViewProps = {
  group: Group
  teamId: string
  teamName: string
}

const GroupView = ({ group: { category, channelIds }, teamId, teamName }: GroupViewProps) => {
  const say = useText()
  const additions = menuItems(
    useActions('app', null, 'menu').filter(({ action }) => ADDITIONS[category.type]?.includes(action.name)),
    null,
  )
  const isEmpty = channelIds.length === 0
  if (isEmpty && additions.length === 0) return null
  const name = categoryName(category, say)
  const toggle = (): void =>
    void attempt(() => client.categories.update(teamId, { id: category.id, collapsed: !category.collapsed }))
  return (
    <section className={styles.group} aria-label={name}>
      <div className={styles.heading}>
        <button type="button" aria-expanded={!category.collapsed} onClick={toggle}>
          {category.collapsed ? (
            <ChevronRight size={14} aria-hidden />
          ) : (
            <ChevronDown size={14} aria-hidden />
          )}
          <span>{name}</span>
        </button>
        {additions.length > 0 && <Additions name={name} items={additions} />}
      </div>
      <ul>
        {channelIds.map((id) => (
          <ChannelRow key={id} channelId={id} teamName={teamName} isFolded={category.collapsed} />
        ))}
      </ul>
    </section>
  )
}

const Additions = ({ name, items }: { name: string; items: readonly MenuItem[] }): ReactNode => {
  const say = useText()
  const label = say('category.add', { name })
  const [only] = items
  if (items.length === 1 && only && 'run' in only)
    return <IconButton icon={Plus} size={16} label={only.label} onClick={only.run} />
  return (
    <Menu
      label={label}
      align="end"
      items={items}
      button={(props) => <IconButton {...props} icon={Plus} size={16} label={label} />}
    />
  )
}

type ChannelRowProps = { channelId: string; teamName: string; isFolded: boolean }

/**
 * One channel: bold if it is unread, with the number of mentions. A folded category shows only unread
 * channels and the open one.
 */
const ChannelRow = memo(({ channelId, teamName, isFolded }: ChannelRowProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const name = useSource(channelName(channelId))
  const unread = useSource(client.unreads.ofChannel(channelId))
  const isCurrent = useSource(isHere(channelId))
  if (!channel) return null
  const isUnread = unread.messages > 0 || unread.mentions > 0
  if (isFolded && !isUnread && !isCurrent) return null
  const note =
    unread.mentions > 0
      ? say('unread.mentions', { count: unread.mentions })
      : isUnread
        ? say('unread.messages', { count: unread.messages })
        : ''
  return (
    <li>
      <Link
        to={channelPath(teamName, channel)}
        className={styles.row}
        aria-current={isCurrent ? 'page' : undefined}
        data-unread={isUnread ? '' : undefined}
        data-muted={unread.isMuted ? '' : undefined}
        data-channel={channelId}
        title={name}
      >
        <ChannelIcon channelId={channelId} name={name} />
        <span className={styles.name}>{name || '…'}</span>
        {unread.mentions > 0 && (
          <span className={styles.mentions} aria-hidden>
            {unread.mentions > 99 ? '99+' : unread.mentions}
          </span>
        )}
        {note && <span className={unseen.unseen}>{note}</span>}
      </Link>
    </li>
  )
})

const ChannelIcon = ({ channelId, name }: { channelId: string; name: string }) => {
  const channel = useSource(client.channels.records.at(channelId))
  if (channel?.type === 'D') return <Partner userId={partnerOf(channel, client.myId.get())} name={name} />
  const Icon = channel?.type === 'P' ? Lock : channel?.type === 'G' ? UsersRound : Hash
  return <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} />
}

const Partner = ({ userId, name }: { userId: string; name: string }) => (
  <span className={styles.face}>
    <Avatar id={userId} name={name} size={20} />
    <StatusDot status={useSource(client.presence.records.at(userId))?.status} />
  </span>
)
