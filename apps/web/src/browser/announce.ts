/** Texts for screen readers. One polite live region speaks; many texts in a short time are summed up. */
import { Value } from '@plausch/client'

export const announcement = new Value('')

const RUSH_MS = 5000
const MOST = 3
let spoken: number[] = []
let left = 0
let timer: ReturnType<typeof setTimeout> | undefined

const say = (text: string): void => {
  // Screen readers ignore the same text twice, so the second one differs.
  announcement.set(announcement.get() === text ? `${text}\u00a0` : text)
}

/** Speaks `text`; after three within five seconds, `summary` is spoken once it is quiet again. */
export const announce = (text: string, summary?: (count: number) => string): void => {
  const now = Date.now()
  spoken = spoken.filter((at) => now - at < RUSH_MS)
  if (summary === undefined || spoken.length < MOST) {
    spoken.push(now)
    say(text)
    return
  }
  left++
  clearTimeout(timer)
  timer = setTimeout(() => {
    say(summary(left))
    left = 0
  }, RUSH_MS)
}
