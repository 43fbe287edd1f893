/**
 * The order of events if several servers send them (protocol, W18). Each operation has a stamp: the position
 * in PostgreSQL's log, read while the operation holds its locks. Of two operations on the same row, the later
 * has the greater stamp, on whatever server. While another server is sending, events wait a moment and leave
 * in the order of their stamps. An event that arrives after a later one of its channel, team or person was
 * sent is dropped, and the clients concerned load their state again. A product server is alone on its database so
 * far (decision 7): only the tests join several.
 */

import type { EventName } from '@plausch/wire'
import type { Db } from './db.ts'
import type { Audience } from './hub.ts'
import type { Published, Server } from './server.ts'
import { publishEvents } from './told.ts'

/** How long events wait for earlier ones of other servers. */
const HOLD_MS = 50
/** For so long after an event of another server, events here are held back (HOLD_MS). */
const SHARED_MS = 10_000
/** The most places whose last stamp is kept: those that were used last. */
const MOST_PLACES = 100_000

/** An SQL expression for a stamp: in the statement that writes, or in one before the commit. */
export const STAMP = `pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint`

/** The stamp of a transaction that has finished writing. */
export const readStamp = async (db: Db): Promise<number> =>
  (await db.row<{ stamp: number }>(`select ${STAMP} as stamp`))?.stamp ?? 0

/** The places in which clients notice the order of events: a channel, a team, a person. */
const placesOf = ({ users, everyone, channel, team }: Audience): string[] => {
  if (users) return users.map((id) => `user:${id}`)
  if (everyone) return ['everyone']
  return [channel === undefined ? `team:${team}` : `channel:${channel}`]
}

/** Is the event only about the moment, so that clients keep nothing of it? */
const isMomentary = (event: EventName): boolean => event === 'typing'

type Waiting = { each: Published; stamp: number; due: number }

export type Stamps = {
  /** The stamp for events of an operation without one (0): after all known stamps. */
  stampOf(stamp: number): number
  /** Events of this server. */
  publish(events: readonly Published[], stamp: number): void
  /** Events of another server. */
  heard(events: readonly Published[], stamp: number): void
  close(): void
}

export const openStamps = (server: Server): Stamps => {
  /** By stamp; equal stamps in the order in which they came. */
  const waiting: Waiting[] = []
  const last = new Map<string, number>()
  let latest = 0
  let sharedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const note = (place: string, stamp: number) => {
    last.delete(place)
    last.set(place, stamp)
    if (last.size <= MOST_PLACES) return
    const [oldest] = last.keys()
    if (oldest !== undefined) last.delete(oldest)
  }

  const leave = ({ each, stamp }: Waiting) => {
    const places = placesOf(each.audience)
    if (places.some((place) => stamp < (last.get(place) ?? 0))) {
      server.log.info({ event: each.event, places }, 'an event of another server came too late')
      for (const place of places) server.hub.startAfresh(place)
      return
    }
    for (const place of places) note(place, stamp)
    publishEvents(server.hub, [each])
  }

  /** Sends all events that are due, and those that come before a due one. */
  const release = () => {
    timer = undefined
    const now = performance.now()
    const end = waiting.findLastIndex(({ due }) => due <= now) + 1
    for (const each of waiting.splice(0, end)) leave(each)
    plan()
  }
  const plan = () => {
    if (timer || waiting.length === 0) return
    const first = waiting.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY)
    timer = setTimeout(release, Math.max(0, first - performance.now()))
  }

  const add = (each: Published, stamp: number) => {
    if (isMomentary(each.event)) return publishEvents(server.hub, [each])
    const now = performance.now()
    const isShared = now - sharedAt < SHARED_MS
    const entry = { each, stamp, due: now + HOLD_MS }
    if (!isShared && waiting.length === 0) return leave(entry)
    const index = waiting.findLastIndex((other) => other.stamp <= stamp) + 1
    waiting.splice(index, 0, entry)
    plan()
  }

  const stampOf = (stamp: number) => {
    latest = Math.max(latest, stamp)
    return stamp === 0 ? latest : stamp
  }
  return {
    stampOf,
    publish(events, stamp) {
      for (const each of events) add(each, stampOf(stamp))
    },
    heard(events, stamp) {
      if (events.some(({ event }) => !isMomentary(event))) sharedAt = performance.now()
      for (const each of events) add(each, stampOf(stamp))
    },
    close: () => clearTimeout(timer),
  }
}
