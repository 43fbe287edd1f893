/**
 * A cache per place (channel) that lasts until something happens there. Whoever changes what others see in a
 * channel tells them by an event, so every event of a channel (`context.ts`) clears its cache: at the commit,
 * before the answer. Changes without an event of the place call `forgetAll`.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'

/** A value and its approximate size in bytes. */
export type Sized<V> = { value: V; bytes: number }

export type ChannelCache = {
  /**
   * The cached value of a place under a name, or what `make` makes. Concurrent callers share one `make`.
   * `undefined` means that the value cannot be cached, and this is cached as well.
   */
  of<V>(place: string, name: string, make: () => Promise<Sized<V> | undefined>): Promise<V | undefined>
  forget(place: string): void
  forgetAll(): void
}

/**
 * No stale value lasts longer, even if a lost connection hides a commit, or somebody writes to the database
 * directly.
 */
const BELIEVED_MS = 10_000

const MOST_BYTES = 16 * 1024 * 1024

type Entry = {
  place: string
  name: string
  at: number
  bytes: number
  made: Promise<Sized<unknown> | undefined>
}

/**
 * For tests: makes each cached value again and compares. A difference may come from a commit that is just
 * being answered, so it retries.
 */
const checked = async <V>(
  value: V | undefined,
  isStill: () => boolean,
  make: () => Promise<Sized<V> | undefined>,
  what: string,
) => {
  for (let tries = 0; isStill() && !isDeepStrictEqual((await make())?.value, value); tries += 1) {
    if (tries === 50) throw new Error(`${what} is kept, and is not what it would be`)
    await sleep(20)
  }
}

const isBelieved = ({ at }: Entry) => performance.now() - at < BELIEVED_MS

/** `isChecked` compares every cached value with a new one. */
export const openChannelCache = (isChecked = false): ChannelCache => {
  const places = new Map<string, Map<string, Entry>>()
  /** All entries, the oldest first. */
  const entries = new Set<Entry>()
  let bytes = 0

  const drop = (entry: Entry) => {
    if (!entries.delete(entry)) return
    bytes -= entry.bytes
    const names = places.get(entry.place)
    names?.delete(entry.name)
    if (names?.size === 0) places.delete(entry.place)
  }
  const find = (place: string, name: string): Entry | undefined => {
    const entry = places.get(place)?.get(name)
    return entry && isBelieved(entry) ? entry : undefined
  }
  const put = (entry: Entry) => {
    for (const old of entries) {
      if (isBelieved(old)) break
      drop(old)
    }
    entries.add(entry)
    const names = places.get(entry.place)
    if (names) names.set(entry.name, entry)
    else places.set(entry.place, new Map([[entry.name, entry]]))
  }
  const weigh = (entry: Entry, size: number) => {
    if (!entries.has(entry)) return
    entry.bytes = size
    bytes += size
    for (const oldest of entries) {
      if (bytes <= MOST_BYTES) return
      drop(oldest)
    }
  }

  return {
    async of<V>(place: string, name: string, make: () => Promise<Sized<V> | undefined>) {
      const known = find(place, name)
      if (known) {
        const value = (await known.made)?.value as V | undefined
        if (isChecked) await checked(value, () => entries.has(known), make, `${name} of ${place}`)
        return value
      }
      const made = make()
      const entry: Entry = { place, name, at: performance.now(), bytes: 0, made }
      put(entry)
      try {
        const sized = await made
        weigh(entry, 100 + (sized?.bytes ?? 0))
        return sized?.value
      } catch (error) {
        drop(entry)
        throw error
      }
    },
    forget(place) {
      for (const entry of places.get(place)?.values() ?? []) drop(entry)
    },
    forgetAll() {
      for (const entry of entries) drop(entry)
    },
  }
}
