/** The search of the settings: a row is found by any of its texts, a section by its title or a row. */
import { createContext, useContext } from 'react'
import type { TextId } from '../../i18n/text.ts'
import { useText } from '../../i18n/text.ts'

/** What is searched for; '' shows everything. */
export const SettingsTerm = createContext('')

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Does one of the texts contain every word of the term? Accents and case do not matter. */
export const isFound = (term: string, texts: readonly string[]): boolean => {
  const all = folded(texts.join(' '))
  return folded(term)
    .split(/\s+/)
    .every((word) => all.includes(word))
}

/** Is a row with these texts to be shown? */
export const useIsFound = (finds: readonly TextId[]): boolean => {
  const term = useContext(SettingsTerm)
  const say = useText()
  return (
    term === '' ||
    isFound(
      term,
      finds.map((id) => say(id)),
    )
  )
}
