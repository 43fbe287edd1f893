/** In which list messages are shown: that of a channel, or that of a thread. */
import { createContext } from 'react'

/** The root of the thread whose list this is; '' in a channel. */
export const ThreadContext = createContext('')

/** The root of the thread in whose pane the focus is; '' elsewhere. */
export const focusedThread = (): string =>
  document.activeElement?.closest<HTMLElement>('[data-thread]')?.dataset.thread ?? ''
