import type { Role } from '@plausch/wire'
import type { Db } from '../../core/db.ts'

export const listRoles = (db: Db) => db.rows<Role>('select * from roles where delete_at = 0 order by name')

/** The row, locked: changes to one role follow each other. */
export const lockRole = (db: Db, id: string) =>
  db.row<Role>('select * from roles where id = $1 and delete_at = 0 for update', [id])

export const updateRole = (db: Db, { id, permissions, update_at }: Role) =>
  db.run('update roles set permissions = $2, update_at = $3 where id = $1', [id, permissions, update_at])

/** What channels deny their members, and their guests: each list once. */
export const deniedLists = async (db: Db, whom: 'denied_members' | 'denied_guests'): Promise<string[][]> =>
  (
    await db.rows<{ list: string[] }>(`select distinct ${whom} as list from channels where ${whom} <> '{}'`)
  ).map(({ list }) => list)

export const insertRole = (db: Db, role: Role) =>
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
