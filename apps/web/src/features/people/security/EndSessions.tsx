import { useText } from '../../../i18n/text.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type EndSessionsProps = { count: number; run(): Promise<void>; close(): void }

/** Asks before all other devices are signed out. */
export const EndSessions = ({ count, run, close }: EndSessionsProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('security.endTitle')}
      lead={say('security.endLead', { count })}
      action={say('security.endOthers')}
      isDanger
      run={run}
      onClose={close}
    />
  )
}
