import { EllipsisVertical, MessageSquare, UserMinus, UserPlus, UserRound, X } from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import list from '../../../ui/List.module.css'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { Person } from '../../../ui/Person.tsx'
import styles from './MembersPane.module.css'

type MembersPaneProps = {
  channelId: string
  mayAdd: boolean
  mayRemove: boolean
  add(): void
  write(userId: string): void
  show(userId: string): void
  close(): void
}

const NOBODY: readonly string[] = []

/** The people of a channel. */
export const MembersPane = ({ channelId, mayAdd, mayRemove, add, write, show, close }: MembersPaneProps) => {
  const say = useText()
  const roster = useSource(client.members.rosters.at(channelId))
  const ids = roster?.userIds ?? NOBODY
  const me = useSource(client.myId)

  // Also runs after a lost connection, which empties the list.
  useEffect(() => {
    if (roster === undefined) void attempt(() => client.members.loadMore(channelId))
  }, [channelId, roster])
  useEffect(() => client.presence.watch(ids), [ids])

  const remove = (userId: string): void => void attempt(() => client.members.remove(channelId, userId))
  const itemsFor = (userId: string): MenuItem[] => [
    { label: say('people.profile'), icon: UserRound, run: () => show(userId) },
    { label: say('people.write'), icon: MessageSquare, run: () => write(userId) },
    ...(mayRemove && userId !== me
      ? [{ label: say('members.remove'), icon: UserMinus, isDanger: true, run: () => remove(userId) }]
      : []),
  ]

  return (
    <aside className={styles.pane} aria-label={say('channel.members')} data-landmark tabIndex={-1}>
      <header className={styles.head}>
        <h2>
          {say('channel.members')} {roster?.isComplete && <small>{ids.length}</small>}
        </h2>
        {mayAdd && <IconButton icon={UserPlus} label={say('members.add')} onClick={add} />}
        <IconButton icon={X} label={say('action.close')} onClick={close} />
      </header>
      {roster === undefined ? (
        <Busy />
      ) : (
        <div className={styles.people}>
          <ul>
            {ids.map((userId) => (
              <MemberRow key={userId} userId={userId} items={itemsFor(userId)} />
            ))}
          </ul>
          {!roster.isComplete && (
            <Button kind="quiet" onClick={() => void attempt(() => client.members.loadMore(channelId))}>
              {say('members.more')}
            </Button>
          )}
        </div>
      )}
    </aside>
  )
}

const MemberRow = ({ userId, items }: { userId: string; items: MenuItem[] }) => {
  const say = useText()
  const user = useSource(client.users.records.at(userId))
  const name = useSource(personName(userId))
  const status = useSource(client.presence.records.at(userId))?.status
  if (!user) return null
  return (
    <li className={list.row}>
      <Person
        id={userId}
        name={name}
        username={user.username}
        status={status ?? 'offline'}
        note={`${user.first_name} ${user.last_name}`.trim() || user.position}
      />
      <Menu
        label={say('people.actions', { name })}
        align="end"
        items={items}
        button={(props) => (
          <IconButton {...props} icon={EllipsisVertical} label={say('people.actions', { name })} />
        )}
      />
    </li>
  )
}
