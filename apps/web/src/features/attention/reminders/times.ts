/** The times at which people want to be reminded. */
import type { TextId } from '../../../i18n/text.ts'

export type Choice = '20m' | '1h' | '3h' | 'tomorrow' | 'other'

const MINUTE_MS = 60_000
/** The hour of "tomorrow". */
const MORNING = 9

/** When a choice is, in milliseconds; undefined for a time that the reader writes. */
export const timeOf = (choice: Choice, now: number): number | undefined => {
  switch (choice) {
    case '20m':
      return now + 20 * MINUTE_MS
    case '1h':
      return now + 60 * MINUTE_MS
    case '3h':
      return now + 180 * MINUTE_MS
    case 'tomorrow': {
      const date = new Date(now)
      date.setDate(date.getDate() + 1)
      date.setHours(MORNING, 0, 0, 0)
      return date.getTime()
    }
    case 'other':
      return undefined
  }
}

export const CHOICES: readonly { value: Choice; label: TextId }[] = [
  { value: '20m', label: 'reminders.in20m' },
  { value: '1h', label: 'reminders.in1h' },
  { value: '3h', label: 'reminders.in3h' },
  { value: 'tomorrow', label: 'reminders.tomorrow' },
  { value: 'other', label: 'reminders.other' },
]
