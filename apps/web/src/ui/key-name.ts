/** Names of keys as on the reader's keyboard. */
import { language } from '../i18n/language.ts'

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

const onMac: [string, string][] = [
  ['Ctrl+', '⌘'],
  ['Alt+', '⌥'],
  ['Shift+', '⇧'],
]

const inGerman: [string, string][] = [
  ['Ctrl', 'Strg'],
  ['Shift', 'Umschalt'],
  ['Enter', 'Eingabe'],
]

const signs: [string, string][] = [
  ['Up', '↑'],
  ['Down', '↓'],
  ['Plus', '+'],
]

/** Writes a combination such as `Ctrl+K` as on this machine. */
export const keyName = (keys: string): string => {
  const names = isMac ? onMac : language.get() === 'de' ? inGerman : []
  return [...names, ...signs].reduce((text, [from, to]) => text.replace(from, to), keys)
}
