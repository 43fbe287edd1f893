import type { Db, Row } from '../../../core/db.ts'

export type AuditRow = Row<'audits'>

export const insertAudit = (db: Db, row: AuditRow) =>
  db.run(
    `insert into audits (id, create_at, user_id, action, extra_info, ip_address, session_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, row.create_at, row.user_id, row.action, row.extra_info, row.ip_address, row.session_id],
  )

/** Newest first; of one person, or of all. */
export const listAudits = (db: Db, userId: string, limit: number, offset: number) =>
  userId === ''
    ? db.rows<AuditRow>('select * from audits order by id desc limit $1 offset $2', [limit, offset])
    : db.rows<AuditRow>('select * from audits where user_id = $1 order by id desc limit $2 offset $3', [
        userId,
        limit,
        offset,
      ])
