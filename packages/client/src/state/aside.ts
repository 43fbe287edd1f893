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
  const name = (): string => `${table}/${me()}`

  const store = async (key: string, value: unknown): Promise<boolean> => {
    const writing = { value }
    unstored.set(key, writing)
    const isStored = await device.write([{ table, key, value }])
    if (isStored && unstored.get(key) === writing) unstored.delete(key)
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
      for (const [key, { value }] of unstored) all.set(key, value ?? null)
      storage.set(name(), JSON.stringify(Object.fromEntries(all)))
    },
    async readAll() {
      const aside = readAside(storage.get(name()))
      const all = await device.readAll(table)
      const writes = [...aside].map(([key, value]) => ({ table, key, value: value ?? undefined }) as const)
      for (const { key, value } of writes) {
        if (value === undefined) all.delete(key)
        else all.set(key, value)
      }
      if (writes.length > 0 && (await device.write(writes))) storage.remove(name())
      return { all, late: new Set(aside.keys()) }
    },
    clear: () => unstored.clear(),
    forget: () => storage.remove(name()),
  }
}
