import type { Channel } from '@plausch/wire'
import { UserPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { channelName } from '../../../platform/names.ts'
import { closePane } from '../../../platform/panes.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Pane } from '../../../ui/Pane.tsx'
import { adminsOf, loadAdmins } from '../channels/holders.ts'
import { countMembers, memberCount } from '../channels/readers.ts'
import { useChannelRights } from '../channels/rights.ts'
import { GroupsDecide } from '../syncables/GroupsDecide.tsx'
import { MemberRow } from './MemberRow.tsx'
import styles from './MembersPane.module.css'
import { addPeople } from './panes.ts'

type MembersPaneProps = { channelId: string }

const NOBODY: readonly string[] = []
const WAIT_MS = 150

/** The people of a channel: search, roles, and what one may do with them. */
export const MembersPane = ({ channelId }: MembersPaneProps) => {
  const say = useText()
  const channel = useSource(client.channels.described(channelId))
  const name = useSource(channelName(channelId))
  const count = useSource(memberCount(channelId))
  const { mayAddPeople } = useChannelRights(channelId)
  const [term, setTerm] = useState('')

  // Also runs after a lost connection, which forgets the number.
  useEffect(() => {
    if (count === undefined) void countMembers(channelId).catch(() => undefined)
  }, [channelId, count])
  if (!channel) return null
  return (
    <Pane
      title={say('channel.members')}
      subtitle={count === undefined ? name : say('members.countIn', { count, name })}
      onClose={closePane}
      actions={
        mayAddPeople && (
          <IconButton
            icon={UserPlus}
            label={say('members.add')}
            onClick={() => addPeople.open({ channelId })}
          />
        )
      }
    >
      <div className={styles.people}>
        {channel.group_constrained && (
          <GroupsDecide place={{ kind: 'channel', id: channelId, name: channel.display_name }} />
        )}
        <Field
          label={say('members.search')}
          type="search"
          autoComplete="off"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
        {term.trim() === '' ? (
          <Everybody channel={channel} />
        ) : (
          <Matches channel={channel} term={term.trim()} />
        )}
      </div>
    </Pane>
  )
}

const Everybody = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const { id: channelId } = channel
  const roster = useSource(client.members.rosters.at(channelId))
  const admins = useSource(adminsOf(channelId)) ?? NOBODY
  const ids = roster?.userIds ?? NOBODY

  // Also runs after a lost connection, which empties the list.
  useEffect(() => {
    if (roster === undefined) void attempt(() => client.members.loadMore(channelId))
  }, [channelId, roster])
  // biome-ignore lint/correctness/useExhaustiveDependencies: not again with every new message
  useEffect(() => loadAdmins(channel), [channelId])
  useEffect(() => client.presence.watch(ids), [ids])

  if (roster === undefined) return <Busy />
  const others = ids.filter((id) => !admins.includes(id))
  return (
    <>
      {admins.length > 0 && <Part title={say('members.admins')} channel={channel} ids={admins} />}
      {others.length > 0 && (
        <Part
          title={say(admins.length > 0 ? 'members.others' : 'channel.members')}
          channel={channel}
          ids={others}
        />
      )}
      {!roster.isComplete && (
        <Button kind="quiet" onClick={() => void attempt(() => client.members.loadMore(channelId))}>
          {say('members.more')}
        </Button>
      )}
    </>
  )
}

const Part = ({ title, channel, ids }: { title: string; channel: Channel; ids: readonly string[] }) => (
  <section aria-label={title}>
    <h3 className={styles.part}>{title}</h3>
    <ul>
      {ids.map((userId) => (
        <MemberRow key={userId} channel={channel} userId={userId} />
      ))}
    </ul>
  </section>
)

const Matches = ({ channel, term }: { channel: Channel; term: string }) => {
  const say = useText()
  const [found, setFound] = useState<readonly string[]>()
  useEffect(() => {
    let isCurrent = true
    const search = (): void =>
      void attempt(async () => {
        const people = await client.users.search(term, { in_channel_id: channel.id })
        if (isCurrent) setFound(people.map(({ id }) => id))
      })
    const timer = setTimeout(search, WAIT_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [channel.id, term])
  if (found === undefined) return <Busy />
  return (
    <>
      <ul aria-label={say('members.found')}>
        {found.map((userId) => (
          <MemberRow key={userId} channel={channel} userId={userId} />
        ))}
      </ul>
      <p className={styles.note} role="status">
        {found.length === 0 ? say('people.none') : ''}
      </p>
    </>
  )
}
