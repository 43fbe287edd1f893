import type { Db } from '../../../core/db.ts'

/** The other person in a direct conversation; undefined in a person's notes to themselves. */
export const otherInDirect = async (db: Db, channelId: string, userId: string): Promise<string | undefined> =>
  (
    await db.row<{ user_id: string }>(
      'select user_id from channel_members where channel_id = $1 and user_id <> $2 limit 1',
      [channelId, userId],
    )
  )?.user_id

/** Has the person sent an automatic reply in this conversation since that time? */
export const hasAnsweredSince = async (
  db: Db,
  channelId: string,
  userId: string,
  since: number,
): Promise<boolean> =>
  (await db.row(
    `select from posts where channel_id = $1 and create_at > $3 and user_id = $2 and type = 'system_auto_responder'
       and delete_at = 0 limit 1`,
    [channelId, userId, since],
  )) !== undefined
