/**
 * Mail over SMTP. A letter is declared by the noun whose it is, with its texts. What is stored as a job says only which letter about what, so
 * that no secret of a mail stands in the queue; it is composed when it is sent. A mail that could not be sent is composed and tried again.
 */
import { defaultSettings, NO_ADDRESS, type Settings } from '@plausch/wire'
import { type Context, change, system } from './context.ts'
import type { Locale } from './faults.ts'
import { type Addressed, addJobs, each, type Queue, queue } from './queue.ts'
import type { Server } from './server.ts'

/** A mail in the receiver's language: paragraphs, and at most one link, which comes after them. */
export type Mail = {
  to: string
  locale: Locale
  subject: string
  paragraphs: readonly string[]
  link?: { label: string; url: string }
}

/** What can be sent. `compose` runs in a transaction of its own and must bear repetition; null where there is nothing to send any more. */
export type Letter<P = never> = {
  readonly name: string
  compose(context: Context, payload: P): Promise<Mail | null>
}

export const letter = <P>(name: string, compose: Letter<P>['compose']): Letter<P> => ({ name, compose })

/**
 * Can mail leave? The administrators must have named a mail server, a sender, and the address of the site: links never follow the `Host` of
 * a request, which anybody can make up.
 */
export const canMail = ({ EmailSettings, ServiceSettings }: Settings): boolean =>
  EmailSettings.SMTPServer !== '' &&
  !['', NO_ADDRESS].includes(EmailSettings.FeedbackEmail) &&
  ServiceSettings.SiteURL !== ''

type MailJob = { letter: string; payload: unknown }

/** How long others with the same word are left out. */
const ONCE_MS = 60_000

/** Holds the words of `once`: while a job is there, its key is taken. Nothing is done when it is due. */
const onceQueue: Queue<object> = queue<object>({ name: 'mails.once', batch: 100, run: async () => undefined })

export const MAILS: Addressed<MailJob> = { name: 'mails' }

/**
 * The queues of mail. One of its own, and several at once: a mail server that answers slowly holds nothing
 * else up. Composing has a transaction, sending has none.
 */
export const mailQueues = (letters: ReadonlyMap<string, Letter>): Queue[] => [
  queue<MailJob>({
    ...MAILS,
    atOnce: 4,
    // The later one has the link that works.
    isSeenTwice: true,
    run: each(async (server, { payload: job }) => {
      const letter = letters.get(job.letter)
      if (!letter) throw new Error(`there is no letter ${job.letter}`)
      const mail = await change(server, { actor: system }, (context) =>
        letter.compose(context, job.payload as never),
      )
      if (mail) await sendMail(server, mail)
      return 'done'
    }),
  }),
  onceQueue,
]

/** Has a letter sent after the commit. With `once`, others with the same word are left out for a minute. Nothing happens where mail is off. */
export const sendLater = async <P>(
  context: Context,
  { name }: Letter<P>,
  payload: NoInfer<P>,
  once?: string,
): Promise<void> => {
  if (!canMail(context.server.settings())) return
  const held = { key: `${name} ${once}`, payload: {}, delayMs: ONCE_MS }
  if (once !== undefined && (await addJobs(context, onceQueue, [held], 'keep')) === 0) return
  await addJobs(context, MAILS, [{ payload: { letter: name, payload } }])
}

/** An address of the web client, for links in mails. */
export const siteLink = (settings: Settings, path: string, query: Record<string, string>): string =>
  `${settings.ServiceSettings.SiteURL.replace(/\/$/, '')}${path}?${new URLSearchParams(query)}`

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? '')

const asText = ({ paragraphs, link }: Mail): string =>
  [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : [])].join('\n\n')

const asHtml = ({ locale, paragraphs, link }: Mail): string => {
  const parts = paragraphs.map((each) => `<p>${escaped(each).replaceAll('\n', '<br>')}</p>`)
  if (link) parts.push(`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`)
  return `<!doctype html><html lang="${locale}"><body>${parts.join('')}</body></html>`
}

const transportOf = ({ EmailSettings: settings }: Settings) => {
  const patience = settings.SMTPServerTimeout * 1000
  return {
    host: settings.SMTPServer,
    port: Number(settings.SMTPPort),
    secure: settings.ConnectionSecurity === 'TLS',
    requireTLS: settings.ConnectionSecurity === 'STARTTLS',
    // What the administrators switched off is not switched on by the server's offer.
    ignoreTLS: settings.ConnectionSecurity === '',
    tls: { rejectUnauthorized: !settings.SkipServerCertificateVerification },
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(settings.EnableSMTPAuth
      ? { auth: { user: settings.SMTPUsername, pass: settings.SMTPPassword } }
      : {}),
  }
}

/** Hands a mail to the mail server; throws when it is not taken. */
export const sendMail = async (server: Server, mail: Mail): Promise<void> => {
  const settings = server.settings()
  if (!canMail(settings)) return
  const { FeedbackName, FeedbackEmail, ReplyToAddress } = settings.EmailSettings
  const isNamed = !['', defaultSettings.EmailSettings.FeedbackName].includes(FeedbackName)
  // Loaded when first needed: most starts send no mail.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(transportOf(settings))
  try {
    await transport.sendMail({
      from: { name: isNamed ? FeedbackName : settings.TeamSettings.SiteName, address: FeedbackEmail },
      ...(ReplyToAddress === '' ? {} : { replyTo: ReplyToAddress }),
      // As an object: an address that were parsed could name several people.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: asText(mail),
      html: asHtml(mail),
      // Answering machines do not answer it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } finally {
    transport.close()
  }
}
