/**
 * Mail over SMTP. A noun declares its letters, with their texts. The stored job only names the letter and its
 * subject, so the queue contains no secret of a mail. The mail is composed when it is sent; after a failure
 * it is composed and tried again.
 */
import { defaultSettings, NO_ADDRESS, type Settings } from '@plausch/wire'
import { type Context, change, system } from './context.ts'
import type { Locale } from './faults.ts'
import { helpDeskOf } from './help-desk.ts'
import { escaped } from './html.ts'
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

/**
 * A kind of mail. `compose` runs in a separate transaction and must tolerate repetition; it returns null if
 * there is nothing to send any more.
 */
export type Letter<P = never> = {
  readonly name: string
  compose(context: Context, payload: P): Promise<Mail | null>
}

export const letter = <P>(name: string, compose: Letter<P>['compose']): Letter<P> => ({ name, compose })

/**
 * Can the server send mail? Administrators must have set a mail server, a sender, and the address of the
 * site. Links never use the `Host` of a request, which anybody can forge.
 */
export const canMail = ({ EmailSettings, ServiceSettings }: Settings): boolean =>
  EmailSettings.SMTPServer !== '' &&
  !['', NO_ADDRESS].includes(EmailSettings.FeedbackEmail) &&
  ServiceSettings.SiteURL !== ''

type MailJob = { letter: string; payload: unknown }

/** How long further mails with the same `once` are dropped. */
const ONCE_MS = 60_000

/**
 * Remembers the values of `once`: the key is taken while a job exists. When the job is due, it does nothing.
 */
const onceQueue: Queue<object> = queue<object>({ name: 'mails.once', batch: 100, run: async () => undefined })

export const MAILS: Addressed<MailJob> = { name: 'mails' }

/**
 * The queues of mail. Mail has a separate queue and sends several at once, so a slow mail server delays
 * nothing else. Composing has a transaction, sending has none.
 */
export const mailQueues = (letters: ReadonlyMap<string, Letter>): Queue[] => [
  queue<MailJob>({
    ...MAILS,
    atOnce: 4,
    // Only the later mail has a working link.
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

/**
 * Sends a letter after the commit. Further letters with the same `once` are dropped for a minute. Does
 * nothing if mail is off.
 */
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

/** A URL of the web client, for links in mails. */
export const siteLink = (settings: Settings, path: string, query: Record<string, string>): string =>
  `${settings.ServiceSettings.SiteURL.replace(/\/$/, '')}${path}?${new URLSearchParams(query)}`

/** The last line of each mail: whom to ask. */
const questions: Record<Locale, string> = { de: 'Fragen?', en: 'Questions?' }
const footOf = ({ locale }: Mail, settings: Settings): string => {
  const desk = helpDeskOf(settings)
  return desk === '' ? '' : `${questions[locale]} ${desk}`
}

const asText = ({ paragraphs, link }: Mail, foot: string): string =>
  [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : []), ...(foot ? [`-- \n${foot}`] : [])].join(
    '\n\n',
  )

const asHtml = ({ locale, paragraphs, link }: Mail, foot: string): string => {
  const parts = paragraphs.map((each) => `<p>${escaped(each).replaceAll('\n', '<br>')}</p>`)
  if (link) parts.push(`<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>`)
  if (foot) parts.push(`<p>${escaped(foot)}</p>`)
  return `<!doctype html><html lang="${locale}"><body>${parts.join('')}</body></html>`
}

const transportOf = ({ EmailSettings: settings }: Settings) => {
  const patience = settings.SMTPServerTimeout * 1000
  return {
    host: settings.SMTPServer,
    port: Number(settings.SMTPPort),
    secure: settings.ConnectionSecurity === 'TLS',
    requireTLS: settings.ConnectionSecurity === 'STARTTLS',
    // If administrators have switched encryption off, an offer of the mail server does not switch it on.
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

/** Hands a mail to the mail server; throws if it is not accepted. */
export const sendMail = async (server: Server, mail: Mail): Promise<void> => {
  const settings = server.settings()
  if (!canMail(settings)) return
  const { FeedbackName, FeedbackEmail, ReplyToAddress } = settings.EmailSettings
  const foot = footOf(mail, settings)
  const isNamed = !['', defaultSettings.EmailSettings.FeedbackName].includes(FeedbackName)
  // Loaded when first needed: most starts send no mail.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(transportOf(settings))
  try {
    await transport.sendMail({
      from: { name: isNamed ? FeedbackName : settings.TeamSettings.SiteName, address: FeedbackEmail },
      ...(ReplyToAddress === '' ? {} : { replyTo: ReplyToAddress }),
      // As an object: parsing a text as an address could yield several people.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: asText(mail, foot),
      html: asHtml(mail, foot),
      // Tells auto-responders not to reply.
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } finally {
    transport.close()
  }
}
