/** The ways to format a text, with their keys. The bar, the keys and the list of shortcuts use this table. */
import type { TextId } from '../../../i18n/text.ts'
import type { Edit } from './asked.ts'
import { code, lines, link, type Selected, wrap } from './editing.ts'

export type Format = {
  name: string
  label: TextId
  keys?: string
  /** Only if something is selected: otherwise the keys mean something else. */
  needsSelection?: boolean
  edit(it: Selected): Edit
}

export const FORMATS = [
  { name: 'bold', label: 'writing.bold', keys: 'Ctrl+B', edit: (it) => wrap(it, '**') },
  { name: 'italic', label: 'writing.italic', keys: 'Ctrl+I', edit: (it) => wrap(it, '*') },
  { name: 'strike', label: 'writing.strike', keys: 'Ctrl+Shift+X', edit: (it) => wrap(it, '~~') },
  { name: 'heading', label: 'writing.heading', edit: (it) => lines(it, 'heading') },
  { name: 'link', label: 'writing.link', keys: 'Ctrl+Alt+K', edit: (it) => link(it) },
  { name: 'code', label: 'writing.code', keys: 'Ctrl+Alt+C', edit: code },
  { name: 'quote', label: 'writing.quote', keys: 'Ctrl+Shift+9', edit: (it) => lines(it, 'quote') },
  { name: 'bullets', label: 'writing.bullets', keys: 'Ctrl+Shift+8', edit: (it) => lines(it, 'bullets') },
  { name: 'numbers', label: 'writing.numbers', keys: 'Ctrl+Shift+7', edit: (it) => lines(it, 'numbers') },
  { name: 'tasks', label: 'writing.tasks', edit: (it) => lines(it, 'tasks') },
] as const satisfies readonly Format[]

/** With a selection, the keys of the switcher make a link, as in other chats. */
export const LINK_KEYS = 'Ctrl+K'

/** With Shift, the keys of digits have other characters on each keyboard. */
const digitOf = (event: KeyboardEvent): string =>
  event.shiftKey ? (/^Digit(\d)$/.exec(event.code)?.[1] ?? '') : ''

/** The format that a key asks for. */
export const formatFor = (event: KeyboardEvent, hasSelection: boolean): Format | undefined => {
  if (!event.ctrlKey && !event.metaKey) return undefined
  const parts = ['Ctrl', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '']
  const key = digitOf(event) || event.key.toUpperCase()
  const keys = [...parts.filter(Boolean), key].join('+')
  const wanted = keys === LINK_KEYS && hasSelection ? 'Ctrl+Alt+K' : keys
  return FORMATS.find((format) => 'keys' in format && format.keys === wanted)
}
