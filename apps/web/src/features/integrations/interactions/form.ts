/** The values of an integration's dialog: how they begin, what is wrong with them, and how they are sent. */
import type { DialogElement } from '@plausch/wire'
import type { TextId, TextValues } from '../../../i18n/text.ts'
import type { Choosable } from './options.ts'

/** Text, yes or no, or chosen options, by the type of the element. */
export type Value = string | boolean | readonly Choosable[]
export type Values = Record<string, Value>
export type Problem = { id: TextId; values?: TextValues }

export const optionsOf = (element: DialogElement): Choosable[] =>
  (element.options ?? []).map(({ text, value }) => ({ text, value: String(value) }))

/** v4's limits, where the integration sets none. */
const LONGEST: Record<string, number> = { text: 150, textarea: 3000 }

export const longestOf = ({ type, max_length }: DialogElement): number =>
  max_length || (LONGEST[type] ?? 3000)

const first = (element: DialogElement): Value => {
  const given = element.default ?? ''
  if (element.type === 'bool') return given === 'true'
  if (element.type !== 'select') return given
  const wanted = element.multiselect ? given.split(',').map((each) => each.trim()) : [given]
  return optionsOf(element).filter(({ value }) => wanted.includes(value))
}

/** The values at the beginning; those of an earlier step stay. */
export const valuesOf = (elements: readonly DialogElement[], before: Values = {}): Values =>
  Object.fromEntries(elements.map((element) => [element.name, before[element.name] ?? first(element)]))

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === false || (typeof value !== 'boolean' && value.length === 0)

/** What is wrong with a value; undefined if nothing is. */
export const problemWith = (element: DialogElement, value: Value | undefined): Problem | undefined => {
  if (isEmpty(value)) return element.optional || element.type === 'bool' ? undefined : { id: 'form.missing' }
  if (typeof value !== 'string') return undefined
  const length = [...value].length
  if (element.min_length && length < element.min_length)
    return { id: 'interactions.tooShort', values: { least: element.min_length } }
  if (length > longestOf(element)) return { id: 'interactions.tooLong', values: { most: longestOf(element) } }
  if (element.subtype === 'number' && Number.isNaN(Number(value))) return { id: 'interactions.noNumber' }
  if (element.subtype === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return { id: 'interactions.noEmail' }
  if (element.subtype === 'url' && !URL.canParse(value)) return { id: 'interactions.noUrl' }
  return undefined
}

const sent = (element: DialogElement, value: Value | undefined): unknown => {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  if (typeof value === 'string') return element.subtype === 'number' && value !== '' ? Number(value) : value
  const chosen = value.map((each) => each.value)
  return element.multiselect ? chosen : (chosen[0] ?? '')
}

/** The answer, by the names of the elements. Those left empty are left out. */
export const submissionOf = (elements: readonly DialogElement[], values: Values): Record<string, unknown> =>
  Object.fromEntries(
    elements
      .filter(({ name, type }) => type === 'bool' || !isEmpty(values[name]))
      .map((element) => [element.name, sent(element, values[element.name])]),
  )
