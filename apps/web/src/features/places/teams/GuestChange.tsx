import { users as operations } from '@plausch/wire'
import { useSource } from '../../../browser/use-source.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { personName } from '../../../platform/names.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type GuestChangeProps = { userId: string; isGuest: boolean; close(): void }

/** Asks before a member becomes a guest, or a guest a member. */
export const GuestChange = ({ userId, isGuest, close }: GuestChangeProps) => {
  const say = useText()
  const name = useSource(personName(userId))
  const change = async (): Promise<void> => {
    const params = { user_id: userId }
    await client.call(isGuest ? operations.demote : operations.promote, { params })
    client.users.put(await client.call(operations.get, { params }))
  }
  return (
    <Confirm
      title={say(isGuest ? 'guest.demoteTitle' : 'guest.promoteTitle', { name })}
      lead={say(isGuest ? 'guest.demoteLead' : 'guest.promoteLead')}
      action={say(isGuest ? 'guest.demote' : 'guest.promote')}
      isDanger={isGuest}
      run={change}
      onClose={close}
    />
  )
}
