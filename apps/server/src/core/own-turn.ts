/**
 * Each large input is read in its own turn of the event loop. One may take 25 ms. Without this, requests that
 * arrive together are handled in one turn, and a hundred of them would block everybody else for seconds.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** After so long the others have a turn. */
const TURN_MS = 10

/** Does some work with each of many items, and gives others a turn in between. */
export const eachInTurns = async <T>(
  items: Iterable<T>,
  work: (item: T) => void | Promise<void>,
): Promise<void> => {
  let began = performance.now()
  for (const item of items) {
    const busy = work(item)
    if (busy) await busy
    if (performance.now() - began < TURN_MS) continue
    await nextTurn()
    began = performance.now()
  }
}

/** In bytes or characters. The most expensive input of this size takes one or two milliseconds. */
export const LARGE_INPUT = 1000

const waiting: (() => void)[] = []

const next = (): void => {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(next)
}

/** Resolves in a turn in which no other call resolves, in the order of the calls. */
export const ownTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(next)
  })
