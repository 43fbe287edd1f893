import { useText } from '../../../i18n/text.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type RevokeTokenProps = { description: string; run(): Promise<void>; closed(): void; close(): void }

/** Asks before a token stops working. */
export const RevokeToken = ({ description, run, closed, close }: RevokeTokenProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('security.revokeTitle', { name: description })}
      lead={say('security.revokeLead')}
      action={say('security.revoke')}
      isDanger
      run={run}
      onClose={() => {
        close()
        closed()
      }}
    />
  )
}
