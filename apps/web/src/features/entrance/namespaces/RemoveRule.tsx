import { useText } from '../../../i18n/text.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type RemoveRuleProps = { name: string; run(): Promise<void>; close(): void }

/** Asks before a rule is removed, and says what stays. */
export const RemoveRule = ({ name, run, close }: RemoveRuleProps) => {
  const say = useText()
  return (
    <Confirm
      title={say('namespaces.removeNamed', { name })}
      lead={say('namespaces.removeLead')}
      action={say('namespaces.remove')}
      isDanger
      run={run}
      onClose={close}
    />
  )
}
