/** Short notices at the edge of the page: failures and successes. */
import { Value } from '@plausch/client'
import { announce } from './announce.ts'

export type Notice = { id: number; kind: 'done' | 'failed'; text: string }

export const notices = new Value<readonly Notice[]>([])

let last = 0

export const dismiss = (id: number): void => notices.set(notices.get().filter((notice) => notice.id !== id))

/** Shows a notice. A success disappears by itself; a failure stays until it is closed. */
export const notify = (kind: Notice['kind'], text: string): void => {
  const id = ++last
  notices.set([...notices.get().filter((notice) => notice.text !== text), { id, kind, text }].slice(-3))
  announce(text)
  if (kind === 'done') setTimeout(() => dismiss(id), 4000)
}
