import type { ChannelType } from '@plausch/wire'
import { type Db, literal, type Row } from '../../../core/db.ts'
import { nameForms } from '../../../core/folding.ts'
import { newId } from '../../../core/ids.ts'
import { sparse } from '../../../core/sparse.ts'
import type { TeamRow } from '../teams/index.ts'

export type ChannelRow = Row<'channels', { type: ChannelType }>

type Given = Pick<ChannelRow, 'team_id' | 'type' | 'name' | 'display_name' | 'creator_id'>

/** The row of a new channel without messages. */
export const newChannel = (
  now: number,
  given: Given & Partial<Pick<ChannelRow, 'header' | 'purpose'>>,
): ChannelRow => ({
  header: '',
  purpose: '',
  ...given,
  id: newId(now),
  create_at: now,
  update_at: now,
  delete_at: 0,
  last_post_at: 0,
  last_root_post_at: 0,
  total_msg_count: 0,
  total_msg_count_root: 0,
  denied_members: [],
  denied_guests: [],
  group_constrained: null,
})

export const insertChannel = (db: Db, channel: ChannelRow) =>
  db.run(
    `insert into channels (id, create_at, update_at, team_id, type, name, display_name, header, purpose, creator_id)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      channel.id,
      channel.create_at,
      channel.team_id,
      channel.type,
      channel.name,
      channel.display_name,
      channel.header,
      channel.purpose,
      channel.creator_id,
    ],
  )

/** Inserts a conversation unless it exists. Returns the row that exists then. */
export const insertConversation = async (
  db: Db,
  channel: ChannelRow,
): Promise<{ row: ChannelRow; isNew: boolean }> => {
  const made = await db.run(
    `insert into channels (id, create_at, update_at, team_id, type, name, display_name, creator_id)
     values ($1, $2, $2, '', $3, $4, $5, $6) on conflict (team_id, name) do nothing`,
    [channel.id, channel.create_at, channel.type, channel.name, channel.display_name, channel.creator_id],
  )
  const row = await db.row<ChannelRow>(`select * from channels where team_id = '' and name = $1`, [
    channel.name,
  ])
  return { row: row ?? channel, isNew: made === 1 }
}

export const updateChannel = (db: Db, channel: ChannelRow) =>
  db.run(
    `update channels set update_at = $2, delete_at = $3, type = $4, name = $5, display_name = $6, header = $7, purpose = $8,
       team_id = $9, creator_id = $10, group_constrained = $11
     where id = $1`,
    [
      channel.id,
      channel.update_at,
      channel.delete_at,
      channel.type,
      channel.name,
      channel.display_name,
      channel.header,
      channel.purpose,
      channel.team_id,
      channel.creator_id,
      channel.group_constrained,
    ],
  )

export const updateModeration = (db: Db, channel: ChannelRow) =>
  db.run('update channels set update_at = $2, denied_members = $3, denied_guests = $4 where id = $1', [
    channel.id,
    channel.update_at,
    channel.denied_members,
    channel.denied_guests,
  ])

/** A channel with the actor's memberships in it and in its team; null where they are no member. */
export type ChannelAccess = ChannelRow & {
  member_roles: string | null
  member_scheme_user: boolean | null
  member_scheme_admin: boolean | null
  member_scheme_guest: boolean | null
  team_roles: string | null
  team_scheme_user: boolean | null
  team_scheme_admin: boolean | null
  team_scheme_guest: boolean | null
  team_delete_at: number | null
}

const access = `
  select c.*, m.explicit_roles as member_roles, m.scheme_user as member_scheme_user, m.scheme_admin as member_scheme_admin,
    m.scheme_guest as member_scheme_guest, tm.explicit_roles as team_roles, tm.scheme_user as team_scheme_user,
    tm.scheme_admin as team_scheme_admin, tm.scheme_guest as team_scheme_guest, t.delete_at as team_delete_at
  from channels c
  left join channel_members m on m.channel_id = c.id and m.user_id = $1
  left join teams t on t.id = c.team_id
  left join team_members tm on tm.team_id = c.team_id and tm.user_id = $1`

export const findAccess = (db: Db, userId: string, channelId: string) =>
  db.row<ChannelAccess>(`${access} where c.id = $2`, [userId, channelId])

export const findAccesses = (db: Db, userId: string, channelIds: readonly string[]) =>
  db.rows<ChannelAccess>(`${access} where c.id = any($2::text[])`, [userId, channelIds])

export const findAccessByName = (db: Db, userId: string, teamId: string, name: string) =>
  db.row<ChannelAccess>(`${access} where c.team_id = $2 and c.name = $3`, [userId, teamId, name])

/** Locks a channel until the transaction ends: changes to it, and posts in it, happen one after the other. */
export const lockChannel = (db: Db, id: string) =>
  db.run('select from channels where id = $1 for update', [id])

export const findChannels = (db: Db, ids: readonly string[]) =>
  db.rows<ChannelRow>('select * from channels where id = any($1::text[])', [ids])

/** The channels of a team with these names, in the order of the names. */
export const findChannelsByNames = (db: Db, teamId: string, names: readonly string[]) =>
  db.rows<ChannelRow>(
    `select * from channels where team_id = $1 and name = any($2::text[])
     order by array_position($2::text[], name::text)`,
    [teamId, names],
  )

export const countChannels = async (db: Db, teamId: string) =>
  (
    await db.row<{ n: number }>('select count(*) as n from channels where team_id = $1 and delete_at = 0', [
      teamId,
    ])
  )?.n ?? 0

export const listPublicChannels = (db: Db, teamId: string, limit: number, offset: number) =>
  db.rows<ChannelRow>(
    `select * from channels where team_id = $1 and type = 'O' and delete_at = 0
     order by lower(display_name) collate "C", id limit $2 offset $3`,
    [teamId, limit, offset],
  )

/** Patterns that match names containing the term, in any spelling of its umlauts. */
export const like = (term: string) => nameForms(term).map((form) => `%${literal(form)}%`)

/** Channels that match by name come before those that match by purpose, as in official clients. */
const byNameFirst = (term: string) =>
  `order by not (name_forms(c.display_name) like any(${term}) or c.name like any(${term})), lower(c.display_name) collate "C", c.id`

const byDisplayName = 'order by lower(c.display_name) collate "C", c.id'

/**
 * Channels of a team whose names contain the term: those of which the user is a member and, if `seesPublic`,
 * public ones.
 */
export const searchChannels = (db: Db, userId: string, teamId: string, term: string, seesPublic: boolean) =>
  db.rows<ChannelRow>(
    `select * from channels c where team_id = $2 and delete_at = 0
       and (($4 and type = 'O') or exists (select from channel_members m where m.channel_id = c.id and m.user_id = $1))
       and (name_forms(display_name) like any($3) or name like any($3) or name_forms(purpose) like any($3))
     ${byNameFirst('$3')} limit 100`,
    [userId, teamId, like(term), seesPublic],
  )

/**
 * The channels of a team and the conversations of a user, archived ones too, by their own names and the names
 * of the people in conversations.
 */
export const searchOwnChannels = (db: Db, userId: string, teamId: string, term: string) =>
  db.rows<ChannelRow>(
    `select c.* from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
     where c.team_id in ($2, '') and (
       name_forms(c.display_name) like any($3) or (c.team_id <> '' and (c.name like any($3) or name_forms(c.purpose) like any($3)))
       or (c.team_id = '' and exists (
         select from channel_members o join users u on u.id = o.user_id
         where o.channel_id = c.id and o.user_id <> $1
           and u.forms like any($3)))
     )
     ${byNameFirst('$3')} limit 50`,
    [userId, teamId, like(term)],
  )

export const publicChannelsByIds = (db: Db, teamId: string, ids: readonly string[]) =>
  db.rows<ChannelRow>(
    `select * from channels c where id = any($2::text[]) and team_id = $1 and type = 'O' and delete_at = 0 ${byDisplayName}`,
    [teamId, ids],
  )

export const listPrivateChannels = (db: Db, teamId: string, limit: number, offset: number) =>
  db.rows<ChannelRow>(
    `select * from channels c where team_id = $1 and type = 'P' and delete_at = 0 ${byDisplayName} limit $2 offset $3`,
    [teamId, limit, offset],
  )

/** Which channels: all, or those of which the user is a member and, if `open`, public ones. */
type Whose = { userId: string; all: boolean; open: boolean }

export const listArchivedChannels = (db: Db, teamId: string, whose: Whose, limit: number, offset: number) =>
  db.rows<ChannelRow>(
    `select * from channels c where team_id = $1 and delete_at > 0 and ($3 or ($4 and type = 'O')
       or exists (select from channel_members m where m.channel_id = c.id and m.user_id = $2))
     ${byDisplayName} limit $5 offset $6`,
    [teamId, whose.userId, whose.all, whose.open, limit, offset],
  )

/** A user's group conversations in which each word is a part of the name of one of the others. */
export const searchGroups = (db: Db, userId: string, words: readonly string[]) =>
  db.rows<ChannelRow>(
    `select c.* from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
     where c.type = 'G' and not exists (
       select from jsonb_array_elements($2::jsonb) as w (words) where not exists (
         select from channel_members o join users u on u.id = o.user_id
         where o.channel_id = c.id and o.user_id <> $1
           and u.forms like any(array(select jsonb_array_elements_text(w.words)))))
     order by c.last_post_at desc limit 50`,
    [userId, JSON.stringify(words.map(like))],
  )

/** The teams to which every active member of a channel belongs. */
export const teamsOfAllMembers = (db: Db, channelId: string) =>
  db.rows<TeamRow>(
    `select t.* from teams t where t.delete_at = 0 and not exists (
       select from channel_members m join users u on u.id = m.user_id and u.delete_at = 0
       where m.channel_id = $1 and not exists (select from team_members tm where tm.team_id = t.id and tm.user_id = m.user_id)
     ) and exists (select from channel_members m join users u on u.id = m.user_id and u.delete_at = 0 where m.channel_id = $1)
     order by t.display_name collate "C", t.id`,
    [channelId],
  )

const columns = sparse<ChannelRow>(
  [
    'id',
    'create_at',
    'update_at',
    'team_id',
    'type',
    'name',
    'display_name',
    'creator_id',
    // Mostly null, which costs nothing.
    'group_constrained',
  ],
  {
    delete_at: 0,
    header: '',
    purpose: '',
    last_post_at: 0,
    last_root_post_at: 0,
    total_msg_count: 0,
    total_msg_count_root: 0,
    denied_members: [],
    denied_guests: [],
  },
)

/**
 * The channel `c` is in no archived team. Written this way because PostgreSQL expects a condition on a
 * coalesced column to exclude almost every channel, and then scans all channels of the server instead of the
 * person's.
 */
export const inLiveTeam =
  'not exists (select from teams archived where archived.id = c.team_id and archived.delete_at > 0)'

/** The channels of a user: of one team and the conversations, or of all teams (`teamId` ''). */
export const channelsOfUser = async (
  db: Db,
  userId: string,
  teamId: string,
  withArchived: boolean,
): Promise<ChannelRow[]> => {
  const rows = await db.rows<ChannelRow>(
    `select ${columns.columns('c')} from channels c join channel_members m on m.channel_id = c.id
     where m.user_id = $1 and ($2 = '' or c.team_id in ($2, '')) and ($3 or c.delete_at = 0) and ${inLiveTeam}
     order by lower(c.display_name) collate "C", c.id`,
    [userId, teamId, withArchived],
  )
  return columns.fill(rows)
}

/** All channels of a team of which the user is a member, archived ones too; for leaving the team. */
export const memberChannelsInTeam = (db: Db, userId: string, teamId: string) =>
  db.rows<ChannelRow>(
    'select c.* from channels c join channel_members m on m.channel_id = c.id where m.user_id = $1 and c.team_id = $2',
    [userId, teamId],
  )

export const countIn = async (db: Db, channelId: string) =>
  (await db.row<{ members: number; guests: number; pinned: number }>(
    `select count(*) as members, count(*) filter (where scheme_guest) as guests,
       (select count(*) from posts where channel_id = $1 and is_pinned) as pinned
     from channel_members where channel_id = $1`,
    [channelId],
  )) ?? { members: 0, guests: 0, pinned: 0 }

/**
 * The guests in a channel. Events of the channel to the whole team exclude guests, so these get them
 * separately.
 */
export const guestsIn = async (db: Db, channelId: string): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      'select user_id from channel_members where channel_id = $1 and scheme_guest',
      [channelId],
    )
  ).map((row) => row.user_id)

/**
 * Updates the channels of a batch of posts: a part of the statement that writes posts, which locks their rows
 * and numbers the posts in `written` (features/messages/posts/writing/store.ts).
 */
export const countPostsSql = `
counted as (
  update channels c set last_post_at = w.last, last_root_post_at = greatest(c.last_root_post_at, w.last_root),
    total_msg_count = w.total, total_msg_count_root = w.total_root
  from (
    select channel_id, max(create_at) as last, coalesce(max(create_at) filter (where root_id = ''), 0) as last_root,
      max(total) as total, max(total_root) as total_root
    from written group by channel_id
  ) w
  where c.id = w.channel_id
),`

/**
 * A post was inserted into the past: the total grows by one. The time of the last post changes only if the
 * new post is the last one.
 */
export const countInserted = (db: Db, channelId: string, at: number, isRoot: boolean) =>
  db.run(
    `update channels set total_msg_count = total_msg_count + 1, total_msg_count_root = total_msg_count_root + $3::boolean::int,
       last_post_at = greatest(last_post_at, $2), last_root_post_at = case when $3 then greatest(last_root_post_at, $2) else last_root_post_at end
     where id = $1`,
    [channelId, at, isRoot],
  )

/** The number of members of each of these channels. */
export const countMembersOf = (db: Db, channelIds: readonly string[]) =>
  db.rows<{ channel_id: string; n: number }>(
    'select channel_id, count(*) as n from channel_members where channel_id = any($1::text[]) group by channel_id',
    [channelIds],
  )

/** The number of files in the channel's messages. */
export const countFiles = async (db: Db, channelId: string): Promise<number> =>
  (
    await db.row<{ n: number }>("select count(*) as n from files where channel_id = $1 and post_id <> ''", [
      channelId,
    ])
  )?.n ?? 0
