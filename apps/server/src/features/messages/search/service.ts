import type { InputOf, PostSearch, SearchTerms, search } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import type { SeenTeam } from '../../places/teams/index.ts'
import { shownPost } from '../posts/index.ts'
import { addPermalinks, writablePosts } from '../posts/reading/index.ts'
import { gateOf } from './gate.ts'
import { matchesOf } from './matches.ts'
import { findPosts } from './plan.ts'
import { parse } from './query.ts'
import { scopeOf } from './scope.ts'

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
  const matches = await matchesOf(posts, query)
  return {
    ...empty,
    order: posts.map(({ id }) => id),
    // The server does not check whether a full page is the last one.
    has_next: posts.length === limit,
    posts: Object.fromEntries(writablePosts(posts).map((post, index) => [rows[index]?.id, post])),
    matches,
  }
}

export const searchPosts = (context: Context, { body }: InputOf<typeof search.posts>) =>
  find(context, '', body)

export const searchPostsInTeam = (
  context: Context,
  { body }: InputOf<typeof search.postsInTeam>,
  { team }: SeenTeam,
) => find(context, team.id, body)
