import type { PostPriority } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type DraftRow = Row<
  'drafts',
  { props: Record<string, unknown>; file_ids: string[]; priority: PostPriority | null }
>

/** Inserts or replaces a draft. Returns the row, and whether it is new. */
export const upsertDraft = (db: Db, draft: DraftRow) =>
  db.row<DraftRow & { is_new: boolean }>(
    `insert into drafts (user_id, channel_id, root_id, create_at, update_at, message, type, props, file_ids, priority)
     values ($1, $2, $3, $4, $4, $5, $6, $7, $8::text[], $9)
     on conflict (user_id, channel_id, root_id) do update set update_at = greatest(excluded.update_at, drafts.update_at + 1),
       message = excluded.message, type = excluded.type, props = excluded.props, file_ids = excluded.file_ids,
       priority = excluded.priority
     returning *, xmax = 0 as is_new`,
    [
      draft.user_id,
      draft.channel_id,
      draft.root_id,
      draft.update_at,
      draft.message,
      draft.type,
      draft.props,
      draft.file_ids,
      draft.priority && JSON.stringify(draft.priority),
    ],
  )

/**
 * Drafts in the team and in conversations, newest first. Archived channels, and channels that the person has
 * left, are excluded.
 */
export const draftsInTeam = (db: Db, userId: string, teamId: string) =>
  db.rows<DraftRow>(
    `select d.* from drafts d join channels c on c.id = d.channel_id
     join channel_members m on m.channel_id = d.channel_id and m.user_id = d.user_id
     where d.user_id = $1 and c.team_id in ($2, '') and c.delete_at = 0 order by d.update_at desc, d.channel_id`,
    [userId, teamId],
  )

export const deleteDraft = (db: Db, userId: string, channelId: string, rootId: string) =>
  db.row<DraftRow>('delete from drafts where user_id = $1 and channel_id = $2 and root_id = $3 returning *', [
    userId,
    channelId,
    rootId,
  ])

export const deleteDraftsIn = (db: Db, userId: string, channelId: string) =>
  db.run('delete from drafts where user_id = $1 and channel_id = $2', [userId, channelId])

/** Deletes drafts of replies to deleted posts. */
export const deleteDraftsOfThreads = (db: Db, rootIds: readonly string[]) =>
  db.rows<DraftRow>(`delete from drafts where root_id = any($1::text[]) and root_id <> '' returning *`, [
    rootIds,
  ])
