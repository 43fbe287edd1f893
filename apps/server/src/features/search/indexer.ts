/**
 * Posts go from the queue into the index right after they are written, several at a time. Whoever searches waits for those that are written already, so a
 * search never misses what was said before it.
 */
import { Fault } from '../../core/faults.ts'
import { perServer } from '../../core/server.ts'
import { countWaiting, type Indexed, saveIndexed, takeWaiting, type Waiting } from './store.ts'
import { folded, spelledOutWords } from './words.ts'

const AT_ONCE = 200
/** Beyond this a text is hardly a message; PostgreSQL takes a megabyte of words at the most. */
const LONGEST = 100_000

/** What of an attachment (of bots and webhooks) is read by people. */
const readable = new Set(['fallback', 'pretext', 'title', 'text', 'value', 'author_name', 'footer'])

const textsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    // What is between an integration and the server is found by nobody.
    if (name === 'integration') return []
    return typeof each === 'string' ? (readable.has(name) ? [each] : []) : textsIn(each)
  })
}

const indexed = (row: Waiting): Indexed => {
  const text = [row.message, ...textsIn(row.attachments)].join('\n').slice(0, LONGEST)
  return {
    row,
    text: folded(text),
    spelledOut: spelledOutWords(text),
    hashtags: row.hashtags
      .split(' ')
      .filter((tag) => tag !== '')
      .map(folded),
  }
}

export type Indexer = {
  /** Looks into the queue soon. */
  wake(): void
  /** Indexes everything that waits now. */
  flush(): Promise<void>
}

export const indexerOf = perServer((server): Indexer => {
  let running: Promise<void> | undefined
  let isWanted = false
  const take = (limit: number) =>
    server.db.transaction(async (db) => {
      const rows = await takeWaiting(db, limit)
      if (rows.length > 0) await saveIndexed(db, rows.map(indexed))
      return rows.length
    })
  /** A post that cannot be indexed must not keep the others waiting: it is tried alone, and then left out. */
  const one = async () => {
    try {
      await take(1)
    } catch (error) {
      const [row] = await takeWaiting(server.db, 1)
      server.log.error({ err: error, post: row?.id }, 'a post could not be indexed and will not be found')
    }
  }
  const round = async (): Promise<number> => {
    try {
      return await take(AT_ONCE)
    } catch (error) {
      // Out of reach for all of them, not one of them at fault.
      if (error instanceof Fault) throw error
      for (let n = 0; n < AT_ONCE; n += 1) await one()
      return AT_ONCE
    }
  }
  const work = async () => {
    do {
      isWanted = false
      while ((await round()) > 0);
    } while (isWanted)
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
      if (!running)
        start().catch((error: unknown) => server.log.error({ err: error }, 'posts could not be indexed'))
    },
    async flush() {
      while ((await countWaiting(server.db)) > 0) await start()
    },
  }
})
