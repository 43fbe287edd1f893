/** The time of day where somebody is. */
import type { User } from '@plausch/wire'

/** The time zone that a person chose, or that their device told; '' if unknown. */
export const zoneOf = ({ timezone }: Pick<User, 'timezone'>): string =>
  (timezone?.useAutomaticTimezone === 'false' ? timezone.manualTimezone : timezone?.automaticTimezone) ?? ''

const PARTS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
} as const

/** How many minutes a zone's clocks are ahead of UTC at a moment; undefined for an unknown zone. */
const minutesAhead = (zone: string | undefined, at: number): number | undefined => {
  try {
    const format = new Intl.DateTimeFormat('en', {
      ...PARTS,
      hourCycle: 'h23',
      ...(zone === undefined ? {} : { timeZone: zone }),
    })
    const values = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = values
    return Math.round(Date.UTC(year, month - 1, day, hour, minute) / 60_000 - Math.floor(at / 60_000))
  } catch {
    return undefined
  }
}

/** How many minutes the clocks of `zone` are ahead of those of the reader (`own`, by default this device). */
export const minutesBetween = (zone: string, at: number, own?: string): number | undefined => {
  const there = zone === '' ? undefined : minutesAhead(zone, at)
  const here = minutesAhead(own, at)
  return there === undefined || here === undefined ? undefined : there - here
}
