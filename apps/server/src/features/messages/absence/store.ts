import type { Db } from '../../../core/db.ts'

/** The other person of a conversation between two; undefined in notes to oneself. */
export const otherInDirect = async (db: Db, channelId: string, userId: string): Promise<string | undefined> =>
  (
    await db.row<{ user_id: string }>(
      'select user_id from channel_members where channel_id = $1 and user_id <> $2 limit 1',
      [channelId, userId],
    )
  )?.user_id

/** Has the person's automatic answer been sent in the conversation since then? */
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
