import type { Db, Row } from '../../core/db.ts'

export type InvitationRow = Row<'invitations'>

export const insertInvitation = (db: Db, row: InvitationRow) =>
  db.run(
    `insert into invitations (id, token_hash, team_id, email, is_guest, channel_ids, message, inviter_id, create_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.token_hash,
      row.team_id,
      row.email,
      row.is_guest,
      row.channel_ids,
      row.message,
      row.inviter_id,
      row.create_at,
      row.expires_at,
    ],
  )

/** Gives an invitation its token; of a mail that is composed again only the newest link works. */
export const setToken = (db: Db, id: string, tokenHash: string) =>
  db.row<InvitationRow>('update invitations set token_hash = $2 where id = $1 returning *', [id, tokenHash])

export const findByToken = (db: Db, tokenHash: string) =>
  db.row<InvitationRow>('select * from invitations where token_hash = $1', [tokenHash])

/** Uses a token up: of several at once, one gets the row. */
export const takeByToken = (db: Db, tokenHash: string) =>
  db.row<InvitationRow>('delete from invitations where token_hash = $1 returning *', [tokenHash])

/** Only one transaction of a person at a time passes here, so that the limit holds exactly; held until it ends. */
export const lockInviter = (db: Db, userId: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('invitations'), hashtext($1))`, [userId])

export const countSince = async (db: Db, inviterId: string, since: number) =>
  (
    await db.row<{ n: number }>(
      'select count(*) as n from invitations where inviter_id = $1 and create_at > $2',
      [inviterId, since],
    )
  )?.n ?? 0

export const deleteAll = (db: Db) => db.run('delete from invitations')

export const deleteExpired = (db: Db, before: number) =>
  db.run('delete from invitations where expires_at <= $1', [before])
