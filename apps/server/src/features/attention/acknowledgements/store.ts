import type { Db, Row } from '../../../core/db.ts'

export type AcknowledgementRow = Row<'acknowledgements'>

/** Inserts an acknowledgement; returns false if it existed. */
export const insertAcknowledgement = async (
  db: Db,
  { post_id, user_id, acknowledged_at }: AcknowledgementRow,
): Promise<boolean> =>
  (await db.run(
    'insert into acknowledgements (post_id, user_id, acknowledged_at) values ($1, $2, $3) on conflict do nothing',
    [post_id, user_id, acknowledged_at],
  )) === 1

export const findAcknowledgement = (db: Db, postId: string, userId: string) =>
  db.row<AcknowledgementRow>('select * from acknowledgements where post_id = $1 and user_id = $2', [
    postId,
    userId,
  ])

export const deleteAcknowledgement = (db: Db, postId: string, userId: string) =>
  db.run('delete from acknowledgements where post_id = $1 and user_id = $2', [postId, userId])

export const hasAcknowledgements = async (db: Db, postId: string) =>
  (await db.row('select from acknowledgements where post_id = $1 limit 1', [postId])) !== undefined

export const eraseAcknowledgements = (db: Db, postIds: readonly string[]) =>
  db.run('delete from acknowledgements where post_id = any($1::text[])', [postIds])

/** The acknowledgements of a post `p`, in order; null if there are none. */
export const acknowledgementsOfPostSql = `
    case when p.has_acknowledgements then (
      select json_agg(json_build_object('user_id', e.user_id, 'post_id', e.post_id, 'acknowledged_at', e.acknowledged_at,
        'channel_id', p.channel_id, 'remote_id', '') order by e.acknowledged_at, e.user_id)
      from acknowledgements e where e.post_id = p.id
    ) end`
