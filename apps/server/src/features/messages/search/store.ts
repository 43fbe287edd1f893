import type { Db } from '../../../core/db.ts'
import { findingPosts } from '../posts/reading/index.ts'
import { isWaitingSql, type Waiting } from './waiting-store.ts'
import type { Indexable } from './words.ts'

/**
 * Merges the pending list into the index. Every search reads that list: a half-full one takes as long as the
 * rest of a search for a rare word. PostgreSQL merges it by itself, but only some hundred posts later. The
 * statement is slow and looks like a read. As a prepared statement it would run on a connection that reads
 * share, and delay these.
 */
export const sweep = (db: Db) => db.unprepared(`select gin_clean_pending_list('search_posts_words')`)

/** A post and its words, in the forms of words.ts. */
export type Indexed = Indexable & { row: Waiting; hashtags: string[] }

/**
 * The lexeme of a channel or person, which every post of theirs has. No word of a text begins with a colon.
 */
export const lexemeOf = (id: string): string => `:${id}`

/** The number of posts in a block: they were indexed one after the other. */
export const BLOCK = 4000

/** The German and English stems of the words in a `tsvector`. */
export const stemsSql = (vector: string) => `
  select unnest(ts_lexize('german_stem', word) || ts_lexize('english_stem', word))
  from unnest(tsvector_to_array(${vector})) as word`

const lexemesBeside = ({ row, hashtags }: Indexed): string =>
  JSON.stringify([...hashtags, lexemeOf(row.channel_id), lexemeOf(row.user_id)])

/** Indexes posts in the newest block, or in the next one. Posts that are indexed again also go there. */
export const saveIndexed = (db: Db, posts: readonly Indexed[]) =>
  db.run(
    `with filled as (
       insert into search_blocks as b (block, newest, posts)
       select greatest(1, block + (posts >= ${BLOCK})::int), (select max(t) from unnest($4::bigint[]) as t), cardinality($1::text[])
       from search_blocks order by block desc limit 1
       on conflict (block) do update set newest = greatest(b.newest, excluded.newest), posts = b.posts + excluded.posts
       returning ':' || block as lexeme
     )
     insert into search_posts (post_id, channel_id, user_id, create_at, words)
     select id, channel_id, user_id, create_at, vector || array_to_tsvector(array(
       ${stemsSql('vector')} union all select jsonb_array_elements_text(lexemes) union all select lexeme from filled
     ))
     from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::tsvector[], $6::jsonb[])
       as t (id, channel_id, user_id, create_at, vector, lexemes)
     on conflict (post_id) do update set words = excluded.words`,
    [
      posts.map(({ row }) => row.id),
      posts.map(({ row }) => row.channel_id),
      posts.map(({ row }) => row.user_id),
      posts.map(({ row }) => row.create_at),
      posts.map(({ vector }) => vector),
      posts.map(lexemesBeside),
    ],
  )

/** Indexes posts again and leaves each in its block. */
export const saveAgain = (db: Db, posts: readonly Indexed[]) =>
  db.run(
    `update search_posts s set words = vector || array_to_tsvector(array(
       ${stemsSql('vector')} union all select jsonb_array_elements_text(lexemes)
       union all select lexeme from unnest(tsvector_to_array(s.words)) as lexeme where lexeme ~ '^:[0-9]{1,10}$'
     ))
     from unnest($1::text[], $2::tsvector[], $3::jsonb[]) as t (id, vector, lexemes) where s.post_id = t.id`,
    [posts.map(({ row }) => row.id), posts.map(({ vector }) => vector), posts.map(lexemesBeside)],
  )

/** Removes deleted posts, so that no search finds them from this moment on. */
export const forgetPosts = (db: Db, ids: readonly string[]) =>
  db.run('delete from search_posts where post_id = any($1::text[])', [ids])

/** People, channels and times of a search. Null means any. */
export type Scope = {
  userId: string
  teamId: string
  withArchived: boolean
  from: string[] | null
  notFrom: string[]
  channels: string[] | null
  notChannels: string[]
  /** The post was written at this time or later, */
  from_time: number
  /** before this one, */
  to_time: number
  /** and not in one of these spans, a multirange. */
  notSpans: string
  /** Does the search filter by people or times? */
  isFiltered: boolean
}

/**
 * Is the searcher a member of the channel, and may they find its posts? The query itself checks the
 * membership.
 */
export const seenIn = (channel: string) => `select true from channels c
  join channel_members m on m.channel_id = c.id and m.user_id = $1
  left join teams t on t.id = c.team_id
  where c.id = ${channel} and ($2 = '' or c.team_id in ($2, '')) and ($3 or c.delete_at = 0) and coalesce(t.delete_at, 0) = 0
    and ($4::text[] is null or c.id = any($4)) and not (c.id = any($5::text[]))`

/** Checks authors and times. Most searches have no such filter, so each post costs a single test. */
export const byThem = (user: string, time: string) => `(not $11::boolean or (
  ($6::text[] is null or ${user} = any($6)) and not (${user} = any($7::text[]))
    and ${time} >= $8::bigint and ${time} < $9::bigint and not (${time} <@ $10::int8multirange)))`

export const SCOPE_VALUES = 11

export const scopeValues = (scope: Scope): unknown[] => [
  scope.userId,
  scope.teamId,
  scope.withArchived,
  scope.channels,
  scope.notChannels,
  scope.from,
  scope.notFrom,
  scope.from_time,
  scope.to_time,
  scope.notSpans,
  scope.isFiltered,
]

/** A page of results. */
export type Page = {
  /** A text search expression; null matches every post. */
  expression: string | null
  /** Adds the searcher's own channels to the expression. */
  isInOwn: boolean
  /** Finds nothing while any post waits to be indexed. */
  isIfIndexed: boolean
  limit: number
  offset: number
}

/**
 * Checks one post after the other, newest first, until the page is full. The check is a scalar sub-query,
 * which the planner cannot turn into a join over all posts.
 */
const newestOf = (source: string, limit: number) => `
  select s.post_id from (${source} order by create_at desc, post_id desc) s
  where (select not ($${limit + 2} and ${isWaitingSql}))
    and ${byThem('s.user_id', 's.create_at')} and (${seenIn('s.channel_id')})
    and (select p.delete_at = 0 from posts p where p.id = s.post_id)
  order by s.create_at desc, s.post_id desc limit $${limit} offset $${limit + 1}`

const EXPRESSION = SCOPE_VALUES + 1
const LIMIT = EXPRESSION + 1

const given = `$${EXPRESSION}::tsquery`

/**
 * The expression combined with the searcher's channels at this moment. The last condition is explained in
 * `lookUp`.
 */
const inOwn = `(select coalesce(${given} && own.words, own.words) from (
    select string_agg(quote_literal(':' || channel_id), ' | ')::tsquery as words
    from channel_members where user_id = $1 and update_at >= 0
  ) own)`

/** One statement for each kind of expression. */
const finding = (sourceOf: (expression: string) => string) => {
  const [anywhere, own] = [given, inOwn].map((expression) =>
    findingPosts(newestOf(sourceOf(expression), LIMIT)),
  ) as [ReturnType<typeof findingPosts>, ReturnType<typeof findingPosts>]
  return (
    db: Db,
    scope: Scope,
    { expression, isInOwn, isIfIndexed, limit, offset }: Page,
    ...more: unknown[]
  ) =>
    (isInOwn ? own : anywhere)(db, [...scopeValues(scope), expression, limit, offset, isIfIndexed, ...more])
}

const withWords = (expression: string, more = '') => `select * from (
    select post_id, channel_id, user_id, create_at from search_posts where words @@ ${expression} ${more} offset 0
  ) found`

const byWords = finding((expression) => withWords(expression))

/** Finds posts by the word index and sorts them, newest first. */
export const findByWords = (db: Db, scope: Scope, page: Page) => byWords(db, scope, page)

/**
 * Selects from the newest blocks, or from the others. Block 0 has no lexeme, so no expression can select it.
 */
const blocks = (what: string, part: string) =>
  `(select ${what} from (select block, newest from search_blocks where block > 0 order by newest desc, block desc ${part}) b)`

/**
 * Two conditions instead of one expression: the index then skips between posts with the words and posts in
 * the blocks, and reads a few hundred entries. One expression would read every post of the blocks (three
 * times as long).
 */
const byBlocks = finding(
  (expression) =>
    `${withWords(
      expression,
      `and words @@ ${blocks(`string_agg(quote_literal(':' || block), ' | ')`, `limit $${LIMIT + 3}`)}::tsquery`,
    )}
     where create_at > greatest((select newest from search_blocks where block = 0), ${blocks('newest', `offset $${LIMIT + 3} limit 1`)})`,
)

/**
 * Finds posts in the newest `count` blocks that are newer than everything in other blocks. If the page is
 * full, it is the one that `findByWords` finds.
 */
export const findInBlocks = (db: Db, scope: Scope, page: Page, count: number) =>
  byBlocks(db, scope, page, count)

const byWay = finding(
  (expression) =>
    `select * from (
       select * from search_posts where create_at >= $8::bigint and create_at < $9::bigint
       order by create_at desc, post_id desc limit $${LIMIT + 3}
     ) newest where (${expression === given ? `${given} is null or ` : ''}words @@ ${expression})`,
)

/**
 * Finds posts by scanning the newest `most` ones in the time span one after the other; null means all of
 * them.
 */
export const findNewest = (db: Db, scope: Scope, page: Page, most: number | null) =>
  byWay(db, scope, page, most)

/**
 * The searcher's channels with these names (in the team, or in all teams) or ids, and conversations with one
 * person (`@username`) or several.
 */
export const channelsNamed = async (
  db: Db,
  userId: string,
  teamId: string,
  names: readonly string[],
): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select c.id from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
       where ((c.name = any($3::text[]) or c.id = any($3::text[])) and ($2 = '' or c.team_id in ($2, '')))
         or (c.type = 'D' and exists (
           select from channel_members o join users u on u.id = o.user_id
           where o.channel_id = c.id and '@' || u.username = any($3::text[])
             and (o.user_id <> $1 or c.name = $1 || '__' || $1)))`,
      [userId, teamId, names],
    )
  ).map((row) => row.id)
