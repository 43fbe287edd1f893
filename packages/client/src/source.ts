/**
 * Values that can be watched. The shape is that of React's `useSyncExternalStore`, but nothing here depends
 * on React: `get` returns the same object until something changes, and `subscribe` reports changes.
 */
export type Source<T> = {
  get(): T
  /** Calls `listener` after every change, synchronously; the result unsubscribes. */
  subscribe(listener: () => void): () => void
}

/** Listeners that must still hear of changes, and how many calls of `batch` are under way. */
const waiting = new Set<Listeners>()
let depth = 0

/**
 * Makes several changes. Listeners hear of them once, after the last one, however many of their sources have
 * changed.
 */
export const batch = <T>(change: () => T): T => {
  depth += 1
  try {
    return change()
  } finally {
    depth -= 1
    if (depth === 0 && waiting.size > 0) {
      const told = new Set<() => void>()
      const all = [...waiting]
      waiting.clear()
      for (const listeners of all) listeners.tell(told)
    }
  }
}

/** Listeners for changes. A listener that is removed while others are being called is not called any more. */
export class Listeners {
  readonly #all = new Set<() => void>()

  /** `empty` is called when the last listener is removed. */
  add(listener: () => void, empty?: () => void): () => void {
    this.#all.add(listener)
    return () => {
      if (this.#all.delete(listener) && this.#all.size === 0) empty?.()
    }
  }

  /** Calls each listener, but not those that were `told` already. */
  tell(told?: Set<() => void>): void {
    if (depth > 0) {
      waiting.add(this)
      return
    }
    for (const listener of this.#all) {
      if (told?.has(listener)) continue
      told?.add(listener)
      listener()
    }
  }
}

/** One value. */
export class Value<T> implements Source<T> {
  readonly #listeners = new Listeners()
  #value: T

  constructor(value: T) {
    this.#value = value
  }

  get = (): T => this.#value

  set(value: T): void {
    if (Object.is(value, this.#value)) return
    this.#value = value
    this.#listeners.tell()
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener)
}

/**
 * Records by key. Code can watch a single record (`at`), which keys exist (`ids`), or all records (the
 * collection itself; it copies the list after each change, so it is for small collections and rare changes).
 */
export class Collection<V> implements Source<readonly V[]> {
  readonly #records = new Map<string, V>()
  readonly #listeners = new Listeners()
  readonly #listenersAt = new Map<string, Listeners>()
  readonly #sources = new Map<string, Source<V | undefined>>()
  readonly #listenersOfIds = new Listeners()
  readonly #notes = new Set<(key: string) => void>()
  #all: readonly V[] | undefined
  #ids: readonly string[] | undefined

  /** The keys, in the order in which they were first added. Changes only when one is added or removed. */
  readonly ids: Source<readonly string[]> = {
    get: () => {
      this.#ids ??= this.keys()
      return this.#ids
    },
    subscribe: (listener) => this.#listenersOfIds.add(listener),
  }

  /** All records, in the order in which their keys were first added. */
  get = (): readonly V[] => {
    this.#all ??= [...this.#records.values()]
    return this.#all
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener)

  /** Calls `note` with the key of each record that was added, changed or removed, even inside a batch. */
  watchKeys(note: (key: string) => void): () => void {
    this.#notes.add(note)
    return () => this.#notes.delete(note)
  }

  one(key: string): V | undefined {
    return this.#records.get(key)
  }

  /** The record without changes that the server does not know yet (`Layered`). */
  base(key: string): V | undefined {
    return this.#records.get(key)
  }

  has(key: string): boolean {
    return this.#records.has(key)
  }

  keys(): string[] {
    return [...this.#records.keys()]
  }

  /** Does anyone watch this record? */
  isWatched(key: string): boolean {
    return this.#listenersAt.has(key)
  }

  /** One record as a source; the same source for a key as long as it is watched. */
  at(key: string): Source<V | undefined> {
    const known = this.#sources.get(key)
    if (known) return known
    const source: Source<V | undefined> = {
      get: () => this.#records.get(key),
      subscribe: (listener) => {
        const listeners = this.#listenersAt.get(key) ?? new Listeners()
        this.#listenersAt.set(key, listeners)
        // Records come and go: nothing of those that nobody watches stays.
        return listeners.add(listener, () => {
          this.#listenersAt.delete(key)
          this.#sources.delete(key)
        })
      },
    }
    this.#sources.set(key, source)
    return source
  }

  set(key: string, record: V): void {
    if (Object.is(this.#records.get(key), record)) return
    const isNew = !this.#records.has(key)
    this.#records.set(key, record)
    this.#changed(key, isNew)
  }

  /** Changes a record if it exists. */
  update(key: string, change: (record: V) => V): void {
    const record = this.#records.get(key)
    if (record !== undefined) this.set(key, change(record))
  }

  delete(key: string): void {
    if (this.#records.delete(key)) this.#changed(key, true)
  }

  /** Replaces all records by these; a record that says the same stays, and its watchers are not called. */
  replace(records: ReadonlyMap<string, V>): void {
    batch(() => {
      for (const key of this.keys()) if (!records.has(key)) this.delete(key)
      for (const [key, record] of records) if (!sameValue(this.base(key), record)) this.set(key, record)
    })
  }

  clear(): void {
    this.replace(new Map())
  }

  /** Tells those who note keys. */
  protected noteKey(key: string): void {
    for (const note of this.#notes) note(key)
  }

  #changed(key: string, isOther: boolean): void {
    this.noteKey(key)
    this.#all = undefined
    this.#listenersAt.get(key)?.tell()
    if (isOther) {
      this.#ids = undefined
      this.#listenersOfIds.tell()
    }
    this.#listeners.tell()
  }
}

type ValuesOf<S extends readonly Source<unknown>[]> = {
  [K in keyof S]: S[K] extends Source<infer T> ? T : never
}

/**
 * A value computed from others, on demand and only after one of them changed. If the result is the `same` as
 * before, the earlier object is kept, so that watchers are not called needlessly.
 */
export const derive = <const S extends readonly Source<unknown>[], T>(
  sources: S,
  compute: (...values: ValuesOf<S>) => T,
  same: (a: T, b: T) => boolean = Object.is,
): Source<T> => {
  let from: unknown[] | undefined
  let result: T | undefined
  const get = (): T => {
    const values = sources.map((source) => source.get())
    if (from?.every((value, i) => Object.is(value, values[i]))) return result as T
    const next = compute(...(values as ValuesOf<S>))
    result = from !== undefined && same(result as T, next) ? (result as T) : next
    from = values
    return result
  }
  const subscribe = (listener: () => void): (() => void) => {
    const ends = sources.map((source) => source.subscribe(listener))
    return () => {
      for (const end of ends) end()
    }
  }
  return { get, subscribe }
}

/**
 * A value computed from the sources that `compute` reads, which may be others each time: the name of a
 * conversation reads only its own people. Watchers are called only if the result changed.
 */
export const select = <T>(
  compute: (read: <V>(source: Source<V>) => V) => T,
  same: (a: T, b: T) => boolean = Object.is,
): Source<T> => {
  let used: Map<Source<unknown>, unknown> | undefined
  let result: T | undefined
  const isCurrent = (): boolean => {
    if (!used) return false
    for (const [source, value] of used) if (!Object.is(source.get(), value)) return false
    return true
  }
  const get = (): T => {
    if (isCurrent()) return result as T
    const found = new Map<Source<unknown>, unknown>()
    const next = compute((source) => {
      const value = source.get()
      found.set(source, value)
      return value
    })
    result = used !== undefined && same(result as T, next) ? (result as T) : next
    used = found
    return result
  }
  const subscribe = (listener: () => void): (() => void) => {
    const ends = new Map<Source<unknown>, () => void>()
    let last = get()
    const follow = (): void => {
      for (const source of used?.keys() ?? []) {
        if (!ends.has(source)) ends.set(source, source.subscribe(changed))
      }
      for (const [source, end] of ends) {
        if (used?.has(source)) continue
        end()
        ends.delete(source)
      }
    }
    const changed = (): void => {
      const now = get()
      follow()
      if (Object.is(now, last)) return
      last = now
      listener()
    }
    follow()
    return () => {
      for (const end of ends.values()) end()
    }
  }
  return { get, subscribe }
}

/** A family of sources by key, each made once. */
export const keyed = <T>(make: (key: string) => T): ((key: string) => T) => {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make(key)
    made.set(key, fresh)
    return fresh
  }
}

/** Are two lists equal element by element? */
export const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((element, i) => Object.is(element, b[i]))

/** Are two flat objects equal property by property? */
export const sameFields = <T extends object>(a: T, b: T): boolean => {
  const keys = Object.keys(a) as (keyof T)[]
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]))
}

/** Do two values of JSON say the same? */
export const sameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(Reflect.get(a, key), Reflect.get(b, key)))
  )
}
