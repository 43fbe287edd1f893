/**
 * Rebuilds the index after a new version has changed how text is split into words. The queue gets a few
 * indexed posts at a time, and more when these are done, so a search waits for these few at most, and between
 * them other requests are served. If the server stops, the rebuild continues later: its position is in the
 * database.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { change, system } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { addJobs, type Queue } from '../../../core/queue.ts'
import { perServer } from '../../../core/server.ts'
import { fileQueue } from './file-index.ts'
import type { ToIndex } from './indexer.ts'
import { postQueue } from './post-index.ts'
import { endRebuild, isRebuilding, takeNextFiles, takeNextPosts } from './rebuild-store.ts'
import { deleteForeignWords } from './vocabulary-store.ts'

const POSTS_AT_ONCE = 100
const FILES_AT_ONCE = 5

/** It pauses as long as it worked, so it uses half of one core at most. */
const REST = 1
/** After an error, such as an unreachable database, it tries again later. */
const AGAIN_MS = 10_000

type Next = (db: Db, limit: number) => Promise<string[] | undefined>

export type Rebuild = { start(): void; stop(): Promise<void> }

export const rebuildOf = perServer(
  'the rebuild of the index',
  'work of this server: what waits is in the database',
  (server): Rebuild => {
    const stopping = new AbortController()
    let running: Promise<void> | undefined
    const rest = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)

    /** Queues the next items; returns false if none are left. The position moves in the same transaction. */
    const give = (next: Next, limit: number, queue: Queue<ToIndex>): Promise<boolean> =>
      change(server, { actor: system }, async (context) => {
        const ids = (await next(context.db, limit)) ?? []
        if (ids.length > 0) await addJobs(context, queue, [{ payload: { ids, is_again: true } }])
        return ids.length > 0
      })

    const rebuild = async (next: Next, limit: number, queue: Queue<ToIndex>) => {
      while (!stopping.signal.aborted) {
        const begin = performance.now()
        if (!(await give(next, limit, queue))) return
        await server.queues.flush(queue.name)
        await rest((performance.now() - begin) * REST)
      }
    }

    const all = async () => {
      if (!(await isRebuilding(server.db))) return
      server.log.info(
        'the search index is being built anew; until that is done older messages are found by its old words',
      )
      await rebuild(takeNextPosts, POSTS_AT_ONCE, postQueue)
      await rebuild(takeNextFiles, FILES_AT_ONCE, fileQueue)
      if (stopping.signal.aborted) return
      await deleteForeignWords(server.db)
      await endRebuild(server.db)
      server.log.info('the search index has been built anew')
    }

    const untilDone = async () => {
      while (!stopping.signal.aborted) {
        try {
          return await all()
        } catch (error) {
          if (stopping.signal.aborted) return
          server.log.warn({ err: error }, 'the search index could not be built anew; it goes on in a while')
          await rest(AGAIN_MS)
        }
      }
    }

    return {
      start() {
        running ??= untilDone().finally(() => {
          running = undefined
        })
      },
      async stop() {
        stopping.abort()
        await running
      },
    }
  },
)
