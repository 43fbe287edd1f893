/** Settings in a form. What the environment of the server fixes cannot be changed, and says so. */
import type { ReactNode } from 'react'
import { type TextId, useText } from '../../i18n/text.ts'
import { Busy } from '../../ui/Busy.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Area, Field } from '../../ui/Field.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { type Configuration, type Configured, useConfiguration } from './configuration.ts'
import type { SettingsForm } from './settings-form.ts'

type WithConfigurationProps = { children(config: Configured, stored: Configuration): ReactNode }

/** Waits for the configuration. */
export const WithConfiguration = ({ children }: WithConfigurationProps) => {
  const config = useConfiguration()
  return (
    <>
      <FormProblem text={config.problem} />
      {config.value ? children(config, config.value) : config.problem === '' && <Busy />}
    </>
  )
}

type SettingProps<N extends string> = {
  form: SettingsForm<N>
  name: NoInfer<N>
  label: TextId
  hint?: TextId | undefined
}

type SettingTextProps<N extends string> = SettingProps<N> & {
  placeholder?: string
  inputMode?: 'numeric' | 'email' | 'tel' | 'url'
  maxLength?: number
  /** Stands at the end of the line. */
  children?: ReactNode
}

export const SettingText = <N extends string>({ form, name, label, hint, ...rest }: SettingTextProps<N>) => {
  const say = useText()
  const shown = form.isFixed(name) ? 'directory.fixed' : hint
  return (
    <Field
      {...form.field(name)}
      label={say(label)}
      hint={shown && say(shown)}
      autoComplete="off"
      spellCheck={false}
      {...rest}
    />
  )
}

export const SettingArea = <N extends string>({ form, name, label, hint }: SettingProps<N>) => {
  const say = useText()
  const shown = form.isFixed(name) ? 'directory.fixed' : hint
  return <Area {...form.field(name)} label={say(label)} hint={shown && say(shown)} rows={3} />
}

export const SettingSwitch = <N extends string>({ form, name, label, hint }: SettingProps<N>) => {
  const say = useText()
  const shown = form.isFixed(name) ? 'directory.fixed' : hint
  return (
    <Checkbox
      label={say(label)}
      hint={shown && say(shown)}
      problem={form.problemOf(name)}
      isChecked={form.isOn(name)}
      isDisabled={form.isFixed(name)}
      onChange={(isOn) => form.set({ [name]: isOn } as Record<N, boolean>)}
    />
  )
}
