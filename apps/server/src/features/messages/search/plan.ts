/**
 * Chooses how to find posts. A frequent word: a scan backwards from the newest post; if 10 % of the posts
 * have the word, 200 posts fill a page of 20. A rare word: the word index, all of whose results must be
 * sorted; 0.02 % of a million posts are 200. Words in between, such as two words in 10 % and 5 % of the
 * posts: the newest blocks of the index, some 10,000 posts, however many there are.
 */
import type { SearchTerms } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import type { Db } from '../../../core/db.ts'
import type { ThreadedPost } from '../posts/reading/index.ts'
import { expressionOf, probesOf, quoted } from './expression.ts'
import type { Query } from './query.ts'
import { rememberedOf } from './remembered.ts'
import { BLOCK, findByWords, findInBlocks, findNewest, lexemeOf, type Page, type Scope } from './store.ts'
import { type Known, lookUp, SAMPLE } from './vocabulary-store.ts'
import { POSTS } from './waiting-store.ts'

/** The cost of the scan in microseconds: to look at a post, and to compare it with one more word. */
const LOOK = 0.2
const COMPARE = 0.035

/** The cost of the word index: to read that a word is in a post, and to find a post and sort it. */
const READ = 0.03
const FIND = 0.75

/**
 * The cost of querying the newest blocks first. It may be in vain: after an import that is not in order of
 * time all blocks look alike.
 */
const ASK = 100

/**
 * If the words have become rarer lately, the search queries this many times more blocks before it queries
 * all.
 */
const MORE = 4

/**
 * The frequency of words changes with time, so the scan may take longer than expected. It stops after this
 * share of the cost of the index, but not before a page should be full.
 */
const PATIENCE = 0.5

/**
 * A scan of the expected length is too short every other time. With twice the standard deviation added, it is
 * too short one time in forty.
 */
const MARGIN = 2

/**
 * If the searched channels hold at least this share of all posts, the statement checks the channel of each
 * match; otherwise the expression contains the channels.
 */
const MOST_OF_ALL = 0.5

/** A search finds everything that was written before it: posts that still wait are indexed first. */
const asked = async ({ server }: Context, ask: () => Promise<Known>): Promise<Known> => {
  const first = await ask()
  if (!first.is_waiting) return first
  await server.queues.flush(POSTS)
  return await ask()
}

/**
 * The number of posts; the share of them that match; the share that the index lists under any of the words;
 * and the number of words that a post is compared with.
 */
type Odds = { posts: number; wanted: number; listed: number; operands: number; blocks: number }

/**
 * Finds posts by the newest blocks or by the scan, whichever should be cheapest. If the page is not full,
 * tries the next way, and at last the whole index.
 */
const findByOdds = async (
  db: Db,
  scope: Scope,
  page: Page,
  { posts, wanted, listed, operands, blocks }: Odds,
): Promise<ThreadedPost[]> => {
  if (wanted === 0) return await findByWords(db, scope, page)
  const needed = page.limit + page.offset
  const longest = (needed + MARGIN * Math.sqrt(needed)) / wanted
  const step = LOOK + operands * COMPARE
  const byWay = (needed / wanted) * step
  const each = listed * READ + wanted * FIND
  const byIndex = posts * each
  // The newest of these blocks may have only a few posts yet.
  const few = Math.ceil(longest / BLOCK) + 1
  const isWorth = (count: number) => count <= blocks && ASK + count * BLOCK * each < Math.min(byWay, byIndex)
  for (const count of [few, few * MORE].filter(isWorth)) {
    const rows = await findInBlocks(db, scope, page, count)
    if (rows.length === page.limit) return rows
  }
  if (byWay < byIndex) {
    const most = Math.ceil(Math.max(longest, (byIndex * PATIENCE) / step))
    const rows = await findNewest(db, scope, page, most)
    if (rows.length === page.limit) return rows
  }
  return await findByWords(db, scope, page)
}

/** Finds posts in the way that should be cheapest, by what is known of the words. */
const findKnowing = async (
  { db, now }: Context,
  query: Query,
  scope: Scope,
  { is_or_search = false }: SearchTerms,
  page: Omit<Page, 'expression' | 'isInOwn'>,
  { answers, sampled, places, in_places, by_people, blocks }: Omit<Known, 'is_waiting'>,
): Promise<ThreadedPost[]> => {
  const { text, share, listed, operands, isWanted } = expressionOf(
    query.terms,
    is_or_search,
    answers,
    sampled,
  )
  if (query.terms.length > 0 && text === '') return []
  const of = (count: number) => Math.min(1, count / Math.max(1, sampled))
  const seen = places === null ? 1 : of(in_places)
  const isPlaced = places !== null && seen < MOST_OF_ALL
  const parts = [
    ...(isPlaced && scope.channels ? [scope.channels.map(lexemeOf).map(quoted)] : []),
    ...(scope.from ? [scope.from.map(lexemeOf).map(quoted)] : []),
  ]
  // A filter without any person or channel matches no post.
  if (parts.some((part) => part.length === 0)) return []
  // The words come first, so that only posts that have them are compared with people and channels.
  const all = [...(text === '' ? [] : [text]), ...parts.map((part) => part.join(' | '))]
  const expression = all.length > 0 ? all.map((part) => `(${part})`).join(' & ') : null
  const found = { ...page, expression, isInOwn: isPlaced && scope.channels === null }
  // The terms only exclude, so the index has nothing to look up.
  if (!isWanted && parts.length === 0 && !found.isInOwn) return await findNewest(db, scope, found, null)
  return await findByOdds(db, scope, found, {
    posts: sampled * SAMPLE,
    wanted: share * seen * (scope.from ? of(by_people) : 1),
    listed,
    operands: operands + share * ((isPlaced ? places : 0) + (scope.from?.length ?? 0)),
    // The newest blocks do not help a search that ends at a day in the past.
    blocks: scope.to_time < now ? 0 : blocks,
  })
}

/** The posts that match a query, newest first. */
export const findPosts = async (
  context: Context,
  query: Query,
  scope: Scope,
  body: SearchTerms,
  page: Pick<Page, 'limit' | 'offset'>,
): Promise<ThreadedPost[]> => {
  const probes = probesOf(query.terms)
  const remembered = rememberedOf(context.server)
  const isPlain = scope.from === null && scope.channels === null
  // Another server could have learnt a word that this one does not know of.
  const mayRecall = isPlain && context.server.bus.isAlone
  const recalled = mayRecall ? remembered.recall(probes, scope.userId) : undefined
  if (recalled) {
    const known = { ...recalled.known, by_people: 0 }
    const ifIndexed = { ...page, isIfIndexed: true }
    const rows = await findKnowing(context, query, scope, body, ifIndexed, known)
    // If nothing is found, a post may still wait to be indexed.
    if (rows.length > 0 && recalled.isTrue()) return rows
  }
  const ask = () => lookUp(context.db, probes, { ...scope, people: (scope.from ?? []).map(lexemeOf) })
  const known = await asked(context, isPlain ? () => remembered.learnFrom(probes, scope.userId, ask) : ask)
  return await findKnowing(context, query, scope, body, { ...page, isIfIndexed: false }, known)
}
