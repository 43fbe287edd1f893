/**
 * Indexes posts and files right after they are written, with jobs of a queue, several at a time. A search
 * waits until everything written so far is indexed, so it never misses anything said before it.
 */
import type { Db } from '../../../core/db.ts'
import { Fault } from '../../../core/faults.ts'
import { asError, type Job, type Outcome, type Queue, queue } from '../../../core/queue.ts'
import type { Server } from '../../../core/server.ts'
import { lockIndex } from './waiting-store.ts'

/**
 * How long a job waits for others: to index one message alone costs several times what it costs among many.
 */
const GATHER_MS = 100
/** The most jobs that are claimed together. Each has the posts of one statement that wrote them. */
const JOBS = 50

/**
 * Posts or files that were written or changed. `is_again`: they have not changed; only the way of indexing is
 * new.
 */
export type ToIndex = { ids: readonly string[]; is_again?: boolean }

export type Saved = {
  /** The ids that are still to be indexed: together they were too long. */
  rest: readonly string[]
  /** Call this after the commit. */
  committed?: (() => void) | undefined
}

export type Index = {
  /** The kind of thing that the index contains, for the log. */
  name: 'post' | 'file'
  /** The most items that are indexed at once. */
  atOnce: number
  /** Indexes these, or the first of them, in a transaction. Items that no longer exist leave the index. */
  save(server: Server, db: Db, ids: readonly string[], isAgain: boolean): Promise<Saved>
  /** Indexes as much as possible of an item that cannot be indexed whole. */
  giveUp(server: Server, db: Db, id: string): Promise<unknown>
  /** Reports that this many were indexed. */
  indexed(server: Server, count: number): void
}

const slicesOf = (ids: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => ids.slice(n * size, (n + 1) * size))

/**
 * The indexers of all servers take turns. So the job that removes a deleted item runs after an indexer that
 * read it before the deletion.
 */
const save = async (index: Index, server: Server, ids: readonly string[], isAgain: boolean) => {
  let left = ids
  while (left.length > 0) {
    const { rest, committed } = await server.db.transaction(async (db) => {
      await lockIndex(db, index.name)
      return await index.save(server, db, left, isAgain)
    })
    committed?.()
    left = rest
  }
}

/** An item that cannot be indexed must not delay the others: it is tried alone and then left out. */
const saveApart = async (index: Index, server: Server, ids: readonly string[], isAgain: boolean) => {
  try {
    await save(index, server, ids, isAgain)
  } catch (error) {
    // The database is not reachable, so no single item is at fault.
    if (error instanceof Fault) throw error
    if (ids.length > 1) {
      for (const id of ids) await saveApart(index, server, [id], isAgain)
      return
    }
    const [id = ''] = ids
    server.log.error({ err: error, id }, `a ${index.name} could not be indexed and will not be found`)
    await server.db.transaction((db) => index.giveUp(server, db, id))
  }
}

/** Groups of jobs that run together, with a limited number of ids. */
const groupsOf = (jobs: readonly Job<ToIndex>[], size: number): Job<ToIndex>[][] => {
  const groups: Job<ToIndex>[][] = []
  let room = 0
  let isAgain = false
  for (const job of jobs) {
    const { ids, is_again = false } = job.payload
    const last = groups.at(-1)
    if (last && ids.length <= room && is_again === isAgain) last.push(job)
    else {
      groups.push([job])
      room = size
    }
    room -= ids.length
    isAgain = is_again
  }
  return groups
}

export const indexQueue = (name: string, index: Index): Queue<ToIndex> =>
  queue<ToIndex>({
    name,
    batch: JOBS,
    gatherMs: GATHER_MS,
    async run(server, jobs, signal) {
      const outcomes: Outcome[] = []
      for (const group of groupsOf(jobs, index.atOnce)) {
        const ids = [...new Set(group.flatMap(({ payload }) => payload.ids))]
        const isAgain = group[0]?.payload.is_again ?? false
        let outcome: Outcome = signal.aborted ? { laterMs: 0 } : 'done'
        try {
          for (const slice of outcome === 'done' ? slicesOf(ids, index.atOnce) : [])
            await saveApart(index, server, slice, isAgain)
        } catch (error) {
          outcome = asError(error)
        }
        if (outcome === 'done') index.indexed(server, ids.length)
        outcomes.push(...group.map(() => outcome))
      }
      return outcomes
    },
  })
