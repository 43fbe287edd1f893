import type { User } from '@plausch/wire'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'

type AddPeopleProps = { channelId: string; close(): void }

const MOST = 100

/** Adds people of the team to a channel. */
export const AddPeople = ({ channelId, close }: AddPeopleProps) => {
  const say = useText()
  const channel = useSource(client.channels.records.at(channelId))
  const [people, setPeople] = useState<readonly User[]>([])
  const [isBusy, setBusy] = useState(false)

  const find = (term: string): Promise<readonly User[]> =>
    client.users.search(term, { team_id: channel?.team_id ?? '', not_in_channel_id: channelId })
  const add = async (): Promise<void> => {
    if (people.length === 0) return
    setBusy(true)
    const ids = people.map(({ id }) => id)
    if (await attempt(() => client.members.add(channelId, ids))) close()
    else setBusy(false)
  }

  return (
    <Dialog
      title={say('members.addTo', { name: channel?.display_name ?? '' })}
      onClose={close}
      onSubmit={() => void add()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy} disabled={people.length === 0}>
            {say('members.add')}
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={say('conversation.people')}
        chosen={people}
        most={MOST}
        find={find}
        onChange={setPeople}
      />
    </Dialog>
  )
}
