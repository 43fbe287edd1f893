import type { OpenGraph, PostImage } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'
import { addJobsSql } from '../../../core/queue.ts'

/** The queue of posts whose links are to be fetched. */
export const LOOKING = 'previews.look'

/** A part of the statement that writes posts: stores a job for posts with links. */
export const queueSql = `${addJobsSql(
  'with_links',
  `select '${LOOKING}', jsonb_build_object('post_id', w.id) from written w join input i on i.n = w.n
   where i.message ~* 'https?://' and w.type not like 'system\\_%'`,
)}, `

/** Takes posts out of the table in which an earlier version kept them. */
export const takeWaiting = async (db: Db, most: number): Promise<string[]> =>
  (
    await db.rows<{ post_id: string }>(
      `delete from preview_queue where post_id in (select post_id from preview_queue limit $1 for update skip locked)
       returning post_id`,
      [most],
    )
  ).map(({ post_id }) => post_id)

export type PreviewRow = Row<
  'link_previews',
  { data: OpenGraph | null; images: Record<string, PostImage>; type: '' | 'opengraph' | 'image' | 'link' }
>

/** The stored previews of these addresses that were fetched after a time. */
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

/** Deletes the previews of these posts, and the results that no other post shows. */
export const erasePreviewsOf = async (db: Db, postIds: readonly string[]): Promise<void> => {
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

/** Deletes results that no post shows and that were fetched before a time. */
export const sweepPreviews = (db: Db, before: number) =>
  db.run(
    `delete from link_previews v where v.fetched_at < $1 and not exists (select from post_previews l where l.url = v.url)`,
    [before],
  )

/** The previews of the links of a post `p`, in order; null if there are none. */
export const previewsOfPostSql = `
    case when p.has_previews then (
      select jsonb_agg(jsonb_build_object('n', l.n, 'url', v.url, 'type', v.type, 'data', v.data, 'images', v.images) order by l.n)
      from post_previews l join link_previews v on v.url = l.url where l.post_id = p.id and v.type <> ''
    ) end`
