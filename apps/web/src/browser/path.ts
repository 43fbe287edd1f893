/** The path in the address bar, as a source, and the way to another one. */
import type { Source } from '@plausch/client'
import { navigate } from 'wouter/use-browser-location'

/** wouter makes the browser tell of changes by scripts with events named like these. */
const EVENTS = ['popstate', 'pushState', 'replaceState', 'hashchange']

export const path: Source<string> = {
  get: () => location.pathname,
  subscribe(listener) {
    for (const event of EVENTS) window.addEventListener(event, listener)
    return () => {
      for (const event of EVENTS) window.removeEventListener(event, listener)
    }
  },
}

/** Goes to a page of this client. `replace`: the back button does not lead to the current page again. */
export const goTo = (to: string, { replace = false } = {}): void => navigate(to, { replace })

/** A path of this client; anything else leads to the start. */
export const ownPath = (wanted: string | null): string =>
  wanted !== null && /^\/(?![/\\])/.test(wanted) ? wanted : '/'
