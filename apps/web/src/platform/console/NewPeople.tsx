import { useText } from '../../i18n/text.ts'
import { Section } from './PageFrame.tsx'
import { SettingSwitch, SettingText } from './SettingFields.tsx'
import type { Kind, SettingsForm } from './settings-form.ts'

/** The settings that say who gets an account by a sign-in service; all services share them. */
export const newPeople = {
  'TeamSettings.EnableUserCreation': 'switch',
  'TeamSettings.RestrictCreationToDomains': 'text',
} as const satisfies Record<string, Kind>

/** Who comes in by a sign-in service. */
export const NewPeople = <N extends string>({ form }: { form: SettingsForm<N | keyof typeof newPeople> }) => {
  const say = useText()
  return (
    <Section title={say('sso.whoComesIn')} lead={say('sso.whoComesInLead')}>
      <SettingSwitch
        form={form}
        name="TeamSettings.EnableUserCreation"
        label="sso.newPeople"
        hint="sso.newPeopleHint"
      />
      <SettingText
        form={form}
        name="TeamSettings.RestrictCreationToDomains"
        label="sso.domains"
        hint="sso.domainsHint"
        placeholder="example.org"
      />
    </Section>
  )
}
