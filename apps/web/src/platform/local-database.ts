/**
 * The client's local database in IndexedDB: one per account, with a store for copies and one for what the
 * person wrote. Keys are `table/key`, so another table needs no new version of the database.
 */
import {
  copyTables,
  type LocalDatabase,
  type LocalWrite,
  type OpenDatabase,
  type Table,
} from '@plausch/client'

const PREFIX = 'plausch/'
/** The two stores never change. What is in them has a version of its own (`state/copies.ts`). */
const LAYOUT = 1

type Store = 'copies' | 'writings'

const storeOf = (table: Table): Store =>
  (copyTables as readonly string[]).includes(table) ? 'copies' : 'writings'
const keyOf = (table: Table, key: string): string => `${table}/${key}`
/** All keys of a table: the character after the slash ends the range. */
const rangeOf = (table: Table): IDBKeyRange => IDBKeyRange.bound(`${table}/`, `${table}0`, false, true)

/** The page does not wait until the disk has it: the data survives a crash of the page, which is enough. */
const RELAXED = { durability: 'relaxed' } as const

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const connect = async (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, LAYOUT)
  request.onupgradeneeded = () => {
    for (const store of ['copies', 'writings']) request.result.createObjectStore(store)
  }
  const database = await settled(request)
  // Another tab deletes the database, because the person has signed out.
  database.onversionchange = () => database.close()
  return database
}

const readFrom = (database: IDBDatabase, table: Table): IDBObjectStore =>
  database.transaction(storeOf(table)).objectStore(storeOf(table))

const write = async (database: IDBDatabase, writes: readonly LocalWrite[]): Promise<void> => {
  const stores = [...new Set(writes.map(({ table }) => storeOf(table)))]
  if (stores.length === 0) return
  const transaction = database.transaction(stores, 'readwrite', RELAXED)
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    // A failure of one request is a failure of the transaction.
    transaction.onabort = () => reject(transaction.error)
  })
  for (const { table, key, value } of writes) {
    const store = transaction.objectStore(storeOf(table))
    if (value === undefined) store.delete(keyOf(table, key))
    else store.put(value, keyOf(table, key))
  }
  transaction.commit()
  await done
}

const readAll = async (database: IDBDatabase, table: Table): Promise<Map<string, unknown>> => {
  const store = readFrom(database, table)
  const [keys, values] = await Promise.all([
    settled(store.getAllKeys(rangeOf(table))),
    settled<unknown[]>(store.getAll(rangeOf(table))),
  ])
  return new Map(keys.map((key, i) => [String(key).slice(table.length + 1), values[i]]))
}

const clear = async (database: IDBDatabase, store: Store): Promise<void> => {
  await settled(database.transaction(store, 'readwrite').objectStore(store).clear())
}

/** On a device that several people use, nobody's messages wait for the next one. */
const clearOthers = async (name: string): Promise<void> => {
  for (const { name: other } of await indexedDB.databases()) {
    if (!other?.startsWith(PREFIX) || other === name) continue
    const database = await connect(other)
    await clear(database, 'copies')
    database.close()
  }
}

/** Opens the database of an account. It rejects where the browser stores nothing, as in some private modes. */
export const openDatabase: OpenDatabase = async (accountId): Promise<LocalDatabase> => {
  const name = PREFIX + accountId
  const database = await connect(name)
  clearOthers(name).catch(() => undefined)
  return {
    readAll: (table) => readAll(database, table),
    async readSome(table, keys) {
      const store = readFrom(database, table)
      return await Promise.all(keys.map((key) => settled<unknown>(store.get(keyOf(table, key)))))
    },
    write: (writes) => write(database, writes),
    clearCopies: () => clear(database, 'copies'),
    async erase() {
      await Promise.all([clear(database, 'copies'), clear(database, 'writings')])
      database.close()
      await settled(indexedDB.deleteDatabase(name))
    },
    close: () => database.close(),
  }
}
