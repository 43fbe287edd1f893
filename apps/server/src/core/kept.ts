/**
 * What is kept of a place (a channel) until something happens there. Whoever changes what others see in a channel tells them with an event,
 * so at every event of a channel (`context.ts`) what is kept of it is forgotten: at the commit, before the answer. What changes without an
 * event of the place calls `forgetAll`.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'

/** A value and about how many bytes it takes. */
export type Sized<V> = { value: V; bytes: number }

export type Kept = {
  /**
   * What is kept of a place under a name, or what `make` makes. Many who ask at once share one making. `undefined` says that it is not
   * for keeping, which is kept as well.
   */
  of<V>(place: string, name: string, make: () => Promise<Sized<V> | undefined>): Promise<V | undefined>
  forget(place: string): void
  forgetAll(): void
}

/** Whatever goes wrong around a commit (a lost connection hides it) or is done beside the server, nothing stays untrue for longer. */
const BELIEVED_MS = 10_000

const MOST_BYTES = 16 * 1024 * 1024

type Entry = {
  place: string
  name: string
  at: number
  bytes: number
  made: Promise<Sized<unknown> | undefined>
}

/** For tests: whatever is answered from memory is made again and compared. What differs while a commit is being answered is asked again. */
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

/** `isChecked` compares every answer from memory with a new one. */
export const openKept = (isChecked = false): Kept => {
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
