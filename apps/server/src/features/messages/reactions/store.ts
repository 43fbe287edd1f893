import type { Db, Row } from '../../../core/db.ts'

export type ReactionRow = Row<'reactions'>

/** Inserts a reaction; returns false if it existed. */
export const insertReaction = async (db: Db, { post_id, user_id, emoji_name, create_at }: ReactionRow) =>
  (await db.run(
    'insert into reactions (post_id, user_id, emoji_name, create_at) values ($1, $2, $3, $4) on conflict do nothing',
    [post_id, user_id, emoji_name, create_at],
  )) === 1

export const findReaction = (db: Db, postId: string, userId: string, emojiName: string) =>
  db.row<ReactionRow>('select * from reactions where post_id = $1 and user_id = $2 and emoji_name = $3', [
    postId,
    userId,
    emojiName,
  ])

export const deleteReaction = (db: Db, postId: string, userId: string, emojiName: string) =>
  db.row<ReactionRow>(
    'delete from reactions where post_id = $1 and user_id = $2 and emoji_name = $3 returning *',
    [postId, userId, emojiName],
  )

export const hasReactions = async (db: Db, postId: string) =>
  (await db.row('select from reactions where post_id = $1 limit 1', [postId])) !== undefined

/** The number of different emoji on a post, without this one. */
export const countOtherEmoji = async (db: Db, postId: string, emojiName: string) =>
  (
    await db.row<{ n: number }>(
      'select count(distinct emoji_name) as n from reactions where post_id = $1 and emoji_name <> $2',
      [postId, emojiName],
    )
  )?.n ?? 0

export const eraseReactions = (db: Db, postIds: readonly string[]) =>
  db.run('delete from reactions where post_id = any($1::text[])', [postIds])

/** Posts that had reactions with this name at a time, in the order in which they are to be locked. */
export const postsReactedWith = async (db: Db, emojiName: string, at: number, limit: number) =>
  (
    await db.rows<{ post_id: string }>(
      'select distinct post_id from reactions where emoji_name = $1 and create_at <= $2 order by post_id limit $3',
      [emojiName, at, limit],
    )
  ).map((row) => row.post_id)

export const eraseReactionsWith = (db: Db, postId: string, emojiName: string, at: number) =>
  db.rows<ReactionRow>(
    'delete from reactions where post_id = $1 and emoji_name = $2 and create_at <= $3 returning *',
    [postId, emojiName, at],
  )

/** The reactions to a post `p`, in order; null if there are none. */
export const reactionsOfPostSql = `
    case when p.has_reactions then (
      select json_agg(json_build_object('user_id', e.user_id, 'post_id', e.post_id, 'emoji_name', e.emoji_name, 'create_at', e.create_at,
        'update_at', e.create_at, 'delete_at', 0, 'remote_id', '', 'channel_id', p.channel_id) order by e.create_at, e.user_id)
      from reactions e where e.post_id = p.id
    ) end`
