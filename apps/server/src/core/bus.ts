/**
 * How servers on one database tell each other what they committed. PostgreSQL decides; the bus only makes it
 * faster. A message that is lost, duplicated, late or out of order costs time, but never correctness
 * (decision 7). Each server numbers its messages. A server that misses a number for longer than a moment
 * reads everything again (`resync`).
 */
import { applyEffects } from './effects.ts'
import type { Hub } from './hub.ts'
import { newSecret } from './ids.ts'
import { listOnline, noteOnline } from './own-effects.ts'
import type { Bus, Server, Told } from './server.ts'
import { openStamps } from './stamps.ts'
import { channelsOf, publishEvents, readTold, turnsOf, type Written, written } from './told.ts'

/** Carries messages to all other servers, but may lose, duplicate and delay them. */
export type Driver = {
  send(message: string): void
  receive(handler: (message: string) => void): void
  close(): void
}

/** For one server on its database: sends no messages. */
export const aloneBus = (hub: Hub): Bus => ({
  isAlone: true,
  tell: () => undefined,
  publish: (events) => publishEvents(hub, events),
  noteOnline: () => undefined,
  close: () => undefined,
})

/** How long a message may be late before it counts as lost. */
const GAP_MS = 1000
/** How often a server announces its last number, so that others notice a lost last message. */
const BEAT_MS = 1000
/** A server that is silent for so long is gone, and so are its connections. */
const SILENT_MS = 10_000
/** How long this server remembers the numbers of a silent one. */
const REMEMBERED_MS = 10 * 60_000
/** The most messages that wait for an earlier one. */
const MOST_WAITING = 10_000

type Message =
  | { kind: 'told'; from: string; seq: number; told: Written }
  /** The last number that the server used. */
  | { kind: 'beat'; from: string; seq: number }
  /** Asks a server who is connected to it. */
  | { kind: 'ask'; from: string; to: string }

/** Another server. */
type Peer = {
  id: string
  /** The number that is expected next. */
  next: number
  /** The highest number that is known to exist. */
  end: number
  waiting: Map<number, Written>
  gap: NodeJS.Timeout | undefined
  heardAt: number
  /** Do we know who is connected to it? */
  isListed: boolean
}

/** `resync` forgets or reads again everything that effects keep up to date. */
export const openBus = (server: Server, driver: Driver, resync: () => Promise<void>): Bus => {
  const id = newSecret()
  const peers = new Map<string, Peer>()
  const stamps = openStamps(server)
  let seq = 0

  const send = (message: Message) => driver.send(JSON.stringify(message))
  const tell = (told: Told) => {
    if (told.effects.length === 0 && told.events.length === 0) return
    seq += 1
    send({ kind: 'told', from: id, seq, told: written({ ...told, stamp: stamps.stampOf(told.stamp) }, true) })
  }

  const apply = (peer: Peer, message: Written) => {
    const told = readTold(server.effects, message)
    applyEffects(server, told.effects, 'elsewhere')
    for (const channel of channelsOf(told)) server.channelCache.forget(channel)
    if (told.effects.some(({ effect }) => effect.name === listOnline.name)) peer.isListed = true
    const turns = turnsOf(server.channelOrder, told)
    const send = () => stamps.heard(told.events, told.stamp)
    if (turns.length === 0) send()
    else void Promise.all(turns).then(send)
  }

  /**
   * The missed messages may have been anything. The data of waiting messages is in the database, so `resync`
   * reads it.
   */
  const lose = (peer: Peer) => {
    server.log.warn(
      { server: peer.id, next: peer.next, end: peer.end },
      'messages of another server are missing',
    )
    peer.next = peer.end + 1
    peer.waiting.clear()
    peer.isListed = false
    peer.gap = undefined
    server.channelCache.forgetAll()
    server.channelOrder.forget()
    const done = server.db.insist(() => resync().then(() => true))
    server.hub.restart(done)
    done.catch((error: unknown) =>
      server.log.error({ err: error }, 'what other servers changed could not be read'),
    )
  }

  /** Applies messages that are in order, and waits a moment for a missing one. */
  const proceed = (peer: Peer) => {
    for (let due = peer.waiting.get(peer.next); due; due = peer.waiting.get(peer.next)) {
      peer.waiting.delete(peer.next)
      peer.next += 1
      apply(peer, due)
    }
    const isWhole = peer.next > peer.end
    if (isWhole || peer.waiting.size > MOST_WAITING) clearTimeout(peer.gap)
    if (isWhole) peer.gap = undefined
    else if (peer.waiting.size > MOST_WAITING) lose(peer)
    else peer.gap ??= waitFor(peer, peer.next)
  }
  const waitFor = (peer: Peer, missing: number): NodeJS.Timeout =>
    setTimeout(() => {
      peer.gap = undefined
      if (peer.next === missing) lose(peer)
      else proceed(peer)
    }, GAP_MS).unref()

  const peerOf = (from: string): Peer => {
    const known = peers.get(from)
    if (known) return known
    // This server has never heard the peer's earlier messages: they count as missed, and everything is read
    // again.
    const peer: Peer = {
      ...{ id: from, next: 1, end: 0, waiting: new Map() },
      ...{ gap: undefined, heardAt: performance.now(), isListed: false },
    }
    peers.set(from, peer)
    return peer
  }

  const hear = (message: Message) => {
    if (message.from === id) return
    const peer = peerOf(message.from)
    peer.heardAt = performance.now()
    if (message.kind === 'ask') {
      if (message.to === id) tellList()
      return
    }
    if (message.kind === 'told' && message.seq >= peer.next) peer.waiting.set(message.seq, message.told)
    peer.end = Math.max(peer.end, message.seq)
    proceed(peer)
    if (message.kind === 'beat' && !peer.isListed) send({ kind: 'ask', from: id, to: peer.id })
  }

  const tellList = () =>
    tell({
      effects: [{ effect: listOnline, data: { server: id, user_ids: server.hub.connectedHere() } }],
      events: [],
      stamp: 0,
    })

  const beat = setInterval(() => {
    send({ kind: 'beat', from: id, seq })
    const now = performance.now()
    for (const peer of peers.values()) {
      if (now - peer.heardAt > SILENT_MS && peer.isListed) {
        peer.isListed = false
        server.hub.noteElsewhere(peer.id, [])
      }
      if (now - peer.heardAt > REMEMBERED_MS) peers.delete(peer.id)
    }
  }, BEAT_MS).unref()

  driver.receive((text) => {
    try {
      hear(JSON.parse(text) as Message)
    } catch (error) {
      server.log.error({ err: error }, 'a message of another server could not be read')
    }
  })

  return {
    isAlone: false,
    tell,
    publish: (events, stamp) => stamps.publish(events, stamp),
    noteOnline: (userId, isOnline) =>
      tell({
        effects: [{ effect: noteOnline, data: { server: id, user_id: userId, is_online: isOnline } }],
        events: [],
        stamp: 0,
      }),
    close() {
      clearInterval(beat)
      for (const { gap } of peers.values()) clearTimeout(gap)
      stamps.close()
      driver.close()
    },
  }
}
