/** What of a post can be found. */
import { perServer } from '../../core/server.ts'
import { indexerOf } from './indexer.ts'
import { countWaiting, type Indexed, saveIndexed, takeWaiting, type Waiting } from './store.ts'
import { folded, spelledOutWords } from './words.ts'

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

export const postIndexOf = perServer((server) =>
  indexerOf(server, {
    name: 'post',
    count: countWaiting,
    async take(db, limit) {
      const rows = await takeWaiting(db, limit)
      if (rows.length > 0) await saveIndexed(db, rows.map(indexed))
      return rows.length
    },
    async giveUp(db) {
      const [row] = await takeWaiting(db, 1)
      return row?.id
    },
  }),
)
