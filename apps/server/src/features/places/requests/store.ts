/** The tables `team_requests` and `team_request_steps`. */
import type { RequestState, RequestStep } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type RequestRow = Row<'team_requests', { state: RequestState }>
export type StepRow = Row<'team_request_steps', { step: RequestStep['step'] }>
export type GroupOption = { id: string; name: string; display_name: string; member_count: number }

export const insertRequest = (db: Db, row: RequestRow) =>
  db.run(
    `insert into team_requests (id, create_at, update_at, requester_id, name, display_name, purpose, is_open,
       owner_ids,
       group_id, endorser_id, state)
     values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id,
      row.create_at,
      row.requester_id,
      row.name,
      row.display_name,
      row.purpose,
      row.is_open,
      row.owner_ids,
      row.group_id,
      row.endorser_id,
      row.state,
    ],
  )

/** What a step changes. */
export const updateRequest = (db: Db, row: RequestRow) =>
  db.run('update team_requests set update_at = $2, state = $3, team_id = $4, name = $5 where id = $1', [
    row.id,
    row.update_at,
    row.state,
    row.team_id,
    row.name,
  ])

/** Adds the next step. The caller holds the request, so no two get the same number. */
export const insertStep = (db: Db, row: Omit<StepRow, 'number'>) =>
  db.run(
    `insert into team_request_steps (request_id, number, create_at, user_id, step, reason)
     values (
       $1::text, (select count(*) + 1 from team_request_steps where request_id = $1::text), $2, $3, $4, $5)`,
    [row.request_id, row.create_at, row.user_id, row.step, row.reason],
  )

export const findRequest = (db: Db, id: string) =>
  db.row<RequestRow>('select * from team_requests where id = $1', [id])

/** The row, locked: the steps of a request come one after the other. */
export const lockRequest = (db: Db, id: string) =>
  db.row<RequestRow>('select * from team_requests where id = $1 for update', [id])

type Which = { userId: string; all: boolean; states: readonly RequestState[] }

/** The requests that concern a person, or all of them; the newest first. */
export const listRequests = (db: Db, { userId, all, states }: Which, limit: number, offset: number) =>
  db.rows<RequestRow>(
    `select * from team_requests
     where ($2 or requester_id = $1 or endorser_id = $1 or owner_ids @> array[$1::text])
       and state = any($3::text[])
     order by create_at desc, id desc limit $4 offset $5`,
    [userId, all, states, limit, offset],
  )

export const stepsOf = (db: Db, requestIds: readonly string[]) =>
  db.rows<StepRow>(
    'select * from team_request_steps where request_id = any($1::text[]) order by request_id, number',
    [requestIds],
  )

/** Whom a group brings into a team: active members who are no guests. */
const membersSql = `from group_members m
  join groups g on g.id = m.group_id and g.delete_at = 0
  join users u on u.id = m.user_id and u.delete_at = 0
    and not 'system_guest' = any(string_to_array(u.roles, ' '))`

const optionSql = `select o.id, coalesce(o.name, '') as name, o.display_name,
  (select count(*) ${membersSql} where m.group_id = o.id)::int as member_count from groups o`

export const groupsByIds = (db: Db, ids: readonly string[]) =>
  db.rows<GroupOption>(`${optionSql} where o.id = any($1::text[]) and o.delete_at = 0`, [ids])

/** Linked groups of the directory: those that can be mentioned or, for who may see `all`, every one. */
const knownSql = `o.source = 'ldap' and o.delete_at = 0 and (o.allow_reference or $1::boolean)`

export const findKnownGroup = (db: Db, all: boolean, groupId: string) =>
  db.row<GroupOption>(`${optionSql} where ${knownSql} and o.id = $2`, [all, groupId])

export const listKnownGroups = (db: Db, all: boolean, pattern: string, limit: number) =>
  db.rows<GroupOption>(
    `${optionSql} where ${knownSql} and (lower(o.display_name) like $2 or o.name like $2)
     order by lower(o.display_name), o.id limit $3`,
    [all, pattern, limit],
  )

export const peopleOfGroup = async (db: Db, groupId: string): Promise<string[]> =>
  (await db.rows<{ id: string }>(`select u.id ${membersSql} where m.group_id = $1`, [groupId])).map(
    ({ id }) => id,
  )

export const takenNames = async (db: Db, names: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await db.rows<{ name: string }>('select name from teams where name = any($1::text[])', [names])).map(
      ({ name }) => name,
    ),
  )

export const teamNames = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> =>
  new Map(
    (
      await db.rows<{ id: string; name: string }>('select id, name from teams where id = any($1::text[])', [
        ids,
      ])
    ).map(({ id, name }) => [id, name]),
  )

/** Active administrators of the server. */
export const listAdmins = async (db: Db): Promise<string[]> =>
  (
    await db.rows<{ id: string }>(
      `select id from users where delete_at = 0 and roles like '%system_admin%'
         and 'system_admin' = any(string_to_array(roles, ' '))`,
    )
  ).map(({ id }) => id)

/** Lets only one transaction per person continue at a time, until it ends, so that the limits are exact. */
export const lockRequester = (db: Db, userId: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('team_requests'), hashtext($1))`, [userId])

/** How many of a person's requests are open, and how many they made since a time. */
export const countOf = async (db: Db, userId: string, since: number) =>
  (await db.row<{ open: number; recent: number }>(
    `select (count(*) filter (where state in ('endorsement', 'decision')))::int as open,
       (count(*) filter (where create_at > $2))::int as recent
     from team_requests where requester_id = $1`,
    [userId, since],
  )) ?? { open: 0, recent: 0 }

/** Open requests that wait for the word of this person. */
export const openOfEndorser = (db: Db, userId: string) =>
  db.rows<RequestRow>(
    `select * from team_requests where endorser_id = $1 and state = 'endorsement' order by id for update`,
    [userId],
  )

/** Open requests to which nothing has happened since a time. */
export const openSince = (db: Db, before: number, limit: number) =>
  db.rows<RequestRow>(
    `select * from team_requests where state in ('endorsement', 'decision') and update_at <= $1
     order by update_at limit $2 for update skip locked`,
    [before, limit],
  )

/** Those of them whose people were not reminded since the last step. */
export const unremindedSince = (db: Db, before: number, limit: number) =>
  db.rows<RequestRow>(
    `select * from team_requests
     where state in ('endorsement', 'decision') and update_at <= $1 and reminded_at < update_at
     order by update_at limit $2 for update skip locked`,
    [before, limit],
  )

export const saveReminded = (db: Db, id: string, at: number) =>
  db.run('update team_requests set reminded_at = $2 where id = $1', [id, at])
