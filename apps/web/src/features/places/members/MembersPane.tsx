import { EllipsisVertical, MessageSquare, UserMinus, UserPlus, UserRound, X } from 'lucide-react'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { closePane } from '../../../platform/panes.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import list from '../../../ui/List.module.css'
import { Menu, type MenuItem } from '../../../ui/Menu.tsx'
import { Person } from '../../../ui/Person.tsx'
import { profile } from '../../people/users/dialogs.ts'
import { useChannelRights } from '../channels/rights.ts'
import styles from './MembersPane.module.css'
import { addPeople } from './panes.ts'

type MembersPaneProps = { channelId: string }

const NOBODY: readonly string[] = []

/** The people of a channel. */
export const MembersPane = ({ channelId }: MembersPaneProps) => {
  const say = useText()
  const roster = useSource(client.members.rosters.at(channelId))
  const ids = roster?.userIds ?? NOBODY
  const { mayAddPeople, mayRemovePeople } = useChannelRights(channelId)

  // Also runs after a lost connection, which empties the list.
  useEffect(() => {
    if (roster === undefined) void attempt(() => client.members.loadMore(channelId))
  }, [channelId, roster])
  useEffect(() => client.presence.watch(ids), [ids])

  return (
    <aside className={styles.pane} aria-label={say('channel.members')} data-landmark tabIndex={-1}>
      <header className={styles.head}>
        <h2>
          {say('channel.members')} {roster?.isComplete && <small>{ids.length}</small>}
        </h2>
        {mayAddPeople && (
          <IconButton
            icon={UserPlus}
            label={say('members.add')}
            onClick={() => addPeople.open({ channelId })}
          />
        )}
        <IconButton icon={X} label={say('action.close')} onClick={closePane} />
      </header>
      {roster === undefined ? (
        <Busy />
      ) : (
        <div className={styles.people}>
          <ul>
            {ids.map((userId) => (
              <MemberRow key={userId} channelId={channelId} userId={userId} mayRemove={mayRemovePeople} />
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

type MemberRowProps = { channelId: string; userId: string; mayRemove: boolean }

const MemberRow = ({ channelId, userId, mayRemove }: MemberRowProps) => {
  const say = useText()
  const me = useSource(client.myId)
  const user = useSource(client.users.records.at(userId))
  const name = useSource(personName(userId))
  const status = useSource(client.presence.records.at(userId))?.status
  if (!user) return null
  const items: MenuItem[] = [
    { label: say('people.profile'), icon: UserRound, run: () => profile.open({ userId }) },
    {
      label: say('people.write'),
      icon: MessageSquare,
      run: () => void attempt(() => toConversation([userId])),
    },
  ]
  if (mayRemove && userId !== me) {
    const remove = (): void => void attempt(() => client.members.remove(channelId, userId))
    items.push({ label: say('members.remove'), icon: UserMinus, isDanger: true, run: remove })
  }
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
