import { users } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { leaveBy, session } from '../../../platform/session.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

/** The server ends all sessions of the account; this device forgets what it has stored. */
const deactivate = (): Promise<void> =>
  leaveBy(async () => {
    await client.call(users.deactivate, { params: { user_id: client.myId.get() } })
    await session.end('everything')
  })

/** Asks before people end their own account. */
export const Deactivate = ({ close }: { close(): void }) => {
  const say = useText()
  return (
    <Confirm
      title={say('security.deactivateTitle')}
      lead={say('security.deactivateLead')}
      action={say('security.deactivateSubmit')}
      isDanger
      run={deactivate}
      onClose={close}
    />
  )
}
