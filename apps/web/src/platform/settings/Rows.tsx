import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useSource } from '../../browser/use-source.ts'
import { type TextId, useText } from '../../i18n/text.ts'
import { Choice, Field, type Option } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { type AccountChoice, choose, chosen } from '../choices.ts'
import styles from './Rows.module.css'
import { type Saving, useSaving } from './saving.ts'
import { useIsFound } from './search.ts'

type RowProps = {
  /** The texts that the search finds it by. */
  finds: readonly TextId[]
  saving?: Saving
  children: ReactNode
}

/** One setting. It disappears while something else is searched for. */
export const Row = ({ finds, saving, children }: RowProps) => {
  const isShown = useIsFound(finds)
  return (
    <div className={styles.row} hidden={!isShown}>
      {children}
      {saving && <Said saving={saving} />}
    </div>
  )
}

/** "Saved", or what went wrong. Its place is reserved, so nothing moves. */
const Said = ({ saving }: { saving: Saving }) => {
  const say = useText()
  return (
    <p className={styles.said} role="status" data-problem={saving.problem ? '' : undefined}>
      {saving.state === 'saved' && (
        <>
          <Check size={14} strokeWidth={2} aria-hidden /> {say('settings.saved')}
        </>
      )}
      {saving.problem}
    </p>
  )
}

type Labels = { label: TextId; hint?: TextId; finds?: readonly TextId[] }

const findsOf = ({ label, hint, finds = [] }: Labels): readonly TextId[] => [
  label,
  ...(hint ? [hint] : []),
  ...finds,
]

type SwitchRowProps = Labels & { isOn: boolean; isDisabled?: boolean; save(isOn: boolean): Promise<unknown> }

/** A setting that is on or off. */
export const SwitchRow = ({ isOn, isDisabled = false, save, ...labels }: SwitchRowProps) => {
  const say = useText()
  const [saving, run] = useSaving()
  return (
    <Row finds={findsOf(labels)} saving={saving}>
      <Switch
        label={say(labels.label)}
        hint={labels.hint && say(labels.hint)}
        isOn={isOn}
        isDisabled={isDisabled}
        onChange={(next) => void run(() => save(next))}
      />
    </Row>
  )
}

export type OptionText<V extends string> = { value: V; label: TextId; hint?: TextId }

type ChoiceRowProps<V extends string> = Labels & {
  value: V
  options: readonly OptionText<V>[]
  /** Many options are shown in a list that opens. */
  isLong?: boolean
  save(value: V): Promise<unknown>
}

/** A setting with a few values. */
export const ChoiceRow = <V extends string>({
  value,
  options,
  isLong = false,
  save,
  ...labels
}: ChoiceRowProps<V>) => {
  const say = useText()
  const [saving, run] = useSaving()
  const said = options.map(
    ({ value, label, hint }): Option<V> => ({ value, label: say(label), ...(hint && { hint: say(hint) }) }),
  )
  const change = (next: V): void => void run(() => save(next))
  return (
    <Row finds={[...findsOf(labels), ...options.map(({ label }) => label)]} saving={saving}>
      {isLong ? (
        <Select
          label={say(labels.label)}
          hint={labels.hint && say(labels.hint)}
          value={value}
          options={said}
          onChange={change}
        />
      ) : (
        <Choice legend={say(labels.label)} value={value} options={said} onChange={change} />
      )}
    </Row>
  )
}

type TextRowProps = Labels & {
  value: string
  longest: number
  isDisabled?: boolean
  autoComplete?: string
  prefix?: string
  /** What is wrong with a text, before it is sent; '' for nothing. */
  check?(text: string): string
  save(text: string): Promise<unknown>
}

/** A text. It is saved on Enter, and when the field loses the focus; Esc brings the earlier one back. */
export const TextRow = ({
  value,
  longest,
  isDisabled = false,
  autoComplete = 'off',
  prefix,
  check,
  save,
  ...labels
}: TextRowProps) => {
  const say = useText()
  const [saving, run] = useSaving()
  const [text, setText] = useState(value)
  const [problem, setProblem] = useState('')
  useEffect(() => setText(value), [value])

  const done = (): void => {
    const wanted = text.trim()
    const wrong = wanted === value ? '' : (check?.(wanted) ?? '')
    setProblem(wrong)
    if (wanted !== value && wrong === '') void run(() => save(wanted))
  }
  return (
    <Row finds={findsOf(labels)} saving={saving}>
      <Field
        label={say(labels.label)}
        hint={labels.hint && say(labels.hint)}
        problem={problem}
        {...(prefix !== undefined && { prefix })}
        value={text}
        maxLength={longest}
        disabled={isDisabled}
        autoComplete={autoComplete}
        onChange={(event) => setText(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done()
          if (event.key !== 'Escape' || text === value) return
          // Esc takes back the text first; a second one closes the settings.
          event.stopPropagation()
          event.nativeEvent.stopImmediatePropagation()
          setText(value)
          setProblem('')
        }}
      />
    </Row>
  )
}

type AccountSwitchProps = Labels & {
  of: AccountChoice
  /** The values for on and off. */
  values?: readonly [on: string, off: string]
}

/** A switch for a setting that the account keeps. */
export const AccountSwitch = ({
  of,
  values: [on, off] = ['true', 'false'],
  ...labels
}: AccountSwitchProps) => (
  <SwitchRow {...labels} isOn={useSource(sourceOf(of)) === on} save={(isOn) => choose(of, isOn ? on : off)} />
)

type AccountOptionsProps<V extends string> = Labels & {
  of: AccountChoice
  options: readonly OptionText<V>[]
  isLong?: boolean
}

/** A choice for a setting that the account keeps. */
export const AccountOptions = <V extends string>({ of, options, ...rest }: AccountOptionsProps<V>) => {
  const value = useSource(sourceOf(of))
  const known = options.find((each) => each.value === value) ?? options[0]
  return (
    known && <ChoiceRow {...rest} value={known.value} options={options} save={(next) => choose(of, next)} />
  )
}

const sources = new Map<AccountChoice, ReturnType<typeof chosen>>()
/** The same source for a setting each time, so that components do not subscribe anew. */
const sourceOf = (of: AccountChoice): ReturnType<typeof chosen> => {
  const source = sources.get(of) ?? chosen(of)
  sources.set(of, source)
  return source
}
