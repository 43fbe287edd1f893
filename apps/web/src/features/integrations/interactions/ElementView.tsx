import type { DialogElement } from '@plausch/wire'
import { useText } from '../../../i18n/text.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { DateTime } from '../../../ui/DateTime.tsx'
import { Area, Choice, Field } from '../../../ui/Field.tsx'
import { Picker } from '../../../ui/Picker.tsx'
import { longestOf, optionsOf, type Value } from './form.ts'
import { type Choosable, findOptions } from './options.ts'

type ElementViewProps = {
  element: DialogElement
  value: Value | undefined
  problem: string
  /** Asks the integration for options. */
  find(term: string): Promise<readonly Choosable[]>
  onChange(value: Value): void
}

const INPUTS = new Set(['email', 'number', 'tel', 'url', 'password'])
const MOST = 100

/** A field of an integration's dialog. */
export const ElementView = ({ element, value, problem, find, onChange }: ElementViewProps) => {
  const say = useText()
  const text = typeof value === 'string' ? value : ''
  const name = element.display_name
  const label = element.optional ? say('interactions.optional', { name }) : name
  const notes = { label, hint: element.help_text, problem }
  switch (element.type) {
    case 'textarea':
      return (
        <Area
          {...notes}
          rows={4}
          placeholder={element.placeholder}
          maxLength={longestOf(element)}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'bool':
      return (
        <Checkbox
          {...notes}
          label={element.placeholder || name}
          isChecked={value === true}
          onChange={onChange}
        />
      )
    case 'radio':
      return (
        <Choice
          legend={label}
          problem={problem}
          value={text}
          options={optionsOf(element).map((option) => ({ label: option.text, value: option.value }))}
          onChange={onChange}
        />
      )
    case 'select':
      return <Options {...{ element, value, label, problem, find, onChange }} />
    case 'datetime':
      return (
        <DateTime
          {...notes}
          value={text === '' ? undefined : new Date(text).getTime()}
          onChange={(time) => onChange(time === undefined ? '' : new Date(time).toISOString())}
        />
      )
    default: {
      const subtype = INPUTS.has(element.subtype ?? '') ? element.subtype : 'text'
      return (
        <Field
          {...notes}
          type={element.type === 'date' ? 'date' : subtype}
          placeholder={element.placeholder}
          maxLength={longestOf(element)}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    }
  }
}

type OptionsProps = Omit<ElementViewProps, 'problem'> & { label: string; problem: string }

const Options = ({ element, value, label, problem, find, onChange }: OptionsProps) => {
  const say = useText()
  const chosen = Array.isArray(value) ? (value as readonly Choosable[]) : []
  const source = element.data_source ?? ''
  return (
    <div data-problem={problem ? '' : undefined}>
      <Picker
        label={label}
        chosen={chosen}
        most={element.multiselect ? MOST : 1}
        none={say('interactions.none')}
        find={(term) => (source === 'dynamic' ? find(term) : findOptions(source, optionsOf(element), term))}
        onChange={onChange}
        keyOf={(option) => option.value}
        render={(option) => <span>{option.text}</span>}
        renderChosen={(option) => option.text}
        removeLabel={(option) => say('interactions.remove', { name: option.text })}
        {...(element.placeholder && { placeholder: element.placeholder })}
      />
      {(problem || element.help_text) && (
        <p role={problem ? 'alert' : undefined} data-problem={problem ? '' : undefined}>
          {problem || element.help_text}
        </p>
      )}
    </div>
  )
}
