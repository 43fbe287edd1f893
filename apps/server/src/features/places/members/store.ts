import type { ChannelMember } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'
import { sparse } from '../../../core/sparse.ts'
import { timezoneSql } from '../../people/users/index.ts'
import { inLiveTeam } from '../channels/index.ts'

export type MemberRow = Row<'channel_members', { notify_props: Record<string, string> }>

type Counters = Pick<
  ChannelMember,
  | 'last_viewed_at'
  | 'msg_count'
  | 'msg_count_root'
  | 'mention_count'
  | 'mention_count_root'
  | 'urgent_mention_count'
>

type Denials = Pick<Row<'channels'>, 'denied_members' | 'denied_guests'>

/** A membership with the counters that unreads keeps for it, and with what its channel denies. */
export type CountedMember = MemberRow & Denials & Counters

const own = sparse<Omit<MemberRow, 'notify_props'>>(['channel_id', 'user_id', 'scheme_user', 'update_at'], {
  explicit_roles: '',
  scheme_admin: false,
  scheme_guest: false,
})

const counters = sparse<Counters>([], {
  last_viewed_at: 0,
  msg_count: 0,
  msg_count_root: 0,
  mention_count: 0,
  mention_count_root: 0,
  urgent_mention_count: 0,
})

const denials = sparse<Denials>([], { denied_members: [], denied_guests: [] })

const select = `select ${own.columns('m')}, m.notify_props, ${counters.columns('r')}, ${denials.columns('c')}`

const source = `from channel_members m join channels c on c.id = m.channel_id
  left join channel_reads r on r.channel_id = m.channel_id and r.user_id = m.user_id`

const counted = async <M extends CountedMember>(db: Db, sql: string, values: unknown[]): Promise<M[]> =>
  own.fill(counters.fill(denials.fill(await db.rows<M>(sql, values))))

export const findMembers = (db: Db, channelId: string, userIds: readonly string[]) =>
  counted(db, `${select} ${source} where m.channel_id = $1 and m.user_id = any($2::text[])`, [
    channelId,
    userIds,
  ])

/**
 * A page of the members of a channel, in the order of the index, so that every page costs the same. Only the
 * viewer's own row has counters and settings, because nobody sees those of others.
 */
export const listMembers = async (
  db: Db,
  channelId: string,
  viewerId: string,
  limit: number,
  offset: number,
) => {
  const rows = await db.rows<MemberRow & Counters>(
    `select ${own.columns('m')}, case when m.user_id = $2 then m.notify_props end as notify_props, ${counters.columns('r')}
     from channel_members m left join channel_reads r on m.user_id = $2 and r.channel_id = $1 and r.user_id = $2
     where m.channel_id = $1 order by m.user_id limit $3 offset $4`,
    [channelId, viewerId, limit, offset],
  )
  return own.fill(counters.fill(rows))
}

/** The ids of all members of a channel. */
export const memberIds = async (db: Db, channelId: string): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>('select user_id from channel_members where channel_id = $1', [
      channelId,
    ])
  ).map((row) => row.user_id)

/** The channels of people, by id: the hub needs them when people connect. */
export const channelIdsOf = (db: Db, userIds: readonly string[]) =>
  db.rows<Pick<MemberRow, 'user_id' | 'channel_id'>>(
    'select user_id, channel_id from channel_members where user_id = any($1::text[])',
    [userIds],
  )

export type MemberWithTeam = CountedMember & {
  team_display_name: string
  team_name: string
  team_update_at: number
}

const ofUser = `where m.user_id = $1 and ($2 = '' or c.team_id in ($2, '')) and ${inLiveTeam} order by m.channel_id`

/**
 * The memberships of a user in channels that are not archived: of one team and the conversations, or of all
 * (`teamId` ''). The query for the whole list has no `limit`, not even an empty one: with a limit PostgreSQL
 * expects to read only a page, and scans all channels of the server.
 */
export const membershipsOf = (db: Db, userId: string, teamId: string) =>
  counted(db, `${select} ${source} ${ofUser}`, [userId, teamId])

const withTeams = `${select}, coalesce(t.display_name, '') as team_display_name, coalesce(t.name, '') as team_name,
  coalesce(t.update_at, 0) as team_update_at ${source} left join teams t on t.id = c.team_id ${ofUser}`

export const membershipsWithTeams = (db: Db, userId: string) =>
  counted<MemberWithTeam>(db, withTeams, [userId, ''])

export const pageOfMemberships = (db: Db, userId: string, limit: number, offset: number) =>
  counted<MemberWithTeam>(db, `${withTeams} limit $3 offset $4`, [userId, '', limit, offset])

/** Adds people to channels, guests as guests. Existing members keep their row and are not returned. */
export const insertMembers = (
  db: Db,
  channelIds: readonly string[],
  userIds: readonly string[],
  adminIds: readonly string[],
  notifyProps: Record<string, string>,
  now: number,
) =>
  db.rows<Pick<MemberRow, 'channel_id' | 'user_id'>>(
    `insert into channel_members (channel_id, user_id, scheme_user, scheme_guest, scheme_admin, notify_props, update_at)
     select c.id, p.id, not is_guest, is_guest, not is_guest and p.id = any($3::text[]), $4, $5
     from unnest($1::text[]) as c (id),
       (select u.id, 'system_guest' = any(string_to_array(u.roles, ' ')) as is_guest from users u where u.id = any($2::text[])) p
     on conflict do nothing returning channel_id, user_id`,
    [channelIds, userIds, adminIds, notifyProps, now],
  )

export const makeAdmin = (db: Db, channelId: string, userId: string, now: number) =>
  db.run(
    'update channel_members set scheme_admin = true, update_at = $3 where channel_id = $1 and user_id = $2',
    [channelId, userId, now],
  )

export const deleteMember = (db: Db, channelId: string, userId: string) =>
  db.run('delete from channel_members where channel_id = $1 and user_id = $2', [channelId, userId])

export const updateMember = (db: Db, member: MemberRow) =>
  db.run(
    `update channel_members set scheme_user = $3, scheme_admin = $4, scheme_guest = $5, notify_props = $6, update_at = $7
     where channel_id = $1 and user_id = $2`,
    [
      member.channel_id,
      member.user_id,
      member.scheme_user,
      member.scheme_admin,
      member.scheme_guest,
      member.notify_props,
      member.update_at,
    ],
  )

/** Turns all memberships of a person into those of a guest, or of a member. */
export const updateGuest = (db: Db, userId: string, isGuest: boolean, now: number) =>
  db.run(
    `update channel_members set scheme_guest = $2, scheme_user = not $2, scheme_admin = scheme_admin and not $2,
       update_at = greatest($3, update_at + 1)
     where user_id = $1`,
    [userId, isGuest, now],
  )

/** The time zones of the people in a channel, as they set them or as their clients reported them. */
export const timezonesIn = async (db: Db, channelId: string): Promise<string[]> =>
  (
    await db.rows<{ zone: string }>(
      `select distinct ${timezoneSql} as zone
       from channel_members m join users u on u.id = m.user_id and u.delete_at = 0 where m.channel_id = $1 order by zone`,
      [channelId],
    )
  )
    .map((row) => row.zone)
    .filter((zone) => zone)

/** Members of a channel who are not in its team. */
export const outsideOfTeam = async (db: Db, channelId: string): Promise<string[]> =>
  (
    await db.rows<{ user_id: string }>(
      `select m.user_id from channel_members m join channels c on c.id = m.channel_id
       where m.channel_id = $1 and not exists (select from team_members t where t.team_id = c.team_id and t.user_id = m.user_id)`,
      [channelId],
    )
  ).map((row) => row.user_id)

/** The people of several group conversations. */
export const peopleOf = (db: Db, channelIds: readonly string[]) =>
  db.rows<{ channel_id: string; user_id: string }>(
    'select channel_id, user_id from channel_members where channel_id = any($1::text[]) order by channel_id, user_id',
    [channelIds],
  )

/** Locks the team of a channel until the transaction ends, so that its members cannot change. */
export const holdTeamOf = (db: Db, channelId: string) =>
  db.run('select from teams where id = (select team_id from channels where id = $1) for share', [channelId])

/** Those of these people who are in the team. */
export const inTeam = async (db: Db, teamId: string, userIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.rows<{ user_id: string }>(
        'select user_id from team_members where team_id = $1 and user_id = any($2::text[])',
        [teamId, userIds],
      )
    ).map((row) => row.user_id),
  )
