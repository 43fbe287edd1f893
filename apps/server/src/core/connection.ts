/**
 * One client's stream of events: numbered without gaps from 0, the last ones kept for resume. It outlives its socket for a while; a client
 * that comes back in time with its id and the number it expects next gets what it missed (protocol: boot, section W).
 */
import type { Duplex } from 'node:stream'
import { type Encoded, numbered, textFrame } from './frames.ts'

/** How many sent events are kept for a client that reconnects. */
const KEPT = 128
/** How many events wait for a client that is away; beyond it the connection is lost and the client starts afresh. */
const WAITING = 256
/** Bytes that may wait in a socket before low-value events are left out, and before its reader counts as too slow. */
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
  #kept: { seq: number; encoded: Encoded }[] = []
  #socket: Duplex | undefined
  #corked = false
  #close: (reason: 'slow' | 'ended') => void = () => undefined

  constructor(id: string, owner: Owner, acknowledges: boolean) {
    this.id = id
    this.owner = owner
    this.acknowledges = acknowledges
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
    this.detachedAt = 0
  }

  /** Is this the socket that events leave by? An earlier one may still be closing when its client is back on another. */
  isOn(socket: Duplex): boolean {
    return this.#socket === socket
  }

  /** The socket is gone. A socket that was replaced by a newer one closes later, and does not matter any more. */
  detach(socket: Duplex): boolean {
    if (this.#socket !== socket) return false
    this.#socket = undefined
    this.detachedAt = Date.now()
    return true
  }

  /** Closes the socket, if there is one. */
  end(): void {
    if (this.#socket) this.#close('ended')
  }

  /** Sends or keeps an event. False when the client has been away for too many events: the connection is of no use any more. */
  send(encoded: Encoded): boolean {
    const socket = this.#socket
    if (!socket) {
      if (encoded.droppable) return true
      this.#keep(encoded)
      return this.#kept.length < KEPT + WAITING
    }
    // Left out before it is numbered: the client sees no gap.
    if (encoded.droppable && socket.writableLength > LAGGING) return true
    const seq = this.#keep(encoded)
    if (this.#kept.length > KEPT) this.#kept.splice(0, this.#kept.length - KEPT)
    this.#write(socket, numbered(encoded, seq))
    if (socket.writableLength > TOO_SLOW) this.#close('slow')
    return true
  }

  /** Answers an action; replies have no number. */
  reply(text: string): void {
    const socket = this.#socket
    if (!socket) return
    this.#write(socket, textFrame(text))
    // Who asks and never reads the answers is a slow reader, too.
    if (socket.writableLength > TOO_SLOW) this.#close('slow')
  }

  /** Drops what is kept for resume: some of it may be of a place that the user is in no longer. Whoever missed it starts afresh. */
  forgetKept(): void {
    this.#kept = []
  }

  /** Can a client that expects `seq` next go on without a loss? */
  canResume(seq: number): boolean {
    const oldest = this.#kept[0]?.seq ?? this.#next
    return seq >= oldest && seq <= this.#next
  }

  /** Sends again all events from `seq` on. */
  resume(seq: number): void {
    const socket = this.#socket
    if (!socket) return
    for (const { seq: number, encoded } of this.#kept) {
      if (number >= seq) this.#write(socket, numbered(encoded, number))
    }
    if (this.#kept.length > KEPT) this.#kept.splice(0, this.#kept.length - KEPT)
  }

  #keep(encoded: Encoded): number {
    const seq = this.#next
    this.#next += 1
    this.#kept.push({ seq, encoded })
    return seq
  }

  /** All that is written within one turn of the event loop leaves in one system call. */
  #write(socket: Duplex, pieces: readonly Buffer[]): void {
    if (!this.#corked) {
      this.#corked = true
      socket.cork()
      process.nextTick(() => {
        this.#corked = false
        socket.uncork()
      })
    }
    for (const piece of pieces) socket.write(piece)
  }
}
