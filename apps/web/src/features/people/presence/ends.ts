/** When a status ends: the choices that people have, and what each means now. */
import type { TextId } from '../../../i18n/text.ts'

const MINUTE_MS = 60_000

/** The start of a day that is `days` after the one of `now`, in local time, at a whole hour. */
const dayAfter = (now: number, days: number, hour = 0): number => {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime()
}

/** The ends of "do not disturb". Tomorrow means when people come to work. */
export const QUIET_ENDS = [
  {
    name: 'half',
    label: 'presence.halfHour',
    full: 'presence.dndHalfHour',
    end: (now) => now + 30 * MINUTE_MS,
  },
  { name: 'hour', label: 'presence.hour', full: 'presence.dndHour', end: (now) => now + 60 * MINUTE_MS },
  {
    name: 'two',
    label: 'presence.twoHours',
    full: 'presence.dndTwoHours',
    end: (now) => now + 120 * MINUTE_MS,
  },
  {
    name: 'tomorrow',
    label: 'presence.tomorrow',
    full: 'presence.dndTomorrow',
    end: (now) => dayAfter(now, 1, 9),
  },
  { name: 'open', label: 'presence.noEnd', full: 'presence.dndNoEnd', end: () => 0 },
] as const satisfies readonly { name: string; label: TextId; full: TextId; end(now: number): number }[]

/** v4's names of how long a custom status lasts. */
export type Duration =
  | ''
  | 'thirty_minutes'
  | 'one_hour'
  | 'four_hours'
  | 'today'
  | 'this_week'
  | 'date_and_time'

/** The end of a custom status; 0 for none. A week ends with its Sunday. `date_and_time` is chosen apart. */
export const endOf = (duration: Duration, now: number): number => {
  switch (duration) {
    case 'thirty_minutes':
      return now + 30 * MINUTE_MS
    case 'one_hour':
      return now + 60 * MINUTE_MS
    case 'four_hours':
      return now + 240 * MINUTE_MS
    case 'today':
      return dayAfter(now, 1) - 1
    case 'this_week':
      return dayAfter(now, 8 - (new Date(now).getDay() || 7)) - 1
    default:
      return 0
  }
}
