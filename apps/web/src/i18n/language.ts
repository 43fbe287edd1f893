/** The reader's language: chosen on this device, or by the account, or by the browser. */
import { Value } from '@plausch/client'
import { storage } from '../browser/storage.ts'
import type { Messages, TextPart } from './intl.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

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

/** The account's clock: `true` for 24 hours, `false` for 12; '' for the usual one of the language. */
export const clock = new Value('')

/**
 * The sign-in page needs the first part, the chat the second, everything that is loaded later the rest. Only
 * administrators need the texts of the console.
 */
export type Part = 'entry' | 'chat' | 'rest' | 'console'

type Load = () => Promise<{ default: Record<string, string | TextPart[]> }>

const catalogues: Record<Language, Record<Part, Load>> = {
  en: {
    entry: () => import('virtual:texts/en/entry'),
    chat: () => import('virtual:texts/en/chat'),
    rest: () => import('virtual:texts/en/rest'),
    console: () => import('virtual:texts/en/console'),
  },
  de: {
    entry: () => import('virtual:texts/de/entry'),
    chat: () => import('virtual:texts/de/chat'),
    rest: () => import('virtual:texts/de/rest'),
    console: () => import('virtual:texts/de/console'),
  },
}

const LITERAL = 0
const wanted = new Set<Part>()
const loaded: Record<Language, Messages> = { en: {}, de: {} }

const loadPart = async (of: Language, part: Part): Promise<void> => {
  const texts = (await catalogues[of][part]()).default
  for (const [id, text] of Object.entries(texts))
    loaded[of][id] = typeof text === 'string' ? [{ type: LITERAL, value: text }] : text
}

/**
 * Loads a part of the texts in the reader's language. The parts of a language share one object, so texts
 * that come later need no new rendering of what is on the screen.
 */
export const loadTexts = async (part: Part): Promise<void> => {
  wanted.add(part)
  await loadPart(language.get(), part)
}

/** The texts of a language, with all parts that were asked for so far. */
export const messagesIn = async (of: Language): Promise<Messages> => {
  await Promise.all([...wanted].map((part) => loadPart(of, part)))
  return loaded[of]
}

/** Switches the language on this device. The caller also updates the account. */
export const setLanguage = (next: Language): void => {
  storage.set('language', next)
  language.set(next)
}
