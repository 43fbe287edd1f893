/** The words that mention people. */
import type { Db } from '../../../core/db.ts'

/**
 * Sets the words that mention a person. If a keyword is new, a trigger raises the version of all keywords.
 */
export const saveWords = async (db: Db, userId: string, words: readonly string[]) => {
  await db.run('delete from mention_words where user_id = $1 and word <> all($2::text[])', [userId, words])
  await db.run(
    'insert into mention_words (word, user_id) select w, $1 from unnest($2::text[]) as t (w) on conflict do nothing',
    [userId, words],
  )
}

/** A condition of the statement that writes posts: the keywords have changed since this version. */
export const wordsChangedSql = (parameter: number): string =>
  `(select version from mention_words_version) <> $${parameter}::bigint`

export const wordsVersion = async (db: Db): Promise<number> =>
  (await db.row<{ version: number }>('select version from mention_words_version'))?.version ?? 0

/** A page of all keywords, in order, after the given one. */
export const findKeywords = async (db: Db, after: string, limit: number): Promise<string[]> =>
  (
    await db.rows<{ word: string }>(
      `select distinct word from mention_words where word > $1 and word not like '@%' order by word limit $2`,
      [after, limit],
    )
  ).map(({ word }) => word)
