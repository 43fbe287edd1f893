/** Urgent posts that notify people repeatedly; see insisting.ts. */
import type { Db, Row } from '../../../core/db.ts'

export type InsistingRow = Row<'persistent_notifications', { user_ids: string[] }>

/**
 * Parameters: the numbers of the insisting posts, and the most people that one post may notify (a group can
 * have many).
 */
export const insistedSql = (first: number): string => `insisted as (
  insert into persistent_notifications (post_id, user_ids, last_sent_at)
  select w.id, (array_agg(distinct h.user_id::text))[1:$${first + 1}::int], w.create_at from written w join hits h on h.n = w.n
  where w.n = any($${first}::int[]) group by w.id, w.create_at
), `

/** A reply by one of the notified people ends the notifications. */
export const desistedSql = `desisted as (
  delete from persistent_notifications p using written w where p.post_id = w.root_id and w.user_id = any(p.user_ids)
), `

/**
 * Takes the posts that are due and counts the notification; the last one deletes the row. A due time far in
 * the future dates from before the clock was set back, so such a post is taken, too.
 */
export const takeInsisting = (db: Db, now: number, intervalMs: number, most: number) =>
  db.rows<InsistingRow>(
    `update persistent_notifications set sent_count = sent_count + 1, last_sent_at = $1
     where post_id in (
       select post_id from persistent_notifications where (last_sent_at <= $1::bigint - $2 or last_sent_at > $1::bigint + $2) and sent_count < $3
       order by last_sent_at for update skip locked
     ) returning *`,
    [now, intervalMs, most],
  )

export const eraseWornOut = (db: Db, most: number) =>
  db.run('delete from persistent_notifications where sent_count >= $1', [most])

/** Ends the notifications of a post if the person is one of those who are notified. */
export const desist = (db: Db, postId: string, userId: string) =>
  db.run('delete from persistent_notifications where post_id = $1 and $2 = any(user_ids)', [postId, userId])

export const eraseInsisting = (db: Db, postIds: readonly string[]) =>
  db.run('delete from persistent_notifications where post_id = any($1::text[])', [postIds])

/** Those of the people who are still in the channel and active. */
export const stillThere = async (db: Db, channelId: string, userIds: readonly string[]): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      `select m.user_id from channel_members m join users u on u.id = m.user_id and u.delete_at = 0
       where m.channel_id = $1 and m.user_id = any($2::text[])`,
      [channelId, userIds],
    )
  ).map((row) => row.user_id)
