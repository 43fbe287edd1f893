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
import { deleteDB, type IDBPDatabase, openDB } from 'idb'

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

const connect = (name: string): Promise<IDBPDatabase> =>
  openDB(name, LAYOUT, {
    upgrade(database) {
      for (const store of ['copies', 'writings']) database.createObjectStore(store)
    },
    // Another tab deletes the database, because the person has signed out.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })

const write = async (database: IDBPDatabase, writes: readonly LocalWrite[]): Promise<void> => {
  const stores = [...new Set(writes.map(({ table }) => storeOf(table)))]
  if (stores.length === 0) return
  const transaction = database.transaction(stores, 'readwrite', RELAXED)
  for (const { table, key, value } of writes) {
    const store = transaction.objectStore(storeOf(table))
    // A failure of one is a failure of the transaction.
    const request =
      value === undefined ? store.delete(keyOf(table, key)) : store.put(value, keyOf(table, key))
    request.catch(() => undefined)
  }
  const done = transaction.done
  transaction.commit()
  await done
}

const readAll = async (database: IDBPDatabase, table: Table): Promise<Map<string, unknown>> => {
  const store = database.transaction(storeOf(table)).store
  const [keys, values] = await Promise.all([store.getAllKeys(rangeOf(table)), store.getAll(rangeOf(table))])
  return new Map(keys.map((key, i) => [String(key).slice(table.length + 1), values[i] as unknown]))
}

/** On a device that several people use, nobody's messages wait for the next one. */
const clearOthers = async (name: string): Promise<void> => {
  for (const { name: other } of await indexedDB.databases()) {
    if (!other?.startsWith(PREFIX) || other === name) continue
    const database = await connect(other)
    await database.clear('copies')
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
      const store = database.transaction(storeOf(table)).store
      return await Promise.all(keys.map((key) => store.get(keyOf(table, key)) as Promise<unknown>))
    },
    write: (writes) => write(database, writes),
    clearCopies: () => database.clear('copies'),
    async erase() {
      await Promise.all([database.clear('copies'), database.clear('writings')])
      database.close()
      await deleteDB(name)
    },
    close: () => database.close(),
  }
}
