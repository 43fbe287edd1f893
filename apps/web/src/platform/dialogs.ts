/** Dialogs over the page. A feature declares its dialogs; code anywhere opens them. */
import { Value } from '@plausch/client'
import type { ComponentType } from 'react'
import { later, type PropsOf } from './later.ts'

export type OpenDialog = { key: number; Content: ComponentType<{ close(): void }>; props: object }

/** Those that are open; the last one is on top. */
export const openDialogs = new Value<readonly OpenDialog[]>([])

let last = 0

export type DialogOf<P extends object> = {
  /** Opens it over what is there. It closes itself by its property `close`. */
  open(...args: PropsOf<P>): void
  /** Loads its code, for example when a pointer comes near. */
  load(): Promise<void>
}

/**
 * Declares a dialog whose code is loaded when it is first opened:
 * `export const invite = dialog(async () => (await import('./Invite.tsx')).Invite)`
 */
export const dialog = <P extends { close(): void }>(
  load: () => Promise<ComponentType<P>>,
): DialogOf<Omit<P, 'close'>> => {
  const Content = later(load) as unknown as ComponentType<{ close(): void }> & { load(): Promise<void> }
  return {
    open(...[props = {}]) {
      openDialogs.set([...openDialogs.get(), { key: ++last, Content, props }])
    },
    load: Content.load,
  }
}

export const closeDialog = (key: number): void =>
  openDialogs.set(openDialogs.get().filter((each) => each.key !== key))

/** Opens a dialog again that was closed because it failed. */
export const reopenDialog = ({ Content, props }: OpenDialog): void =>
  openDialogs.set([...openDialogs.get(), { key: ++last, Content, props }])

/** Closes all of them, for example because the session is over. */
export const closeDialogs = (): void => openDialogs.set([])
