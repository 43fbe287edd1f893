/**
 * What people may look for goes from a queue into the index right after it is written, several at a time. Whoever searches waits for what is written
 * already, so a search never misses what was said before it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../core/db.ts'
import { Fault } from '../../core/faults.ts'
import type { Server } from '../../core/server.ts'

/** What is written waits so long for company: a message that is indexed alone takes several times what one of many does. */
const GATHER_MS = 100
/** It is swept after so many, and after some when no more came for a while. */
const MANY = 5000
const SOME = 100
const WHILE_MS = 1000
/** What an edit holds that is under way cannot be taken yet, and is looked for again after so long. */
const HELD_MS = 5

export type Queue = {
  /** What is in it, for the log. */
  name: string
  /** So many are indexed at once. */
  atOnce: number
  count(db: Db): Promise<number>
  /** Indexes so many, or fewer where they are long, in a transaction. Returns how many it took, whether more may wait, and what to do when it is committed. */
  take(
    db: Db,
    limit: number,
  ): Promise<{ count: number; isMore: boolean; committed?: (() => void) | undefined }>
  /** Takes the next out of the queue, as far as can be without indexing it whole. Returns its id. */
  giveUp(db: Db): Promise<string | undefined>
  /** Frees the room of what was taken, and puts in order what was put into the index in a hurry. */
  sweep(db: Db): Promise<unknown>
}

export type Indexer = {
  /** Looks into the queue soon, when more may be in it. */
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
  let gathering: NodeJS.Timeout | undefined
  let resting: NodeJS.Timeout | undefined
  let sweeping: Promise<unknown> | undefined
  let unswept = 0
  /** Whether more may wait. */
  const take = async (limit: number): Promise<boolean> => {
    const { count, isMore, committed } = await server.db.transaction((db) => queue.take(db, limit))
    committed?.()
    unswept += count
    return isMore
  }
  /** What cannot be indexed must not keep the others waiting: it is tried alone, and then left out. */
  const one = async () => {
    try {
      await take(1)
    } catch (error) {
      const id = await server.db.transaction((db) => queue.giveUp(db))
      server.log.error({ err: error, id }, `a ${queue.name} could not be indexed and will not be found`)
    }
  }
  const round = async (): Promise<boolean> => {
    try {
      return await take(queue.atOnce)
    } catch (error) {
      // Out of reach for all of them, not one of them at fault.
      if (error instanceof Fault) throw error
      for (let n = 0; n < queue.atOnce && !isStopping; n += 1) await one()
      return true
    }
  }
  const sweep = () => {
    unswept = 0
    sweeping ??= queue
      .sweep(server.db)
      .catch((error: unknown) =>
        server.log.warn({ err: error }, `what was left of indexed ${queue.name}s could not be swept`),
      )
      .finally(() => {
        sweeping = undefined
      })
  }
  const work = async () => {
    clearTimeout(resting)
    do {
      isWanted = false
      while (!isStopping && (await round()));
    } while (isWanted && !isStopping)
    if (isStopping) return
    if (unswept >= MANY) sweep()
    else if (unswept >= SOME) resting = setTimeout(sweep, WHILE_MS)
  }
  const start = () => {
    clearTimeout(gathering)
    gathering = undefined
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
  const begin = () => {
    // Those who run may have looked already.
    isWanted = true
    start().catch((error: unknown) => server.log.error({ err: error }, `${queue.name}s could not be indexed`))
  }
  return {
    wake() {
      if (!isStopping) gathering ??= setTimeout(begin, GATHER_MS)
    },
    async flush() {
      for (let rounds = 0; !isStopping && (await queue.count(server.db)) > 0; rounds += 1) {
        if (rounds > 0) await sleep(HELD_MS)
        await start()
      }
    },
    async stop() {
      isStopping = true
      clearTimeout(gathering)
      // Why it failed is told to whoever began it.
      await running?.catch(() => undefined)
      clearTimeout(resting)
      await sweeping
    },
  }
}
