/** What of a post can be found. */
import { perServer } from '../../core/server.ts'
import { indexerOf } from './indexer.ts'
import { countWaiting, type Indexed, saveIndexed, sweep, takeWaiting, type Waiting } from './store.ts'
import { vocabularyOf } from './vocabulary.ts'
import { countLexemes, SAMPLE } from './vocabulary-store.ts'
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

/** In the mean one of `SAMPLE` posts, whenever a server starts and however its posts come. */
const sampleOf = (rows: readonly Waiting[]): string[] =>
  rows.filter(() => Math.random() * SAMPLE < 1).map(({ id }) => id)

export const postIndexOf = perServer((server) =>
  indexerOf(server, {
    name: 'post',
    atOnce: 200,
    count: countWaiting,
    async take(db, limit) {
      const taken = await takeWaiting(db, limit)
      const rows = taken.filter(({ is_there }) => is_there)
      if (rows.length === 0) return { count: taken.length }
      const posts = rows.map(indexed)
      await saveIndexed(db, posts)
      const texts = posts.flatMap(({ text, spelledOut }) => [text, spelledOut])
      const committed = await vocabularyOf(server).learn(db, texts)
      const sample = sampleOf(rows)
      if (sample.length > 0) await countLexemes(db, sample)
      return { count: taken.length, committed }
    },
    async giveUp(db) {
      const [row] = await takeWaiting(db, 1)
      return row?.id
    },
    sweep,
  }),
)
