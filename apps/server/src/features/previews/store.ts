import type { OpenGraph, PostImage } from '@plausch/wire'
import type { Db, Row } from '../../core/db.ts'

/** A part of the statement that writes posts: those with links are to be looked at. */
export const queueSql = `with_links as (
  insert into preview_queue (post_id) select w.id from written w join input i on i.n = w.n
  where i.message ~* 'https?://' and w.type not like 'system\\_%'
), `

export const queuePost = (db: Db, id: string) =>
  db.run('insert into preview_queue (post_id) values ($1) on conflict (post_id) do update set attempts = 0', [
    id,
  ])

export type Waiting = { id: string; message: string }

/** The next post whose links are to be looked at, counted as tried: what ends the server is not tried for ever. */
export const takeWaiting = (db: Db, busy: readonly string[]) =>
  db.row<Waiting>(
    `with taken as (
       update preview_queue set attempts = attempts + 1
       where post_id = (
         select post_id from preview_queue where attempts < 2 and not (post_id = any($1::text[])) order by attempts, post_id limit 1
       ) returning post_id
     )
     select p.id, p.message from taken t join posts p on p.id = t.post_id where p.delete_at = 0`,
    [busy],
  )

export const forgetWaiting = (db: Db, postIds: readonly string[]) =>
  db.run('delete from preview_queue where post_id = any($1::text[])', [postIds])

export type PreviewRow = Row<
  'link_previews',
  { data: OpenGraph | null; images: Record<string, PostImage>; type: '' | 'opengraph' | 'image' | 'link' }
>

/** Those of the addresses that were looked at since a time. */
export const findPreviews = (db: Db, urls: readonly string[], since: number) =>
  db.rows<PreviewRow>('select * from link_previews where url = any($1::text[]) and fetched_at > $2', [
    urls,
    since,
  ])

export const savePreview = (db: Db, row: PreviewRow) =>
  db.run(
    `insert into link_previews (url, fetched_at, type, data, images) values ($1, $2, $3, $4, $5)
     on conflict (url) do update set fetched_at = excluded.fetched_at, type = excluded.type, data = excluded.data, images = excluded.images`,
    [row.url, row.fetched_at, row.type, row.data && JSON.stringify(row.data), JSON.stringify(row.images)],
  )

export const insertPostPreview = (db: Db, postId: string, n: number, url: string) =>
  db.run('insert into post_previews (post_id, n, url) values ($1, $2, $3)', [postId, n, url])

/** What posts showed of their links is gone, and what no other post shows with it. */
export const erasePreviewsOf = async (db: Db, postIds: readonly string[]): Promise<void> => {
  await forgetWaiting(db, postIds)
  const gone = await db.rows<{ url: string }>(
    'delete from post_previews where post_id = any($1::text[]) returning url',
    [postIds],
  )
  if (gone.length === 0) return
  await db.run(
    `delete from link_previews v where v.url = any($1::text[]) and not exists (select from post_previews l where l.url = v.url)`,
    [gone.map(({ url }) => url)],
  )
}

/** Drops what no post shows and was looked at before a time. */
export const sweepPreviews = (db: Db, before: number) =>
  db.run(
    `delete from link_previews v where v.fetched_at < $1 and not exists (select from post_previews l where l.url = v.url)`,
    [before],
  )

/** What is behind the links of a post `p`, in their order; null where there is nothing. */
export const previewsOfPostSql = `
    case when p.has_previews then (
      select jsonb_agg(jsonb_build_object('n', l.n, 'url', v.url, 'type', v.type, 'data', v.data, 'images', v.images) order by l.n)
      from post_previews l join link_previews v on v.url = l.url where l.post_id = p.id and v.type <> ''
    ) end`
