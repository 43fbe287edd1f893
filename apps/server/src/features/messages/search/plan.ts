/**
 * How posts are found. A frequent word is found by walking from the newest post on: of 10 % of the posts, a page of 20 is full after some 200. A rare
 * one by the index of words, whose finds, all of them, must be put in order: of 0.02 % of a million that is 200. What lies between, as two words of 10 and
 * 5 %, is asked of the newest blocks of the index: some 10,000 posts, however many there are.
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

/** What it takes on the way to look at a post and to compare it with one more word, in microseconds. */
const LOOK = 0.2
const COMPARE = 0.035

/** And by the index, to read that a word is in a post, and to find a post and put it in order. */
const READ = 0.03
const FIND = 0.75

/** To ask the newest blocks first, which may be in vain: what was imported in no order of time is in all of them alike. */
const ASK = 100

/** Where words are not as frequent of late as they were, so many times more blocks are asked before all are. */
const MORE = 4

/**
 * Words come and go, so the way may be longer than expected. It is left when it has taken this part of what the index would, though not before a
 * page is due.
 */
const PATIENCE = 0.5

/** A way of the expected length is too short every other time. With twice the standard deviation more it is one time in forty. */
const MARGIN = 2

/** Where this share of the posts is in the places that are searched, each that is found is asked for its place, and none of the others. */
const MOST_OF_ALL = 0.5

/** What was written before a search is found: if it is not in the index yet, it is put there now. */
const asked = async ({ server }: Context, ask: () => Promise<Known>): Promise<Known> => {
  const first = await ask()
  if (!first.is_waiting) return first
  await server.queues.flush(POSTS)
  return await ask()
}

/** How many posts there are, the shares of them that are wanted and that the index lists under any of the words, and how many words one is compared with. */
type Odds = { posts: number; wanted: number; listed: number; operands: number; blocks: number }

/** By the newest blocks where that should take least, or by the way; where the page is not full, by the next of these, and at last by all of the index. */
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
  // The newest of them may have been begun just now.
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

/** By what is known of the words, in the way that should take least. */
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
  // Nobody and nowhere has no posts.
  if (parts.some((part) => part.length === 0)) return []
  // The words first: only a post that has them is compared with the people and places.
  const all = [...(text === '' ? [] : [text]), ...parts.map((part) => part.join(' | '))]
  const expression = all.length > 0 ? all.map((part) => `(${part})`).join(' & ') : null
  const found = { ...page, expression, isInOwn: isPlaced && scope.channels === null }
  // Every post but some: there is nothing to ask the index for.
  if (!isWanted && parts.length === 0 && !found.isInOwn) return await findNewest(db, scope, found, null)
  return await findByOdds(db, scope, found, {
    posts: sampled * SAMPLE,
    wanted: share * seen * (scope.from ? of(by_people) : 1),
    listed,
    operands: operands + share * ((isPlaced ? places : 0) + (scope.from?.length ?? 0)),
    // What was said before a day in the past is not in the newest.
    blocks: scope.to_time < now ? 0 : blocks,
  })
}

/** The posts that a query is about, the newest first. */
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
    // Where nothing is found, something may wait to be indexed.
    if (rows.length > 0 && recalled.isTrue()) return rows
  }
  const ask = () => lookUp(context.db, probes, { ...scope, people: (scope.from ?? []).map(lexemeOf) })
  const known = await asked(context, isPlain ? () => remembered.learnFrom(probes, scope.userId, ask) : ask)
  return await findKnowing(context, query, scope, body, { ...page, isIfIndexed: false }, known)
}
