/**
 * Group commit without a timer: one batch is in flight, and whatever arrives meanwhile goes with the next. Alone, a post waits for nobody;
 * under load, many share one commit.
 */
import { isAgain } from '../../core/db.ts'
import { Fault } from '../../core/faults.ts'
import { perServer, type Server } from '../../core/server.ts'
import { type NewRow, type Outcome, writePosts } from './batch-store.ts'

type Waiting = { row: NewRow; resolve(outcome: Outcome): void; reject(error: unknown): void }

const MOST = 200

const batcherOf = perServer((server) => {
  let waiting: Waiting[] = []
  let isWriting = false

  const settleOnce = async (batch: readonly Waiting[]) => {
    const outcomes = await writePosts(
      server,
      server.db,
      batch.map(({ row }) => row),
      Date.now(),
    )
    batch.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]
      if (outcome) resolve(outcome)
      else reject(new Error('a post came back without an outcome'))
    })
  }

  /** A statement that the database gave up for another's (a deadlock) has written nothing, and is tried again. */
  const settle = async (batch: readonly Waiting[]) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await settleOnce(batch)
      } catch (error) {
        if (!isAgain(error) || tries === 4) throw error
      }
    }
  }

  const write = async (batch: readonly Waiting[]) => {
    try {
      await settle(batch)
    } catch (error) {
      // What the database cannot do now it cannot do for one either. Anything else may be one row's fault: each is tried alone.
      const isEverybodys = error instanceof Fault || batch.length === 1
      if (isEverybodys) for (const { reject } of batch) reject(error)
      else for (const one of batch) await settle([one]).catch(one.reject)
    }
  }

  const work = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST)
      waiting = waiting.slice(MOST)
      await write(batch)
    }
    isWriting = false
  }

  return (row: NewRow) =>
    new Promise<Outcome>((resolve, reject) => {
      waiting.push({ row, resolve, reject })
      if (!isWriting) work().catch(reject)
    })
})

/** Writes one post together with those that arrive at the same time; resolves when it is committed. */
export const writeTogether = (server: Server, row: NewRow): Promise<Outcome> => batcherOf(server)(row)
