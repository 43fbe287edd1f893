import type { Context } from '../../../core/context.ts'
import { localeOf } from '../../../core/faults.ts'
import { hashOf, newSecret } from '../../../core/ids.ts'
import { type Letter, letter, type Mail, siteLink } from '../../../core/mail.ts'
import { findUsers } from '../../people/users/index.ts'
import { findTeam } from '../teams/index.ts'
import { setToken } from './store.ts'
import { texts } from './texts.ts'

const compose = async (context: Context, id: string): Promise<Mail | null> => {
  const { db, now, server } = context
  const token = newSecret()
  const row = await setToken(db, id, hashOf(token))
  if (!row || row.expires_at <= now) return null
  const [team, [inviter]] = [await findTeam(db, row.team_id), await findUsers(db, [row.inviter_id])]
  if (!team || team.delete_at > 0 || !inviter) return null
  const settings = server.settings()
  const locale = localeOf(settings.LocalizationSettings.DefaultServerLocale, undefined)
  const text = texts[row.is_guest ? 'guest' : 'member'][locale]
  const values: Record<string, string> = {
    inviter: `@${inviter.username}`,
    team: team.display_name,
    site: settings.TeamSettings.SiteName,
  }
  const fill = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, word: string) => values[word] ?? '')
  // The page and its parameters are those of v4's web client.
  const about = { email: row.email, display_name: team.display_name, name: team.name }
  return {
    to: row.email,
    locale,
    subject: fill(text.subject),
    paragraphs: [...text.paragraphs.map(fill), ...(row.message ? [fill(text.from), row.message] : [])],
    link: {
      label: fill(text.label),
      url: siteLink(settings, '/signup_user_complete/', { d: JSON.stringify(about), t: token }),
    },
  }
}

export const invited = letter<{ invitation_id: string }>('invitations.invited', (context, payload) =>
  compose(context, payload.invitation_id),
)

export const letters: readonly Letter<never>[] = [invited]
