/** Drivers between servers in one process, which stand for a real bus: a reliable one, and a bad one. */
import type { Driver } from '../../src/core/bus.ts'

type Handler = (message: string) => void

/** One driver for each server. */
export type Line = { driver(): Driver; lost(): number }

/** `deliver` passes a message on, drops it, or delays it. */
const lineOf = (deliver: (hand: () => void) => void, lost: () => number): Line => {
  const ends = new Set<Handler>()
  return {
    lost,
    driver() {
      let own: Handler = () => undefined
      return {
        send(message) {
          for (const end of ends) if (end !== own) deliver(() => ends.has(end) && end(message))
        },
        receive(handler) {
          own = handler
          ends.add(own)
        },
        close: () => void ends.delete(own),
      }
    },
  }
}

/** Delivers everything once, in order, one turn later. */
export const soundLine = (): Line =>
  lineOf(
    (hand) => void setImmediate(hand),
    () => 0,
  )

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The most lost messages: after the last one the servers can agree. */
const MOST_LOST = 12

/** Loses some messages, duplicates others, and delays all, so that they overtake each other. */
export const nastyLine = (seed: number): Line => {
  const random = seeded(seed)
  let lost = 0
  const delay = () => (random() < 0.1 ? 300 : 30) * random()
  return lineOf(
    (hand) => {
      if (random() < 0.04 && lost < MOST_LOST) {
        lost += 1
        return
      }
      setTimeout(hand, delay()).unref()
      if (random() < 0.1) setTimeout(hand, delay()).unref()
    },
    () => lost,
  )
}
