/** Keys: which combination an event is, and where the focus goes with F6. */

/** Keys whose name in a combination is not what the browser calls them. */
const NAMES: Record<string, string> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  Esc: 'Escape',
  Space: ' ',
  Plus: '+',
}

/**
 * Is the event this combination, such as `Ctrl+Shift+K`, `Alt+Up` or `/`? Ctrl also means the command key.
 * Characters that are neither letters nor digits may need Shift on some keyboards, so Shift is not compared
 * for them.
 */
export const matches = (event: KeyboardEvent, keys: string): boolean => {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const name = NAMES[key] ?? key
  const has = (part: string): boolean => parts.slice(0, -1).includes(part)
  const isCharacter = key.length === 1 && !/[A-Z0-9]/.test(key)
  // On a Mac, Alt and a letter are another character: there the key itself counts.
  const isKey =
    event.key.toLowerCase() === name.toLowerCase() || (event.altKey && event.code === `Key${name}`)
  return (
    isKey &&
    (event.ctrlKey || event.metaKey) === has('Ctrl') &&
    event.altKey === has('Alt') &&
    (isCharacter || event.shiftKey === has('Shift'))
  )
}

/** Is the reader typing text? Then keys without Ctrl or Alt belong to the text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** A dialog makes the page behind it inert; shortcuts of the page must not work through it. */
export const isBehindDialog = (): boolean => document.querySelector('[data-modal]') !== null

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
