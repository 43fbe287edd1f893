/**
 * The socket of one client, over any number of WebSockets. After a loss it resumes where it left off
 * (protocol: boot, section W). It counts events and never ignores a gap. If the server cannot resume,
 * `onHello` reports that events were missed.
 */
import type { EventFrame, ReplyFrame } from '@plausch/wire'

/** `open` only after an answer of the server; `refused` if the server does not know the session. */
export type SocketStatus = 'closed' | 'connecting' | 'open' | 'waiting' | 'refused'

export type SocketOptions = {
  /** For example `wss://chat.example.org/api/v4/websocket`. */
  url: string
  /** The token for the first frame, if there is no cookie. */
  token?: () => string
  webSocket?: typeof WebSocket
  onEvent(frame: EventFrame): void
  onStatus(status: SocketStatus): void
  /** A new event stream begins; if `isFirst` is false, some events before it were missed. */
  onHello(isFirst: boolean): void
}

const PING_MS = 30_000
const REPLY_MS = 10_000
const NUDGE_REPLY_MS = 4_000
const GAP = 4001
const SILENT = 4000

/**
 * How long to wait before attempt `n` (from 0): up to a second for the first, then up to three for the time
 * of a restart, then exponentially up to half a minute. Jitter spreads the clients of a server that comes
 * back.
 */
export const retryDelay = (n: number, random: () => number = Math.random): number => {
  if (n === 0) return random() * 1000
  const longest = n < 12 ? Math.min(3000, 1000 * 2 ** (n - 1)) : Math.min(30_000, 3000 * 2 ** (n - 11))
  return longest * (0.5 + random() / 2)
}

type Waiting = { resolve(reply: ReplyFrame): void; reject(error: Error): void }

export class Socket {
  readonly #options: SocketOptions
  #socket: WebSocket | undefined
  #status: SocketStatus = 'closed'
  #connectionId = ''
  #expected = 0
  #sent = 0
  #tries = 0
  #retry: ReturnType<typeof setTimeout> | undefined
  #ping: ReturnType<typeof setInterval> | undefined
  #deadline: ReturnType<typeof setTimeout> | undefined
  readonly #waiting = new Map<number, Waiting>()

  constructor(options: SocketOptions) {
    this.#options = options
  }

  get status(): SocketStatus {
    return this.#status
  }

  get connectionId(): string {
    return this.#connectionId
  }

  open(): void {
    if (this.#status === 'closed' || this.#status === 'refused') this.#connect()
  }

  /** Closes it for good: no retries; the next `open` starts afresh. */
  close(): void {
    this.#drop(1000)
    this.#connectionId = ''
    this.#expected = 0
    this.#tries = 0
    this.#become('closed')
  }

  /** Now may be a good moment for a retry: the machine is online again, the window got the focus. */
  nudge(): void {
    if (this.#status === 'waiting') this.#connect()
    else if (this.#status === 'open') this.#alive(NUDGE_REPLY_MS)
  }

  /** Sends an action and waits for the answer. Rejects if the socket is not open or is lost meanwhile. */
  ask(action: string, data: Record<string, unknown> = {}): Promise<ReplyFrame> {
    const socket = this.#socket
    if (socket?.readyState !== 1) return Promise.reject(new Error('the socket is not open'))
    const seq = ++this.#sent
    return new Promise((resolve, reject) => {
      this.#waiting.set(seq, { resolve, reject })
      socket.send(JSON.stringify({ seq, action, data }))
    })
  }

  /** Sends an action without waiting for the answer; returns whether it could be sent. */
  tell(action: string, data: Record<string, unknown> = {}): boolean {
    if (this.#status !== 'open') return false
    this.ask(action, data).catch(() => undefined)
    return true
  }

  #become(status: SocketStatus): void {
    if (this.#status === status) return
    this.#status = status
    this.#options.onStatus(status)
  }

  #connect(): void {
    clearTimeout(this.#retry)
    const url = new URL(this.#options.url)
    url.searchParams.set('connection_id', this.#connectionId)
    url.searchParams.set('sequence_number', String(this.#expected))
    const socket = new (this.#options.webSocket ?? globalThis.WebSocket)(url)
    this.#socket = socket
    this.#sent = 0
    this.#become('connecting')
    // Events of an abandoned socket must not reach its successor.
    const ifCurrent =
      <E>(act: (event: E) => void) =>
      (event: E): void => {
        if (this.#socket === socket) act(event)
      }
    socket.onopen = ifCurrent(() => this.#greet())
    socket.onmessage = ifCurrent<MessageEvent>((event) => this.#receive(String(event.data)))
    socket.onclose = ifCurrent(() => this.#lost())
    // A failed attempt also fires `close`; this event has no more information.
    socket.onerror = () => undefined
    this.#deadline = setTimeout(() => this.#giveUp(SILENT), REPLY_MS)
  }

  #greet(): void {
    const token = this.#options.token?.() ?? ''
    if (token !== '') this.ask('authentication_challenge', { token }).catch(() => undefined)
    // A resumed stream starts without `hello`; an answer shows that it works.
    this.#alive(REPLY_MS)
    clearInterval(this.#ping)
    this.#ping = setInterval(() => this.#alive(REPLY_MS), PING_MS)
  }

  #alive(deadlineMs: number): void {
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => this.#giveUp(SILENT), deadlineMs)
    this.ask('ping').then(
      (reply) => {
        clearTimeout(this.#deadline)
        if (reply.status === 'OK') this.#opened()
        else if (reply.error?.status_code === 401) this.#refuse()
      },
      () => undefined,
    )
  }

  #opened(): void {
    this.#tries = 0
    this.#become('open')
  }

  #receive(text: string): void {
    const frame = parse(text)
    if (frame === undefined) return
    if ('seq_reply' in frame) {
      this.#waiting.get(frame.seq_reply)?.resolve(frame)
      this.#waiting.delete(frame.seq_reply)
    } else if (frame.event === 'hello') this.#hello(frame)
    else if (frame.seq !== this.#expected) {
      // Events are missing. A new connection makes the loss known instead of hiding it.
      this.#connectionId = ''
      this.#giveUp(GAP)
    } else {
      this.#expected++
      this.#options.onEvent(frame)
    }
  }

  #hello(frame: EventFrame): void {
    const id = 'connection_id' in frame.data ? frame.data.connection_id : ''
    const isFirst = !this.#said
    this.#said = true
    this.#connectionId = id
    this.#expected = frame.seq + 1
    this.#opened()
    this.#options.onHello(isFirst)
  }

  #said = false

  #refuse(): void {
    this.#drop(1000)
    this.#connectionId = ''
    this.#become('refused')
  }

  #giveUp(code: number): void {
    this.#drop(code)
    this.#again()
  }

  #lost(): void {
    this.#drop(1000)
    this.#again()
  }

  #again(): void {
    this.#become('waiting')
    this.#retry = setTimeout(() => this.#connect(), retryDelay(this.#tries++))
  }

  #drop(code: number): void {
    const socket = this.#socket
    this.#socket = undefined
    clearTimeout(this.#retry)
    clearTimeout(this.#deadline)
    clearInterval(this.#ping)
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('the socket was lost'))
    this.#waiting.clear()
    // Closing a socket that never opened throws in no browser, but may in Node during the handshake.
    try {
      socket?.close(code)
    } catch {
      return
    }
  }
}

const parse = (text: string): EventFrame | ReplyFrame | undefined => {
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value !== 'object' || value === null) return undefined
    return 'seq_reply' in value || 'event' in value ? (value as EventFrame | ReplyFrame) : undefined
  } catch {
    return undefined
  }
}
