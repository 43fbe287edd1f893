import { type Db, literal } from '../../core/db.ts'

/** A part of the statement that writes posts: what is written is to be indexed. */
export const queueSql = `queued as (
  insert into search_queue (post_id) select id from written where type not like 'system\\_%'
), `

/** Holds the post's place in the queue until the edit is committed: whoever indexes must not take it and read what it said before. */
export const queuePost = (db: Db, id: string) =>
  db.run(
    'insert into search_queue (post_id) values ($1) on conflict (post_id) do update set post_id = excluded.post_id',
    [id],
  )

export type Waiting = {
  id: string
  channel_id: string
  user_id: string
  create_at: number
  message: string
  hashtags: string
  attachments: unknown
}

/** Takes posts from the queue; who else takes at the same time gets others. */
export const takeWaiting = (db: Db, limit: number) =>
  db.rows<Waiting>(
    `with taken as (
       delete from search_queue where post_id in (select post_id from search_queue limit $1 for update skip locked) returning post_id
     )
     select p.id, p.channel_id, p.user_id, p.create_at, p.message, p.hashtags, p.props -> 'attachments' as attachments
     from taken t join posts p on p.id = t.post_id where p.delete_at = 0`,
    [limit],
  )

export const countWaiting = async (db: Db): Promise<number> =>
  (await db.row<{ n: number }>('select count(*) as n from (select from search_queue limit 1) w'))?.n ?? 0

/** Parts of words lead to the words that are learnt here. */
export const learnWords = async (db: Db, texts: readonly string[], spelledOuts: readonly string[]) => {
  await db.run(
    `insert into search_vocabulary (word)
     select distinct lexeme from unnest($1::text[], $2::text[]) as t (text, spelled_out),
       lateral unnest(to_tsvector('simple', text) || to_tsvector('simple', spelled_out))
     where char_length(lexeme) between 4 and 64 and lexeme !~ '^[0-9.,:-]+$' order by lexeme
     on conflict do nothing`,
    [texts, spelledOuts],
  )
}

/** A post's text in the forms of words.ts. */
export type Indexed = { row: Waiting; text: string; spelledOut: string; hashtags: string[] }

/** Indexes posts, and learns their words. */
export const saveIndexed = async (db: Db, posts: readonly Indexed[]) => {
  await db.run(
    `insert into search_posts (post_id, channel_id, user_id, create_at, words)
     select id, channel_id, user_id, create_at,
       to_tsvector('simple', text) || strip(to_tsvector('german', text)) || strip(to_tsvector('english', text))
         || strip(to_tsvector('simple', spelled_out)) || array_to_tsvector(array(select jsonb_array_elements_text(tags)))
     from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::jsonb[])
       as t (id, channel_id, user_id, create_at, text, spelled_out, tags)
     on conflict (post_id) do update set words = excluded.words`,
    [
      posts.map(({ row }) => row.id),
      posts.map(({ row }) => row.channel_id),
      posts.map(({ row }) => row.user_id),
      posts.map(({ row }) => row.create_at),
      posts.map(({ text }) => text),
      posts.map(({ spelledOut }) => spelledOut),
      posts.map(({ hashtags }) => JSON.stringify(hashtags)),
    ],
  )
  // In order, so that two who learn at the same time wait for each other instead of for ever.
  await learnWords(
    db,
    posts.map(({ text }) => text),
    posts.map(({ spelledOut }) => spelledOut),
  )
}

/** What is deleted is found no more from the same moment on. The queue first, as whoever indexes: it waits for them and leaves nothing of theirs. */
export const forgetPosts = async (db: Db, ids: readonly string[]) => {
  await db.run('delete from search_queue where post_id = any($1::text[])', [ids])
  await db.run('delete from search_posts where post_id = any($1::text[])', [ids])
}

const MOST_WITHIN = 100

/** For each form of a word the words of the vocabulary that it is a part of, the nearest first; of three letters it must be the beginning. */
export const wordsWith = async (db: Db, forms: readonly string[]): Promise<string[][]> => {
  const rows = await db.rows<{ n: number; words: string[] }>(
    `select t.n, array(
       select word from search_vocabulary where word like t.pattern order by char_length(word), word limit ${MOST_WITHIN}
     ) as words from unnest($1::text[]) with ordinality as t (pattern, n) order by n`,
    [
      forms.map((form) => {
        const exact = literal(form)
        return form.length > 3 ? `%${exact}%` : `${exact}%`
      }),
    ],
  )
  return rows.map((row) => row.words)
}

/** Who and where a search is about, in ids. Null is "no matter". */
export type Scope = {
  userId: string
  teamId: string
  withArchived: boolean
  from: string[] | null
  notFrom: string[]
  channels: string[] | null
  notChannels: string[]
  spans: { from: number; to: number }[]
  notSpans: { from: number; to: number }[]
}

/** The channels that the searcher is in: of the team and conversations, or of all teams. Membership is judged in the query itself. */
export const visible = `select c.id from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
  left join teams t on t.id = c.team_id
  where ($2 = '' or c.team_id in ($2, '')) and ($3 or c.delete_at = 0) and coalesce(t.delete_at, 0) = 0
    and ($4::text[] is null or c.id = any($4)) and not (c.id = any($5::text[]))`

export const SCOPE_VALUES = 7

export const scopeValues = (scope: Scope): unknown[] => [
  scope.userId,
  scope.teamId,
  scope.withArchived,
  scope.channels,
  scope.notChannels,
  scope.from,
  scope.notFrom,
]

/** Conditions on a column with a time. */
export const spansSql = (scope: Scope, column: string): string =>
  [
    ...scope.spans.map(({ from, to }) => `and ${column} >= ${from} and ${column} < ${to}`),
    ...scope.notSpans.map(({ from, to }) => `and not (${column} >= ${from} and ${column} < ${to})`),
  ].join(' ')

/** Ids of posts, the newest first. `expression` uses parameters from the eighth on, whose values are `values`. */
export const findIds = async (
  db: Db,
  scope: Scope,
  { expression, values }: { expression: string | undefined; values: readonly unknown[] },
  limit: number,
  offset: number,
): Promise<string[]> => {
  const rows = await db.rows<{ post_id: string }>(
    `select s.post_id from search_posts s join posts p on p.id = s.post_id and p.delete_at = 0
     where s.channel_id in (${visible}) and ($6::text[] is null or s.user_id = any($6)) and not (s.user_id = any($7::text[]))
       ${spansSql(scope, 's.create_at')} ${expression ? `and s.words @@ (${expression})` : ''}
     order by s.create_at desc, s.post_id desc limit ${limit} offset ${offset}`,
    [...scopeValues(scope), ...values],
  )
  return rows.map((row) => row.post_id)
}

export const FIRST_PARAMETER = SCOPE_VALUES + 1

/** Channels of the searcher by name (of the team or of all) or id, and conversations with somebody (`@username`) or several. */
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
