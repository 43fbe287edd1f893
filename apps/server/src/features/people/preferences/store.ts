import type { Preference } from '@plausch/wire'
import type { Db } from '../../../core/db.ts'

export const listPreferences = (db: Db, userId: string, category = '') =>
  db.rows<Preference>(
    `select user_id, category, name, value from preferences where user_id = $1 and ($2 = '' or category = $2) order by category, name`,
    [userId, category],
  )

export const findPreference = (db: Db, userId: string, category: string, name: string) =>
  db.row<Preference>(
    'select user_id, category, name, value from preferences where user_id = $1 and category = $2 and name = $3',
    [userId, category, name],
  )

export const upsertPreferences = (db: Db, userId: string, some: readonly Preference[]) =>
  db.run(
    `insert into preferences (user_id, category, name, value)
     select $1, * from unnest($2::text[], $3::text[], $4::text[])
     on conflict (user_id, category, name) do update set value = excluded.value`,
    [
      userId,
      some.map((each) => each.category),
      some.map((each) => each.name),
      some.map((each) => each.value),
    ],
  )

export const deletePreferences = (db: Db, userId: string, some: readonly Preference[]) =>
  db.run(
    `delete from preferences where user_id = $1
       and (category, name) in (select * from unnest($2::text[], $3::text[]))`,
    [userId, some.map((each) => each.category), some.map((each) => each.name)],
  )

/**
 * Removes these posts from everybody's saved posts; returns whose they were. The category is a literal,
 * because the index covers only that one.
 */
export const forgetSaved = (db: Db, postIds: readonly string[]) =>
  db.rows<Preference>(
    `delete from preferences where category = 'flagged_post' and name = any($1::text[]) returning user_id, category, name, value`,
    [postIds],
  )

/** The number of a person's preferences, and the total length of their values. */
export const sizeOf = async (db: Db, userId: string): Promise<{ count: number; characters: number }> =>
  (await db.row<{ count: number; characters: number }>(
    `select count(*) as count, coalesce(sum(char_length(value)), 0) as characters from preferences where user_id = $1`,
    [userId],
  )) ?? { count: 0, characters: 0 }
