import { type TextId, useText } from '../../../i18n/text.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import { SettingText } from '../../../platform/console/SettingFields.tsx'
import styles from '../../../platform/console/Settings.module.css'
import type { SettingsForm } from '../../../platform/console/settings-form.ts'
import { Button } from '../../../ui/Button.tsx'
import { type Attribute, attributes, type Name, usual } from './values.ts'

const labels: Record<Attribute, TextId> = {
  IdAttribute: 'directory.idAttribute',
  EmailAttribute: 'directory.emailAttribute',
  UsernameAttribute: 'directory.usernameAttribute',
  FirstNameAttribute: 'directory.firstNameAttribute',
  LastNameAttribute: 'directory.lastNameAttribute',
  LocaleAttribute: 'saml.localeAttribute',
}

/** Which attributes of an answer an account takes. */
export const Attributes = ({ form }: { form: SettingsForm<Name> }) => {
  const say = useText()
  const fill = (values: Partial<Record<Attribute, string>>): void => {
    const empty = attributes.filter(
      (key) =>
        values[key] && form.textOf(`SamlSettings.${key}`) === '' && !form.isFixed(`SamlSettings.${key}`),
    )
    form.set(Object.fromEntries(empty.map((key) => [`SamlSettings.${key}`, values[key]])))
  }
  return (
    <Section title={say('saml.attributes')} lead={say('saml.attributesLead')}>
      <div className={styles.line} role="group" aria-label={say('directory.usual')}>
        <span className={styles.soft}>{say('directory.usual')}</span>
        {usual.map(({ name, values }) => (
          <Button key={name} onClick={() => fill(values)}>
            {name}
          </Button>
        ))}
      </div>
      {attributes.map((key) => (
        <SettingText
          key={key}
          form={form}
          name={`SamlSettings.${key}`}
          label={labels[key]}
          hint={key === 'IdAttribute' ? 'saml.idHint' : undefined}
        />
      ))}
      <SettingText
        form={form}
        name="SamlSettings.GuestAttribute"
        label="saml.guestAttribute"
        hint="saml.guestHint"
        placeholder="affiliation=affiliate"
      />
    </Section>
  )
}
