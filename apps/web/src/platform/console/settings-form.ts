/** A form over settings of the server, by their names: `Section.Key`. */
import type { ChangeEvent } from 'react'
import { notify } from '../../browser/notices.ts'
import { useText } from '../../i18n/text.ts'
import { useForm } from '../../ui/use-form.ts'
import type { Configuration, Configured } from './configuration.ts'

/** Numbers are texts while they are typed. A secret is never shown, and sent only if one was typed. */
export type Kind = 'text' | 'number' | 'switch' | 'secret'

type Value = string | boolean
type Values<N extends string> = Record<N, Value>
type Found<N extends string> = Partial<Record<N, string>>

export type SettingsForm<N extends string = string> = {
  textOf(name: N): string
  isOn(name: N): boolean
  problemOf(name: N): string
  isFixed(name: N): boolean
  /** Is there a secret, which nobody gets to see? */
  hasSecret(name: N): boolean
  set(part: Partial<Record<N, Value>>): void
  /** The properties of a field for text. */
  field(name: N): {
    value: string
    problem: string
    disabled: boolean
    onChange(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void
  }
  /** For `submit` of a form. */
  save(): Promise<unknown>
}

const WHOLE = /^\d{1,9}$/

type Rules<N extends string> = {
  /** What stands in a field for which nothing is stored. */
  proposed?: Partial<Record<N, string>>
  check?(form: Pick<SettingsForm<N>, 'textOf' | 'isOn'>): Found<N>
  refusals?: Readonly<Record<string, N>>
  keptAs: string
  /** Runs before the settings are saved; what it throws, the form tells. */
  before?(): Promise<unknown>
  /** The values as they are sent, if that is another form than the one in which people write them. */
  adjusted?(values: Values<N>): Values<N>
}

const partsOf = (name: string): [section: string, key: string] => {
  const [section = '', key = ''] = name.split('.')
  return [section, key]
}

const valuesOf = <N extends string>(
  stored: Configuration,
  kinds: Readonly<Record<N, Kind>>,
  proposed: Partial<Record<N, string>>,
): Values<N> =>
  Object.fromEntries(
    (Object.keys(kinds) as N[]).map((name) => {
      const [section, key] = partsOf(name)
      if (kinds[name] === 'switch') return [name, stored.isOn(section, key)]
      return [name, stored.text(section, key) || (proposed[name] ?? '')]
    }),
  ) as Values<N>

/** What differs from what is stored: others may have changed the rest meanwhile. */
const sentOf = <N extends string>(
  stored: Configuration,
  kinds: Readonly<Record<N, Kind>>,
  values: Values<N>,
): Record<string, Record<string, unknown>> => {
  const sent: Record<string, Record<string, unknown>> = {}
  for (const name of Object.keys(kinds) as N[]) {
    const [section, key] = partsOf(name)
    const kind = kinds[name]
    const value = typeof values[name] === 'string' && kind !== 'secret' ? values[name].trim() : values[name]
    const before = kind === 'switch' ? stored.isOn(section, key) : stored.text(section, key)
    if (stored.isFixed(section, key) || value === before) continue
    sent[section] = { ...sent[section], [key]: kind === 'number' ? Number(value) : value }
  }
  return sent
}

export const useSettingsForm = <N extends string>(
  config: Configured,
  stored: Configuration,
  kinds: Readonly<Record<N, Kind>>,
  { proposed = {}, check, refusals = {}, keptAs, before, adjusted }: Rules<N>,
): SettingsForm<N> => {
  const say = useText()
  const names = Object.keys(kinds) as N[]
  // Only what was typed: the rest follows what is stored.
  const form = useForm<Partial<Values<N>>>(
    {},
    {
      check: (typed) => {
        const values = reading(typed)
        const wrong = names.filter((name) => kinds[name] === 'number' && !WHOLE.test(values.textOf(name)))
        return {
          ...(Object.fromEntries(wrong.map((name) => [name, say('console.number')])) as Found<N>),
          ...check?.(values),
        }
      },
      refusals,
      keptAs,
    },
  )
  const whole = (typed: Partial<Values<N>>): Values<N> => {
    const values = valuesOf(stored, kinds, proposed)
    for (const name of names) if (typed[name] !== undefined) values[name] = typed[name]
    return values
  }
  const reading = (typed: Partial<Values<N>>) => {
    const values = whole(typed)
    return { textOf: (name: N) => String(values[name]).trim(), isOn: (name: N) => values[name] === true }
  }
  const shown = whole(form.values)
  const set = (part: Partial<Record<N, Value>>): void => form.set(part as Partial<Partial<Values<N>>>)
  return {
    ...reading(form.values),
    problemOf: form.problemOf,
    isFixed: (name) => stored.isFixed(...partsOf(name)),
    hasSecret: (name) => stored.hasSecret(...partsOf(name)),
    set,
    field: (name) => ({
      value: String(shown[name]),
      problem: form.problemOf(name),
      disabled: stored.isFixed(...partsOf(name)),
      onChange: (event) => set({ [name]: event.target.value } as Record<N, Value>),
    }),
    save: form.checked(async (typed) => {
      await before?.()
      await config.save(sentOf(stored, kinds, adjusted ? adjusted(whole(typed)) : whole(typed)))
      set(Object.fromEntries(names.map((name) => [name, undefined])) as Partial<Record<N, Value>>)
      form.forget()
      notify('done', say('settings.saved'))
    }),
  }
}

/** Can it be the address of a page? */
export const isWebAddress = (text: string): boolean =>
  /^https?:$/.test(URL.parse(text.trim())?.protocol ?? '') && !/\s/.test(text.trim())
