import { type AttributeField, attributes as operations, type User } from '@plausch/wire'
import { useEffect } from 'react'
import { useSource } from '../../../browser/use-source.ts'
import { attempt, useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Select } from '../../../ui/Select.tsx'
import { AttributeText } from './AttributeText.tsx'
import styles from './Profiles.module.css'

type Value = string | readonly string[]

const saveValue = (fieldId: string, value: Value): Promise<unknown> =>
  client.call(operations.patchOwn, { body: { [fieldId]: typeof value === 'string' ? value : [...value] } })

const KINDS = ['email', 'url', 'phone'] as const
const kindOf = (valueType: string) => KINDS.find((kind) => kind === valueType) ?? 'text'

/** Only administrators, or the directory, set some of the fields. */
const isOwn = ({ type, attrs }: AttributeField): boolean =>
  attrs.managed !== 'admin' && !attrs.ldap && !attrs.saml && type !== 'user' && type !== 'multiuser'

/** What the organisation records about people, as far as they fill it in themselves. */
export const AttributeRows = ({ me }: { me: User }) => {
  const fields = useSource(client.attributes.fields)
  const values = useSource(client.attributes.values.at(me.id))
  const isOn = useSource(client.settings.config).FeatureFlagCustomProfileAttributes !== 'false'
  useEffect(() => {
    if (isOn) void attempt(() => client.attributes.open(me.id))
  }, [me.id, isOn])
  if (!isOn || !values) return null
  return [...fields]
    .filter(isOwn)
    .sort((a, b) => a.attrs.sort_order - b.attrs.sort_order)
    .map((field) => <AttributeRow key={field.id} field={field} value={values[field.id] ?? ''} />)
}

const AttributeRow = ({ field, value }: { field: AttributeField; value: Value }) => {
  const label = field.attrs.display_name || field.name
  if (field.type === 'select') return <OneRow field={field} label={label} value={[value].flat()[0] ?? ''} />
  if (field.type === 'multiselect')
    return <ManyRow field={field} label={label} value={[value].flat().filter(Boolean)} />
  return (
    <AttributeText
      label={label}
      type={field.type === 'date' ? 'date' : kindOf(field.attrs.value_type)}
      value={[value].flat().join(', ')}
      save={(text) => saveValue(field.id, text)}
    />
  )
}

const OneRow = ({ field, label, value }: { field: AttributeField; label: string; value: string }) => {
  const say = useText()
  const [saving, run] = useSaving()
  const options = (field.attrs.options ?? []).map(({ id = '', name }) => ({ value: id, label: name }))
  return (
    <Row finds={['people.profile']} saving={saving}>
      <Select
        label={label}
        value={value}
        options={[{ value: '', label: say('profile.nothing') }, ...options]}
        onChange={(next) => void run(() => saveValue(field.id, next))}
      />
    </Row>
  )
}

const ManyRow = ({ field, label, value }: { field: AttributeField; label: string; value: string[] }) => {
  const [saving, run] = useSaving()
  return (
    <Row finds={['people.profile']} saving={saving}>
      <fieldset className={styles.many}>
        <legend>{label}</legend>
        {(field.attrs.options ?? []).map(({ id = '', name }) => (
          <Checkbox
            key={id}
            label={name}
            isChecked={value.includes(id)}
            onChange={(isOn) =>
              void run(() => saveValue(field.id, isOn ? [...value, id] : value.filter((each) => each !== id)))
            }
          />
        ))}
      </fieldset>
    </Row>
  )
}
