/** Ends the stay of guests, and tells their inviters a week before. */
import { type Context, change, system } from '../../../core/context.ts'
import { type Locale, localeOf } from '../../../core/faults.ts'
import { type Letter, letter, sendLater } from '../../../core/mail.ts'
import type { Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import { activate, findUsers, lockAccount, type UserRow, userAddressed } from '../../people/users/index.ts'
import { findStays, listEnding, listOver, type StayRow, saveStay } from './store.ts'

const WEEK_MS = 7 * 86_400_000
const AT_ONCE = 50

const texts = {
  en: {
    subject: 'The stay of {guest} on {site} ends',
    paragraphs: [
      'You invited {guest} as a guest to {site}. Their account will be deactivated on {time} UTC.',
      'If they are to stay longer, set another date in their profile, or ask the administrators.',
    ],
  },
  de: {
    subject: 'Der Gastzugang von {guest} auf {site} endet',
    paragraphs: [
      'Sie haben {guest} als Gast auf {site} eingeladen. Das Konto wird am {time} UTC deaktiviert.',
      'Soll der Gast länger bleiben, setzen Sie im Profil ein anderes Datum, oder fragen Sie die Administration.',
    ],
  },
}

const timeIn = (locale: Locale) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

const compose = ({ server }: Context, inviter: UserRow, guest: UserRow, endAt: number) => {
  const settings = server.settings()
  const locale = localeOf(inviter.locale, undefined, settings.LocalizationSettings.DefaultServerLocale)
  const values: Record<string, string> = {
    guest: `@${guest.username}`,
    site: settings.TeamSettings.SiteName,
    time: timeIn(locale).format(endAt),
  }
  const fill = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, word: string) => values[word] ?? '')
  const { subject, paragraphs } = texts[locale]
  return { locale, subject: fill(subject), paragraphs: paragraphs.map(fill) }
}

/** The guest and the inviter of a stay, if both are active. */
const peopleOf = async ({ db }: Context, { user_id, inviter_id }: StayRow) => {
  const users = await findUsers(db, [user_id, inviter_id])
  const active = (id: string) => users.find((user) => user.id === id && user.delete_at === 0)
  return { guest: active(user_id), inviter: active(inviter_id) }
}

export const ending = letter<{ user_id: string }>('guests.ending', async (context, { user_id }) => {
  const [stay] = await findStays(context.db, [user_id])
  if (!stay || stay.end_at === 0) return null
  const { guest, inviter } = await peopleOf(context, stay)
  if (!guest || !inviter) return null
  return { to: inviter.email, ...compose(context, inviter, guest, stay.end_at) }
})

export const letters: readonly Letter<never>[] = [ending]

const tellSome = async (context: Context): Promise<number> => {
  const { db, now } = context
  const rows = await listEnding(db, now, now + WEEK_MS, AT_ONCE)
  for (const row of rows) {
    await saveStay(db, { ...row, told_at: now })
    const { guest, inviter } = await peopleOf(context, row)
    if (!guest || !inviter) continue
    const message = compose(context, inviter, guest, row.end_at).paragraphs.join('\n\n')
    await context.emit(userAddressed, { user_id: inviter.id, message })
    await sendLater(context, ending, { user_id: guest.id })
  }
  return rows.length
}

/** Deactivates a guest, unless somebody has changed the date meanwhile. */
const endOne = async (context: Context, userId: string): Promise<void> => {
  const user = await lockAccount(context, userId)
  const [stay] = await findStays(context.db, [userId])
  if (!stay || stay.end_at === 0 || stay.end_at > context.now || user.delete_at > 0) return
  await record(context, '/guests/end', `user=${userId} over`, userId)
  await activate(context, user, false)
}

export const tend = async (server: Server): Promise<void> => {
  while ((await change(server, { actor: system }, tellSome)) === AT_ONCE);
  for (;;) {
    const over = await listOver(server.db, Date.now(), AT_ONCE)
    for (const { user_id } of over)
      await change(server, { actor: system }, (context) => endOne(context, user_id))
    if (over.length < AT_ONCE) return
  }
}
