/** Which language the reader reads: chosen here, or by the account, or by the browser. */
import { Value } from '@plausch/client'
import type { MessageFormatElement } from 'react-intl'
import { storage } from './storage.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
export type Messages = Record<string, MessageFormatElement[]>

const isLanguage = (value: string): value is Language => languages.some((language) => language === value)

/** The best language of ours for a locale such as `de-AT`; undefined for one we do not have. */
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

/** The compiled messages of a language; the build made syntax trees of the texts. */
export const loadMessages = async (of: Language): Promise<Messages> =>
  (await catalogues[of]()).default as Messages

/** Shows another language from now on, on this device. Telling the account is the caller's. */
export const setLanguage = (next: Language): void => {
  storage.set('language', next)
  language.set(next)
}
