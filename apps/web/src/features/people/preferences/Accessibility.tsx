import { choices } from '../../../platform/choices.ts'
import { AccountSwitch } from '../../../platform/settings/Rows.tsx'

/** What screen readers say, and which keys work. */
export const Accessibility = () => (
  <>
    <AccountSwitch label="speak.label" hint="speak.hint" of={choices.speaksMessages} />
    <AccountSwitch label="singleKeys.label" hint="singleKeys.hint" of={choices.hasSingleKeys} />
  </>
)
