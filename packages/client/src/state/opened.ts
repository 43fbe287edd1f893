/** What screens have asked for, by key: loaded once, kept true by events, and loaded again after a gap. */
import { ApiFault } from '../api.ts'
import type { Context } from './noun.ts'

export type Opened = {
  has(key: string): boolean
  /** What is loaded or on its way. */
  keys(): string[]
  /** Loads; who asks again gets it anew. */
  load(key: string): Promise<void>
  /** Applies an event to what is loaded. What is on its way may be older than the event, and is loaded once more. */
  change(key: string, apply: () => void): void
  /** Loads again what is loaded, of these keys. */
  again(keys?: readonly string[]): void
  /** After a gap, where many were asked for in turn: the last one is loaded again, the others when they are asked for. */
  revisit(): void
  drop(key: string): void
  clear(): void
}

/** What may not be seen any more, or is not there. */
const isGone = (fault: unknown): boolean => fault instanceof ApiFault && [403, 404].includes(fault.status)

/** `fetch` asks the server and returns how to take the answer; `forget` takes it away. */
export const createOpened = (
  { track }: Pick<Context, 'track'>,
  fetch: (key: string) => Promise<() => void>,
  forget: (key: string) => void,
): Opened => {
  const loaded = new Set<string>()
  let latest = ''
  const running = new Map<string, { isOutdated: boolean; work: Promise<void> }>()

  const drop = (key: string): void => {
    running.delete(key)
    if (loaded.delete(key)) forget(key)
  }

  const run = async (key: string): Promise<void> => {
    const mine = { isOutdated: true, work: Promise.resolve() }
    const isMine = (): boolean => running.get(key) === mine
    const work = async (): Promise<void> => {
      try {
        let take = (): void => undefined
        while (mine.isOutdated && isMine()) {
          mine.isOutdated = false
          take = await fetch(key)
        }
        if (!isMine()) return
        loaded.add(key)
        take()
      } finally {
        if (isMine()) running.delete(key)
      }
    }
    running.set(key, mine)
    mine.work = work()
    await mine.work
  }

  const load = (key: string): Promise<void> => {
    const known = running.get(key)
    if (!known) return run(key)
    known.isOutdated = true
    return known.work
  }

  const again = (keys: readonly string[] = [...loaded, ...running.keys()]): void => {
    for (const key of keys) {
      const known = running.get(key)
      if (known) known.isOutdated = true
      else if (loaded.has(key)) track(reload(key))
    }
  }

  const reload = async (key: string): Promise<void> => {
    try {
      await load(key)
    } catch (fault) {
      if (!isGone(fault)) throw fault
      drop(key)
    }
  }

  return {
    has: (key) => loaded.has(key),
    keys: () => [...new Set([...loaded, ...running.keys()])],
    load(key) {
      latest = key
      return load(key)
    },
    change(key, apply) {
      const known = running.get(key)
      if (known) known.isOutdated = true
      if (loaded.has(key)) apply()
    },
    again,
    revisit() {
      for (const key of [...loaded]) if (key !== latest) drop(key)
      again()
    },
    drop,
    clear() {
      for (const key of [...loaded]) drop(key)
      running.clear()
      latest = ''
    },
  }
}
