import type { InputOf, PostSearch, SearchTerms, search } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { addPermalinks, shownPost, writablePosts } from '../posts/index.ts'
import type { SeenTeam } from '../teams/index.ts'
import { gateOf } from './gate.ts'
import { findPosts } from './plan.ts'
import { parse, type Query } from './query.ts'
import { scopeOf } from './scope.ts'
import { folded, formsOf, wordsIn } from './words.ts'

/** What of the terms is looked for in words: the beginning of each, so that inflected forms are found. */
const needlesOf = ({ terms }: Query): string[] => {
  const wanted = terms.filter((term) => !term.isExcluded)
  const forms = wanted.flatMap(({ kind, text }) =>
    kind === 'phrase' ? wordsIn(folded(text)) : formsOf(text.replace(/^#/, '')),
  )
  return [...new Set(forms.map((form) => form.slice(0, Math.max(4, form.length - 2))))]
}

const MOST_LOOKED_AT = 500
const MOST_MATCHES = 50

/** The words of a text for which it was found; of a long text only its beginning is looked at. */
const matchesIn = (message: string, needles: readonly string[]): string[] => {
  const matches: string[] = []
  for (const word of new Set(wordsIn(message).slice(0, MOST_LOOKED_AT))) {
    const forms = formsOf(word)
    if (needles.some((needle) => forms.some((form) => form.includes(needle)))) matches.push(word)
    if (matches.length === MOST_MATCHES) break
  }
  return matches
}

const PAGE = 60

const find = async (context: Context, teamId: string, body: SearchTerms): Promise<PostSearch> => {
  const query = parse(body.terms, body.time_zone_offset ?? 0)
  const empty = {
    order: [],
    posts: {},
    next_post_id: '',
    prev_post_id: '',
    has_next: false,
    first_inaccessible_post_time: 0 as const,
    matches: {},
  }
  if (query.terms.length === 0 && query.filters.length === 0) return empty
  const scope = await scopeOf(context, teamId, body, query)
  const limit = body.per_page || PAGE
  const page = { limit, offset: (body.page ?? 0) * limit }
  const rows = await gateOf(context.server)(() => findPosts(context, query, scope, body, page))
  const posts = rows.map(shownPost)
  await addPermalinks(context, posts)
  const needles = needlesOf(query)
  return {
    ...empty,
    order: posts.map(({ id }) => id),
    // Whether a full page is the last one is not looked up.
    has_next: posts.length === limit,
    posts: Object.fromEntries(writablePosts(posts).map((post, index) => [rows[index]?.id, post])),
    matches: Object.fromEntries(posts.map(({ id, message }) => [id, matchesIn(message, needles)])),
  }
}

export const searchPosts = (context: Context, { body }: InputOf<typeof search.posts>) =>
  find(context, '', body)

export const searchPostsInTeam = (
  context: Context,
  { body }: InputOf<typeof search.postsInTeam>,
  { team }: SeenTeam,
) => find(context, team.id, body)
