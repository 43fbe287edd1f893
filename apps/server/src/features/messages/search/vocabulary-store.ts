/** The words that exist, and how frequent they are. */
import type { Db } from '../../../core/db.ts'
import { isWaitingSql } from './waiting-store.ts'

/**
 * Stores words, so that parts of them lead to them; `words` is separated by spaces. Inserts them in order, so
 * that two transactions with the same words wait for each other instead of deadlocking.
 */
export const insertWords = (db: Db, words: string) =>
  db.run(
    `insert into search_vocabulary (word)
     select word from unnest(string_to_array($1, ' ')) as word order by word on conflict do nothing`,
    [words],
  )

/**
 * Deletes words of an older way of splitting texts. No text has them now: they contain characters other than
 * letters and digits.
 */
export const deleteForeignWords = (db: Db) =>
  db.run(
    String.raw`delete from search_vocabulary where word ~ '[\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u3000-\u3004\u3008-\u3020]'`,
  )

/** One in this many posts is counted. */
export const SAMPLE = 64

/** Counts the lexemes of indexed posts; the lexeme '' counts the posts themselves. */
export const countLexemes = (db: Db, ids: readonly string[]) =>
  db.run(
    `insert into search_frequencies as f (lexeme, posts)
     select lexeme, count(*) from (
       select unnest(array_append(tsvector_to_array(words), '')) as lexeme from search_posts where post_id = any($1::text[])
     ) counted group by lexeme order by lexeme
     on conflict (lexeme) do update set posts = f.posts + excluded.posts`,
    [ids],
  )

/** A post of the sample and its lexemes. */
export type Sampled = { post_id: string; lexemes: string[] }

/** The lexemes of posts that are about to be indexed again. */
export const lexemesBefore = async (db: Db, ids: readonly string[]): Promise<Sampled[]> =>
  ids.length === 0
    ? []
    : await db.rows<Sampled>(
        'select post_id, tsvector_to_array(words) as lexemes from search_posts where post_id = any($1::text[])',
        [ids],
      )

/** Counts the lexemes that indexed posts did not have before. The posts themselves are already counted. */
export const countMore = (db: Db, before: readonly Sampled[]) =>
  db.run(
    `insert into search_frequencies as f (lexeme, posts)
     select lexeme, count(*) from (
       select unnest(tsvector_to_array(ts_delete(p.words, array(select jsonb_array_elements_text(b.lexemes))))) as lexeme
       from unnest($1::text[], $2::jsonb[]) as b (post_id, lexemes) join search_posts p on p.post_id = b.post_id
     ) counted group by lexeme order by lexeme
     on conflict (lexeme) do update set posts = f.posts + excluded.posts`,
    [before.map(({ post_id }) => post_id), before.map(({ lexemes }) => JSON.stringify(lexemes))],
  )

/**
 * A question about words: about one word (`pattern` finds longer words that contain it), several in order, a
 * prefix, or one exact lexeme.
 */
export type Probe = {
  kind: 'word' | 'phrase' | 'beginning' | 'exact'
  /** In folded form, separated by spaces. */
  text: string
  pattern: string | null
}

/**
 * `stems` are the word and its stems. `counts` tells how often each of these and of `words` is in the sample.
 */
export type Answer = { stems: string[]; words: string[]; counts: number[] }

export type Known = {
  /** Does any written post wait to be indexed? */
  is_waiting: boolean
  /** The number of posts in the sample. */
  sampled: number
  answers: Answer[]
  /**
   * The number of channels of the searcher, or of those that the search names; null if there are more than
   * `MOST_PLACES`. `in_places` is the number of sampled posts in them.
   */
  places: number | null
  in_places: number
  by_people: number
  /** The number of blocks that may hold the newest posts, counted up to a limit. */
  blocks: number
}

const MOST_WITHIN = 100

/** Beyond this many blocks a search queries all posts at once. */
const MOST_BLOCKS = 64

/**
 * With this many channels or fewer, the expression contains them. People in more channels see most posts
 * anyway.
 */
const MOST_PLACES = 40

/**
 * Everything that a search must know first, in one statement. If `channels` is null, it counts all channels
 * of the person.
 */
export const lookUp = async (
  db: Db,
  probes: readonly Probe[],
  { userId, channels, people }: { userId: string; channels: string[] | null; people: string[] },
): Promise<Known> =>
  (await db.row<Known>(
    `with places as materialized (
       select ':' || id as lexeme from unnest($5::text[]) as id
       union all (
         -- The last condition is true of all: a row that is needed is not looked for in the index by channel, which has no use for a person alone.
         select ':' || channel_id from channel_members
         where $5::text[] is null and user_id = $4 and update_at >= 0 limit ${MOST_PLACES + 1}
       )
     )
     select ${isWaitingSql} as is_waiting,
       coalesce((select posts from search_frequencies where lexeme = ''), 0) as sampled,
       (select case when count(*) <= ${MOST_PLACES} then count(*) end from places) as places,
       coalesce((
         select sum(posts) from search_frequencies
         where (select count(*) from places) <= ${MOST_PLACES} and lexeme = any(array(select lexeme from places))
       ), 0)::bigint as in_places,
       coalesce((select sum(posts) from search_frequencies where lexeme = any($6::text[])), 0)::bigint as by_people,
       (select count(*) from (
         select from search_blocks where block > 0 and newest > (select newest from search_blocks where block = 0) limit ${MOST_BLOCKS}
       ) b) as blocks,
       coalesce((
         select json_agg(json_build_object('stems', stem.lexemes, 'words', part.words, 'counts', seen.counts) order by t.n)
         from unnest($1::text[], $2::text[], $3::text[]) with ordinality as t (kind, text, pattern, n),
           lateral (
             select case t.kind
               when 'word' then array(select distinct unnest(t.text || ts_lexize('german_stem', t.text) || ts_lexize('english_stem', t.text)))
               else string_to_array(t.text, ' ') end as lexemes
             offset 0
           ) stem,
           lateral (
             select array(
               select word from search_vocabulary where word like t.pattern order by char_length(word), word limit ${MOST_WITHIN}
             ) as words offset 0
           ) part,
           lateral (
             select case when t.kind = 'beginning'
               then array(select coalesce(sum(f.posts), 0)::bigint from search_frequencies f where f.lexeme >= t.text and f.lexeme < t.text || U&'\\+10FFFF')
               else array(select coalesce((select f.posts from search_frequencies f where f.lexeme = l), 0)
                 from (select unnest(stem.lexemes) union select unnest(part.words) where t.kind <> 'phrase') as x (l)) end as counts
           ) seen
       ), '[]') as answers`,
    [
      probes.map(({ kind }) => kind),
      probes.map(({ text }) => text),
      probes.map(({ pattern }) => pattern),
      userId,
      channels,
      people,
    ],
  )) as Known
