/**
 * Rows in memory that every request needs. A row that is forgotten while it is being loaded is not kept;
 * otherwise a row that was read just before a change could stay after it.
 */
export type Cache<V> = {
  /** The value in memory, if there is one that is not too old. */
  get(key: string): V | undefined
  /** Loads a value; `undefined` is not kept. */
  load(key: string, find: () => Promise<V | undefined>): Promise<V | undefined>
  /** Loads many at once, except those in memory. */
  loadAll(keys: readonly string[], find: (missing: string[]) => Promise<ReadonlyMap<string, V>>): Promise<V[]>
  forget(key: string): void
  forgetWhere(isGone: (value: V) => boolean): void
  forgetAll(): void
}

/**
 * Holds at most `size` values. Each is valid for `believedMs` (without it, for ever). The oldest go first. An
 * expired value is removed after the same time again. Uses the monotonic clock.
 */
export const openCache = <V>(size: number, believedMs = Number.POSITIVE_INFINITY): Cache<V> => {
  // In the order of `at`.
  const entries = new Map<string, { value: V; at: number }>()
  let forgotten = 0
  let sweptAt = performance.now()

  const get = (key: string): V | undefined => {
    const entry = entries.get(key)
    if (!entry) return undefined
    if (performance.now() - entry.at < believedMs) return entry.value
    entries.delete(key)
    return undefined
  }
  /**
   * Without this, a value that was needed once would stay until `size` others came: four minutes of load left
   * 4,500 places in channels, each valid for ten seconds.
   */
  const sweep = (now: number) => {
    if (now - sweptAt < believedMs) return
    sweptAt = now
    for (const [key, { at }] of entries) {
      if (now - at < believedMs) return
      entries.delete(key)
    }
  }
  const put = (key: string, value: V) => {
    const now = performance.now()
    entries.delete(key)
    entries.set(key, { value, at: now })
    sweep(now)
    if (entries.size <= size) return
    const [oldest] = entries.keys()
    if (oldest !== undefined) entries.delete(oldest)
  }

  return {
    get,
    async load(key, find) {
      const known = get(key)
      if (known !== undefined) return known
      const before = forgotten
      const value = await find()
      if (value !== undefined && forgotten === before) put(key, value)
      return value
    },
    async loadAll(keys, find) {
      // Values in memory are taken now: they may be forgotten while the rest is being loaded.
      const known = new Map([...new Set(keys)].map((key) => [key, get(key)]))
      const missing = [...known.keys()].filter((key) => known.get(key) === undefined)
      const before = forgotten
      const found = missing.length > 0 ? await find(missing) : new Map<string, V>()
      if (forgotten === before) for (const [key, value] of found) put(key, value)
      return [...known].flatMap(([key, value]) => value ?? found.get(key) ?? [])
    },
    forget(key) {
      forgotten += 1
      entries.delete(key)
    },
    forgetWhere(isGone) {
      forgotten += 1
      for (const [key, { value }] of entries) if (isGone(value)) entries.delete(key)
    },
    forgetAll() {
      forgotten += 1
      entries.clear()
    },
  }
}
