/**
 * Many sockets that only count frames and their ages. A server's frames are unmasked (RFC 6455, section 5.1),
 * so they are read as raw bytes; parsing them as JSON would cost more than the server needs to send them.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { now, stampIn } from './clock.ts'

const TEXT = 0x81
const PING = 0x89
const MS = 1e6

/** The first frame of an event stream. */
const HELLO = Buffer.from('{"event":"hello"')

export type Tally = {
  /** All frames that contain a time of sending. */
  delivered: number
  /** Their ages in milliseconds. */
  ages: number[]
  /** All text frames. */
  frames: number
  /** Sockets that were closed by the server. */
  closed: number
  /** From the first frame with a time of sending to the last. */
  seconds: number
}

/** A listener: an event stream that one socket carries, and another one resumes. */
type Listener = { token: string; socket: Socket; connectionId: string; next: number }

/** People who disconnect, and come back to the events that they missed. */
export type Churn = { url: string; seconds: number; perSecond: number; mostAwayMs: number }
export type Returned = { returned: number; resumed: number }

const empty = (): Tally => ({ delivered: 0, ages: [], frames: 0, closed: 0, seconds: 0 })

const handshake = (url: URL, token: string): string =>
  [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(token === '' ? [] : [`Authorization: Bearer ${token}`]),
    '\r\n',
  ].join('\r\n')

/** A pong repeats the ping's data (at most 125 bytes), masked with zeros. */
const pongOf = (said: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0x8a, 0x80 | said.length, 0, 0, 0, 0]), said])

export class Listeners {
  #tally = empty()
  #first = 0
  #last = 0
  #listeners: Listener[] = []

  /**
   * Opens a socket for each token, at most `atOnce` at a time; resolves with the milliseconds from opening
   * each to its `hello`.
   */
  async open(address: string, tokens: readonly string[], atOnce = 50): Promise<number[]> {
    const url = new URL(address)
    const took: number[] = []
    let next = 0
    const opener = async () => {
      for (let at = next++; at < tokens.length; at = next++) {
        const began = now()
        await this.#open(url, tokens[at] ?? '')
        took.push((now() - began) / MS)
      }
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, tokens.length) }, opener))
    return took
  }

  /** What has arrived since the last call. */
  take(): Tally {
    const tally = { ...this.#tally, seconds: (this.#last - this.#first) / 1e9 }
    this.#tally = empty()
    return tally
  }

  delivered(): number {
    return this.#tally.delivered
  }

  close(): void {
    for (const { socket } of this.#listeners) socket.removeAllListeners('close').destroy()
    this.#listeners = []
  }

  /** Sockets are lost, one after the other, and their people come back a moment later on another one. */
  async churn({ url, seconds, perSecond, mostAwayMs }: Churn): Promise<Returned> {
    const until = now() + seconds * 1e9
    const under: Promise<boolean>[] = []
    while (now() < until) {
      const at = Math.floor(Math.random() * this.#listeners.length)
      const [listener] = this.#listeners.splice(at, 1)
      if (listener) under.push(this.#comeBack(url, listener, Math.random() * mostAwayMs))
      await sleep(1000 / perSecond)
    }
    const all = await Promise.all(under)
    return { returned: all.length, resumed: all.filter(Boolean).length }
  }

  /** True if the event stream was resumed, so that the server sent no `hello`. */
  async #comeBack(address: string, before: Listener, awayMs: number): Promise<boolean> {
    before.socket.removeAllListeners('close').destroy()
    await sleep(awayMs)
    const url = new URL(address)
    url.searchParams.set('connection_id', before.connectionId)
    url.searchParams.set('sequence_number', String(before.next))
    const listener = await this.#open(url, before.token, before)
    await sleep(1000)
    return listener.connectionId === before.connectionId
  }

  #open(url: URL, token: string, before?: Listener): Promise<Listener> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port || 80), url.hostname, () => socket.write(handshake(url, token)))
      socket.setNoDelay(true)
      const listener = { token, socket, connectionId: before?.connectionId ?? '', next: before?.next ?? 0 }
      this.#listeners.push(listener)
      let rest: Buffer = Buffer.alloc(0)
      let isOpen = false
      socket.on('data', (bytes) => {
        rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
        if (!isOpen) {
          const end = rest.indexOf('\r\n\r\n')
          if (end < 0) return
          const status = rest.toString('latin1', 9, 12)
          if (status !== '101') {
            reject(new Error(`a socket was refused with ${status}`))
            socket.destroy()
            return
          }
          isOpen = true
          rest = rest.subarray(end + 4)
          // A resumed stream has no `hello`, and may have missed nothing.
          if (before) resolve(listener)
        }
        const read = this.#frames(rest, listener)
        // The server sends `hello` after admission.
        if (read > 0) resolve(listener)
        rest = rest.subarray(read)
      })
      socket.once('error', reject)
      socket.once('close', () => {
        this.#tally.closed += 1
        reject(new Error('a socket was closed before it was greeted'))
      })
    })
  }

  /** Counts the complete frames in some bytes; returns the length of those frames. */
  #frames(bytes: Buffer, listener: Listener): number {
    let at = 0
    while (bytes.length >= at + 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length < at + head) break
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUIntBE(at + 4, 6)
      const end = at + head + length
      if (bytes.length < end) break
      if (bytes[at] === PING) listener.socket.write(pongOf(bytes.subarray(at + head, end)))
      if (bytes[at] === TEXT) this.#note(bytes.subarray(at + head, end), listener)
      at = end
    }
    return at
  }

  #note(frame: Buffer, listener: Listener): void {
    this.#tally.frames += 1
    listener.next += 1
    if (frame.subarray(0, HELLO.length).equals(HELLO)) {
      listener.next = 1
      listener.connectionId = /"connection_id":"(\w+)"/.exec(frame.toString())?.[1] ?? ''
    }
    const sent = stampIn(frame)
    if (Number.isNaN(sent)) return
    this.#last = now()
    if (this.#tally.delivered === 0) this.#first = sent
    this.#tally.delivered += 1
    this.#tally.ages.push((this.#last - sent) / MS)
  }
}
