import type { Role } from '@plausch/wire'
import type { Db } from '../../../core/db.ts'

/** No role belongs to a scheme here. */
const rolesSql = 'select *, null as scheme_id from roles where delete_at = 0'

export const listRoles = (db: Db) => db.rows<Role>(`${rolesSql} order by name`)

/** The row, locked: changes to one role happen one after the other. */
export const lockRole = (db: Db, id: string) => db.row<Role>(`${rolesSql} and id = $1 for update`, [id])

export const updateRole = (db: Db, { id, permissions, update_at }: Role) =>
  db.run('update roles set permissions = $2, update_at = $3 where id = $1', [id, permissions, update_at])

/** What channels deny their members, or their guests: each list once. */
export const deniedLists = async (db: Db, whom: 'denied_members' | 'denied_guests'): Promise<string[][]> =>
  (
    await db.rows<{ list: string[] }>(`select distinct ${whom} as list from channels where ${whom} <> '{}'`)
  ).map(({ list }) => list)

export const insertRole = (db: Db, role: Omit<Role, 'scheme_id'>) =>
  db.run(
    `insert into roles (id, name, display_name, description, permissions, scheme_managed, built_in, create_at, update_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (name) do nothing`,
    [
      role.id,
      role.name,
      role.display_name,
      role.description,
      role.permissions,
      role.scheme_managed,
      role.built_in,
      role.create_at,
    ],
  )
