/**
 * The texts of reminders, in the language of the person. Official clients build their own sentences from the
 * props.
 */
import { localeOf } from '../../../core/faults.ts'

/** The author, the address of the post, and the time in milliseconds. */
type About = { author: string; link: string; at: number }

const inWords = (at: number, locale: string, timeZone: string): string => {
  const format = (zone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(at)
  try {
    return format(timeZone)
  } catch {
    return format('UTC')
  }
}

export const confirmation = (locale: string, timeZone: string, { author, link, at }: About): string =>
  localeOf(locale, undefined) === 'de'
    ? `Sie werden an [diese Nachricht](${link}) von @${author} erinnert: ${inWords(at, 'de', timeZone)}.`
    : `A reminder of [this message](${link}) by @${author} is set: ${inWords(at, 'en', timeZone)}.`

export const reminder = (locale: string, { author, link }: Omit<About, 'at'>): string =>
  localeOf(locale, undefined) === 'de'
    ? `Zur Erinnerung: [eine Nachricht](${link}) von @${author}.`
    : `As you wished: [a message](${link}) by @${author}.`
