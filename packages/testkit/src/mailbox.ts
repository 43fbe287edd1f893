/** A real mail server for tests: it accepts and keeps every mail, so that tests can read it. */
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = {
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  /** Headers by name in lower case, and the raw mail. */
  headers: Map<string, string>
  raw: string
  /** The query of its first link. */
  link: URLSearchParams
}

export type Mailbox = {
  port: number
  mails: ReceivedMail[]
  /** The settings that make a server send its mails here. */
  settings: { EmailSettings: Record<string, unknown>; ServiceSettings: { SiteURL: string } }
  /** Waits for a mail to an address; fails after fifteen seconds. Returns each mail once. */
  next(to: string): Promise<ReceivedMail>
  /** All mails to an address so far. */
  all(to: string): ReceivedMail[]
  /** Refuses mails, as a broken mail server does, until it is called with false. */
  refuse(isRefusing: boolean): void
}

const WAIT_MS = 15_000

const decodedWords = (line: string): string =>
  line
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : decodedQuoted(word.replaceAll('_', ' ')),
    )

const decodedQuoted = (body: string): string =>
  Buffer.from(
    body
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

const split = (part: string): { headers: Map<string, string>; body: string } => {
  const [head = '', ...rest] = part.split('\r\n\r\n')
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())]
  })
  return { headers: new Map(headers), body: rest.join('\r\n\r\n') }
}

const contentOf = (part: string): string => {
  const { headers, body } = split(part)
  const encoding = headers.get('content-transfer-encoding') ?? ''
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString()
  return /quoted/i.test(encoding) ? decodedQuoted(body) : body
}

const read = (raw: string, from: string, to: string[]): ReceivedMail => {
  const { headers, body } = split(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.replace(/^\r\n/, ''))
  const [plain = '', html = ''] = parts.map((part) => contentOf(part))
  const link = /https?:\/\/\S+/.exec(plain)?.[0] ?? 'http://none'
  return {
    from,
    to,
    subject: headers.get('subject') ?? '',
    text: plain,
    html,
    headers,
    raw,
    link: new URL(link).searchParams,
  }
}

/** Starts a mail server. With `auth` it requires this name and password. */
export const mailbox = async (auth?: {
  user: string
  pass: string
}): Promise<Mailbox & { stop(): Promise<void> }> => {
  const mails: ReceivedMail[] = []
  const given = new Set<ReceivedMail>()
  let isRefusing = false
  const server = new SMTPServer({
    authOptional: auth === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', ...(auth ? [] : ['AUTH'])],
    onAuth: (given, _session, done) =>
      given.username === auth?.user && given.password === auth?.pass
        ? done(null, { user: auth?.user })
        : done(new Error('a wrong name or password')),
    onData: (stream, session, done) => {
      text(stream).then(
        (raw) => {
          if (isRefusing) return done(Object.assign(new Error('try again later'), { responseCode: 451 }))
          const { mailFrom, rcptTo } = session.envelope
          mails.push(
            read(
              raw,
              mailFrom ? mailFrom.address : '',
              rcptTo.map(({ address }) => address),
            ),
          )
          return done()
        },
        (error: unknown) => done(error as Error),
      )
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const all = (to: string) => mails.filter((mail) => mail.to.includes(to))
  return {
    port,
    mails,
    settings: {
      EmailSettings: {
        SMTPServer: '127.0.0.1',
        SMTPPort: String(port),
        FeedbackEmail: 'plausch@example.org',
        FeedbackName: 'Plausch of the tests',
      },
      ServiceSettings: { SiteURL: 'https://chat.example.org' },
    },
    async next(to) {
      const deadline = Date.now() + WAIT_MS
      for (;;) {
        const found = all(to).find((mail) => !given.has(mail))
        if (found) {
          given.add(found)
          return found
        }
        if (Date.now() > deadline) throw new Error(`no mail to ${to}; there were ${mails.length}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    all,
    refuse: (isSo) => {
      isRefusing = isSo
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
