/** Tells people about requests: by a message of the system bot, and by mail where the server sends mail. */
import type { Context } from '../../../core/context.ts'
import { localeOf } from '../../../core/faults.ts'
import { type Letter, letter, sendLater } from '../../../core/mail.ts'
import { findUsers, type UserRow, userAddressed } from '../../people/users/index.ts'
import { findRequest } from './store.ts'
import { type Kind, texts } from './texts.ts'

/** What is told: the team's name, who acted ('' for the server), and the page to look at. */
export type News = { kind: Kind; team: string; by: string; reason?: string; request_id?: string }

const BY_SERVER = { en: 'The server', de: 'Der Server' }

/** Text that somebody typed, shown in a message as it is. */
const quoted = (text: string): string => `\`${text.replaceAll(/[`\r\n]+/g, ' ')}\``

const compose = (
  { server }: Context,
  user: UserRow,
  actor: UserRow | undefined,
  { kind, team, reason = '' }: News,
  shown: (typed: string) => string,
) => {
  const settings = server.settings()
  const locale = localeOf(user.locale, undefined, settings.LocalizationSettings.DefaultServerLocale)
  const values: Record<string, string> = {
    person: actor ? `@${actor.username}` : BY_SERVER[locale],
    team: shown(team),
    site: settings.TeamSettings.SiteName,
    reason: shown(reason),
  }
  const fill = (line: string) => line.replaceAll(/\{(\w+)\}/g, (_, word: string) => values[word] ?? '')
  const { subject, paragraphs, label } = texts[locale][kind]
  return { locale, subject: fill(subject), paragraphs: paragraphs.map(fill), label }
}

/** The page of a request, or of all of them, below any team of the reader. */
const addressOf = ({ server }: Context, { request_id = '' }: News): string => {
  const site = server.settings().ServiceSettings.SiteURL.replace(/\/$/, '')
  return `${site}/_redirect/requests${request_id === '' ? '' : `/${request_id}`}`
}

/** Somebody else has done meanwhile what the person was asked to do. */
const isOver = async ({ db }: Context, { kind, request_id = '' }: News): Promise<boolean> => {
  if (kind !== 'endorse' && kind !== 'decide') return false
  const request = await findRequest(db, request_id)
  return request?.state !== (kind === 'endorse' ? 'endorsement' : 'decision')
}

export const told = letter<News & { user_id: string }>(
  'requests.told',
  async (context, { user_id, ...news }) => {
    const users = await findUsers(context.db, [user_id, news.by])
    const [user, actor] = [user_id, news.by].map((id) => users.find((each) => each.id === id))
    if (!user || user.delete_at > 0 || (await isOver(context, news))) return null
    const { label, ...text } = compose(context, user, actor, news, (typed) => typed)
    return { to: user.email, ...text, link: { label, url: addressOf(context, news) } }
  },
)

export const letters: readonly Letter<never>[] = [told]

/** Tells each of the people once, other than the one who acted. */
export const tell = async (context: Context, userIds: readonly string[], news: News): Promise<void> => {
  const users = await findUsers(context.db, [...new Set([...userIds, news.by])])
  const actor = users.find(({ id }) => id === news.by)
  for (const user of users) {
    if (user === actor || user.delete_at > 0 || user.is_bot) continue
    const { paragraphs, label } = compose(context, user, actor, news, quoted)
    const message = [...paragraphs, `[${label}](${addressOf(context, news)})`].join('\n\n')
    await context.emit(userAddressed, { user_id: user.id, message })
    await sendLater(context, told, { ...news, user_id: user.id })
  }
}
