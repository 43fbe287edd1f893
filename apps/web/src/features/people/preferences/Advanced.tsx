import { useSource } from '../../../browser/use-source.ts'
import { client } from '../../../platform/client.ts'
import { SwitchRow } from '../../../platform/settings/Rows.tsx'

/** What few people change. */
export const Advanced = () => {
  const props = useSource(client.me)?.props
  const isOff = useSource(client.settings.config).EnableLastActiveTime === 'false'
  if (isOff || !props) return null
  return (
    <SwitchRow
      label="lastActive.label"
      hint="lastActive.hint"
      isOn={props.show_last_active !== 'false'}
      save={(isOn) => client.users.patchMe({ props: { ...props, show_last_active: String(isOn) } })}
    />
  )
}
