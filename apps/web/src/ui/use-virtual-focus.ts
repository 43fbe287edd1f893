/**
 * A list that is operated from a text field: the field keeps the focus, and the keys move a mark in the
 * list. Own code, because it renders each row once per letter; a collection of react-aria renders it twice.
 */
import { type KeyboardEvent, useLayoutEffect, useState } from 'react'

type VirtualFocus = {
  /** The index of the marked row; -1 if there is none. */
  at: number
  mark(index: number): void
  /** Properties of the text field. */
  field: {
    role: 'combobox'
    'aria-expanded': true
    'aria-autocomplete': 'list'
    'aria-controls': string
    'aria-activedescendant': string | undefined
    autoComplete: 'off'
    autoCapitalize: 'none'
    spellCheck: false
  }
  /** The id of a row. */
  idOf(index: number): string
  /** Moves the mark if the key asks for it; tells whether it did. */
  onKey(event: KeyboardEvent): boolean
}

const PAGE = 8

/** `id` is that of the list, `count` the number of its rows. `reset`: the mark is on the first row again. */
export const useVirtualFocus = (id: string, count: number, reset: unknown): VirtualFocus => {
  const [state, setState] = useState({ index: 0, reset })
  const index = state.reset === reset ? state.index : 0
  const at = Math.min(index, count - 1)
  const idOf = (row: number): string => `${id}-${row}`
  const mark = (to: number): void => setState({ index: Math.max(0, Math.min(to, count - 1)), reset })

  useLayoutEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])

  const targetOf = (event: KeyboardEvent): number | undefined => {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined
    if (event.key === 'ArrowDown') return at >= count - 1 ? 0 : at + 1
    if (event.key === 'ArrowUp') return at <= 0 ? count - 1 : at - 1
    if (event.key === 'PageDown') return at + PAGE
    if (event.key === 'PageUp') return at - PAGE
    return undefined
  }
  return {
    at,
    mark,
    idOf,
    field: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list',
      'aria-controls': id,
      'aria-activedescendant': at >= 0 ? idOf(at) : undefined,
      autoComplete: 'off',
      autoCapitalize: 'none',
      spellCheck: false,
    },
    onKey(event) {
      const to = targetOf(event)
      if (to === undefined || count === 0) return false
      event.preventDefault()
      mark(to)
      return true
    },
  }
}
