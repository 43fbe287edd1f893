import type { Channel } from '@plausch/wire'
import { Hash, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toChannel } from '../../../platform/navigation.ts'
import { Busy } from '../../../ui/Busy.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import list from '../../../ui/List.module.css'
import { createChannel } from './dialogs.ts'

type BrowseChannelsProps = { teamId: string; close(): void }

/** All public channels of a team, to open or to join. */
export const BrowseChannels = ({ teamId, close }: BrowseChannelsProps) => {
  const say = useText()
  const mine = useSource(client.channels.records)
  const permissions = useSource(client.roles.permissions(teamId))
  const mayCreate = permissions.has('create_public_channel') || permissions.has('create_private_channel')
  const [all, setAll] = useState<readonly Channel[]>()
  const [term, setTerm] = useState('')
  const [busy, setBusy] = useState('')

  useEffect(() => {
    const load = async (): Promise<void> => {
      const found: Channel[] = []
      for (let page = 0; ; page++) {
        const some = await client.channels.listPublic(teamId, page)
        found.push(...some)
        setAll([...found])
        if (some.length < 200) return
      }
    }
    void attempt(load).then((done) => {
      if (!done) setAll((before) => before ?? [])
    })
  }, [teamId])

  const isMine = new Set(mine.map(({ id }) => id))
  const wanted = term.trim().toLowerCase()
  const found = (all ?? [])
    .filter(({ delete_at }) => delete_at === 0)
    .filter(({ display_name, name, purpose }) =>
      `${display_name} ${name} ${purpose}`.toLowerCase().includes(wanted),
    )
    .sort((a, b) => a.display_name.localeCompare(b.display_name))

  const join = async (channel: Channel): Promise<void> => {
    setBusy(channel.id)
    const done = await attempt(() => client.channels.join(channel.id))
    setBusy('')
    if (done) toChannel(channel)
  }

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
      <Field
        label={say('channel.search')}
        type="search"
        autoFocus
        autoComplete="off"
        value={term}
        onChange={(event) => setTerm(event.target.value)}
      />
      {all === undefined ? (
        <Busy />
      ) : (
        <ul className={list.list} aria-label={say('channel.public')}>
          {found.map((channel) => (
            <li key={channel.id} className={list.row}>
              <Hash size={18} strokeWidth={1.75} aria-hidden />
              <span className={list.words}>
                <span className={list.name}>{channel.display_name}</span>
                {channel.purpose && <span className={list.side}>{channel.purpose}</span>}
              </span>
              <Button
                kind={isMine.has(channel.id) ? 'quiet' : 'plain'}
                isBusy={busy === channel.id}
                aria-label={say(isMine.has(channel.id) ? 'channel.openNamed' : 'channel.joinNamed', {
                  name: channel.display_name,
                })}
                onClick={() => void join(channel)}
              >
                {say(isMine.has(channel.id) ? 'channel.open' : 'channel.join')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {all !== undefined && found.length === 0 && <p className={list.empty}>{say('channel.noneFound')}</p>}
    </Dialog>
  )
}
