import { requests as operations, type TeamRequest } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type WithdrawRequestProps = { request: TeamRequest; done(request: TeamRequest): void; close(): void }

/** Asks before a request is withdrawn. */
export const WithdrawRequest = ({ request, done, close }: WithdrawRequestProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('requests.withdrawTitle', { team: request.display_name })}
      action={say('requests.withdraw')}
      run={async () =>
        done(await client.call(operations.withdraw, { params: { team_request_id: request.id } }))
      }
      onClose={close}
    />
  )
}
