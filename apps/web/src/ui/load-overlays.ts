/**
 * Menus and popovers are loaded when a pointer or the focus comes near their button, or while nobody waits:
 * the first page needs the buttons only.
 */
import { useState } from 'react'
import { loadTexts } from '../i18n/language.ts'
import { attempt } from '../i18n/text.ts'

export type Overlays = typeof import('./overlays.ts')

/** What else must be there before a menu opens: its items, for example. */
const companions: (() => Promise<unknown>)[] = []

/** Loads something together with menus and popovers. */
export const loadWithOverlays = (load: () => Promise<unknown>): void => void companions.push(load)

let loaded: Overlays | undefined
let loading: Promise<Overlays> | undefined

/** Loads the code of menus and popovers, once. After a failure the next call tries again. */
export const loadOverlays = (): Promise<Overlays> => {
  loading ??= Promise.all([
    import('./overlays.ts'),
    loadTexts('rest'),
    ...companions.map((load) => load()),
  ]).then(
    ([overlays]) => {
      loaded = overlays
      return overlays
    },
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

/** Loads them ahead of need; a failure is told only when somebody opens a menu. */
export const prefetchOverlays = (): void => void loadOverlays().catch(() => undefined)

type OverlayState = {
  /** What can be rendered while it is open; undefined while it is closed or being loaded. */
  overlays: Overlays | undefined
  isOpen: boolean
  open(): void
  close(): void
}

/** Whether an overlay is open. It opens as soon as the code is there; a failure is told by a notice. */
export const useOverlay = (): OverlayState => {
  const [isOpen, setOpen] = useState(false)
  const open = (): void => {
    if (loaded) setOpen(true)
    else void attempt(loadOverlays).then((isLoaded) => isLoaded && setOpen(true))
  }
  return { overlays: isOpen ? loaded : undefined, isOpen, open, close: () => setOpen(false) }
}
