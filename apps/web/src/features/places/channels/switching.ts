/** Opens the quick switcher, and keeps the letters that are typed before it is there. */
import { Value } from '@plausch/client'
import { whenSettled } from '../../../platform/later.ts'
import { quickSwitcher } from './dialogs.ts'

/** What is typed in the switcher. */
export const term = new Value('')

const isInSwitcher = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[data-modal] [role="combobox"]') !== null

let marker: HTMLElement | undefined

const stop = (): void => {
  marker?.remove()
  marker = undefined
  window.removeEventListener('keydown', onKeyDown, { capture: true })
}

const onKeyDown = (event: KeyboardEvent): void => {
  if (isInSwitcher(event.target) || event.key === 'Escape') {
    stop()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (event.key === 'Backspace') term.set(term.get().slice(0, -1))
  else if ([...event.key].length === 1) term.set(term.get() + event.key)
  else return
  event.preventDefault()
  event.stopPropagation()
}

/** Opens the switcher; typed letters go there from this moment on. */
export const openSwitcher = (): void => {
  if (marker || document.querySelector('[data-switcher]')) return
  term.set('')
  // The shortcuts of the page take it for the dialog that is about to come.
  marker = document.createElement('div')
  marker.hidden = true
  marker.dataset.modal = ''
  document.body.append(marker)
  window.addEventListener('keydown', onKeyDown, { capture: true })
  quickSwitcher.open()
}

/** The switcher has its field, or is gone. */
export const switcherIsThere = stop

/** Loads the code of the switcher when nothing else is to do, so that it opens at once. */
export const prepareSwitcher = (): (() => void) => {
  whenSettled(() => void quickSwitcher.load().catch(() => undefined))
  return stop
}
