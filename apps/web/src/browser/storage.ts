/**
 * Text stored in this browser. If storage is switched off or full, the text lasts only as long as the page.
 */
import type { Storage as KeptText } from '@plausch/client'

const PREFIX = 'plausch/'
const fallback = new Map<string, string>()

export const storage: KeptText = {
  get(key) {
    try {
      return localStorage.getItem(PREFIX + key) ?? fallback.get(key) ?? null
    } catch {
      return fallback.get(key) ?? null
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(PREFIX + key, value)
    } catch {
      fallback.set(key, value)
    }
  },
  remove(key) {
    fallback.delete(key)
    try {
      localStorage.removeItem(PREFIX + key)
    } catch {
      return
    }
  },
}
