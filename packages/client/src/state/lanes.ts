/**
 * Sends what a person wrote or changed, item by item. Items of one lane go one after the other; temporary
 * failures are retried. Items are stored on the device until they are sent. Where several tabs have the same
 * item, each looks whether it is still stored, while no other tab sends in the lane: so it is sent once.
 */
import type { WritingTable } from '../local/database.ts'
import { createWritings, type Writings } from './aside.ts'
import type { Context } from './noun.ts'

const RETRY_MS = 5000

export type Lanes<T> = {
  /** Stores an item and sends what waits in its lane. */
  add(lane: string, id: string, item: T): void
  /** Stores another version of an item. */
  store(id: string, item: T): void
  /** Deletes an item from the device. */
  drop(id: string): void
  /** Sends what waits in a lane. */
  flush(lane: string): void
  /** All stored items, by id. */
  stored(): Promise<Map<string, unknown>>
  clear(): void
} & Pick<Writings, 'putAside' | 'forget'>

type LanesOptions<T> = {
  table: WritingTable
  /** The next item to send in a lane. */
  next(lane: string): { id: string; item: T } | undefined
  /** Sends an item and takes it out of the lane; false if it must wait. */
  send(item: T): Promise<boolean>
  /** Another tab has sent the item, or its author has discarded it there. */
  gone(item: T): void
}

/** Runs work per lane, once at a time; whoever asks meanwhile makes it run once more. */
const createRuns = ({ track }: Context, work: (lane: string) => Promise<boolean>) => {
  /** Lanes that are being sent; true if they must be looked at again. */
  const busy = new Map<string, boolean>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const run = async (lane: string): Promise<void> => {
    if (busy.has(lane)) return void busy.set(lane, true)
    try {
      do {
        busy.set(lane, false)
        if (!(await work(lane))) later(lane)
      } while (busy.get(lane))
    } finally {
      busy.delete(lane)
    }
  }

  const flush = (lane: string): void => {
    clearTimeout(timers.get(lane))
    timers.delete(lane)
    track(run(lane))
  }

  const later = (lane: string): void => {
    clearTimeout(timers.get(lane))
    timers.set(
      lane,
      setTimeout(() => flush(lane), RETRY_MS),
    )
  }

  return {
    flush,
    clear(): void {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}

export const createLanes = <T>(context: Context, { table, next, send, gone }: LanesOptions<T>): Lanes<T> => {
  const { device, exclusive } = context
  const writings = createWritings(context, table)
  const storing = new Map<string, Promise<boolean>>()

  const store = (id: string, item: T): void => void storing.set(id, writings.write(id, item))

  const isGone = async (id: string): Promise<boolean> => {
    // What could not be stored is only here.
    if ((await storing.get(id)) === false) return false
    const found = await device.readSome(table, [id])
    return found !== undefined && found[0] === undefined
  }

  /** Returns false if something must wait. */
  const sendAll = async (lane: string): Promise<boolean> => {
    for (;;) {
      const first = next(lane)
      if (!first) return true
      if (await isGone(first.id)) gone(first.item)
      else if (!(await send(first.item))) return false
    }
  }
  const runs = createRuns(context, (lane) => exclusive(`${table}/${lane}`, () => sendAll(lane)))

  return {
    add(lane, id, item) {
      store(id, item)
      runs.flush(lane)
    },
    store,
    drop(id) {
      storing.delete(id)
      void writings.write(id, undefined)
    },
    flush: runs.flush,
    stored: async () => (await writings.readAll()).all,
    putAside: writings.putAside,
    forget: writings.forget,
    clear() {
      runs.clear()
      storing.clear()
      writings.clear()
    },
  }
}
