import type { Channel } from '@plausch/wire'
import { Archive, Hash, Lock, Plus } from 'lucide-react'
import { useState } from 'react'
import { goTo } from '../../../browser/path.ts'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { closeDialogs } from '../../../platform/dialogs.ts'
import { channelPath } from '../../../platform/names.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import list from '../../../ui/List.module.css'
import { Select } from '../../../ui/Select.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import styles from './BrowseChannels.module.css'
import { createChannel } from './dialogs.ts'
import { chosenOrder, matching, memberCounts, type Order, type Shelf, useShelf } from './found-channels.ts'
import { reasonAgainst } from './rights.ts'

type BrowseChannelsProps = { teamId: string; close(): void }

const MOST = 200

/** The channels of a team: public ones, one's own, and archived ones; to open, to look into or to join. */
export const BrowseChannels = ({ teamId, close }: BrowseChannelsProps) => {
  const say = useText()
  const permissions = useSource(client.roles.permissions(teamId))
  const mayCreate = permissions.has('create_public_channel') || permissions.has('create_private_channel')
  const [shelf, setShelf] = useState<Shelf>('public')
  const [term, setTerm] = useState('')
  const order = useSource(chosenOrder)
  const create = (): void => {
    close()
    createChannel.open({ teamId })
  }
  return (
    <Dialog
      title={say('channel.browse')}
      size="large"
      onClose={close}
      actions={
        mayCreate && (
          <Button icon={Plus} onClick={create}>
            {say('channel.create')}
          </Button>
        )
      }
    >
      <div className={styles.tools}>
        <Field
          label={say('channel.search')}
          type="search"
          autoFocus
          autoComplete="off"
          value={term}
          onChange={(event) => setTerm(event.target.value)}
        />
        <Select<Order>
          label={say('browse.order')}
          value={order}
          onChange={(next) => chosenOrder.set(next)}
          options={[
            { value: 'name', label: say('browse.byName') },
            { value: 'members', label: say('browse.byMembers') },
            { value: 'recent', label: say('browse.byTime') },
          ]}
        />
      </div>
      <Tabs<Shelf>
        label={say('channel.browse')}
        chosen={shelf}
        onChange={setShelf}
        tabs={[
          { id: 'public', label: say('browse.public') },
          { id: 'mine', label: say('browse.mine') },
          { id: 'archived', label: say('browse.archived') },
        ]}
      >
        <List teamId={teamId} shelf={shelf} term={term} order={order} />
      </Tabs>
    </Dialog>
  )
}

type ListProps = { teamId: string; shelf: Shelf; term: string; order: Order }

const List = ({ teamId, shelf, term, order }: ListProps) => {
  const say = useText()
  const all = useShelf(shelf, teamId)
  // Numbers come after the list; only an order by number needs all of them.
  useSource(memberCounts)
  if (all === undefined) return <Busy />
  const found = matching(all, term, order, (id) => memberCounts.one(id) ?? 0)
  if (found.length === 0) {
    const none =
      term.trim() !== '' ? 'channel.noneFound' : shelf === 'archived' ? 'browse.noArchived' : 'browse.none'
    return <p className={list.empty}>{say(none)}</p>
  }
  return (
    <>
      <p className={styles.count} role="status">
        {say('browse.count', { count: found.length })}
      </p>
      <ul className={list.list}>
        {found.slice(0, MOST).map((channel) => (
          <ChannelLine key={channel.id} channel={channel} />
        ))}
      </ul>
      {found.length > MOST && <p className={list.empty}>{say('browse.tooMany', { count: MOST })}</p>}
    </>
  )
}

const ChannelLine = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const isMine = useSource(client.channels.described(channel.id)) !== undefined
  const count = useSource(memberCounts.at(channel.id))
  const Icon = channel.delete_at > 0 ? Archive : channel.type === 'P' ? Lock : Hash
  const facts = [count === undefined ? '' : say('browse.members', { count }), channel.purpose].filter(Boolean)
  return (
    <li className={list.row}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className={list.words}>
        <span className={list.name}>
          {channel.display_name} {isMine && channel.delete_at === 0 && <Tag>{say('browse.joined')}</Tag>}
        </span>
        {facts.length > 0 && <span className={list.side}>{facts.join(' · ')}</span>}
      </span>
      {channel.delete_at > 0 ? (
        <ArchivedDeeds channel={channel} />
      ) : (
        <Deeds channel={channel} isMine={isMine} />
      )}
    </li>
  )
}

const Deeds = ({ channel, isMine }: { channel: Channel; isMine: boolean }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const name = channel.display_name
  const open = (): void => {
    const team = client.teams.records.one(channel.team_id)
    closeDialogs()
    if (team) goTo(channelPath(team.name, channel))
  }
  const join = async (): Promise<void> => {
    setBusy(true)
    const done = await attempt(() => client.channels.join(channel.id))
    setBusy(false)
    if (done) toChannel(channel)
  }
  if (isMine) {
    return (
      <Button kind="quiet" aria-label={say('channel.openNamed', { name })} onClick={open}>
        {say('channel.open')}
      </Button>
    )
  }
  return (
    <>
      <Button kind="quiet" aria-label={say('browse.previewNamed', { name })} onClick={open}>
        {say('browse.preview')}
      </Button>
      <Button isBusy={isBusy} aria-label={say('channel.joinNamed', { name })} onClick={() => void join()}>
        {say('channel.join')}
      </Button>
    </>
  )
}

const ArchivedDeeds = ({ channel }: { channel: Channel }) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const isMine = useSource(client.channels.described(channel.id)) !== undefined
  const why = reasonAgainst((source) => source.get(), channel, 'restore')
  const name = channel.display_name
  const restore = async (): Promise<void> => {
    setBusy(true)
    const done = await attempt(() => client.channels.restore(channel.id))
    setBusy(false)
    if (done && client.channels.records.has(channel.id)) toChannel(channel)
  }
  return (
    <>
      {isMine && (
        <Button
          kind="quiet"
          aria-label={say('channel.openNamed', { name })}
          onClick={() => toChannel(channel)}
        >
          {say('channel.open')}
        </Button>
      )}
      {why === '' && (
        <Button
          isBusy={isBusy}
          aria-label={say('browse.restoreNamed', { name })}
          onClick={() => void restore()}
        >
          {say('browse.restore')}
        </Button>
      )}
    </>
  )
}
