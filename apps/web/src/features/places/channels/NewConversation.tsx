import type { User } from '@plausch/wire'
import { useState } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { toConversation } from '../../../platform/navigation.ts'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { PeoplePicker } from '../../people/users/PeoplePicker.tsx'
import styles from './NewConversation.module.css'

type NewConversationProps = { teamId: string; close(): void }

/** v4's maximum for a group conversation, not counting oneself. */
const MOST = 7

/** The conversation with exactly these people, if the reader has it already. */
const hasConversation = (people: readonly User[]): boolean => {
  const me = client.myId.get()
  const wanted = new Set(people.map(({ id }) => id))
  return client.channels.records.get().some((channel) => {
    if (channel.last_post_at === 0 || (channel.type !== 'D' && channel.type !== 'G')) return false
    const ids = channel.type === 'D' ? channel.name.split('__') : client.channels.people.one(channel.id)
    const others = new Set(ids?.filter((id) => id !== me || ids.every((each) => each === me)))
    return others.size === wanted.size && [...others].every((id) => wanted.has(id))
  })
}

/** Starts a conversation with one person or a few. */
export const NewConversation = ({ teamId, close }: NewConversationProps) => {
  const say = useText()
  const [people, setPeople] = useState<readonly User[]>([])
  const config = useSource(client.settings.config)
  const where = config.RestrictDirectMessage === 'team' ? { team_id: teamId } : {}

  // The reader themselves, too: for notes that only they read.
  const find = (term: string): Promise<readonly User[]> => client.users.search(term, where)
  const start = (): Promise<void> => {
    const others = people.map(({ id }) => id).filter((id) => id !== client.myId.get())
    return toConversation(others.length > 0 ? others : [client.myId.get()])
  }

  const existing = hasConversation(people)
  return (
    <FormDialog
      title={say('conversation.new')}
      hint={say('conversation.hint', { most: MOST })}
      onClose={close}
      submitLabel={say(existing ? 'conversation.openExisting' : 'conversation.start')}
      submit={start}
      isDisabled={people.length === 0}
    >
      <PeoplePicker
        label={say('conversation.people')}
        chosen={people}
        most={MOST}
        find={find}
        onChange={setPeople}
      />
      {people.length > 0 && (
        <p className={styles.note} role="status">
          {existing && say('conversation.existing')} {say('conversation.readers', { count: people.length })}
        </p>
      )}
    </FormDialog>
  )
}
