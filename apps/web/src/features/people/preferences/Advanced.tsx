import { useSource } from '../../../browser/use-source.ts'
import { choices } from '../../../platform/choices.ts'
import { client } from '../../../platform/client.ts'
import { AccountSwitch } from '../../../platform/settings/Rows.tsx'

/** What few people change. */
export const Advanced = () => {
  const config = useSource(client.settings.config)
  return config.EnableLastActiveTime === 'false' ? null : (
    <AccountSwitch label="lastActive.label" hint="lastActive.hint" of={choices.showsLastActive} />
  )
}
