import type { Db, Row } from '../../../core/db.ts'

/** `translations` contains the text in other languages, by language code. */
export type TermsRow = Row<'terms', { translations: { de?: string; en?: string } }>

export const insertTerms = (db: Db, row: TermsRow) =>
  db.run('insert into terms (id, create_at, user_id, text, translations) values ($1, $2, $3, $4, $5)', [
    row.id,
    row.create_at,
    row.user_id,
    row.text,
    row.translations,
  ])

export const findLatest = (db: Db) => db.row<TermsRow>('select * from terms order by id desc limit 1')

export const findVersions = (db: Db, offset: number, limit: number) =>
  db.rows<TermsRow>('select * from terms order by id desc offset $1 limit $2', [offset, limit])

export const findTerms = (db: Db, id: string) => db.row<TermsRow>('select * from terms where id = $1', [id])
