/** The posts and files that are still to be indexed: their queues. */
import type { Db } from '../../../core/db.ts'
import { addJobsSql } from '../../../core/queue.ts'

export const POSTS = 'search.posts'
export const FILES = 'search.files'

/** Does any post wait to be indexed? */
export const isWaitingSql = `exists (select from queue_jobs where queue = '${POSTS}' and run_at = 0)`

/** A part of the statement that writes posts: queues the files that they bring for the index. */
export const queueFilesSql = `${addJobsSql(
  'queued_files',
  `select '${FILES}', jsonb_build_object('ids', jsonb_agg(b.file_id)) from brought b join written w on w.n = b.n having count(*) > 0`,
)}, `

/** Lets one indexer run at a time, on all servers together, until the end of the transaction. */
export const lockIndex = (db: Db, name: string) =>
  db.run(`select pg_advisory_xact_lock(hashtext('plausch search'), hashtext($1))`, [name])

export type Waiting = {
  id: string
  is_there: boolean
  channel_id: string
  user_id: string
  create_at: number
  message: string
  hashtags: string
  attachments: unknown
}

/**
 * The most bytes of text that are read at once (but at least one post), so that no large text is read, folded
 * and sent to the database in one piece.
 */
const MOST_TEXT = 200_000

/**
 * The first of these posts, as many as fit into one batch. A deleted post has `is_there` false. The database
 * stores the length of a message in front of it, so it need not read the message to add up the lengths.
 */
export const readWaiting = (db: Db, ids: readonly string[]): Promise<Waiting[]> =>
  db.rows<Waiting>(
    `with found as materialized (
       select w.n, w.id, p.id is not null as is_there, p.channel_id, p.user_id, p.create_at, p.message, p.hashtags,
         p.props -> 'attachments' as attachments
       from unnest($1::text[]) with ordinality as w (id, n)
       left join posts p on p.id = w.id and p.delete_at = 0 and p.type not like 'system\\_%'
     ), chosen as (
       select *, sum(octet_length(coalesce(message, '')) + case when attachments is null then 0 else
         octet_length(attachments::text) end) over (order by n rows between unbounded preceding and 1 preceding) as before from found
     )
     select id, is_there, channel_id, user_id, create_at, message, hashtags, attachments
     from chosen where coalesce(before, 0) < ${MOST_TEXT} order by n`,
    [ids],
  )

export type WaitingFile = { file_id: string; name: string; content: string | null }

/**
 * Those of the files that are attached to a message. They stay locked: a transaction that deletes one waits
 * until it is indexed, and the indexer waits for a deletion that is in progress.
 */
export const readWaitingFiles = (db: Db, ids: readonly string[]): Promise<WaitingFile[]> =>
  db.rows<WaitingFile>(
    `with held as materialized (
       select id, name from files where id = any($1::text[]) and post_id <> '' order by id for no key update
     )
     select h.id as file_id, h.name, c.content from held h left join file_contents c on c.file_id = h.id`,
    [ids],
  )

/** Takes posts out of the table in which an earlier version kept its queue. */
export const takeEarlierPosts = (db: Db, most: number) =>
  db.rows<{ id: string; is_again: boolean }>(
    `delete from search_queue where post_id in (select post_id from search_queue limit $1 for update skip locked)
     returning post_id as id, is_again`,
    [most],
  )

export const takeEarlierFiles = (db: Db, most: number) =>
  db.rows<{ id: string }>(
    `delete from search_file_queue where file_id in (select file_id from search_file_queue limit $1 for update skip locked)
     returning file_id as id`,
    [most],
  )
