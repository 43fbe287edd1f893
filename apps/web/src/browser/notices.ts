/** Short notices at the edge of the page: failures and successes. */
import { Value } from '@plausch/client'
import { announce } from './announce.ts'

/** What a notice offers, such as "Undo" or "Reload". */
export type NoticeAction = { label: string; run(): void }
export type Notice = { id: number; kind: 'done' | 'failed'; text: string; action?: NoticeAction }

export const notices = new Value<readonly Notice[]>([])

const DONE_MS = 4000
/** Who wants to undo something needs time to read it and to get there. */
const ACTION_MS = 10_000
const MOST = 3

let last = 0
/** Those that disappear by themselves, each with the time that is left. */
const going = new Map<number, { left: number; since: number; timer: ReturnType<typeof setTimeout> }>()

/** Takes a notice away. */
export const dismiss = (id: number): void => {
  clearTimeout(going.get(id)?.timer)
  going.delete(id)
  notices.set(notices.get().filter((notice) => notice.id !== id))
}

const letGo = (id: number, left: number): void => {
  const timer = setTimeout(() => dismiss(id), left)
  going.set(id, { left, since: Date.now(), timer })
}

/** While the pointer or the focus is on the notices, none disappears. */
export const holdNotices = (): void => {
  for (const state of going.values()) {
    clearTimeout(state.timer)
    state.left = Math.max(1000, state.left - (Date.now() - state.since))
  }
}

/** Lets them disappear again, each after the time that it had left. */
export const releaseNotices = (): void => {
  for (const [id, { left }] of going) letGo(id, left)
}

/** Shows a notice. A success disappears by itself; a failure stays until it is closed. */
export const notify = (kind: Notice['kind'], text: string, action?: NoticeAction): void => {
  const id = ++last
  const notice: Notice = { id, kind, text, ...(action && { action }) }
  const before = notices.get().filter((each) => each.text !== text)
  notices.set([...before, notice].slice(-MOST))
  announce(text)
  if (kind === 'done') letGo(id, action ? ACTION_MS : DONE_MS)
}
