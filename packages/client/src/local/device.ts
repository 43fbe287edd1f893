/**
 * The local database as the state uses it: it may be missing, and then everything works without it. Copies
 * are written in batches when nothing else is to be done; what a person wrote is written at once.
 */
import type { LocalDatabase, LocalWrite, OpenDatabase, Table } from './database.ts'

/** The most records in one batch: more would hold up the page. */
const MOST_AT_ONCE = 200
/** A device that does not answer within this time counts as one that stores nothing. */
const PATIENCE_MS = 2000

export type DeviceOptions = {
  open?: OpenDatabase
  /** Runs work when there is time for it. */
  whenIdle?: (work: () => void) => void
  onProblem?: (error: unknown) => void
}

export type Device = {
  /** Opens the database of an account, and closes that of another one. */
  open(accountId: string): Promise<void>
  /** All records of a table; none without a database. */
  readAll(table: Table): Promise<Map<string, unknown>>
  /** Some records of a table, undefined for missing ones; undefined as a whole if nobody can tell. */
  readSome(table: Table, keys: readonly string[]): Promise<unknown[] | undefined>
  /** Writes at once what a person wrote; resolves with whether it is stored. */
  write(writes: readonly LocalWrite[]): Promise<boolean>
  /** Notes that copies must be written: `collect` returns them when there is time. */
  later(collect: () => LocalWrite[]): void
  /** Writes now what waits. */
  flush(): Promise<void>
  /** Does work whose changes are not to be written: they come from the copies. */
  quietly<T>(work: () => T): T
  isQuiet(): boolean
  /** Deletes the copies. */
  forgetCopies(): Promise<void>
  /**
   * Lets go of the database at once. Deletes the copies if the session is over, but its person may come back,
   * and everything if they have signed out.
   */
  close(forgets?: 'copies' | 'everything'): Promise<void>
}

const within = async <T>(work: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the local database does not answer')), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Writes what `collect` returns in batches, one after the other, whenever there is time. */
const createBatches = (
  whenIdle: (work: () => void) => void,
  write: (batch: LocalWrite[]) => Promise<void>,
) => {
  let collectors = new Set<() => LocalWrite[]>()
  let waiting: LocalWrite[] = []
  let running = Promise.resolve()
  let isScheduled = false

  const gather = (): void => {
    const all = collectors
    collectors = new Set()
    for (const collect of all) waiting.push(...collect())
  }
  const step = (): Promise<void> => {
    running = running.then(async () => {
      if (waiting.length === 0) gather()
      const some = waiting.splice(0, MOST_AT_ONCE)
      if (some.length > 0) await write(some)
      isScheduled = false
      if (waiting.length > 0 || collectors.size > 0) schedule()
    })
    return running
  }
  const schedule = (): void => {
    if (isScheduled) return
    isScheduled = true
    whenIdle(() => void step())
  }
  return {
    add(collect: () => LocalWrite[]): void {
      collectors.add(collect)
      schedule()
    },
    async flush(): Promise<void> {
      do await step()
      while (waiting.length > 0 || collectors.size > 0)
    },
    drop(): void {
      collectors = new Set()
      waiting = []
    },
  }
}

/** Uses the database if there is one; its failures are reported and harm nothing. */
const createUse =
  (current: () => Promise<LocalDatabase | undefined>, onProblem: DeviceOptions['onProblem']) =>
  async <T>(work: (database: LocalDatabase) => Promise<T>, otherwise: T): Promise<T> => {
    const database = await current()
    if (!database) return otherwise
    try {
      return await work(database)
    } catch (error) {
      onProblem?.(error)
      return otherwise
    }
  }

type Use = ReturnType<typeof createUse>

const accessTo = (use: Use): Pick<Device, 'readAll' | 'readSome' | 'write'> => ({
  readAll: (table) => use((database) => within(database.readAll(table)), new Map<string, unknown>()),
  readSome: (table, keys) => use((database) => within(database.readSome(table, keys)), undefined),
  write: (writes) =>
    use(async (database) => {
      await database.write(writes)
      return true
    }, false),
})

/** Copies that are written when there is time, until the device refuses one. */
const createCopying = (whenIdle: (work: () => void) => void, use: Use) => {
  /** The device has refused copies, for example because it is full. */
  let isFull = false
  /** Copies of which a part could not be written say nothing any more: all of them go. */
  const write = (some: LocalWrite[]): Promise<void> =>
    use(async (database) => {
      if (isFull) return
      try {
        await database.write(some)
      } catch (error) {
        isFull = true
        batches.drop()
        await database.clearCopies()
        throw error
      }
    }, undefined)
  const batches = createBatches(whenIdle, write)
  return {
    later(collect: () => LocalWrite[]): void {
      if (!isFull) batches.add(collect)
    },
    flush: batches.flush,
    drop: batches.drop,
    restart(): void {
      batches.drop()
      isFull = false
    },
  }
}

export const createDevice = ({ open, whenIdle = setTimeout, onProblem }: DeviceOptions): Device => {
  let account = ''
  let opening: Promise<LocalDatabase | undefined> = Promise.resolve(undefined)
  let quiet = 0
  const use = createUse(() => opening, onProblem)
  const copies = createCopying(whenIdle, use)

  const close: Device['close'] = async (forgets) => {
    const closing = opening
    copies.restart()
    account = ''
    opening = Promise.resolve(undefined)
    const leave = async (database: LocalDatabase): Promise<void> => {
      if (forgets === 'everything') return await database.erase()
      if (forgets === 'copies') await database.clearCopies()
      database.close()
    }
    await createUse(() => closing, onProblem)(leave, undefined)
  }

  return {
    ...accessTo(use),
    async open(accountId) {
      if (accountId !== account) {
        void close()
        account = accountId
        if (open && accountId !== '')
          opening = within(open(accountId)).catch((error: unknown) => void onProblem?.(error))
      }
      await opening
    },
    later(collect) {
      if (open) copies.later(collect)
    },
    flush: copies.flush,
    quietly(work) {
      quiet += 1
      try {
        return work()
      } finally {
        quiet -= 1
      }
    },
    isQuiet: () => quiet > 0,
    async forgetCopies() {
      copies.drop()
      await use((database) => database.clearCopies(), undefined)
    },
    close,
  }
}
