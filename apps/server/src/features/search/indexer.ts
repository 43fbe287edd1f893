/**
 * What people may look for goes from a queue into the index right after it is written, several at a time. Whoever searches waits for what is written
 * already, so a search never misses what was said before it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../core/db.ts'
import { Fault } from '../../core/faults.ts'
import type { Server } from '../../core/server.ts'

const AT_ONCE = 200
/** What an edit holds that is under way cannot be taken yet, and is looked for again after so long. */
const HELD_MS = 5

export type Queue = {
  /** What is in it, for the log. */
  name: string
  count(db: Db): Promise<number>
  /** Indexes so many, in a transaction. Returns how many there were. */
  take(db: Db, limit: number): Promise<number>
  /** Takes the next out of the queue, as far as can be without indexing it whole. Returns its id. */
  giveUp(db: Db): Promise<string | undefined>
}

export type Indexer = {
  /** Looks into the queue soon. */
  wake(): void
  /** Indexes everything that waits now. */
  flush(): Promise<void>
  /** Finishes what is under way; the rest waits for the next start. */
  stop(): Promise<void>
}

export const indexerOf = (server: Server, queue: Queue): Indexer => {
  let running: Promise<void> | undefined
  let isWanted = false
  let isStopping = false
  const take = (limit: number) => server.db.transaction((db) => queue.take(db, limit))
  /** What cannot be indexed must not keep the others waiting: it is tried alone, and then left out. */
  const one = async () => {
    try {
      await take(1)
    } catch (error) {
      const id = await server.db.transaction((db) => queue.giveUp(db))
      server.log.error({ err: error, id }, `a ${queue.name} could not be indexed and will not be found`)
    }
  }
  const round = async (): Promise<number> => {
    try {
      return await take(AT_ONCE)
    } catch (error) {
      // Out of reach for all of them, not one of them at fault.
      if (error instanceof Fault) throw error
      for (let n = 0; n < AT_ONCE && !isStopping; n += 1) await one()
      return AT_ONCE
    }
  }
  const work = async () => {
    do {
      isWanted = false
      while (!isStopping && (await round()) > 0);
    } while (isWanted && !isStopping)
  }
  const start = () => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
  return {
    wake() {
      isWanted = true
      if (!running && !isStopping)
        start().catch((error: unknown) =>
          server.log.error({ err: error }, `${queue.name}s could not be indexed`),
        )
    },
    async flush() {
      for (let rounds = 0; !isStopping && (await queue.count(server.db)) > 0; rounds += 1) {
        if (rounds > 0) await sleep(HELD_MS)
        await start()
      }
    },
    async stop() {
      isStopping = true
      // Why it failed is told to whoever began it.
      await running?.catch(() => undefined)
    },
  }
}
