import type { Group, GroupMember } from '@plausch/wire'
import type { Row } from '../../../core/db.ts'
import type { GroupRow } from './store.ts'

export const shownGroup = (row: GroupRow & { has_syncables?: boolean }): Group => ({
  id: row.id,
  name: row.name,
  display_name: row.display_name,
  description: row.description,
  source: row.source,
  remote_id: row.remote_id,
  create_at: row.create_at,
  update_at: row.update_at,
  delete_at: row.delete_at,
  has_syncables: row.has_syncables ?? false,
  allow_reference: row.allow_reference,
  scheme_admin: false,
  member_ids: null,
})

export const shownMember = (row: Row<'group_members'>, deleteAt: number): GroupMember => ({
  ...row,
  delete_at: deleteAt,
})
