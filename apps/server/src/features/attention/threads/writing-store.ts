/** The SQL of writing.ts. */

/** A follower of a thread after a reply, with their unread counts before it and now. */
export type Follower = {
  user_id: string
  last_viewed_at: number
  unread_replies: number
  unread_mentions: number
  previous_unread_replies: number
  previous_unread_mentions: number
}

/**
 * The thread of a reply after the whole batch. If a batch has several replies to a thread, only the last one
 * needs to announce it.
 */
export type Reached = {
  is_last: boolean
  post_id: string
  channel_id: string
  reply_count: number
  last_reply_at: number
  participants: string[]
  followers: Follower[]
}

/** People whom a root mentions follow its thread from the first reply on. */
export const rememberSql = `thread_remembered as (
  insert into thread_members (post_id, user_id, channel_id)
  select distinct w.id, h.user_id, h.channel_id from hits h join written w on w.n = h.n
  where h.is_named and w.root_id = '' and w.channel_type <> 'D'
  on conflict do nothing
), `

const mentionedSql = `select r.root_id, h.user_id, 0, 0, 1 from replies r join hits h on h.n = r.n
  left join thread_authors a on a.root_id = r.root_id and a.user_id = h.user_id
  where a.n is null or a.n < r.n
  union all
  `

/**
 * The only parameter says whether replies make people followers automatically. Followers are: who replies;
 * who wrote the root; whom the reply or the root mentions; members who follow all threads of the channel. A
 * person who stopped following starts again only by a mention or by their own reply. The statement recognises
 * these two by their values: an author has a view time, a mentioned person has an unread mention.
 */
export const repliesSql = (auto: string, hasHits: boolean) => `replies as materialized (
  select w.* from written w where w.root_id <> ''
), thread_moves as (
  insert into threads as t (post_id, channel_id, reply_count, last_reply_at, participants)
  select root_id, channel_id, sum(n), max(last), array_agg(user_id order by last)
  from (
    select root_id, channel_id, user_id, count(*) as n, max(create_at) as last from replies group by root_id, channel_id, user_id
  ) by_author group by root_id, channel_id
  on conflict (post_id) do update set reply_count = t.reply_count + excluded.reply_count, last_reply_at = excluded.last_reply_at,
    participants = array(
      select u from unnest(t.participants) with ordinality as x (u, o) where u <> all (excluded.participants) order by o
    ) || excluded.participants
  returning post_id, channel_id, reply_count, last_reply_at, participants
), thread_authors as (
  select distinct on (r.root_id, r.user_id) r.root_id, r.user_id, r.n, r.create_at,
    t.reply_count - (select count(*) from replies later where later.root_id = r.root_id and later.n > r.n) as replies_seen
  from replies r join thread_moves t on t.post_id = r.root_id where r.marks_read order by r.root_id, r.user_id, r.n desc
), thread_concerned as (
  select a.root_id, a.user_id, a.create_at as viewed_at, a.replies_seen, 0 as mentions from thread_authors a
  union all
  ${hasHits ? mentionedSql : ''}  select distinct r.root_id, p.user_id, 0, 0, 0 from replies r join posts p on p.id = r.root_id
  where p.type not like 'system\\_%' and coalesce(p.props ->> 'from_webhook', '') <> 'true'
  union all
  select distinct r.root_id, f.user_id, 0, 0, 0 from replies r join thread_members f on f.post_id = r.root_id and f.following is null
  union all
  select distinct r.root_id, m.user_id, 0, 0, 0 from replies r join channel_members m on m.channel_id = r.channel_id
  where r.channel_type <> 'D' and m.notify_props ->> 'channel_auto_follow_threads' = 'on'
), thread_follows as (
  insert into thread_members as f (post_id, user_id, channel_id, following, last_viewed_at, replies_seen, unread_mentions, updated_at)
  select c.root_id, c.user_id, t.channel_id, true, max(c.viewed_at), max(c.replies_seen), sum(c.mentions), t.last_reply_at
  from thread_concerned c join thread_moves t on t.post_id = c.root_id
  join channel_members m on m.channel_id = t.channel_id and m.user_id = c.user_id
  left join thread_members e on e.post_id = c.root_id and e.user_id = c.user_id
  where ${auto}::boolean or e.following
  group by c.root_id, c.user_id, t.channel_id, t.last_reply_at
  on conflict (user_id, post_id) do update set
    following = f.following is distinct from false or excluded.last_viewed_at > 0 or excluded.unread_mentions > 0,
    last_viewed_at = greatest(f.last_viewed_at, excluded.last_viewed_at),
    replies_seen = case when excluded.last_viewed_at > 0 then excluded.replies_seen else f.replies_seen end,
    unread_mentions = case when excluded.last_viewed_at > 0 then 0 else f.unread_mentions end + excluded.unread_mentions,
    updated_at = excluded.updated_at
  returning post_id, user_id, following, last_viewed_at, replies_seen, unread_mentions
), reached as (
  select t.*, (select max(r.n) from replies r where r.root_id = t.post_id) as last_n, (
    select jsonb_agg(jsonb_build_object(
      'user_id', f.user_id, 'last_viewed_at', coalesce(x.last_viewed_at, f.last_viewed_at),
      'unread_replies', greatest(t.reply_count - coalesce(x.replies_seen, f.replies_seen), 0),
      'unread_mentions', coalesce(x.unread_mentions, f.unread_mentions),
      'previous_unread_replies', case when f.following then greatest(b.reply_count - f.replies_seen, 0) else 0 end,
      'previous_unread_mentions', case when f.following then f.unread_mentions else 0 end))
    from (
      select user_id, following, last_viewed_at, replies_seen, unread_mentions from thread_members where post_id = t.post_id
      union all
      select x.user_id, null, x.last_viewed_at, x.replies_seen, x.unread_mentions from thread_follows x
      where x.post_id = t.post_id and not exists (select from thread_members e where e.post_id = t.post_id and e.user_id = x.user_id)
    ) f
    left join thread_follows x on x.post_id = t.post_id and x.user_id = f.user_id
    left join threads b on b.post_id = t.post_id
    where coalesce(x.following, f.following)
  ) as followers
  from thread_moves t
), `

export const reachedColumn = `(
  select jsonb_build_object('post_id', r.post_id, 'channel_id', r.channel_id, 'reply_count', r.reply_count,
    'last_reply_at', r.last_reply_at, 'participants', r.participants, 'followers', coalesce(r.followers, '[]'), 'is_last', r.last_n = j.n)
  from reached r where r.post_id = j.root_id and j.refused = ''
)`

/**
 * The thread as it is, computed from what it would be if the `replies` that are already written (the last one
 * at `lastAt`) were written once more.
 */
export const asItIs = (reached: Reached, replies: number, lastAt: number): Reached => ({
  ...reached,
  reply_count: reached.reply_count - replies,
  last_reply_at: lastAt,
  followers: reached.followers.map((each) => ({
    ...each,
    unread_replies: each.previous_unread_replies,
    unread_mentions: each.previous_unread_mentions,
    previous_unread_replies: Math.max(0, 2 * each.previous_unread_replies - each.unread_replies),
    previous_unread_mentions: Math.max(0, 2 * each.previous_unread_mentions - each.unread_mentions),
  })),
})
