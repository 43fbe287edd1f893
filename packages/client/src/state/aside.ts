/**
 * What a person wrote, on its way to the local database. When the page ends, what may not be stored yet is put
 * aside where writing needs no waiting; the next start stores it.
 */
import type { WritingTable } from '../local/database.ts'
import type { Context } from './noun.ts'

export type Writings = {
  /** Stores a value, or deletes it; resolves with whether that is done. */
  write(key: string, value: unknown): Promise<boolean>
  /** The page may end now: puts aside what may not be stored yet, without waiting. */
  putAside(): void
  /**
   * All stored values, with what was put aside, which is stored now. `late` are the keys of the latter: they
   * are newer than what this client has in its memory.
   */
  readAll(): Promise<{ all: Map<string, unknown>; late: ReadonlySet<string> }>
  /** Empties the memory. */
  clear(): void
  /** Deletes what was put aside: the next person who signs in must not read it. */
  forget(): void
}

/** By key; null for what was deleted. */
const readAside = (text: string | null): Map<string, unknown> => {
  try {
    const all: unknown = JSON.parse(text ?? '{}')
    return new Map(Object.entries(typeof all === 'object' && all !== null ? all : {}))
  } catch {
    return new Map()
  }
}

type Place = Pick<Context, 'device' | 'me' | 'storage' | 'track'>

export const createWritings = ({ device, me, storage, track }: Place, table: WritingTable): Writings => {
  /** Values of which it is not known that they are stored; undefined for deleted ones. */
  const unstored = new Map<string, { value: unknown }>()
  /** Keys of values that are stored: only of these a deletion must be remembered. */
  const stored = new Set<string>()
  /** How many values are on their way, by key. */
  const onTheWay = new Map<string, number>()
  const mayBeStored = (key: string): boolean => stored.has(key) || (onTheWay.get(key) ?? 0) > 0
  /** What this page has put aside or found there, as text by key: it lives on, and stores newer values. */
  const put = new Map<string, string>()
  const name = (): string => `${table}/${me()}`

  const saveAside = (all: ReadonlyMap<string, unknown>): void => {
    if (all.size === 0) storage.remove(name())
    else storage.set(name(), JSON.stringify(Object.fromEntries(all)))
  }

  /** A newer value is stored, or was never there: what this page put aside before must not win over it. */
  const dropAside = (key: string): void => {
    const own = put.get(key)
    if (own === undefined) return
    put.delete(key)
    const all = readAside(storage.get(name()))
    // Another tab may have put something else there since.
    if (JSON.stringify(all.get(key)) !== own) return
    all.delete(key)
    saveAside(all)
  }

  const count = (key: string, value: unknown, by: number): void => {
    if (value !== undefined) onTheWay.set(key, (onTheWay.get(key) ?? 0) + by)
  }

  const store = async (key: string, value: unknown): Promise<boolean> => {
    const writing = { value }
    unstored.set(key, writing)
    count(key, value, 1)
    const isStored = await device.write([{ table, key, value }])
    count(key, value, -1)
    if (isStored && value === undefined) stored.delete(key)
    else if (isStored) stored.add(key)
    const isDone = isStored || (value === undefined && !mayBeStored(key))
    if (isDone && unstored.get(key) === writing) {
      unstored.delete(key)
      dropAside(key)
    }
    return isStored
  }

  return {
    write(key, value) {
      const writing = store(key, value)
      track(writing)
      return writing
    },
    putAside() {
      if (unstored.size === 0) return
      // Another tab may have put something aside in the same moment.
      const all = readAside(storage.get(name()))
      for (const [key, { value }] of unstored) {
        if (value === undefined && !mayBeStored(key)) {
          // There is nothing to delete, besides what may have been put aside.
          all.delete(key)
          continue
        }
        all.set(key, value ?? null)
        put.set(key, JSON.stringify(value ?? null))
      }
      saveAside(all)
    },
    async readAll() {
      const aside = readAside(storage.get(name()))
      const all = await device.readAll(table)
      for (const key of all.keys()) stored.add(key)
      const writes = [...aside].map(([key, value]) => ({ table, key, value: value ?? undefined }) as const)
      for (const { key, value } of writes) {
        if (value === undefined) all.delete(key)
        else all.set(key, value)
      }
      if (writes.length > 0 && (await device.write(writes))) storage.remove(name())
      else for (const [key, value] of aside) put.set(key, JSON.stringify(value))
      return { all, late: new Set(aside.keys()) }
    },
    clear() {
      unstored.clear()
      stored.clear()
      onTheWay.clear()
      put.clear()
    },
    forget: () => storage.remove(name()),
  }
}
