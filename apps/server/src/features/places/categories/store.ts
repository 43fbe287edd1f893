import type { Category, CategoryType } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type CategoryRow = Row<'categories', { type: CategoryType; sorting: Category['sorting'] }>

export type Placing = { channel_id: string; category_id: string; position: number }

/** The categories and placings of a person, in one team or in all (`teamId` ''). */
export const findCategories = (db: Db, userId: string, teamId: string) =>
  db.rows<CategoryRow>(`select * from categories where user_id = $1 and ($2 = '' or team_id = $2)`, [
    userId,
    teamId,
  ])

export const findPlacings = (db: Db, userId: string, teamId: string) =>
  db.rows<Placing & { team_id: string }>(
    `select team_id, channel_id, category_id, position from category_channels
     where user_id = $1 and ($2 = '' or team_id = $2) order by position`,
    [userId, teamId],
  )

/**
 * The channels of a person that a sidebar may contain: those of the team, and conversations, with their
 * latest activity for sorting.
 */
export const sidebarChannels = (db: Db, userId: string, teamId: string) =>
  db.rows<{ id: string; team_id: string; type: string; display_name: string; last_post_at: number }>(
    `select c.id, c.team_id, c.type, c.display_name, c.last_post_at from channels c
     join channel_members m on m.channel_id = c.id
     where m.user_id = $1 and ($2 = '' or c.team_id in ($2, '')) and c.delete_at = 0
     order by lower(c.display_name) collate "C", c.id`,
    [userId, teamId],
  )

/** Lets only one change to a person's sidebar run at a time. */
export const lockSidebar = (db: Db, userId: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('plausch.sidebar'), hashtext($1))`, [userId])

export const saveCategory = (db: Db, row: CategoryRow) =>
  db.run(
    `insert into categories (user_id, team_id, id, type, sort_order, sorting, display_name, muted, collapsed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (user_id, team_id, id) do update set sort_order = excluded.sort_order, sorting = excluded.sorting,
       display_name = excluded.display_name, muted = excluded.muted, collapsed = excluded.collapsed`,
    [
      row.user_id,
      row.team_id,
      row.id,
      row.type,
      row.sort_order,
      row.sorting,
      row.display_name,
      row.muted,
      row.collapsed,
    ],
  )

export const deleteCategory = async (db: Db, userId: string, teamId: string, id: string) => {
  await db.run('delete from category_channels where user_id = $1 and team_id = $2 and category_id = $3', [
    userId,
    teamId,
    id,
  ])
  await db.run('delete from categories where user_id = $1 and team_id = $2 and id = $3', [userId, teamId, id])
}

/**
 * Puts channels into a category in this order. They leave their earlier categories; channels of this category
 * that are not in the list leave it.
 */
export const placeChannels = async (
  db: Db,
  userId: string,
  teamId: string,
  categoryId: string,
  channelIds: readonly string[],
) => {
  await db.run(
    `delete from category_channels where user_id = $1 and team_id = $2 and (category_id = $3 or channel_id = any($4::text[]))`,
    [userId, teamId, categoryId, channelIds],
  )
  await db.run(
    `insert into category_channels (user_id, team_id, channel_id, category_id, position)
     select $1, $2, id, $3, n from unnest($4::text[]) with ordinality as t (id, n)`,
    [userId, teamId, categoryId, channelIds],
  )
}

/** Removes a channel that a person has left from all of their categories. */
export const removePlacings = (db: Db, userId: string, channelId: string) =>
  db.run('delete from category_channels where user_id = $1 and channel_id = $2', [userId, channelId])

/** Removes a channel that moved to another team from the sidebars of all other teams. */
export const removeOtherPlacings = (db: Db, channel: { id: string; team_id: string }) =>
  db.run('delete from category_channels where channel_id = $1 and team_id <> $2', [
    channel.id,
    channel.team_id,
  ])

/**
 * The teams whose sidebars contain a person's channel: its own team, or, for a conversation, all teams of the
 * person.
 */
export const placesOfChannel = async (db: Db, userId: string, channelId: string): Promise<string[]> =>
  (
    await db.rows<{ team_id: string }>(
      `select t.team_id from channels c join channel_members m on m.channel_id = c.id and m.user_id = $1
       join team_members t on t.user_id = $1 and c.team_id in (t.team_id, '') where c.id = $2 order by 1`,
      [userId, channelId],
    )
  ).map((row) => row.team_id)
