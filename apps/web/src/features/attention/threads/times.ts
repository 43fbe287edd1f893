/** Times as short as a reader needs them. */
import type { IntlShape } from '../../../i18n/intl.ts'

/** The time of today, otherwise the day; with the year if it is another one. */
export const shortTime = (intl: Pick<IntlShape, 'formatDate' | 'formatTime'>, at: number): string => {
  const [day, now] = [new Date(at), new Date()]
  if (day.toDateString() === now.toDateString()) return intl.formatTime(at)
  const year = day.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return intl.formatDate(at, { day: 'numeric', month: 'short', ...year })
}
