import type { Db } from '../../../core/db.ts'
import type { PostRow } from '../../messages/posts/index.ts'
import { mentioningProps } from '../unreads/index.ts'

/** A thread, with what one follower has read of it. */
export type ThreadRow = {
  post_id: string
  channel_id: string
  team_id: string
  reply_count: number
  last_reply_at: number
  participants: string[]
  delete_at: number
  following: boolean
  is_urgent: boolean
  last_viewed_at: number
  unread_replies: number
  unread_mentions: number
}

const isUrgent = `coalesce(p.priority ->> 'priority' = 'urgent', false)`

const followed = `
  select p.id as post_id, p.channel_id, c.team_id, coalesce(t.reply_count, 0) as reply_count, coalesce(t.last_reply_at, 0) as last_reply_at,
    coalesce(t.participants, '{}') as participants, p.delete_at, coalesce(f.following, false) as following, ${isUrgent} as is_urgent, f.last_viewed_at,
    greatest(coalesce(t.reply_count, 0) - f.replies_seen, 0) as unread_replies, f.unread_mentions
  from thread_members f
  join posts p on p.id = f.post_id join channels c on c.id = p.channel_id
  left join threads t on t.post_id = f.post_id`

export type Wanted = {
  userId: string
  teamId: string
  /** Thread ids: only threads whose last reply is older or newer than those of these threads. */
  before: string
  after: string
  since: number
  limit: number
  unread: boolean
  deleted: boolean
  withDirect: boolean
}

const hasUnread = 't.reply_count > f.replies_seen'

const ofTeam = `f.user_id = $1 and f.following and t.reply_count > 0 and (c.team_id = $2 or ($3 and c.team_id = ''))`

/**
 * Only for a thread that the person follows: they may not learn when somebody last replied to another one.
 */
const lastReplyOf = (parameter: string) => `(
  select o.last_reply_at from threads o join thread_members g on g.post_id = o.post_id and g.user_id = $1 where o.post_id = ${parameter}
)`

/**
 * The threads that a person follows in a team, latest reply first. With `after`, the page of threads just
 * newer than that one.
 */
export const listFollowed = (db: Db, wanted: Wanted) =>
  db.rows<ThreadRow>(
    `select * from (${followed}
       where ${ofTeam} and ($4 or p.delete_at = 0) and (not $5 or ${hasUnread})
         and ($6::bigint = 0 or t.last_reply_at >= $6::bigint or f.updated_at >= $6::bigint)
         and ($7 = '' or t.last_reply_at < ${lastReplyOf('$7')}) and ($8 = '' or t.last_reply_at > ${lastReplyOf('$8')})
       order by case when $8 = '' then -t.last_reply_at else t.last_reply_at end limit $9) page
     order by last_reply_at desc`,
    [
      wanted.userId,
      wanted.teamId,
      wanted.withDirect,
      wanted.deleted,
      wanted.unread,
      wanted.since,
      wanted.before,
      wanted.after,
      wanted.limit,
    ],
  )

export type Totals = {
  total: number
  unread_threads: number
  unread_mentions: number
  urgent_mentions: number
}

/** Totals of all threads that a person follows in a team. */
export const totalsOf = async (
  db: Db,
  { userId, teamId, withDirect }: Pick<Wanted, 'userId' | 'teamId' | 'withDirect'>,
): Promise<Totals> =>
  (await db.row<Totals>(
    `select count(*) as total, count(*) filter (where ${hasUnread}) as unread_threads,
       coalesce(sum(f.unread_mentions), 0)::bigint as unread_mentions,
       coalesce(sum(f.unread_mentions) filter (where ${isUrgent}), 0)::bigint as urgent_mentions
     from thread_members f join threads t on t.post_id = f.post_id join posts p on p.id = t.post_id join channels c on c.id = t.channel_id
     where ${ofTeam} and t.delete_at = 0`,
    [userId, teamId, withDirect],
  )) ?? { total: 0, unread_threads: 0, unread_mentions: 0, urgent_mentions: 0 }

/** One thread of one person, whether they still follow it or not; undefined if they never did. */
export const findFollowed = (db: Db, postId: string, userId: string) =>
  db.row<ThreadRow>(`${followed} where f.post_id = $1 and f.user_id = $2`, [postId, userId])

export const lockFollower = (db: Db, postId: string, userId: string) =>
  db.row('select from thread_members where post_id = $1 and user_id = $2 for update', [postId, userId])

/**
 * Starts or stops following. A person who starts has read everything, also a reply whose time is ahead of
 * this server's clock.
 */
export const setFollowing = (
  db: Db,
  { post_id, channel_id, user_id }: { post_id: string; channel_id: string; user_id: string },
  following: boolean,
  now: number,
) =>
  db.run(
    `insert into thread_members as f (post_id, user_id, channel_id, following, last_viewed_at, replies_seen, updated_at)
     select $1::text, m.user_id, m.channel_id, $4, greatest($5, t.last_reply_at), coalesce(t.reply_count, 0), $5
     from channel_members m left join threads t on t.post_id = $1::text where m.channel_id = $2::text and m.user_id = $3::text
     on conflict (user_id, post_id) do update set following = $4, updated_at = $5,
       last_viewed_at = case when $4 then excluded.last_viewed_at else f.last_viewed_at end,
       replies_seen = case when $4 then excluded.replies_seen else f.replies_seen end,
       unread_mentions = 0`,
    [post_id, channel_id, user_id, following, now],
  )

export const countReplies = async (db: Db, postId: string): Promise<number> =>
  (await db.row<{ n: number }>('select reply_count as n from threads where post_id = $1', [postId]))?.n ?? 0

type Reply = {
  user_id: string
  create_at: number
  type: string
  message: string
  props: Record<string, unknown>
}

/** The newest replies after a time, up to a number of posts and characters, for counting mentions again. */
export const repliesSince = (
  db: Db,
  postId: string,
  time: number,
  most: { posts: number; characters: number },
) =>
  db.rows<Reply>(
    `select user_id, create_at, type, message, props from (
       select *, sum(char_length(message)) over (order by create_at desc) as so_far from (
         select user_id, create_at, type, message, ${mentioningProps}
         from posts where root_id = $1 and root_id <> '' and create_at > $2 and delete_at = 0 order by create_at desc limit $3
       ) newest
     ) counted where so_far <= $4`,
    [postId, time, most.posts, most.characters],
  )

/** Sets the unread mentions of these followers, in the same order; never to more than they had. */
export const lowerMentions = (
  db: Db,
  postId: string,
  userIds: readonly string[],
  mentions: readonly number[],
) =>
  db.run(
    `update thread_members f set unread_mentions = least(f.unread_mentions, l.n)
     from unnest($2::text[], $3::int[]) as l (user_id, n) where f.post_id = $1 and f.user_id = l.user_id`,
    [postId, userIds, mentions],
  )

/** Marks replies up to a time as read and later ones as unread. The caller counts the mentions in those. */
export const setRead = (
  db: Db,
  postId: string,
  userId: string,
  time: number,
  mentions: number,
  now: number,
) =>
  db.run(
    `update thread_members set last_viewed_at = $3, unread_mentions = $4, updated_at = $5,
       replies_seen = (select count(*) from posts where root_id = $1 and root_id <> '' and delete_at = 0 and create_at <= $3)
     where post_id = $1 and user_id = $2`,
    [postId, userId, time, mentions, now],
  )

const readSql = `
  update thread_members f set last_viewed_at = greatest(f.last_viewed_at, t.last_reply_at, $2), replies_seen = t.reply_count, unread_mentions = 0, updated_at = $2
  from threads t join channels c on c.id = t.channel_id
  where t.post_id = f.post_id and f.user_id = $1 and f.following and (${hasUnread} or f.unread_mentions > 0)`

/** Marks everything as read that a person follows in a team and in conversations. */
export const readTeam = (db: Db, userId: string, teamId: string, now: number) =>
  db.run(`${readSql} and (c.team_id = $3 or c.team_id = '')`, [userId, now, teamId])

/**
 * Marks everything as read that a person follows in these channels; returns the channels that had unread
 * replies.
 */
export const readChannels = async (db: Db, userId: string, channelIds: readonly string[], now: number) =>
  await db.rows<{ channel_id: string; team_id: string }>(
    `with done as (${readSql} and c.id = any($3::text[]) returning c.id as channel_id, c.team_id)
       select distinct channel_id, team_id from done`,
    [userId, now, channelIds],
  )

export type Recounted = ThreadRow & {
  user_id: string
  previous_unread_replies: number
  previous_unread_mentions: number
}

/**
 * A reply was inserted between earlier ones: it makes nobody a follower, and for people who have read beyond
 * its time it counts as read.
 */
export const insertReply = (
  db: Db,
  {
    root_id,
    channel_id,
    user_id,
    create_at,
  }: Pick<PostRow, 'root_id' | 'channel_id' | 'user_id' | 'create_at'>,
) =>
  db.run(
    `with moved as (
       insert into threads as t (post_id, channel_id, reply_count, last_reply_at, participants) values ($1, $2, 1, $4, array[$3])
       on conflict (post_id) do update set reply_count = t.reply_count + 1, last_reply_at = greatest(t.last_reply_at, $4),
         participants = case when $3 = any(t.participants) then t.participants else $3 || t.participants end
     )
     update thread_members set replies_seen = replies_seen + 1 where post_id = $1 and last_viewed_at >= $4`,
    [root_id, channel_id, user_id, create_at],
  )

/**
 * After posts were deleted: counts their threads again, and subtracts deleted replies from what each follower
 * has seen. Returns the followers of threads that still exist, with what they had unread before. The ids of
 * threads are collected in one list: with two conditions PostgreSQL would read all threads.
 */
export const recount = (db: Db, ids: readonly string[]) =>
  db.rows<Recounted>(
    `with gone as materialized (
       select id, root_id, create_at from posts where id = any($1::text[])
     ), roots as materialized (
       select id from gone union select root_id from gone where root_id <> ''
     ), left_over as (
       select t.post_id, t.reply_count as before, count(p.id) as reply_count, coalesce(max(p.create_at), 0) as last_reply_at,
         coalesce((
           select array_agg(user_id::text order by last) from (
             select user_id, max(create_at) as last from posts where root_id = t.post_id and root_id <> '' and delete_at = 0 group by user_id
           ) authors
         ), '{}') as participants,
         (select delete_at from posts where id = t.post_id) as delete_at
       from roots r join threads t on t.post_id = r.id left join posts p on p.root_id = t.post_id and p.root_id <> '' and p.delete_at = 0
       group by t.post_id, t.reply_count
     ), threads_left as (
       update threads t set reply_count = l.reply_count, last_reply_at = l.last_reply_at, participants = l.participants, delete_at = l.delete_at
       from left_over l where l.post_id = t.post_id returning t.*, l.before
     ), seen as (
       select f.post_id, f.user_id, f.following, f.replies_seen, f.unread_mentions, f.last_viewed_at,
         f.replies_seen - (select count(*) from gone g where g.root_id = f.post_id and g.create_at <= f.last_viewed_at) as now_seen
       from thread_members f join threads_left t on t.post_id = f.post_id
     ), members_left as (
       update thread_members f set replies_seen = greatest(s.now_seen, 0),
         unread_mentions = least(f.unread_mentions, greatest(t.reply_count - s.now_seen, 0))
       from seen s join threads_left t on t.post_id = s.post_id
       where f.post_id = s.post_id and f.user_id = s.user_id
       returning f.post_id, f.user_id, f.replies_seen, f.unread_mentions
     )
     select s.user_id, t.post_id, t.channel_id, c.team_id, t.reply_count, t.last_reply_at, t.participants, t.delete_at, true as following, ${isUrgent} as is_urgent,
       s.last_viewed_at, greatest(t.reply_count - m.replies_seen, 0) as unread_replies, m.unread_mentions,
       greatest(t.before - s.replies_seen, 0) as previous_unread_replies, s.unread_mentions as previous_unread_mentions
     from seen s join members_left m on m.post_id = s.post_id and m.user_id = s.user_id
     join threads_left t on t.post_id = s.post_id join posts p on p.id = t.post_id join channels c on c.id = t.channel_id
     where s.following and t.delete_at = 0`,
    [ids],
  )
