/**
 * One keep-alive connection with one request at a time. A load generator on the server's machine must cost
 * little, and supports only the parts of HTTP that servers of the API use: a length, or chunks.
 */
import { connect, type Socket } from 'node:net'

export type Answer = { status: number; head: string; body: Buffer }

const END_OF_HEAD = '\r\n\r\n'

/** The end of a chunked body that starts at `from`, and its content; undefined while it is incomplete. */
const chunkedBody = (bytes: Buffer, from: number): { body: Buffer; end: number } | undefined => {
  const pieces: Buffer[] = []
  for (let at = from; ; ) {
    const eol = bytes.indexOf('\r\n', at)
    if (eol < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, eol), 16)
    const end = eol + 2 + size + 2
    if (bytes.length < end) return undefined
    if (size === 0) return { body: Buffer.concat(pieces), end }
    pieces.push(bytes.subarray(eol + 2, end - 2))
    at = end
  }
}

export class HttpConnection {
  readonly #socket: Socket
  readonly #host: string
  #bytes: Buffer = Buffer.alloc(0)
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  private constructor(socket: Socket, host: string) {
    this.#socket = socket
    this.#host = host
    socket.setNoDelay(true)
    socket.on('data', (bytes) => this.#take(bytes))
    const fail = (error?: Error) =>
      this.#waiting?.reject(error ?? new Error('the server closed the connection'))
    socket.on('error', fail)
    socket.on('close', () => fail())
  }

  static open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port || 80), hostname, () => resolve(new HttpConnection(socket, host)))
      socket.once('error', reject)
    })
  }

  send(method: string, path: string, token: string, body?: string): Promise<Answer> {
    const lines = [`${method} ${path} HTTP/1.1`, `Host: ${this.#host}`]
    if (token !== '') lines.push(`Authorization: Bearer ${token}`)
    if (body !== undefined)
      lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`${lines.join('\r\n')}${END_OF_HEAD}${body ?? ''}`)
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #take(bytes: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes])
    const end = this.#bytes.indexOf(END_OF_HEAD)
    if (end < 0) return
    const head = this.#bytes.toString('latin1', 0, end)
    const from = end + END_OF_HEAD.length
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const whole = /\r\ntransfer-encoding: chunked/i.test(head)
      ? chunkedBody(this.#bytes, from)
      : { body: this.#bytes.subarray(from, from + length), end: from + length }
    if (!whole || this.#bytes.length < whole.end) return
    this.#bytes = this.#bytes.subarray(whole.end)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body: whole.body })
  }
}
