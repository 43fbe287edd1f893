/** Merges the pending list of the posts index (see `sweep` in store.ts). */
import { perServer, type Server } from '../../../core/server.ts'
import { sweep } from './store.ts'

/** Merges after `MANY` posts, or after `SOME` posts if no more arrive for a while. */
const MANY = 5000
const SOME = 100
const WHILE_MS = 1000

export type Sweeper = { indexed(count: number): void; stop(): Promise<void> }

export const sweeperOf = perServer(
  'posts in the pending list of the index',
  'work of this server',
  ({ db, log }: Server): Sweeper => {
    let unswept = 0
    let isStopping = false
    let resting: NodeJS.Timeout | undefined
    let sweeping: Promise<unknown> | undefined
    const begin = () => {
      unswept = 0
      sweeping ??= sweep(db)
        .catch((error: unknown) => log.warn({ err: error }, 'the index of posts could not be put in order'))
        .finally(() => {
          sweeping = undefined
        })
    }
    return {
      indexed(count) {
        unswept += count
        clearTimeout(resting)
        if (isStopping || unswept < SOME) return
        if (unswept >= MANY) begin()
        else resting = setTimeout(begin, WHILE_MS)
      },
      async stop() {
        isStopping = true
        clearTimeout(resting)
        await sweeping
      },
    }
  },
)
