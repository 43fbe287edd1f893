/** The texts of a version, one for each language that this client speaks. */
import type { TermsVersion } from '@plausch/wire'

export const languages = ['de', 'en'] as const
type Language = (typeof languages)[number]

/** Clients of v4 write one text for everybody: it counts as one in the language of the server. */
export const textsOf = (version: TermsVersion | undefined, language: Language): Record<Language, string> => {
  const { de = '', en = '' } = version?.translations ?? {}
  const texts = { de, en }
  return texts[language] === '' ? { ...texts, [language]: textFor(version, texts) } : texts
}

const textFor = (version: TermsVersion | undefined, texts: Record<Language, string>): string => {
  const text = version?.text ?? ''
  return Object.values(texts).includes(text) ? '' : text
}
