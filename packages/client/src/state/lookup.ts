/** Loads records by key, each key once, many in one call. */

const MOST_AT_ONCE = 100
/** Requests within this time, such as those of one screen, go into one call. */
const GATHER_MS = 10

export type Lookup = {
  /** Loads these, except those that were requested before. */
  want(keys: Iterable<string>): void
  clear(): void
}

/** `load` fetches some keys; if it fails, they can be requested again. */
export const createLookup = (
  isKnown: (key: string) => boolean,
  load: (keys: string[]) => Promise<void>,
  track: (work: Promise<unknown>) => void,
): Lookup => {
  const asked = new Set<string>()
  let waiting: string[] = []

  const flush = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
    const keys = waiting
    waiting = []
    for (let i = 0; i < keys.length; i += MOST_AT_ONCE) {
      const some = keys.slice(i, i + MOST_AT_ONCE)
      try {
        await load(some)
      } catch (error) {
        for (const key of some) asked.delete(key)
        throw error
      }
    }
  }

  return {
    want(keys) {
      const isFirst = waiting.length === 0
      for (const key of keys) {
        if (key === '' || isKnown(key) || asked.has(key)) continue
        asked.add(key)
        waiting.push(key)
      }
      if (isFirst && waiting.length > 0) track(flush())
    },
    clear() {
      asked.clear()
      waiting = []
    },
  }
}
