/**
 * The pane at the right of the messages, or over them on narrow screens: a thread, the members, search. One
 * is open at a time. On narrow screens the back button closes it.
 */
import { Value } from '@plausch/client'
import type { ComponentType } from 'react'
import { path } from '../browser/path.ts'
import { isDrawerOpen } from './drawer.ts'
import { later, type PropsOf } from './later.ts'

export type OpenPane = { name: string; key: string; Content: ComponentType; props: object }

export const openPane = new Value<OpenPane | undefined>(undefined)

/** The pane that the open one replaced: a list of results, for example, one of which was opened. */
export const previousPane = new Value<OpenPane | undefined>(undefined)

/** On narrow screens: the pane that made way for a page that it led to. */
let left: OpenPane | undefined

/** Narrower windows show the pane instead of the messages (see `Main.module.css`). */
const NARROW = '(width < 1000px)'

const isOurs = (): boolean => (history.state as { pane?: boolean } | null)?.pane === true

window.addEventListener('popstate', () => {
  if (!matchMedia(NARROW).matches) return
  openPane.set(isOurs() ? left : undefined)
})

// A pane that covers the messages would also cover the message that it leads to. The back button returns.
path.subscribe(() => {
  if (!openPane.get() || isOurs() || !matchMedia(NARROW).matches) return
  left = openPane.get()
  openPane.set(undefined)
})

export const closePane = (): void => {
  openPane.set(undefined)
  previousPane.set(undefined)
  if (isOurs()) history.back()
}

/** Shows the pane again that the open one replaced. */
export const backPane = (): void => {
  openPane.set(previousPane.get())
  previousPane.set(undefined)
}

export type PaneOf<P extends object> = {
  /** Opens it in place of the one that is open. */
  open(...args: PropsOf<P>): void
  /** Closes it if it is open with these properties, otherwise opens it. */
  toggle(...args: PropsOf<P>): void
  /** Is it the open one? */
  isOpen(open: OpenPane | undefined): boolean
}

/** Declares a pane whose code is loaded when it is first opened. `name` is unique. */
export const pane = <P extends object>(name: string, load: () => Promise<ComponentType<P>>): PaneOf<P> => {
  const Content = later(load) as unknown as ComponentType
  const open = (props = {} as P): void => {
    const before = openPane.get()
    const wasOpen = before !== undefined
    if (before?.name !== name) previousPane.set(before)
    openPane.set({ name, key: JSON.stringify(props), Content, props })
    // On narrow screens it may be opened from the drawer, which would cover it.
    isDrawerOpen.set(false)
    if (!wasOpen && matchMedia(NARROW).matches) history.pushState({ pane: true }, '')
  }
  return {
    open,
    toggle(props = {} as P) {
      const current = openPane.get()
      if (current?.name === name && current.key === JSON.stringify(props)) closePane()
      else open(props)
    },
    isOpen: (current) => current?.name === name,
  }
}
