/** The mails about accounts: their receivers and their links. */
import type { Context } from '../../../core/context.ts'
import { type Locale, localeOf } from '../../../core/faults.ts'
import { type Letter, letter, type Mail, siteLink } from '../../../core/mail.ts'
import { findByEmail, findUsers, type UserRow } from '../users/index.ts'
import { type TextName, texts } from './texts.ts'
import { issueToken } from './tokens.ts'

const languageOf = ({ server }: Context, user: UserRow): Locale =>
  localeOf(user.locale, undefined, server.settings().LocalizationSettings.DefaultServerLocale)

/** The subject and paragraphs of a text for a person. `detail` is the subject matter, such as an address. */
const filled = (context: Context, user: UserRow, name: TextName, detail: string) => {
  const text: { subject: string; paragraphs: readonly string[]; label?: string } =
    texts[name][languageOf(context, user)]
  const values: Record<string, string> = {
    name: user.first_name || user.username,
    site: context.server.settings().TeamSettings.SiteName,
    detail,
  }
  const fill = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, word: string) => values[word] ?? '')
  return {
    subject: fill(text.subject),
    paragraphs: text.paragraphs.map(fill),
    label: text.label ? fill(text.label) : undefined,
  }
}

/**
 * The text of a notice as a message, for servers that send no mail. The detail is shown as code, because it
 * is text that somebody typed.
 */
export const messageOf = (context: Context, user: UserRow, name: TextName, detail: string): string =>
  filled(context, user, name, detail && `\`${detail.replaceAll(/[`\n]/g, ' ')}\``).paragraphs.join('\n\n')

const write = (
  context: Context,
  user: UserRow,
  name: TextName,
  { to = user.email, detail = '', url }: { to?: string; detail?: string; url?: string } = {},
): Mail => {
  const { subject, paragraphs, label } = filled(context, user, name, detail)
  return {
    to,
    locale: languageOf(context, user),
    subject,
    paragraphs,
    ...(url && label ? { link: { label, url } } : {}),
  }
}

/** A mail with the link that verifies an address; the pages are those of v4's web client. */
const verifyMail = async (
  context: Context,
  user: UserRow,
  email: string,
  generation?: number,
): Promise<Mail | null> => {
  const token = await issueToken(context, 'verify', user.id, email, generation)
  if (!token) return null
  const url = siteLink(context.server.settings(), '/do_verify_email', { token, email })
  return write(context, user, 'verify', { to: email, url })
}

export const welcome = letter<{ user_id: string }>('accounts.welcome', async (context, { user_id }) => {
  const [user] = await findUsers(context.db, [user_id])
  if (!user || user.delete_at > 0) return null
  const settings = context.server.settings()
  if (settings.EmailSettings.RequireEmailVerification && !user.email_verified)
    return await verifyMail(context, user, user.email)
  return write(context, user, 'welcome', { url: settings.ServiceSettings.SiteURL })
})

/**
 * Sent to an address that a person wants for their account. Not sent if the links of the account have ended
 * since then.
 */
export const verifyAddress = letter<{ user_id: string; email: string; generation?: number }>(
  'accounts.verify_address',
  async (context, { user_id, email, generation }) => {
    const [user] = await findUsers(context.db, [user_id])
    return user && user.delete_at === 0 ? await verifyMail(context, user, email, generation) : null
  },
)

/**
 * Anybody can ask for it. Only this job looks up whether the account exists, so that the reply to the request
 * cannot reveal it.
 */
export const verifyAgain = letter<{ email: string }>('accounts.verify_again', async (context, { email }) => {
  const user = await findByEmail(context.db, email)
  if (!user || user.delete_at > 0 || user.email_verified || user.is_bot) return null
  return await verifyMail(context, user, email)
})

/** As `verifyAgain`. */
export const reset = letter<{ email: string }>('accounts.reset', async (context, { email }) => {
  const user = await findByEmail(context.db, email)
  if (!user || user.delete_at > 0 || user.is_bot || user.auth_service !== '') return null
  const token = await issueToken(context, 'reset', user.id, email)
  if (!token) return null
  return write(context, user, 'reset', {
    url: siteLink(context.server.settings(), '/reset_password_complete', { token }),
  })
})

/** Something about the account changed; `to` is the address that it had before. */
export const notice = letter<{ user_id: string; name: TextName; to: string; detail?: string }>(
  'accounts.notice',
  async (context, { user_id, name, to, detail }) => {
    const [user] = await findUsers(context.db, [user_id])
    return user ? write(context, user, name, { to, detail: detail ?? '' }) : null
  },
)

export const letters: readonly Letter<never>[] = [welcome, verifyAddress, verifyAgain, reset, notice]
