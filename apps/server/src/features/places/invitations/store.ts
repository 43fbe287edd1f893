import type { Db, Row } from '../../../core/db.ts'

export type InvitationRow = Row<'invitations'>

/** An invitation is valid while its inviter is active and still has the generation in which they made it. */
const countsSql = `exists (
  select from users u where u.id = i.inviter_id and u.delete_at = 0 and u.generation = i.generation)`

/** `generation` is that of the inviting session; if missing, the inviter's current one. */
export const insertInvitation = (
  db: Db,
  row: Omit<InvitationRow, 'generation'>,
  generation: number | undefined,
) =>
  db.run(
    `insert into invitations (id, token_hash, team_id, email, is_guest, channel_ids, message, inviter_id,
       create_at, expires_at, generation, guest_end_at)
     select $1, $2, $3, $4, $5, $6, $7, u.id, $9, $10, coalesce($11, u.generation), $12
     from users u where u.id = $8`,
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
      generation ?? null,
      row.guest_end_at,
    ],
  )

/** Sets the token of an invitation. If a mail is composed again, only the newest link works. */
export const setToken = (db: Db, id: string, tokenHash: string) =>
  db.row<InvitationRow>(
    `update invitations i set token_hash = $2 where id = $1 and ${countsSql} returning *`,
    [id, tokenHash],
  )

export const findByToken = (db: Db, tokenHash: string) =>
  db.row<InvitationRow>(`select * from invitations i where token_hash = $1 and ${countsSql}`, [tokenHash])

/** Uses a token: if several requests do so at once, only one gets the row. */
export const takeByToken = (db: Db, tokenHash: string) =>
  db.row<InvitationRow>(`delete from invitations i where token_hash = $1 and ${countsSql} returning *`, [
    tokenHash,
  ])

/** Lets only one transaction per person continue at a time, until it ends, so that the limit is exact. */
export const lockInviter = (db: Db, userId: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('invitations'), hashtext($1))`, [userId])

export const countSince = async (db: Db, inviterId: string, since: number) =>
  (
    await db.row<{ n: number }>(
      'select count(*) as n from invitations where inviter_id = $1 and create_at > $2',
      [inviterId, since],
    )
  )?.n ?? 0

export const deleteOf = (db: Db, inviterId: string) =>
  db.run('delete from invitations where inviter_id = $1', [inviterId])

export const deleteAll = (db: Db) => db.run('delete from invitations')

export const deleteExpired = (db: Db, before: number) =>
  db.run('delete from invitations where expires_at <= $1', [before])
