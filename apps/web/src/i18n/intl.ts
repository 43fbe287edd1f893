/**
 * Formats texts, dates and numbers for a locale. The build compiles the texts (`build/texts.ts`); whatever
 * else they need, browsers have in `Intl`.
 */
import { createContext, createElement, type ReactNode, useContext, useMemo } from 'react'

type Options = Record<string, { value: readonly TextPart[] } | undefined>
type Plural = { type: 6; value: string; options: Options; offset: number; pluralType: 'cardinal' | 'ordinal' }
/** A part of a compiled text: literal, value, choice, plural, or the number of the plural around it. */
export type TextPart =
  | { type: 0; value: string }
  | { type: 1; value: string }
  | { type: 5; value: string; options: Options }
  | Plural
  | { type: 7 }
export type Messages = Record<string, readonly TextPart[] | undefined>
export type TextValues = Record<string, string | number | boolean>

/** Makes each format of a kind once: making one takes longer than using it. */
const cached = <O, F>(Format: new (locale: string, options?: O) => F) => {
  const made = new Map<string, F>()
  return (locale: string, options?: O): F => {
    const key = locale + JSON.stringify(options)
    const format = made.get(key) ?? new Format(locale, options)
    made.set(key, format)
    return format
  }
}

const dates = cached<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(Intl.DateTimeFormat)
const numbers = cached<Intl.NumberFormatOptions, Intl.NumberFormat>(Intl.NumberFormat)
const times = cached<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(Intl.RelativeTimeFormat)
const lists = cached<Intl.ListFormatOptions, Intl.ListFormat>(Intl.ListFormat)
const plurals = cached<Intl.PluralRulesOptions, Intl.PluralRules>(Intl.PluralRules)

const pluralOf = (locale: string, { options, offset, pluralType }: Plural, count: number) =>
  options[`=${count}`] ??
  options[plurals(locale, { type: pluralType }).select(count - offset)] ??
  options.other

/** `count` is the number of the plural around these parts. */
const written = (locale: string, parts: readonly TextPart[], values: TextValues, count = 0): string =>
  parts
    .map((part): string => {
      if (part.type === 0) return part.value
      if (part.type === 7) return numbers(locale).format(count)
      const value = values[part.value]
      if (value === undefined) throw new Error(`no value for ${part.value}`)
      if (part.type === 1) return String(value)
      if (part.type === 5)
        return written(
          locale,
          (part.options[String(value)] ?? part.options.other)?.value ?? [],
          values,
          count,
        )
      const number = Number(value)
      return written(locale, pluralOf(locale, part, number)?.value ?? [], values, number - part.offset)
    })
    .join('')

const HOURS = { hour: 'numeric', minute: 'numeric' } as const

export const createIntl = (locale: string, messages: Messages) => ({
  locale,
  /** A text by its id; the id itself if the text is not there or lacks a value. */
  formatMessage(id: string, values: TextValues = {}): string {
    try {
      return written(locale, messages[id] ?? [{ type: 0, value: id }], values)
    } catch (error) {
      console.error(id, error)
      return id
    }
  },
  formatDate: (at: number | Date, options?: Intl.DateTimeFormatOptions): string =>
    dates(locale, options).format(at),
  formatTime: (at: number | Date, options?: Intl.DateTimeFormatOptions): string =>
    dates(locale, { ...HOURS, ...options }).format(at),
  formatNumber: (value: number, options?: Intl.NumberFormatOptions): string =>
    numbers(locale, options).format(value),
  formatRelativeTime: (
    value: number,
    unit: Intl.RelativeTimeFormatUnit,
    options?: Intl.RelativeTimeFormatOptions,
  ): string => times(locale, options).format(value, unit),
  formatList: (items: readonly string[]): string => lists(locale).format(items),
})

export type IntlShape = ReturnType<typeof createIntl>

const Context = createContext(createIntl('en', {}))

export const useIntl = (): IntlShape => useContext(Context)

type IntlProviderProps = { locale: string; messages: Messages; children: ReactNode }

/** Everything inside is in this language. */
export const IntlProvider = ({ locale, messages, children }: IntlProviderProps) => {
  const intl = useMemo(() => createIntl(locale, messages), [locale, messages])
  return createElement(Context, { value: intl }, children)
}
