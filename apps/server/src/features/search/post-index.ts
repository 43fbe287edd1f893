/** What of a post can be found. */
import type { Db } from '../../core/db.ts'
import { effect } from '../../core/effects.ts'
import { folded } from '../../core/folding.ts'
import { perServer } from '../../core/server.ts'
import { indexerOf } from './indexer.ts'
import { type Pace, paced } from './pace.ts'
import {
  countWaiting,
  type Indexed,
  saveAgain,
  saveIndexed,
  sweep,
  takeWaiting,
  type Waiting,
} from './store.ts'
import { vocabularyOf } from './vocabulary.ts'
import { countLexemes, countMore, lexemesBefore, SAMPLE } from './vocabulary-store.ts'
import { indexableOf } from './words.ts'

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

const indexed = async (row: Waiting, pace: Pace): Promise<Indexed> => {
  const text = [row.message, ...textsIn(row.attachments)].join('\n').slice(0, LONGEST)
  return {
    row,
    ...(await indexableOf(text, pace)),
    hashtags: row.hashtags
      .split(' ')
      .filter((tag) => tag !== '')
      .map(folded),
  }
}

/** In the mean one of `SAMPLE` posts, whenever a server starts and however its posts come. */
const sampleOf = (posts: readonly Indexed[]): string[] =>
  posts.filter(() => Math.random() * SAMPLE < 1).map(({ row }) => row.id)

const saveFirst = async (db: Db, posts: readonly Indexed[]) => {
  if (posts.length === 0) return
  await saveIndexed(db, posts)
  const sample = sampleOf(posts)
  if (sample.length > 0) await countLexemes(db, sample)
}

/** Of posts that were counted before in the sample, or could have been, only the words count that they did not have. */
const saveRebuilt = async (db: Db, posts: readonly Indexed[]) => {
  if (posts.length === 0) return
  const before = await lexemesBefore(db, sampleOf(posts))
  await saveAgain(db, posts)
  if (before.length > 0) await countMore(db, before)
}

export const postIndexOf = perServer(
  'the indexer of posts',
  'work of this server: what waits is in the database',
  (server) =>
    indexerOf(server, {
      name: 'post',
      atOnce: 200,
      count: countWaiting,
      async take(db, limit) {
        const taken = await takeWaiting(db, limit)
        const pace = paced()
        const posts: Indexed[] = []
        for (const row of taken.rows) if (row.is_there) posts.push(await indexed(row, pace))
        if (posts.length === 0) return { count: taken.rows.length, isMore: taken.isMore }
        await saveFirst(
          db,
          posts.filter(({ row }) => !row.is_again),
        )
        await saveRebuilt(
          db,
          posts.filter(({ row }) => row.is_again),
        )
        const committed = await vocabularyOf(server).learn(
          db,
          posts.map(({ words }) => words),
          pace,
        )
        return { count: taken.rows.length, isMore: taken.isMore, committed }
      },
      async giveUp(db) {
        const [row] = (await takeWaiting(db, 1)).rows
        return row?.id
      },
      sweep,
    }),
)

/** A post waits to be indexed. */
export const wakePostIndex = effect<Record<string, never>>('search.wake_posts', (server) =>
  postIndexOf(server).wake(),
)
