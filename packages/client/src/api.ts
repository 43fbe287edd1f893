/** Typed calls of the contract's operations over HTTP. */
import { type ErrorBody, type InputOf, type Operation, type ReplyOf, sessions } from '@plausch/wire'

/** Why a call failed. `status` 0 means that no answer came; `id` is then `client.offline`. */
export class ApiFault extends Error {
  readonly id: string
  readonly status: number
  readonly requestId: string

  constructor(id: string, status: number, message: string, requestId = '') {
    super(message)
    this.name = 'ApiFault'
    this.id = id
    this.status = status
    this.requestId = requestId
  }

  /** The same request may succeed later without a change: no answer, too busy, restarting. */
  get isPassing(): boolean {
    return (
      this.status === 0 ||
      this.status === 429 ||
      this.status === 502 ||
      this.status === 503 ||
      this.status === 504
    )
  }
}

/** The server enforces second factors, and this person has none. */
export const FACTOR_NEEDED = 'api.context.mfa_required.app_error'

type Given<K extends string, T> = unknown extends T
  ? { [k in K]?: undefined }
  : T extends undefined
    ? { [k in K]?: undefined }
    : { [k in K]: T }

/** The input of a call: its path parameters, optional parts of its query, its body. */
export type CallInput<O> = Given<'params', InputOf<O>['params']> & {
  query?: Partial<InputOf<O>['query']>
} & Given<'body', InputOf<O>['body']>

// biome-ignore lint/complexity/noBannedTypes: asks whether nothing at all is required
type Args<O> = {} extends CallInput<O> ? [input?: CallInput<O>] : [input: CallInput<O>]

export type Call = <O extends Operation>(operation: O, ...args: Args<O>) => Promise<ReplyOf<O>>

export type ApiOptions = {
  /** The server's origin, without a slash at the end; '' for the page's own. */
  baseUrl?: string
  /**
   * True in browsers: the session is a cookie. Otherwise the API object keeps the token of the sign-in and
   * sends it.
   */
  usesCookies?: boolean
  token?: string
  /** The CSRF value of the session, usually from the cookie MMCSRF. */
  csrf?: () => string
  /** The language for the server's error messages. */
  language?: () => string
  /** Called when the server says that the session is over. */
  onSessionEnd?: () => void
  /** Called when the server refuses everything until the person has set up a second factor. */
  onFactorNeeded?: () => void
  fetch?: typeof fetch
  timeoutMs?: number
}

/** Calls an operation that takes a file: the form goes out as it is. */
export type Send = <O extends Operation>(
  operation: O,
  input: Given<'params', InputOf<O>['params']>,
  form: FormData,
) => Promise<ReplyOf<O>>

export type Api = {
  call: Call
  send: Send
  /** The token of the session if no cookies are used; '' for none. */
  token(): string
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/** The URL of a call, for example `/api/v4/posts?set_online=false`. */
export const addressOf = (operation: Operation, { params = {}, query = {} }: Loose): string => {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`${operation.id} needs ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? path : `${path}?${search}`
}

const faultOf = async (response: Response): Promise<ApiFault> => {
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorBody> | undefined
  const requestId = body?.request_id ?? response.headers.get('x-request-id') ?? ''
  return new ApiFault(body?.id ?? 'client.unreadable', response.status, body?.message ?? '', requestId)
}

/** Makes the function for calls. Every failure is an ApiFault. */
export const createApi = (options: ApiOptions = {}): Api => {
  const {
    baseUrl = '',
    usesCookies = false,
    csrf,
    language,
    onSessionEnd,
    onFactorNeeded,
    timeoutMs = 30_000,
  } = options
  const request = options.fetch ?? globalThis.fetch.bind(globalThis)
  let token = options.token ?? ''
  /** How often somebody has signed in. */
  let signIns = 0

  const headersOf = (operation: Operation, isJson: boolean): Record<string, string> => {
    const headers: Record<string, string> = { 'X-Requested-With': 'XMLHttpRequest' }
    if (isJson) headers['Content-Type'] = 'application/json'
    if (language) headers['Accept-Language'] = language()
    if (!usesCookies && token !== '') headers.Authorization = `Bearer ${token}`
    if (usesCookies && operation.method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf()
    return headers
  }

  const ask = async (operation: Operation, input: Loose): Promise<Response> => {
    const address = `${baseUrl}${addressOf(operation, input)}`
    const { body } = input
    const isForm = body instanceof FormData
    const hasBody = body !== undefined
    try {
      return await request(address, {
        method: operation.method,
        headers: headersOf(operation, hasBody && !isForm),
        credentials: usesCookies ? 'same-origin' : 'omit',
        signal: AbortSignal.timeout(timeoutMs),
        ...(hasBody ? { body: isForm ? body : JSON.stringify(body) } : {}),
      })
    } catch (error) {
      throw new ApiFault('client.offline', 0, error instanceof Error ? error.message : String(error))
    }
  }

  const reply = async <O extends Operation>(operation: O, input: Loose): Promise<ReplyOf<O>> => {
    const began = signIns
    const response = await ask(operation, input)
    if (!response.ok) {
      const fault = await faultOf(response)
      // If the server asks for a second factor, the session is still valid.
      const isOver = fault.status === 401 && !fault.id.startsWith('mfa.')
      // An answer to a call of an earlier session says nothing about this one.
      if (isOver && operation.id !== sessions.login.id && began === signIns) onSessionEnd?.()
      if (fault.id === FACTOR_NEEDED) onFactorNeeded?.()
      throw fault
    }
    if (operation.id === sessions.login.id) signIns += 1
    if (!usesCookies) token = response.headers.get('token') ?? token
    try {
      return (await response.json()) as ReplyOf<O>
    } catch {
      throw new ApiFault('client.unreadable', response.status, '', response.headers.get('x-request-id') ?? '')
    }
  }

  const call: Call = (operation, ...[input]) => reply(operation, (input ?? {}) as Loose)
  const send: Send = (operation, input, form) => reply(operation, { ...(input as Loose), body: form })

  return { call, send, token: () => token }
}
