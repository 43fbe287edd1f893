import { type ChannelUnread, uncountedTypes } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'
import { inLiveTeam } from '../../places/channels/index.ts'

export type ReadRow = Row<'channel_reads'>

/** New members have read everything; `mentions` is 1 for people whom somebody else has added. */
export const insertReads = (
  db: Db,
  reads: readonly { channel_id: string; user_id: string; mentions: number }[],
) =>
  db.run(
    `insert into channel_reads (channel_id, user_id, last_viewed_at, msg_count, msg_count_root, mention_count, mention_count_root)
     select c.id, a.user_id, c.last_post_at, c.total_msg_count, c.total_msg_count_root, a.mentions, a.mentions
     from unnest($1::text[], $2::text[], $3::int[]) as a (channel_id, user_id, mentions) join channels c on c.id = a.channel_id
     on conflict do nothing`,
    [
      reads.map(({ channel_id }) => channel_id),
      reads.map(({ user_id }) => user_id),
      reads.map(({ mentions }) => mentions),
    ],
  )

/** A post was inserted into the past: for people who have read beyond its time it counts as read. */
export const insertAmongRead = (db: Db, channelId: string, at: number, isRoot: boolean) =>
  db.run(
    `update channel_reads set msg_count = msg_count + 1, msg_count_root = msg_count_root + $3::boolean::int
     where channel_id = $1 and last_viewed_at >= $2`,
    [channelId, at, isRoot],
  )

/**
 * Marks those of the channels as read where the user is a member. Returns the time up to which each is read,
 * and whether the user follows threads there. Waits for posts that are being written; otherwise such a post
 * would be unread while its mention is lost.
 */
export const viewChannels = (db: Db, userId: string, channelIds: readonly string[], now: number) =>
  db.rows<{ channel_id: string; last_viewed_at: number; has_threads: boolean }>(
    `with held as materialized (
       select c.id, c.last_post_at, c.total_msg_count, c.total_msg_count_root from channels c
       where c.id = any($2::text[]) and ${inLiveTeam}
         and exists (select from channel_reads r where r.channel_id = c.id and r.user_id = $1)
       order by c.id for key share of c
     )
     update channel_reads r set last_viewed_at = greatest(r.last_viewed_at, c.last_post_at, $3), msg_count = c.total_msg_count,
       msg_count_root = c.total_msg_count_root, mention_count = 0, mention_count_root = 0, urgent_mention_count = 0
     from held c
     where r.user_id = $1 and c.id = r.channel_id
     returning r.channel_id, r.last_viewed_at,
       exists (select from thread_members f where f.channel_id = r.channel_id and f.user_id = r.user_id and f.following) as has_threads`,
    [userId, channelIds, now],
  )

/**
 * The time up to which a person has read a channel that has newer posts (roots, if only they count);
 * undefined if it has none, or if the person is no member.
 */
export const readUntil = async (
  db: Db,
  channelId: string,
  userId: string,
  rootsOnly: boolean,
): Promise<number | undefined> =>
  (
    await db.row<{ last_viewed_at: number }>(
      `select r.last_viewed_at from channel_reads r where r.channel_id = $1 and r.user_id = $2 and exists (
         select from posts p where p.channel_id = r.channel_id and p.create_at > r.last_viewed_at and p.delete_at = 0
           and (not $3 or p.root_id = ''))`,
      [channelId, userId, rootsOnly],
    )
  )?.last_viewed_at

/** Posts that count as messages. */
const counting = `type not in (${uncountedTypes.map((type) => `'${type}'`).join(', ')})`

/** Resets the counters to the state before a time; the caller counts the mentions since then. */
export const rollBackReads = (
  db: Db,
  channelId: string,
  userId: string,
  time: number,
  mentions: { all: number; roots: number; urgent: number },
) =>
  db.row<ReadRow & { team_id: string }>(
    `update channel_reads r set last_viewed_at = $3::bigint - 1, msg_count = c.total_msg_count - p.n,
       msg_count_root = c.total_msg_count_root - p.roots, mention_count = $4, mention_count_root = $5, urgent_mention_count = $6
     from channels c, (
       select count(*) as n, count(*) filter (where root_id = '') as roots from posts
       where channel_id = $1 and create_at >= $3 and ${counting}
     ) p
     where r.channel_id = $1 and r.user_id = $2 and c.id = $1
     returning r.*, c.team_id`,
    [channelId, userId, time, mentions.all, mentions.roots, mentions.urgent],
  )

/** The properties of a post that decide whom it may mention. */
export const mentioningProps = `jsonb_build_object('mentionHighlightDisabled', props -> 'mentionHighlightDisabled',
  'disable_group_highlight', props -> 'disable_group_highlight') as props`

/**
 * What others wrote in a channel after a time, for counting mentions: the newest posts, up to a number of
 * posts and characters.
 */
export const othersPostsSince = (
  db: Db,
  channelId: string,
  userId: string,
  time: number,
  most: { posts: number; characters: number },
) =>
  db.rows<{
    type: string
    message: string
    root_id: string
    is_urgent: boolean
    props: Record<string, unknown>
  }>(
    `select type, message, root_id, is_urgent, props from (
       select *, sum(char_length(message)) over (order by create_at desc) as so_far from (
         select type, message, root_id, create_at, coalesce(priority ->> 'priority' = 'urgent', false) as is_urgent,
           ${mentioningProps}
         from posts
         where channel_id = $1 and create_at >= $3 and delete_at = 0 and user_id <> $2 and type not like 'system\\_%'
         order by create_at desc limit $4
       ) newest
     ) counted where so_far <= $5`,
    [channelId, userId, time, most.posts, most.characters],
  )

/** The unread counts of a person in one channel; messages of a muted channel do not count. */
export const unreadOfChannel = (db: Db, channelId: string, userId: string) =>
  db.row<ChannelUnread>(
    `select c.team_id, r.user_id, r.channel_id, r.mention_count, r.mention_count_root, r.urgent_mention_count, r.last_viewed_at,
       case when m.notify_props ->> 'mark_unread' = 'mention' then 0 else greatest(c.total_msg_count - r.msg_count, 0) end as msg_count,
       case when m.notify_props ->> 'mark_unread' = 'mention' then 0 else greatest(c.total_msg_count_root - r.msg_count_root, 0) end
         as msg_count_root
     from channel_reads r join channels c on c.id = r.channel_id
     join channel_members m on m.channel_id = r.channel_id and m.user_id = r.user_id
     where r.channel_id = $1 and r.user_id = $2`,
    [channelId, userId],
  )

export type TeamTotals = {
  team_id: string
  msg_count: number
  msg_count_root: number
  mention_count: number
  mention_count_root: number
}

/** Unread messages (without muted channels) and mentions of a person, by team. */
export const unreadByTeam = (db: Db, userId: string) =>
  db.rows<TeamTotals>(
    `select t.team_id,
       coalesce(sum(greatest(c.total_msg_count - r.msg_count, 0)) filter (where not muted), 0)::bigint as msg_count,
       coalesce(sum(greatest(c.total_msg_count_root - r.msg_count_root, 0)) filter (where not muted), 0)::bigint as msg_count_root,
       coalesce(sum(r.mention_count), 0)::bigint as mention_count,
       coalesce(sum(r.mention_count_root), 0)::bigint as mention_count_root
     from team_members t join teams on teams.id = t.team_id and teams.delete_at = 0
     left join (
       select c.*, m.notify_props ->> 'mark_unread' = 'mention' as muted
       from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
       where c.delete_at = 0
     ) c on c.team_id = t.team_id
     left join channel_reads r on r.channel_id = c.id and r.user_id = $1
     where t.user_id = $1 group by t.team_id order by t.team_id`,
    [userId],
  )

/**
 * Unread threads of a person and the mentions in them, by team. Conversations belong to no team, so their
 * threads are left out.
 */
export const unreadThreadsByTeam = (db: Db, userId: string) =>
  db.rows<{
    team_id: string
    thread_count: number
    thread_mention_count: number
    thread_urgent_mention_count: number
  }>(
    `select c.team_id, count(*) as thread_count, coalesce(sum(f.unread_mentions), 0)::bigint as thread_mention_count,
       coalesce(sum(f.unread_mentions) filter (where p.priority ->> 'priority' = 'urgent'), 0)::bigint as thread_urgent_mention_count
     from thread_members f join threads t on t.post_id = f.post_id and t.delete_at = 0 join posts p on p.id = t.post_id
     join channels c on c.id = t.channel_id and c.delete_at = 0
     where f.user_id = $1 and f.following and t.reply_count > f.replies_seen and c.team_id <> '' group by c.team_id`,
    [userId],
  )

/**
 * The people whom messages mention by name, as (n, user_id, group_id); the last is that of a group of the
 * directory, which may not be mentioned everywhere, and null for all others. Parameters: for every candidate word the
 * message's number, the word, its group and its rank in the group (of several readings of a name the first
 * that exists counts); the numbers and texts of messages that are searched for keywords beyond ASCII, also
 * inside words; every distinct candidate word; and, if any begins with an @, the numbers of messages that may
 * mention groups. Almost no word belongs to anybody: as one array the words cost a single walk through the
 * index; word by word they took a third of the statement that writes posts.
 */
const spokenSql = (p: (offset: number) => string, hasNames: boolean): string => `
  select n, user_id, group_id from (
    with said as materialized (
      select * from unnest(${p(0)}::int[], ${p(1)}::text[], ${p(2)}::int[], ${p(3)}::int[]) as s (n, word, grp, rank)
    ), known as materialized (
      select word, user_id from mention_words where word = any(${p(6)}::text[])
    )
    select n, user_id, group_id, rank, min(rank) over (partition by n, grp) as best from (
      select s.*, k.user_id, null::text as group_id from said s join known k on k.word = s.word
      ${
        hasNames
          ? `union all
      select s.*, m.user_id, case when g.source <> 'custom' then g.id::text end from said s join groups g on g.name = substr(s.word, 2) and g.delete_at = 0 and g.allow_reference
      join group_members m on m.group_id = g.id where s.word like '@%' and s.n = any(${p(7)}::int[])`
          : ''
      }
    ) found
  ) s where rank = best
  union
  select t.n, k.user_id, null from unnest(${p(4)}::int[], ${p(5)}::text[]) as t (n, text)
  join mention_words k on octet_length(k.word) <> char_length(k.word) and k.word not like '=%' and position(k.word in t.text) > 0`

/**
 * May a message in this channel mention a group of the directory? Not in a conversation; and where groups
 * decide who is a member, in the channel or else in the team, only those that are linked there.
 */
const mentionable = (channelId: string, groupId: string): string => `(${groupId} is null or exists (
  select from channels mc join teams mt on mt.id = mc.team_id where mc.id = ${channelId} and (
    not coalesce(mc.group_constrained, false) and not coalesce(mt.group_constrained, false)
    or exists (select from syncables ms where ms.group_id = ${groupId} and ms.delete_at = 0
      and ms.place_id = case when mc.group_constrained then mc.id else mt.id end))))`

const SPOKEN_VALUES = (hasNames: boolean) => (hasNames ? 8 : 7)

/**
 * Do mentions of everybody count for this member? Their own settings and those for the channel decide; in a
 * muted channel they do not count.
 */
const listens = `coalesce(u.notify_props ->> 'channel', 'true') = 'true'
  and case coalesce(m.notify_props ->> 'ignore_channel_mentions', 'default')
    when 'on' then false when 'off' then true else coalesce(m.notify_props ->> 'mark_unread', 'all') <> 'mention' end`

/**
 * Which of the messages of a channel, by number, mention which of these people by name; `values` are those of
 * `spokenSql`.
 */
export const findNaming = (
  db: Db,
  channelId: string,
  { values, hasNames }: { values: unknown[]; hasNames: boolean },
  userIds: readonly string[],
) =>
  db.rows<{ n: number; user_id: string }>(
    `select distinct n, user_id from (${spokenSql((offset) => `$${offset + 1}`, hasNames)}) s
     where user_id = any($${values.length + 1}::text[]) and ${mentionable(`$${values.length + 2}`, 's.group_id')}`,
    [...values, userIds, channelId],
  )

/**
 * The people for whom mentions of everybody in the channel count: only members, and nobody in channels with
 * `mostMembers` or more.
 */
export const findConcernedByAll = (
  db: Db,
  channelId: string,
  userIds: readonly string[],
  mostMembers: number,
) =>
  db.rows<{ user_id: string }>(
    `select m.user_id from channel_members m join users u on u.id = m.user_id
     where m.channel_id = $1 and m.user_id = any($2::text[]) and ${listens}
       and (select count(*) from channel_members e where e.channel_id = $1) < $3`,
    [channelId, userIds, mostMembers],
  )

/** Counts posts that concern only their authors. An author has read what they write. */
export const authorsSql = `
read_marks as (
  update channel_reads r set last_viewed_at = greatest(r.last_viewed_at, c.create_at), msg_count = c.total, msg_count_root = c.total_root,
    mention_count = 0, mention_count_root = 0, urgent_mention_count = 0
  from (
    select distinct on (channel_id, user_id) channel_id, user_id, create_at, total, total_root
    from written where marks_read order by channel_id, user_id, n desc
  ) c where r.channel_id = c.channel_id and r.user_id = c.user_id
), `

/**
 * Updates the read marks after a batch of posts. `hits` (n, channel_id, root_id, user_id, is_named) has the
 * people whom each post mentions, and whether by name; parts of higher features may read it. Parameters:
 * those of `spokenSql`; and, if any word begins with an @, the numbers of posts that mention everybody, the
 * numbers of those that mention everybody online, and the number of members from which on mentions of
 * everybody do not count (protocol: semantics 13).
 */
export const countingSql = (first: number, hasNames: boolean): string => {
  const p = (offset: number) => `$${first + offset}`
  const next = SPOKEN_VALUES(hasNames)
  const [everybody, online, most] = [p(next), p(next + 1), p(next + 2)]
  return `
spoken as (${spokenSql(p, hasNames)}
), hits as materialized (
  select n, channel_id, root_id, is_urgent, user_id, bool_or(is_named) as is_named from (
  select w.n, w.channel_id, w.root_id, w.is_urgent, m.user_id, true as is_named
  from written w join spoken s on s.n = w.n
  join channel_members m on m.channel_id = w.channel_id and m.user_id = s.user_id
  where m.user_id <> w.user_id${hasNames ? ` and ${mentionable('w.channel_id', 's.group_id')}` : ''}
  union all
  select w.n, w.channel_id, w.root_id, w.is_urgent, m.user_id, false
  from written w join channel_members m on m.channel_id = w.channel_id
  where m.user_id <> w.user_id and w.channel_type in ('D', 'G') and w.type not like 'system\\_%'
  ${
    hasNames
      ? `union all
  select w.n, w.channel_id, w.root_id, w.is_urgent, m.user_id, false
  from written w join channel_members m on m.channel_id = w.channel_id join users u on u.id = m.user_id
  where m.user_id <> w.user_id and w.n = any(${everybody}::int[] || ${online}::int[])
    and (w.n = any(${everybody}::int[]) or exists (select from statuses s where s.user_id = m.user_id and s.status = 'online'))
    and ${listens}
    and (select count(*) from channel_members e where e.channel_id = w.channel_id) < ${most}::int`
      : ''
  }
  ) each group by n, channel_id, root_id, is_urgent, user_id
), authored as (
  select distinct on (channel_id, user_id) channel_id, user_id, n, create_at, total, total_root
  from written where marks_read order by channel_id, user_id, n desc
), mentioned as (
  select h.channel_id, h.user_id, count(*) as mentions, count(*) filter (where h.root_id = '') as mentions_root,
    count(*) filter (where h.is_urgent) as mentions_urgent
  from hits h left join authored a on a.channel_id = h.channel_id and a.user_id = h.user_id
  where a.n is null or h.n > a.n group by h.channel_id, h.user_id
), read_changes as (
  select * from authored full join mentioned using (channel_id, user_id)
  -- All of them, but PostgreSQL expects a tenth, and so looks for each instead of reading all marks of a small server (1.5 ms of 6,000).
  limit (select 1000000)
), read_marks as (
  update channel_reads r set
    last_viewed_at = greatest(r.last_viewed_at, coalesce(c.create_at, 0)),
    msg_count = coalesce(c.total, r.msg_count),
    msg_count_root = coalesce(c.total_root, r.msg_count_root),
    mention_count = case when c.n is null then r.mention_count else 0 end + coalesce(c.mentions, 0),
    mention_count_root = case when c.n is null then r.mention_count_root else 0 end + coalesce(c.mentions_root, 0),
    urgent_mention_count = case when c.n is null then r.urgent_mention_count else 0 end + coalesce(c.mentions_urgent, 0)
  from read_changes c where r.channel_id = c.channel_id and r.user_id = c.user_id
), `
}
