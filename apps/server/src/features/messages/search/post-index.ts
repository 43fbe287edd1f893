/** The searchable text of a post. */
import type { Context } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import { folded } from '../../../core/folding.ts'
import { addJobs } from '../../../core/queue.ts'
import { type Index, indexQueue } from './indexer.ts'
import { type Pace, paced } from './pace.ts'
import { forgetPosts, type Indexed, saveAgain, saveIndexed } from './store.ts'
import { sweeperOf } from './sweeper.ts'
import { vocabularyOf } from './vocabulary.ts'
import { countLexemes, countMore, lexemesBefore, SAMPLE } from './vocabulary-store.ts'
import { POSTS, readWaiting, type Waiting } from './waiting-store.ts'
import { indexableOf } from './words.ts'

/** A longer text is hardly a message. PostgreSQL stores a megabyte of words at most. */
const LONGEST = 100_000

/** The texts of an attachment (of bots and webhooks) that people read. */
const readable = new Set(['fallback', 'pretext', 'title', 'text', 'value', 'author_name', 'footer'])

const textsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => {
    // Only the integration and the server may know this, so it is not searchable.
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

/**
 * Each post is in the sample with the same probability, 1 in `SAMPLE`, whenever the server starts and however
 * posts arrive.
 */
const sampleOf = (posts: readonly Indexed[]): string[] =>
  posts.filter(() => Math.random() * SAMPLE < 1).map(({ row }) => row.id)

const saveFirst = async (db: Db, posts: readonly Indexed[]) => {
  await saveIndexed(db, posts)
  const sample = sampleOf(posts)
  if (sample.length > 0) await countLexemes(db, sample)
}

/** These posts may already be in the sample, so only lexemes that they did not have before are counted. */
const saveRebuilt = async (db: Db, posts: readonly Indexed[]) => {
  const before = await lexemesBefore(db, sampleOf(posts))
  await saveAgain(db, posts)
  if (before.length > 0) await countMore(db, before)
}

const save: Index['save'] = async (server, db, ids, isAgain) => {
  const rows = await readWaiting(db, ids)
  const pace = paced()
  const posts: Indexed[] = []
  for (const row of rows) if (row.is_there) posts.push(await indexed(row, pace))
  if (posts.length < rows.length)
    await forgetPosts(
      db,
      rows.filter((row) => !row.is_there).map(({ id }) => id),
    )
  const rest = ids.slice(rows.length)
  if (posts.length === 0) return { rest }
  await (isAgain ? saveRebuilt : saveFirst)(db, posts)
  const words = posts.map((post) => post.words)
  return { rest, committed: await vocabularyOf(server).learn(db, words, pace) }
}

export const postQueue = indexQueue(POSTS, {
  name: 'post',
  atOnce: 200,
  save,
  giveUp: async () => undefined,
  indexed: (server, count) => sweeperOf(server).indexed(count),
})

/** Queues posts for the index, in the transaction that changes or deletes them. */
export const indexPosts = (context: Context, ids: readonly string[]) =>
  addJobs(context, postQueue, [{ payload: { ids } }])

/** Takes posts that are erased out of the index. */
export const forgetErased = async (context: Context, postIds: readonly string[]): Promise<void> => {
  await forgetPosts(context.db, postIds)
  // An indexer may have read one of them before. The job comes after it, and takes the post out again.
  await indexPosts(context, postIds)
}
