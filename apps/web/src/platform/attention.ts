/** Is somebody looking at this window? And are they active in it? */
import { type Source, Value } from '@plausch/client'
import { client } from './client.ts'

const isLooking = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

const looking = new Value(isLooking())
/** Visible and focused: only then can anything count as read. */
export const attention: Source<boolean> = looking

const check = (): void => looking.set(isLooking())
for (const event of ['focus', 'blur', 'pageshow', 'pagehide']) window.addEventListener(event, check)
document.addEventListener('visibilitychange', check)

/** The server marks a person as away after minutes without input; it need not hear of every key. */
const TELL_EVERY_MS = 60_000
let told = 0

const active = (): void => {
  const now = Date.now()
  if (now - told < TELL_EVERY_MS || client.phase.get() !== 'ready') return
  if (client.socket.tell('user_update_active_status', { user_is_active: true, manual: false })) told = now
}
for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  window.addEventListener(event, active, { passive: true, capture: true })
}
