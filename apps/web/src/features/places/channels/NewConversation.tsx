import type { User } from '@plausch/wire'
import { useState } from 'react'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'

type NewConversationProps = { teamId: string; close(): void }

/** v4's maximum for a group conversation, not counting oneself. */
const MOST = 7

/** Starts a conversation with one person or a few. */
export const NewConversation = ({ teamId, close }: NewConversationProps) => {
  const say = useText()
  const [people, setPeople] = useState<readonly User[]>([])
  const [isBusy, setBusy] = useState(false)

  const find = async (term: string): Promise<readonly User[]> => {
    const found = await client.users.search(term, { team_id: teamId })
    return found.filter((user) => user.id !== client.myId.get())
  }
  const start = async (): Promise<void> => {
    if (people.length === 0) return
    setBusy(true)
    const ids = people.map(({ id }) => id)
    const done = await attempt(() => toConversation(ids))
    if (!done) setBusy(false)
  }

  return (
    <Dialog
      title={say('conversation.new')}
      hint={say('conversation.hint', { most: MOST })}
      onClose={close}
      onSubmit={() => void start()}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button kind="primary" type="submit" isBusy={isBusy} disabled={people.length === 0}>
            {say('conversation.start')}
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
