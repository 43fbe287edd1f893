import type { Db } from '../../../../core/db.ts'
import type { NewRow } from './row.ts'

/** The root of a reply, locked against deletion; undefined if the channel has no such root. */
export const holdRoot = (db: Db, rootId: string, channelId: string) =>
  db.row<{ create_at: number }>(
    `select create_at from posts where id = $1 and channel_id = $2 and root_id = '' and delete_at = 0 for share`,
    [rootId, channelId],
  )

/**
 * Inserts a post at a time, or at the next free one: no two posts of a channel have the same time. The caller
 * holds the lock of the channel. Returns the time; undefined if the request repeats an earlier one. Clients
 * that catch up find the post by `update_at`, which is now.
 */
export const insertPast = async (db: Db, row: NewRow, at: number, now: number): Promise<number | undefined> =>
  (
    await db.row<{ create_at: number }>(
      `with free as (
         select case when not exists (select from posts where channel_id = $3 and create_at = $10) then $10::bigint else (
           select p.create_at + 1 from posts p where p.channel_id = $3 and p.create_at >= $10
             and not exists (select from posts q where q.channel_id = $3 and q.create_at = p.create_at + 1)
           order by p.create_at limit 1
         ) end as at
       )
       insert into posts (id, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, create_at, update_at, priority, file_ids)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, at, greatest(at, $11), $12, $13 from free
       on conflict (user_id, pending_post_id) where pending_post_id <> '' do nothing
       returning create_at`,
      [
        row.id,
        row.user_id,
        row.channel_id,
        row.root_id,
        row.message,
        row.type,
        row.props,
        row.hashtags,
        row.pending_post_id,
        at,
        now,
        row.priority,
        row.file_ids,
      ],
    )
  )?.create_at
