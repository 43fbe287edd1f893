import type { Db } from '../../../core/db.ts'
import { findingPosts } from '../posts/reading/index.ts'
import { isWaitingSql, type Waiting } from './waiting-store.ts'
import type { Indexable } from './words.ts'

/**
 * What was put into the index waits in a list that every search reads until it is sorted in: half of one
 * takes a search of a rare word as long as all the rest. PostgreSQL does it by itself, but some hundred posts
 * later. It takes long and looks like no write: prepared, it would go by a connection that reads share, and
 * hold these up.
 */
export const sweep = (db: Db) => db.unprepared(`select gin_clean_pending_list('search_posts_words')`)

/** A post and its words in the forms of words.ts. */
export type Indexed = Indexable & { row: Waiting; hashtags: string[] }

/** The lexeme of a channel or person, in the words of their posts. No text has one that begins like this. */
export const lexemeOf = (id: string): string => `:${id}`

/** So many posts that are indexed one after the other are a block. */
export const BLOCK = 4000

/** The lexemes that words of German and English begin with, of a `tsvector` that has the words. */
export const stemsSql = (vector: string) => `
  select unnest(ts_lexize('german_stem', word) || ts_lexize('english_stem', word))
  from unnest(tsvector_to_array(${vector})) as word`

const lexemesBeside = ({ row, hashtags }: Indexed): string =>
  JSON.stringify([...hashtags, lexemeOf(row.channel_id), lexemeOf(row.user_id)])

/** Indexes posts, in the newest block or the next one. What is indexed again goes there, too. */
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

/** Indexes posts anew that are in the index, and leaves each in its block. */
export const saveAgain = (db: Db, posts: readonly Indexed[]) =>
  db.run(
    `update search_posts s set words = vector || array_to_tsvector(array(
       ${stemsSql('vector')} union all select jsonb_array_elements_text(lexemes)
       union all select lexeme from unnest(tsvector_to_array(s.words)) as lexeme where lexeme ~ '^:[0-9]{1,10}$'
     ))
     from unnest($1::text[], $2::tsvector[], $3::jsonb[]) as t (id, vector, lexemes) where s.post_id = t.id`,
    [posts.map(({ row }) => row.id), posts.map(({ vector }) => vector), posts.map(lexemesBeside)],
  )

/** What is deleted is found no more from the same moment on. */
export const forgetPosts = (db: Db, ids: readonly string[]) =>
  db.run('delete from search_posts where post_id = any($1::text[])', [ids])

/** Who and where a search is about, in ids. Null is "no matter". */
export type Scope = {
  userId: string
  teamId: string
  withArchived: boolean
  from: string[] | null
  notFrom: string[]
  channels: string[] | null
  notChannels: string[]
  /** What is wanted was written from then on, */
  from_time: number
  /** before then, */
  to_time: number
  /** and not in one of these spans, a multirange. */
  notSpans: string
  /** Is anything named of people and times? */
  isFiltered: boolean
}

/** Where the searcher is in the channel, and may find what is in it. Membership is judged in the query itself. */
export const seenIn = (channel: string) => `select true from channels c
  join channel_members m on m.channel_id = c.id and m.user_id = $1
  left join teams t on t.id = c.team_id
  where c.id = ${channel} and ($2 = '' or c.team_id in ($2, '')) and ($3 or c.delete_at = 0) and coalesce(t.delete_at, 0) = 0
    and ($4::text[] is null or c.id = any($4)) and not (c.id = any($5::text[]))`

/**
 * By people that are wanted, and in a time that is; most searches name neither, and ask each post one thing
 * only.
 */
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

/** A part of what is found. */
export type Page = {
  /** One of text search; null finds every post. */
  expression: string | null
  /** Only in channels of the searcher's, by the words of the posts. */
  isInOwn: boolean
  /** Finds nothing while anything waits to be indexed. */
  isIfIndexed: boolean
  limit: number
  offset: number
}

/**
 * Whether a post is seen is asked of one after the other, the newest first, until the page is full: as a
 * sub-query for a value, which the planner does not turn into a join over all of them.
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
 * The expression, in the channels that the searcher is in at this moment. The last condition is that of
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

/** Posts, the newest first: by the index of words, whose finds are put in order. */
export const findByWords = (db: Db, scope: Scope, page: Page) => byWords(db, scope, page)

/** The newest blocks, and what any other may hold. Block 0 has no lexeme to ask for. */
const blocks = (what: string, part: string) =>
  `(select ${what} from (select block, newest from search_blocks where block > 0 order by newest desc, block desc ${part}) b)`

/**
 * Two conditions and not one expression: then the index jumps from what has the words to what is in the
 * blocks and back, and looks at a few hundred entries. One expression goes through every post of the blocks
 * (three times as long).
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
 * The same as far as only the newest `count` blocks can have it: a page that is full is the one that
 * `findByWords` finds.
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
 * The same among the newest `most` of the time that is wanted, by looking at one after the other; null is all
 * of them.
 */
export const findNewest = (db: Db, scope: Scope, page: Page, most: number | null) =>
  byWay(db, scope, page, most)

/**
 * Channels of the searcher by name (of the team or of all) or id, and conversations with somebody
 * (`@username`) or several.
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
