import { type Db, literal, type Row } from '../../../core/db.ts'
import { nameForms } from '../../../core/folding.ts'

export type EmojiRow = Row<'emoji'>

export const insertEmoji = (db: Db, row: EmojiRow) =>
  db.run(
    'insert into emoji (id, create_at, creator_id, name, mime_type, size) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.create_at, row.creator_id, row.name, row.mime_type, row.size],
  )

export const findEmoji = (db: Db, id: string) => db.row<EmojiRow>('select * from emoji where id = $1', [id])

export const lockEmoji = (db: Db, id: string) =>
  db.row<EmojiRow>('select * from emoji where id = $1 for update', [id])

/** Reads the row by its name. Nobody can delete it until the transaction ends. */
export const holdEmoji = (db: Db, name: string) =>
  db.row<EmojiRow>('select * from emoji where name = $1 for share', [name])

export const deleteEmoji = (db: Db, id: string) => db.run('delete from emoji where id = $1', [id])

export const findEmojiByNames = (db: Db, names: readonly string[]) =>
  db.rows<EmojiRow>('select * from emoji where name = any($1::text[]) order by name', [names])

export const listEmoji = (db: Db, isByName: boolean, limit: number, offset: number) =>
  db.rows<EmojiRow>(
    `select * from emoji order by ${isByName ? 'name' : 'create_at, id'} limit $1 offset $2`,
    [limit, offset],
  )

/** Names that begin with the term, or contain it, ignoring case. */
export const searchEmoji = (db: Db, term: string, isPrefix: boolean, limit: number) =>
  db.rows<EmojiRow>('select * from emoji where lower(name) like any($1) order by name limit $2', [
    nameForms(term).map((form) => `${isPrefix ? '' : '%'}${literal(form)}%`),
    limit,
  ])

/**
 * An expression over the row `p` of a post: the custom emoji in its text and its reactions; null if there are
 * none. Only texts that look like a name are looked up.
 */
export const emojiOfPostSql = `
  case when p.has_reactions or p.message like '%:%:%' then (
    select jsonb_agg(to_jsonb(e) order by e.name) from emoji e where e.name in (
      select (regexp_matches(p.message, ':([a-zA-Z0-9+_-]{1,64}):', 'g'))[1] where p.message like '%:%:%'
      union all
      select r.emoji_name from reactions r where p.has_reactions and r.post_id = p.id
    )
  ) end`
