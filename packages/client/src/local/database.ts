/**
 * What a client stores on its device: records by table and key. `copies` are of data that the server has and
 * can be dropped at any time; `writings` are what the person wrote and the server does not have yet.
 */
export const copyTables = [
  ...['home', 'users', 'preferences', 'roles', 'teams', 'team-members', 'channels', 'members', 'people'],
  ...['categories', 'emoji', 'threads', 'thread-lists', 'drafts-of-server', 'timelines', 'posts'],
] as const
export const writingTables = ['drafts', 'outbox', 'changes'] as const

export type CopyTable = (typeof copyTables)[number]
export type WritingTable = (typeof writingTables)[number]
export type Table = CopyTable | WritingTable

/** Sets a record or, without a value, deletes it. Values are JSON. */
export type LocalWrite = { table: Table; key: string; value?: unknown }

/** The database of one account on one server. Every function rejects if the device refuses. */
export type LocalDatabase = {
  /** All records of a table. */
  readAll(table: Table): Promise<Map<string, unknown>>
  /** Some records of a table, in the order of the keys; undefined for missing ones. */
  readSome(table: Table, keys: readonly string[]): Promise<unknown[]>
  /** Writes all of these or none. */
  write(writes: readonly LocalWrite[]): Promise<void>
  /** Deletes all copies; writings stay. */
  clearCopies(): Promise<void>
  /** Deletes the database. */
  erase(): Promise<void>
  close(): void
}

/** Opens the database of an account; rejects if the device stores nothing. */
export type OpenDatabase = (accountId: string) => Promise<LocalDatabase>

const isCopy = (table: string): boolean => (copyTables as readonly string[]).includes(table)

/** Databases in memory, for programs without a store and for tests. A copy of each value is kept. */
export const memoryDatabases = (): OpenDatabase => {
  const accounts = new Map<string, Map<string, Map<string, string>>>()
  return async (accountId) => {
    const tables = accounts.get(accountId) ?? new Map<string, Map<string, string>>()
    accounts.set(accountId, tables)
    const read = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text))
    return {
      async readAll(table) {
        return new Map([...(tables.get(table) ?? [])].map(([key, text]) => [key, read(text)]))
      },
      async readSome(table, keys) {
        return keys.map((key) => read(tables.get(table)?.get(key)))
      },
      async write(writes) {
        for (const { table, key, value } of writes) {
          const records = tables.get(table) ?? new Map<string, string>()
          tables.set(table, records)
          if (value === undefined) records.delete(key)
          else records.set(key, JSON.stringify(value))
        }
      },
      async clearCopies() {
        for (const table of [...tables.keys()]) if (isCopy(table)) tables.delete(table)
      },
      async erase() {
        tables.clear()
      },
      close: () => undefined,
    }
  }
}
