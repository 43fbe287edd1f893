/** Of whom sign-in services have said in which groups they are, by the table `group_readings`. */
import type { Db } from '../../../core/db.ts'

/**
 * The people among these of whom nobody knows whether a group that is linked to the place has them: they sign
 * in by the service of the group, and have not done so, with an answer about groups, since it is linked here.
 * Who signs in by another way is in none of its groups.
 */
export const listUnheard = (db: Db, placeIds: readonly string[], userIds: readonly string[]) =>
  db.rows<{ place_id: string; user_id: string }>(
    `select distinct s.place_id::text as place_id, u.id::text as user_id from syncables s
     join groups g on g.id = s.group_id and g.delete_at = 0 and g.source not in ('custom', 'ldap')
     cross join unnest($2::text[]) as t (id),
     lateral (select id, auth_service from users where id = t.id offset 0) u
     where s.place_id = any($1::text[]) and s.delete_at = 0 and u.auth_service = g.source
       and not exists (
         select from group_readings r
         where r.user_id = u.id and r.source = g.source and r.read_at >= g.read_at)`,
    [placeIds, userIds],
  )
