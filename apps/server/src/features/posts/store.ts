import type { Db, Row } from '../../core/db.ts'

export type PostRow = Row<'posts', { props: Record<string, unknown> }>

/** A post with what its replies add up to. */
export type ThreadedPost = PostRow & { reply_count: number; last_reply_at: number; participants: string[] }

const threaded = `
  select p.*, coalesce(t.reply_count, 0) as reply_count, coalesce(t.last_reply_at, 0) as last_reply_at,
    coalesce(t.participants, '{}') as participants
  from posts p left join threads t on t.post_id = p.id`

export const findPosts = (db: Db, ids: readonly string[]) =>
  db.rows<ThreadedPost>(`${threaded} where p.id = any($1::text[])`, [ids])

/** The row, locked: two changes to one post follow each other. */
export const lockPost = (db: Db, id: string) =>
  db.row<PostRow>('select * from posts where id = $1 for update', [id])

export const findByPending = (db: Db, userId: string, pendingPostId: string) =>
  db.row<PostRow>('select * from posts where user_id = $1 and pending_post_id = $2', [userId, pendingPostId])

export const updatePost = (db: Db, post: PostRow) =>
  db.run(
    'update posts set update_at = $2, edit_at = $3, message = $4, props = $5, hashtags = $6 where id = $1',
    [post.id, post.update_at, post.edit_at, post.message, post.props, post.hashtags],
  )

/** Deletes a post and, if it is a root, its replies. What people wrote is gone; ids and times remain for clients that catch up (M11). */
export const erasePosts = (db: Db, id: string, now: number) =>
  db.rows<PostRow>(
    `update posts set delete_at = $2, update_at = greatest($2, update_at + 1), message = '', props = '{}', hashtags = '', edit_at = 0
     where (id = $1 or root_id = $1) and delete_at = 0 returning *`,
    [id, now],
  )

type Page = { channelId: string; rootsOnly: boolean; withDeleted: boolean; limit: number; offset: number }

const pageWhere = `p.channel_id = $1 and (not $2 or p.root_id = '') and ($3 or p.delete_at = 0)`

/** Newest first. */
export const newestPosts = (db: Db, { channelId, rootsOnly, withDeleted, limit, offset }: Page) =>
  db.rows<ThreadedPost>(`${threaded} where ${pageWhere} order by p.create_at desc limit $4 offset $5`, [
    channelId,
    rootsOnly,
    withDeleted,
    limit,
    offset,
  ])

/** Posts older than a time, newest of them first. */
export const postsBefore = (
  db: Db,
  { channelId, rootsOnly, withDeleted, limit, offset }: Page,
  time: number,
) =>
  db.rows<ThreadedPost>(
    `${threaded} where ${pageWhere} and p.create_at < $6 order by p.create_at desc limit $4 offset $5`,
    [channelId, rootsOnly, withDeleted, limit, offset, time],
  )

/** Posts newer than a time: the oldest of them, returned newest first. */
export const postsAfter = async (
  db: Db,
  { channelId, rootsOnly, withDeleted, limit, offset }: Page,
  time: number,
) =>
  (
    await db.rows<ThreadedPost>(
      `${threaded} where ${pageWhere} and p.create_at > $6 order by p.create_at limit $4 offset $5`,
      [channelId, rootsOnly, withDeleted, limit, offset, time],
    )
  ).reverse()

/** What changed since a time, deletions too: the newest `limit` of it, newest post first. */
export const postsChangedSince = (
  db: Db,
  channelId: string,
  since: number,
  rootsOnly: boolean,
  limit: number,
) =>
  db.rows<ThreadedPost>(
    `select * from (${threaded} where p.channel_id = $1 and p.update_at > $2 and (not $3 or p.root_id = '')
       order by p.update_at desc limit $4) changed
     order by create_at desc`,
    [channelId, since, rootsOnly, limit],
  )

/** A root and its replies, oldest first. */
export const threadPosts = (db: Db, rootId: string) =>
  db.rows<ThreadedPost>(
    `${threaded} where (p.id = $1 or p.root_id = $1) and p.delete_at = 0 order by p.create_at`,
    [rootId],
  )

/** Which of these threads a person follows. */
export const followedOf = async (db: Db, userId: string, rootIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.rows<{ post_id: string }>(
        'select post_id from thread_members where user_id = $1 and post_id = any($2::text[]) and following',
        [userId, rootIds],
      )
    ).map((row) => row.post_id),
  )

/** Ids of the neighbours of a stretch of a channel: the newest post older than `oldest` and the oldest newer than `newest`; '' at the ends. */
export const neighbours = async (
  db: Db,
  channelId: string,
  oldest: number,
  newest: number,
  rootsOnly: boolean,
) => {
  const row = await db.row<{ prev: string | null; next: string | null }>(
    `select
      (select id from posts where channel_id = $1 and create_at < $2 and delete_at = 0 and (not $4 or root_id = '')
       order by create_at desc limit 1) as prev,
      (select id from posts where channel_id = $1 and create_at > $3 and delete_at = 0 and (not $4 or root_id = '')
       order by create_at limit 1) as next`,
    [channelId, oldest, newest, rootsOnly],
  )
  return { prev: row?.prev ?? '', next: row?.next ?? '' }
}
