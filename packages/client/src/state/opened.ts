/**
 * Data that screens have asked for, by key: loaded once, kept up to date by events, and loaded again after a
 * gap.
 */
import { ApiFault } from '../api.ts'
import type { Context } from './noun.ts'

export type Opened = {
  has(key: string): boolean
  /** Keys that are loaded or being loaded. */
  keys(): string[]
  /** Loads the data, again if it is loaded already. */
  load(key: string): Promise<void>
  /**
   * Applies an event to loaded data. Data that is being loaded may be older than the event, and is loaded
   * once more.
   */
  change(key: string, apply: () => void): void
  /** Loads those of these keys again that are loaded. */
  again(keys?: readonly string[]): void
  /**
   * For use after a gap, if screens opened many keys in turn: loads the last one again, and the others when
   * they are next opened.
   */
  revisit(): void
  /** The data is there from a local copy; the next `again` loads it. */
  restored(key: string): void
  drop(key: string): void
  clear(): void
}

/** The data does not exist, or may not be seen any more. */
const isGone = (fault: unknown): boolean => fault instanceof ApiFault && [403, 404].includes(fault.status)

/** One load of a key at a time: whoever asks meanwhile makes it ask the server once more. */
const createLoads = (fetch: (key: string) => Promise<() => void>, loaded: Set<string>) => {
  const running = new Map<string, { isOutdated: boolean; work: Promise<void> }>()

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

  return {
    running,
    load(key: string): Promise<void> {
      const known = running.get(key)
      if (!known) return run(key)
      known.isOutdated = true
      return known.work
    },
  }
}

/** `fetch` asks the server and returns a function that stores the answer; `forget` removes the data. */
export const createOpened = (
  { track }: Pick<Context, 'track'>,
  fetch: (key: string) => Promise<() => void>,
  forget: (key: string) => void,
): Opened => {
  const loaded = new Set<string>()
  const { running, load } = createLoads(fetch, loaded)
  let latest = ''

  const drop = (key: string): void => {
    running.delete(key)
    if (loaded.delete(key)) forget(key)
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
    restored: (key) => void loaded.add(key),
    drop,
    clear() {
      for (const key of [...loaded]) drop(key)
      running.clear()
      latest = ''
    },
  }
}
