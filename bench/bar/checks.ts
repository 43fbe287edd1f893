/** All checks, in the order in which they run. */
import type { Check } from './check.ts'
import { everybody } from './everybody.ts'
import { losses } from './losses.ts'
import { position } from './position.ts'
import { speed } from './speed.ts'
import { weight } from './weight.ts'

const reasons: Record<number, string> = {
  17: 'reactions, pins and saved messages are needed',
  20: 'the emoji picker and the image viewer are needed',
  28: 'search is needed',
  29: 'drafts of attachments and threads are needed',
  31: 'the offline store is needed',
  34: 'uploads are needed',
  35: 'the service worker is needed',
  36: 'notifications are needed',
  43: 'it is a journey of its own: e2e/two-people.test.ts',
}

/** Checks of the bar that nobody has written yet. */
const open = Object.entries(reasons).map(
  ([number, reason]): Check => ({
    number: Number(number),
    what: 'see the bar',
    wanted: '',
    run: async () => ({ notMeasured: reason }),
  }),
)

/** The check of other origins is about all pages before it, so it comes last. */
export const checks: Check[] = [...weight, ...speed, ...position, ...losses, ...everybody, ...open].sort(
  (a, b) => (a.number === 3 ? 1 : b.number === 3 ? -1 : a.number - b.number),
)
