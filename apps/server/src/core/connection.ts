/**
 * One client's stream of events, numbered from 0 without gaps. The last events are kept until the client is
 * known to have them. A connection outlives its socket for a while: a client that returns in time, with its
 * connection id and the next number it expects, gets what it missed (protocol: boot, section W).
 */
import type { Duplex } from 'node:stream'
import { type Encoded, textFrame, writeEvents } from './frames.ts'

/** How many sent events are kept for a client that reconnects. */
const KEPT = 128
/**
 * Events that may wait for a client that is away. Beyond this the connection ends, and the client starts
 * afresh.
 */
const WAITING = 256
/** Larger events are not kept for resume: a few hundred of the largest would take as many megabytes. */
const LARGE = 64 * 1024
/**
 * Bytes that may wait in a socket before droppable events are left out, and before the client counts as too
 * slow.
 */
const LAGGING = 512 * 1024
const TOO_SLOW = 4 * 1024 * 1024

export type Owner = {
  userId: string
  sessionId: string
  expiresAt: number
  isAdmin: boolean
  /** Sees only people of their own channels. */
  isGuest: boolean
}

export class Connection {
  readonly id: string
  readonly owner: Owner
  /** The client asked to acknowledge posts that concern it. */
  readonly acknowledges: boolean
  /** The channel that the client shows; '' before it says so. */
  channelId = ''
  threadChannelId = ''
  /** When the socket went away; 0 while it is there. */
  detachedAt = 0
  #next = 0
  /** The last events that the client may not have, up to the one before the next. */
  #kept: Encoded[] = []
  /** The last so many of them have not been written to a socket yet. */
  #unwritten = 0
  /** Is one of the kept events large? */
  #hasLarge = false
  #socket: Duplex | undefined
  #isOver = false
  #close: (reason: 'slow' | 'ended') => void = () => undefined

  /** `greeting` is the first event that the client gets, with number 0. */
  constructor(id: string, owner: Owner, acknowledges: boolean, greeting?: Encoded) {
    this.id = id
    this.owner = owner
    this.acknowledges = acknowledges
    if (greeting) this.add(greeting)
  }

  get isAttached(): boolean {
    return this.#socket !== undefined
  }

  /** The number that the next event will have. */
  get next(): number {
    return this.#next
  }

  attach(socket: Duplex, close: (reason: 'slow' | 'ended') => void): void {
    this.#socket = socket
    this.#close = close
    this.#isOver = false
    this.detachedAt = 0
  }

  /** Is this the current socket? An earlier one may still be closing when the client is back on a new one. */
  isOn(socket: Duplex): boolean {
    return this.#socket === socket
  }

  /** The socket is gone. If a newer one has replaced it, this changes nothing. */
  detach(socket: Duplex): boolean {
    if (this.#socket !== socket) return false
    this.#cut()
    this.#socket = undefined
    this.detachedAt = performance.now()
    return true
  }

  /** Bytes that wait in the socket; 0 without one. */
  get unsent(): number {
    return this.#socket?.writableLength ?? 0
  }

  closeSlow(): void {
    if (this.#socket) this.#close('slow')
  }

  /** Closes the socket, if there is one. Nothing more is written to it. */
  end(): void {
    this.#isOver = true
    if (this.#socket) this.#close('ended')
  }

  /**
   * Takes an event for `write` to send. Returns false if the client has missed too many events while it was
   * away: the connection is useless now.
   */
  add(encoded: Encoded): boolean {
    // Dropped before it gets a number, so the client sees no gap.
    if (encoded.droppable && (!this.#socket || this.#socket.writableLength > LAGGING)) return true
    this.#kept.push(encoded)
    this.#unwritten += 1
    this.#next += 1
    if (encoded.body.length > LARGE) {
      if (!this.#socket) return false
      this.#hasLarge = true
    }
    return this.#socket !== undefined || this.#kept.length < KEPT + WAITING
  }

  /** Writes all events that the socket has not been given yet, in one piece. */
  write(): void {
    const socket = this.#socket
    if (!socket || this.#isOver || this.#unwritten === 0) return
    writeEvents(socket, this.#kept, this.#kept.length - this.#unwritten, this.#next - this.#unwritten)
    this.#unwritten = 0
    if (this.#hasLarge) this.#forgetLarge()
    // Cuts many at once: cutting one by one would move all the others each time.
    if (this.#kept.length > 2 * KEPT) this.#cut()
    if (socket.writableLength > TOO_SLOW) this.closeSlow()
  }

  /** Answers an action; replies have no number. */
  reply(text: string): void {
    const socket = this.#socket
    if (!socket || this.#isOver) return
    this.write()
    socket.write(textFrame(text))
    // A client that asks and never reads the answers is a slow reader, too.
    if (socket.writableLength > TOO_SLOW) this.closeSlow()
  }

  /**
   * The user has left a place. Drops its waiting events, and everything that is kept for resume, because some
   * of it may belong to that place. A client that needed those events starts afresh.
   */
  leave(place: string): void {
    const unwritten = this.#unwritten > 0 ? this.#kept.slice(-this.#unwritten) : []
    this.#kept = unwritten.filter((encoded) => encoded.place !== place)
    this.#next -= this.#unwritten - this.#kept.length
    this.#unwritten = this.#kept.length
  }

  /** The number of the first event that has not been written to the socket yet. */
  get written(): number {
    return this.#next - this.#unwritten
  }

  /**
   * The client has all events before `seq`, so they are dropped. Otherwise each idle connection would keep a
   * hundred events, ten times its own memory. A client that still asks for them starts afresh.
   */
  confirm(seq: number): void {
    const left = this.#next - seq
    if (left >= this.#unwritten && left < this.#kept.length)
      this.#kept = this.#kept.slice(this.#kept.length - left)
  }

  /** Can a client that expects `seq` next continue without missing an event? */
  canResume(seq: number): boolean {
    if (this.#socket) this.#cut()
    return seq >= this.#next - this.#kept.length && seq <= this.#next
  }

  /** Sends all events from `seq` on again. */
  resume(seq: number): void {
    this.#unwritten = this.#next - seq
    this.write()
  }

  /** Events before a large one cannot be resumed either, because no number may be missing. */
  #forgetLarge(): void {
    const last = this.#kept.findLastIndex(({ body }) => body.length > LARGE)
    this.#kept = this.#kept.slice(last + 1)
    this.#hasLarge = false
  }

  #cut(): void {
    this.#kept = this.#kept.slice(-Math.max(KEPT, this.#unwritten))
  }
}
