import type { Role } from '@plausch/wire'
import type { Db } from '../../core/db.ts'

export const listRoles = (db: Db) => db.rows<Role>('select * from roles where delete_at = 0 order by name')

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
