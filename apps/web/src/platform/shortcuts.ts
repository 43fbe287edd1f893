/** Global keyboard shortcuts. The list that people see consists of the same objects that are bound. */
import { useEffect, useRef } from 'react'
import type { TextId } from '../i18n/text.ts'

export type Shortcut = {
  /** For example `Ctrl+K`; on a Mac, Ctrl means the command key. */
  keys: string
  name: TextId
  run(): void
}

const matches = (event: KeyboardEvent, keys: string): boolean => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const wants = (part: string): boolean => parts.includes(part)
  return (
    event.key.toLowerCase() === NAMES[key]?.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === wants('Ctrl') &&
    event.altKey === wants('Alt') &&
    // Characters such as / need Shift on some keyboards.
    (event.shiftKey === wants('Shift') || !/^(F6|Up|Down|[A-Z])$/.test(key))
  )
}

const NAMES: Record<string, string> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  K: 'k',
  '/': '/',
  F6: 'F6',
  M: 'm',
  Esc: 'Escape',
}

/** Binds the shortcuts while the component is mounted. They do nothing while a modal dialog is open. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (document.querySelector('[data-modal]')) return
      const shortcut = latest.current.find(({ keys }) => matches(event, keys))
      if (!shortcut) return
      event.preventDefault()
      shortcut.run()
    }
    // In the capture phase, so that a field does not handle the key first.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** Moves the focus to the next of the page's regions (`data-landmark`), or with -1 to the previous one. */
export const moveToRegion = (step: 1 | -1): void => {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-landmark]')].filter((region) =>
    region.checkVisibility(),
  )
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(at + step + regions.length) % regions.length]
  const inside = next?.querySelector<HTMLElement>('textarea, [aria-current="page"], article[tabindex="0"]')
  const target = inside ?? next
  target?.focus()
}
