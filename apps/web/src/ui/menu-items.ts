/** What a menu can contain. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

export type MenuItem =
  /** The name of the items that follow, up to the next heading or line. */
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
  | { kind: 'submenu'; label: string; hint?: string; icon?: LucideIcon; items: readonly MenuItem[] }
  | MenuChoice

export type MenuChoice = {
  kind?: 'item'
  label: string
  /** A faint line below. For a disabled item it says why. */
  hint?: string
  icon?: LucideIcon
  /** Shown instead of an icon, for example a status dot. */
  mark?: ReactNode
  keys?: string
  isDanger?: boolean
  /** One of several exclusive options; `true` for the chosen one. */
  isChosen?: boolean
  /** An option that is on or off, independent of the others. */
  isChecked?: boolean
  /** Can be reached, so that its hint can be read, but does nothing. */
  isDisabled?: boolean
  /** The menu stays open after it, for example because several options can be switched. */
  staysOpen?: boolean
  run(): void
}

/** Items up to the next heading or line belong together. */
export type MenuGroup = { heading: string | undefined; items: (MenuChoice | Submenu)[] }
export type Submenu = Extract<MenuItem, { kind: 'submenu' }>

/** Splits items at headings and lines. Groups without items, and lines without neighbours, disappear. */
export const groupsOf = (items: readonly MenuItem[]): MenuGroup[] => {
  const groups: MenuGroup[] = [{ heading: undefined, items: [] }]
  for (const item of items) {
    if (item.kind === 'line') groups.push({ heading: undefined, items: [] })
    else if (item.kind === 'heading') groups.push({ heading: item.label, items: [] })
    else groups.at(-1)?.items.push(item)
  }
  return groups.filter((group) => group.items.length > 0)
}
