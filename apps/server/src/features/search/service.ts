import type { InputOf, PostSearch, SearchTerms, search } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import { shownPosts } from '../posts/index.ts'
import type { SeenTeam } from '../teams/index.ts'
import { findByUsernames } from '../users/index.ts'
import { expressionOf } from './expression.ts'
import { indexerOf } from './indexer.ts'
import { type Filter, parse, type Query } from './query.ts'
import { channelsNamed, FIRST_PARAMETER, findIds, type Scope, wordsWith } from './store.ts'
import { folded, formsOf } from './words.ts'

type Named = Extract<Filter, { value: string }>

const valuesOf = (filters: readonly Filter[], kind: Named['kind'], isExcluded: boolean): string[] =>
  filters.flatMap((filter) =>
    filter.kind === kind && filter.isExcluded === isExcluded ? [filter.value] : [],
  )

const spansOf = (filters: readonly Filter[], isExcluded: boolean) =>
  filters.flatMap((filter) => (filter.kind === 'time' && filter.isExcluded === isExcluded ? [filter] : []))

/** Filters by name, in ids. A name that nobody has leads to no id, and so to no result. */
const scopeOf = async (
  { actor, db }: Context,
  teamId: string,
  body: SearchTerms,
  { filters }: Query,
): Promise<Scope> => {
  const people = async (names: string[]) => {
    const others = names.filter((name) => name !== 'me')
    const found = others.length > 0 ? await findByUsernames(db, others) : []
    return [...found.map((user) => user.id), ...(names.includes('me') ? [actor.userId] : [])]
  }
  const places = async (names: string[]) =>
    names.length > 0 ? await channelsNamed(db, actor.userId, teamId, names) : []
  const [from, channels] = [valuesOf(filters, 'from', false), valuesOf(filters, 'in', false)]
  return {
    userId: actor.userId,
    teamId,
    withArchived: body.include_deleted_channels ?? false,
    from: from.length > 0 ? await people(from) : null,
    notFrom: await people(valuesOf(filters, 'from', true)),
    channels: channels.length > 0 ? await places(channels) : null,
    notChannels: await places(valuesOf(filters, 'in', true)),
    spans: spansOf(filters, false),
    notSpans: spansOf(filters, true),
  }
}

/** For the words of a query, the compounds that they are a part of. */
const compounds = async ({ db }: Context, { terms }: Query): Promise<Map<string, string[]>> => {
  const wanted = terms.filter((term) => term.kind === 'word' && !term.isExcluded).map((term) => term.text)
  const forms = wanted.flatMap((text) => formsOf(text).map((form) => ({ text, form })))
  const long = forms.filter(({ form }) => form.length >= 3)
  if (long.length === 0) return new Map()
  const found = await wordsWith(
    db,
    long.map(({ form }) => form),
  )
  const within = new Map<string, string[]>()
  for (const [index, { text }] of long.entries()) {
    within.set(text, [...(within.get(text) ?? []), ...(found[index] ?? [])])
  }
  return within
}

/** The words of a text for which it was found: those that have a term, or the beginning of one, in them. */
const matchesIn = (message: string, { terms }: Query): string[] => {
  const wanted = terms.filter((term) => !term.isExcluded)
  const needles = wanted.flatMap((term) =>
    term.kind === 'phrase'
      ? (folded(term.text).match(/[\p{L}\p{N}]+/gu) ?? [])
      : formsOf(term.text.replace(/^#/, '')),
  )
  const isHit = (word: string) =>
    formsOf(word).some((form) =>
      needles.some((needle) => form.includes(needle.slice(0, Math.max(4, needle.length - 2)))),
    )
  return [...new Set(message.match(/[\p{L}\p{N}]+/gu) ?? [])].filter(isHit).slice(0, 50)
}

const PAGE = 60

const find = async (context: Context, teamId: string, body: SearchTerms): Promise<PostSearch> => {
  const query = parse(body.terms, body.time_zone_offset ?? 0)
  const empty = {
    order: [],
    posts: {},
    next_post_id: '',
    prev_post_id: '',
    first_inaccessible_post_time: 0 as const,
    matches: {},
  }
  if (query.terms.length === 0 && query.filters.length === 0) return empty
  await indexerOf(context.server).flush()
  const scope = await scopeOf(context, teamId, body, query)
  const values: unknown[] = []
  const add = (value: unknown) => `$${FIRST_PARAMETER + values.push(value) - 1}`
  const expression = expressionOf(
    query.terms,
    body.is_or_search ?? false,
    add,
    await compounds(context, query),
  )
  const limit = body.per_page || PAGE
  const ids = await findIds(context.db, scope, { expression, values }, limit, (body.page ?? 0) * limit)
  const posts = new Map((await shownPosts(context, ids)).map((post) => [post.id, post]))
  const order = ids.filter((id) => posts.has(id))
  return {
    ...empty,
    order,
    posts: Object.fromEntries(posts),
    matches: Object.fromEntries(order.map((id) => [id, matchesIn(posts.get(id)?.message ?? '', query)])),
  }
}

export const searchPosts = (context: Context, { body }: InputOf<typeof search.posts>) =>
  find(context, '', body)

export const searchPostsInTeam = (
  context: Context,
  { body }: InputOf<typeof search.postsInTeam>,
  { team }: SeenTeam,
) => find(context, team.id, body)
