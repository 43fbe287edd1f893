/**
 * Text stored in this browser. If storage is switched off or full, the text lasts only as long as the page.
 */
import type { Storage as KeptText } from '@plausch/client'

const PREFIX = 'plausch/'

/** Only looking at an area may throw, where the reader has forbidden storage. */
const storageIn = (area: () => Storage): KeptText => {
  const fallback = new Map<string, string>()
  return {
    get(key) {
      try {
        return area().getItem(PREFIX + key) ?? fallback.get(key) ?? null
      } catch {
        return fallback.get(key) ?? null
      }
    },
    set(key, value) {
      try {
        area().setItem(PREFIX + key, value)
      } catch {
        fallback.set(key, value)
      }
    },
    remove(key) {
      fallback.delete(key)
      try {
        area().removeItem(PREFIX + key)
      } catch {
        return
      }
    },
  }
}

export const storage = storageIn(() => localStorage)

/** Text of this tab only, which lasts until the tab is closed. */
export const tabStorage = storageIn(() => sessionStorage)
