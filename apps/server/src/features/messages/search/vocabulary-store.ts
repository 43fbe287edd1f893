/** Which words there are, and how frequent they are. */
import type { Db } from '../../../core/db.ts'
import { isWaitingSql } from './waiting-store.ts'

/**
 * Parts of words lead to the words that are learnt here; `words` has spaces between them. In order, so that two who learn at the same time wait for
 * each other instead of for ever.
 */
export const insertWords = (db: Db, words: string) =>
  db.run(
    `insert into search_vocabulary (word)
     select word from unnest(string_to_array($1, ' ')) as word order by word on conflict do nothing`,
    [words],
  )

/** Words of an older way of taking texts apart, which no text has now: those with other signs than letters and digits. */
export const deleteForeignWords = (db: Db) =>
  db.run(
    String.raw`delete from search_vocabulary where word ~ '[\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u3000-\u3004\u3008-\u3020]'`,
  )

/** One of so many posts is counted. */
export const SAMPLE = 64

/** Counts the lexemes of indexed posts; '' counts the posts. */
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

/** Counts the lexemes that indexed posts have and did not have before. The posts are counted already. */
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

/** What is asked about words, about one (`pattern` finds those that it is a part of), several in order, the beginning of some, or one exactly. */
export type Probe = {
  kind: 'word' | 'phrase' | 'beginning' | 'exact'
  /** In their folded form, with spaces between them. */
  text: string
  pattern: string | null
}

/** `stems` are those of the word and itself, and `counts` how often each of these and of `words` stands in the sample. */
export type Answer = { stems: string[]; words: string[]; counts: number[] }

export type Known = {
  /** Is anything written that is not indexed? */
  is_waiting: boolean
  /** How many posts the sample has. */
  sampled: number
  answers: Answer[]
  /**
   * In how many channels the searcher is, or which are named; null if they are more than `MOST_PLACES`. And
   * how often these are in the sample.
   */
  places: number | null
  in_places: number
  by_people: number
  /** How many blocks may hold the newest posts, as far as anybody asks. */
  blocks: number
}

const MOST_WITHIN = 100

/** Beyond so many blocks all posts are asked for at once. */
const MOST_BLOCKS = 64

/** In so many channels the index of words looks for each; whoever is in more sees most of what there is. */
const MOST_PLACES = 40

/** All that a search must know beforehand, in one statement. `channels` null is all of the person's. */
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
