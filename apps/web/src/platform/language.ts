/** The reader's language: chosen on this device, or by the account, or by the browser. */
import { Value } from '@plausch/client'
import type { MessageFormatElement } from 'react-intl'
import { storage } from './storage.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
export type Messages = Record<string, MessageFormatElement[]>

const isLanguage = (value: string): value is Language => languages.some((language) => language === value)

/** Our best language for a locale such as `de-AT`; undefined if there is none. */
export const languageOf = (locale: string): Language | undefined => {
  const [short = ''] = locale.toLowerCase().split(/[-_]/)
  return isLanguage(short) ? short : undefined
}

const initial = (): Language =>
  languageOf(storage.get('language') ?? '') ??
  navigator.languages.map(languageOf).find((language) => language !== undefined) ??
  'en'

export const language = new Value<Language>(initial())

const catalogues: Record<Language, () => Promise<{ default: unknown }>> = {
  en: () => import('../i18n/en.json'),
  de: () => import('../i18n/de.json'),
}

/** The compiled messages of a language; the build has turned them into syntax trees. */
export const loadMessages = async (of: Language): Promise<Messages> =>
  (await catalogues[of]()).default as Messages

/** Switches the language on this device. The caller also updates the account. */
export const setLanguage = (next: Language): void => {
  storage.set('language', next)
  language.set(next)
}
