/** Checks fields and their values. */
import type { AttributeField } from '@plausch/wire'
import { Fault } from '../../../core/faults.ts'
import { newId } from '../../../core/ids.ts'
import type { FieldRow, Value } from './store.ts'

/** As in v4. */
export const MOST_FIELDS = 20

type Attrs = Partial<AttributeField['attrs']>

const hasOptions = (type: AttributeField['type']) => type === 'select' || type === 'multiselect'

/**
 * The complete attributes of a field. Each option has an id and a unique name, and only fields with choices
 * have options.
 */
export const checkAttrs = (
  type: AttributeField['type'],
  attrs: Attrs,
  before?: Attrs,
): AttributeField['attrs'] => {
  const { options: wanted, ...rest } = { ...before, ...attrs }
  const complete = {
    ...rest,
    sort_order: rest.sort_order ?? 0,
    visibility: rest.visibility ?? 'when_set',
    value_type: type === 'text' ? (rest.value_type ?? '') : '',
  }
  if (!hasOptions(type)) return complete
  const options = (wanted ?? []).map((option) => ({
    ...option,
    id: option.id || newId(),
    name: option.name.trim(),
  }))
  const names = new Set(options.map((option) => option.name.toLowerCase()))
  if (options.length === 0 || names.size !== options.length || names.has(''))
    throw new Fault('attributes.options')
  if (new Set(options.map((option) => option.id)).size !== options.length)
    throw new Fault('attributes.options')
  return { ...complete, options }
}

const shapes: Record<string, RegExp> = {
  email: /^[^\s@]+@[^\s@]+$/,
  url: /^https?:\/\/\S+$/i,
  phone: /^[+0-9][0-9 ()/-]{2,}$/,
}

const LONGEST_TEXT = 64

const fitsText = ({ attrs }: FieldRow, value: string): boolean => {
  if (value === '') return true
  const shape = shapes[attrs.value_type]
  return value.length <= (attrs.value_type === 'url' ? 512 : LONGEST_TEXT) && (!shape || shape.test(value))
}

/** The value in the form that is stored. `known` contains the ids in it that belong to people. */
export const checkValue = (field: FieldRow, value: Value, known: ReadonlySet<string>): Value => {
  const wrong = () => new Fault('attributes.value', { name: field.name })
  const isMany = field.type === 'multiselect' || field.type === 'multiuser'
  if (Array.isArray(value) !== isMany) throw wrong()
  const parts = (Array.isArray(value) ? value : [value]).map((part) => part.trim())
  const options = new Set(field.attrs.options?.map((option) => option.id ?? ''))
  const fits = (part: string): boolean => {
    if (field.type === 'text') return fitsText(field, part)
    if (part === '') return !isMany
    if (field.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(part) && !Number.isNaN(Date.parse(part))
    return hasOptions(field.type) ? options.has(part) : known.has(part)
  }
  if (!parts.every(fits) || new Set(parts).size !== parts.length) throw wrong()
  return isMany ? parts : (parts[0] ?? '')
}
