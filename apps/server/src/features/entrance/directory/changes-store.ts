/** The table `directory_changes`. */
import type { DirectoryChange } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type ChangeKind = DirectoryChange['kind']
export type ChangeRow = Row<'directory_changes', { kind: ChangeKind }>
export type Change = { kind: ChangeKind; user_id: string; place_id?: string; reason?: string }

/** Stores what a pass has changed, in the transaction that changes it. */
export const saveChanges = (db: Db, jobId: string, at: number, changes: readonly Change[]) =>
  db.run(
    `insert into directory_changes (job_id, at, kind, user_id, place_id, reason)
     select $1, $2, t.kind, t.user_id, t.place_id, t.reason
     from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as t (kind, user_id, place_id, reason)`,
    [
      jobId,
      at,
      changes.map(({ kind }) => kind),
      changes.map(({ user_id }) => user_id),
      changes.map(({ place_id = '' }) => place_id),
      changes.map(({ reason = '' }) => reason),
    ],
  )

/** The linked groups that people are in, by the people's ids: why they are in a place. */
export const groupsIn = async (
  db: Db,
  placeId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> =>
  new Map(
    (
      await db.rows<{ user_id: string; names: string }>(
        `select m.user_id, string_agg(g.display_name, ', ' order by g.display_name) as names
         from syncables s join groups g on g.id = s.group_id and g.delete_at = 0
           join group_members m on m.group_id = g.id
         where s.place_id = $1 and s.delete_at = 0 and m.user_id = any($2::text[]) group by m.user_id`,
        [placeId, userIds],
      )
    ).map(({ user_id, names }) => [user_id, names]),
  )

type Shown = ChangeRow & { username: string; place_type: string; display_name: string }

/**
 * The changes of a pass in their order. Names of private places are only for those who see everything (`all`).
 */
export const listChanges = (
  db: Db,
  jobId: string,
  kind: string,
  all: boolean,
  limit: number,
  offset: number,
) =>
  db.rows<Shown>(
    `select c.*, coalesce(u.username, '') as username,
       case when g.id is not null then 'Group' when t.id is not null then 'Team'
         when ch.id is not null then 'Channel' else '' end as place_type,
       coalesce(g.display_name, case when $3 or t.allow_open_invite then t.display_name end,
         case when $3 or ch.type = 'O' and (select allow_open_invite from teams where id = ch.team_id)
           then ch.display_name end, '') as display_name
     from directory_changes c left join users u on u.id = c.user_id left join groups g on g.id = c.place_id
       left join teams t on t.id = c.place_id left join channels ch on ch.id = c.place_id
     where c.job_id = $1 and ($2 = '' or c.kind = $2) order by c.id limit $4 offset $5`,
    [jobId, kind, all, limit, offset],
  )

export const deleteChanges = (db: Db, before: number) =>
  db.run('delete from directory_changes where at < $1', [before])
