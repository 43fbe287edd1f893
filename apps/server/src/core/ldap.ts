/**
 * One connection to the directory, for one sign-in or one pass. It is never opened again after it broke: the
 * library would do that silently, unbound and after StartTLS in plain text, and the next password would cross
 * the network readably. The only user of `ldapts`.
 */
import { connect, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, rootCertificates } from 'node:tls'
import type { Client, Filter } from 'ldapts'
import { type Entry, entryOf, type RawEntry } from './ldap-entries.ts'

/** Where a directory is, and how to speak with it. */
export type Target = {
  host: string
  port: number
  security: 'plain' | 'TLS' | 'STARTTLS'
  /** TLS without checking the certificate; only if an administrator wants that. */
  skipsVerification: boolean
  /** Authorities to trust beside those of the system, as PEM; '' for none. */
  ca: string
  /** The certificate and key that we show, as PEM; '' for none. */
  certificate: string
  key: string
  /** The service account; '' for anonymous. */
  bindDn: string
  bindPassword: string
  /** A plain connection to another machine is permitted. */
  allowsPlain: boolean
}

/** Nobody answers, or not in time, or not safely. */
export class DirectoryDown extends Error {}

/** The directory answers, and refuses; `code` is LDAP's. */
export class DirectoryRefusal extends Error {
  readonly code: number
  constructor(message: string, code: number, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export type Search = {
  base: string
  scope?: 'base' | 'one' | 'sub'
  filter: Filter
  attributes: readonly string[]
  /** Attributes whose values are bytes. */
  binary?: readonly string[]
  /** Entries of one page; 0 for a search without pages. */
  pageSize?: number
  /** At most this many entries; more are an error unless `isCut`. */
  most?: number
}

export type Found = {
  entries: Entry[]
  /** References to other servers, which are never followed. */
  references: number
}

/** What a bind says about a password. */
export type Verdict = 'right' | 'wrong' | 'expired' | 'locked' | 'refused'

export type Connection = {
  search(search: Search): Promise<Found>
  /** Checks a password; afterwards the connection speaks for that entry, so use it for nothing else. */
  check(dn: string, password: string): Promise<Verdict>
  close(): void
}

/** The time for saying goodbye before the socket is closed anyway. */
const GOODBYE_MS = 1000
const INVALID_CREDENTIALS = 49
const SIZE_LIMIT = 4

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Would passwords cross a network readably, without an administrator's word? */
const isForbidden = ({ security, host, allowsPlain }: Target): boolean =>
  security === 'plain' && !allowsPlain && !isLoopback(host)

/** Loaded with the first use. */
export const ldap = () => import('ldapts')

const tlsOf = (target: Target): ConnectionOptions => ({
  host: target.host,
  ...(isIP(target.host) ? {} : { servername: target.host }),
  minVersion: 'TLSv1.2',
  rejectUnauthorized: !target.skipsVerification,
  ...(target.ca ? { ca: [...rootCertificates, target.ca] } : {}),
  ...(target.certificate && target.key ? { cert: target.certificate, key: target.key } : {}),
})

const codeOf = (error: unknown): number | undefined => {
  const code = (error as { code?: unknown }).code
  return typeof code === 'number' ? code : undefined
}

/** What the codes mean that administrators meet. */
const words: Record<number, string> = {
  1: 'the directory does not permit this in its present state',
  3: 'the search took longer than the directory permits',
  4: 'the directory gives this account only a part of the entries (its size limit)',
  8: 'the directory demands a stronger way to sign in (TLS)',
  11: 'the directory does not give as many entries as asked for (its limit for pages)',
  13: 'the directory demands TLS',
  32: 'there is no such entry',
  34: 'this is not a valid DN',
  49: 'the name or the password of the service account is wrong',
  50: 'the service account may not do this',
  53: 'the directory is unwilling to do this',
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)

/**
 * The library's errors with a number are answers of the directory; all others mean that it cannot be used.
 */
const named = (error: unknown): Error => {
  if (error instanceof DirectoryDown || error instanceof DirectoryRefusal) return error
  const code = codeOf(error)
  if (code === undefined) return new DirectoryDown(reasonOf(error), { cause: error })
  // busy, unavailable: the server is there, but cannot do its work.
  if (code === 51 || code === 52) return new DirectoryDown(reasonOf(error), { cause: error })
  const said = reasonOf(error)
  return new DirectoryRefusal(words[code] ? `${words[code]} (${said.trim()})` : said, code, error)
}

/** Active Directory says why in the text of its answer: `data 532`. */
const adVerdicts: Record<string, Verdict> = {
  '530': 'refused',
  '531': 'refused',
  '532': 'expired',
  '533': 'refused',
  '701': 'refused',
  '773': 'expired',
  '775': 'locked',
}

const verdictOf = (error: unknown, policy: number | undefined): Verdict => {
  const data = /\bdata ([0-9a-f]+)\b/.exec(reasonOf(error))?.[1]
  if (data !== undefined) return adVerdicts[data] ?? 'wrong'
  if (policy === 0) return 'expired'
  return policy === 1 ? 'locked' : 'wrong'
}

/**
 * Ends a wait that takes too long, and the connection with it; or one for a connection that has broken, which
 * the library does not notice after StartTLS.
 */
const within = async <T>(ms: number, socket: () => Socket | undefined, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const held = socket()
  const broken = () => new DirectoryDown('the connection has broken')
  let onClose = () => {}
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      socket()?.destroy()
      reject(new DirectoryDown(`no answer within ${ms / 1000} s`))
    }, ms)
    // Later, so that the reason, which comes at the same time, counts.
    onClose = () => void setImmediate(() => reject(broken()))
    if (held?.destroyed) onClose()
    else held?.once('close', onClose)
  })
  // Whichever loses must not count as unhandled.
  work.catch(() => {})
  late.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    held?.removeListener('close', onClose)
  }
}

const clientOf = async (target: Target, holder: { socket?: Socket }): Promise<Client> => {
  const { Client } = await ldap()
  const { connect: connectSafely } = await import('node:tls')
  const once = <S extends Socket>(open: () => S): S => {
    if (holder.socket) throw new DirectoryDown('the connection has broken')
    const socket = open()
    holder.socket = socket
    return socket
  }
  const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host
  if (target.security === 'TLS') {
    return new Client({
      url: `ldaps://${host}:${target.port}`,
      tlsOptions: tlsOf(target),
      createSecureConnection: (() =>
        once(() =>
          connectSafely({ ...tlsOf(target), port: target.port }),
        )) as unknown as typeof connectSafely,
    })
  }
  return new Client({
    url: `ldap://${host}:${target.port}`,
    createConnection: (() =>
      once(() => connect({ host: target.host, port: target.port }))) as unknown as typeof connect,
  })
}

/**
 * Names of attributes in any case. The library asks whether the name that the directory uses is among them, and
 * that may be another form than the one that was asked for.
 */
const inAnyCase = (names: readonly string[]): string[] => {
  const known = new Set(names.map((name) => name.toLowerCase()))
  return Object.assign([...names], { includes: (name: string) => known.has(name.toLowerCase()) })
}

/**
 * Opens a connection and binds the service account. Throws `DirectoryDown` or `DirectoryRefusal`. Each step
 * may take `timeoutMs`.
 */
export const openConnection = async (target: Target, timeoutMs: number): Promise<Connection> => {
  if (target.host === '') throw new DirectoryDown('no server is set')
  if (isForbidden(target))
    throw new DirectoryDown(
      'passwords would cross the network in plain text: set ConnectionSecurity, or PlauschSettings.LdapAllowPlainText',
    )
  const { PasswordPolicyControl } = await ldap()
  const holder: { socket?: Socket } = {}
  const client = await clientOf(target, holder)
  const step = <T>(work: () => Promise<T>): Promise<T> =>
    within(timeoutMs, () => holder.socket, work()).catch((error: unknown) => {
      throw named(error)
    })
  const close = () => {
    // Not awaited: on a connection that broke after StartTLS, the library would wait for ever.
    client.unbind().catch(() => {})
    setTimeout(() => holder.socket?.destroy(), GOODBYE_MS).unref()
  }
  try {
    if (target.security === 'STARTTLS') await step(() => client.startTLS(tlsOf(target)))
    if (target.bindDn !== '') {
      // An empty password would bind as nobody, and succeed.
      if (target.bindPassword === '')
        throw new DirectoryRefusal('the service account has no password', INVALID_CREDENTIALS)
      await step(() => client.bind(target.bindDn, target.bindPassword))
    }
  } catch (error) {
    close()
    throw error
  }
  return {
    async search({ base, scope = 'sub', filter, attributes, binary = [], pageSize = 0, most = 0 }) {
      const found: Found = { entries: [], references: 0 }
      const explicitBufferAttributes = inAnyCase(binary)
      const options = { scope, filter, attributes: [...attributes], explicitBufferAttributes }
      const take = ({
        searchEntries,
        searchReferences,
      }: {
        searchEntries: object[]
        searchReferences: string[]
      }) => {
        for (const entry of searchEntries) found.entries.push(entryOf(entry as RawEntry))
        found.references += searchReferences.length
      }
      if (pageSize === 0) {
        take(await step(() => client.search(base, { ...options, sizeLimit: most })))
        return found
      }
      const pages = client.searchPaginated(base, { ...options, paged: { pageSize } })
      for (;;) {
        const page = await step(() => pages.next())
        if (page.done) return found
        take(page.value)
      }
    },
    async check(dn, password) {
      if (password === '') return 'wrong'
      const policy = new PasswordPolicyControl()
      try {
        await step(() => client.bind(dn, password, policy))
        return policy.value?.error === 2 ? 'expired' : 'right'
      } catch (error) {
        if (!(error instanceof DirectoryRefusal)) throw error
        // Only a refusal of the credentials says something about the password.
        if (error.code === INVALID_CREDENTIALS) return verdictOf(error, policy.value?.error)
        if (error.code === 53 || error.code === 19 || error.code === 50) return 'refused'
        throw error
      }
    },
    close,
  }
}

/** Did a search end because there is more than asked for? */
export const isSizeLimit = (error: unknown): boolean =>
  error instanceof DirectoryRefusal && error.code === SIZE_LIMIT
