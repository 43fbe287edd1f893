/**
 * The statement that writes posts: one or many in one round trip. It locks the channels, checks each row
 * again (membership, archive, thread, repetition), then numbers, inserts and counts. Features above add
 * fragments for their own tables. A row that is refused fails alone.
 *
 * Order: whoever locks the row of a channel gives its posts their `create_at`, strictly increasing. So the
 * order that clients sort by is the order of the commits, on any number of servers and with any clock.
 */
import { isCounted, type PostPriority } from '@plausch/wire'
import type { Context } from '../../core/context.ts'
import type { Db } from '../../core/db.ts'
import { newId } from '../../core/ids.ts'
import { perServer, type Server } from '../../core/server.ts'
import { countPostsSql } from '../channels/index.ts'
import { attachFilesSql, holdFilesSql } from '../files/index.ts'
import type { PostRow } from './store.ts'

/** A post that is to be written. */
export type NewRow = {
  id: string
  user_id: string
  channel_id: string
  root_id: string
  message: string
  type: string
  props: Record<string, unknown>
  hashtags: string
  pending_post_id: string
  /** Only of roots. */
  priority: PostPriority | null
  /** Own files of the channel that are part of no post. */
  file_ids: string[]
  /** May be written without a membership (the system, administrators' bots). */
  needs_no_membership: boolean
  /** Writing it means having read the channel. */
  marks_read: boolean
}

/** The post that a row became. */
export const postOf = (row: NewRow, createAt: number): PostRow => ({
  id: row.id,
  create_at: createAt,
  update_at: createAt,
  edit_at: 0,
  delete_at: 0,
  user_id: row.user_id,
  channel_id: row.channel_id,
  root_id: row.root_id,
  message: row.message,
  type: row.type,
  props: row.props,
  hashtags: row.hashtags,
  pending_post_id: row.pending_post_id,
  priority: row.priority,
  file_ids: row.file_ids,
  is_pinned: false,
  has_reactions: false,
  has_acknowledgements: false,
  has_previews: false,
})

export type Refusal = 'gone' | 'archived' | 'no_root' | 'no_file'

/**
 * The outcome of a row: written, a repetition of an earlier post, or refused. `mentions` are user ids; so are
 * the followers of the thread.
 */
export type Outcome = {
  n: number
  create_at: number | null
  refused: '' | 'duplicate' | Refusal
  earlier_id: string | null
  channel_type: string | null
  channel_name: string | null
  channel_display_name: string | null
  team_id: string | null
  mentions: string[] | null
  /** The thread of a reply and its followers, as threads/batch-store.ts has it. */
  reached?: { followers: { user_id: string }[] } | null
  /** Of a post that was found after its answer was lost. */
  found?: { replies: number }
}

/**
 * What another feature adds to the statement for one batch: common table expressions that may read `written`
 * (n, id, user_id, channel_id, root_id, type, create_at, is_urgent, counts, marks_read, channel_type, total,
 * total_root: the channel's totals with this post) and the parts of features below, and write its own tables
 * only.
 */
export type Part = {
  /** Values for its parameters. */
  values: unknown[]
  /** Its expressions, each ended by a comma; `first` is the number of its first parameter. */
  sql(first: number): string
  /** An expression over `j` (the judged row) for a column of the outcome. */
  column?: string
  /** Tells texts apart that have the same number of values. */
  variant?: string
}

export type Fragment = {
  part(rows: readonly NewRow[]): Part
  /**
   * Publishes the column's result, once the post is written and announced. `found` is set for a post whose
   * answer was lost: its outcome was computed as if it were written again now, and `replies` says how many
   * posts of its batch are in its thread.
   */
  told?(context: Context, outcome: Outcome, found?: { replies: number }): void
}

const OWN_VALUES = 15

const fragmentsOf = perServer((): Fragment[] => [])

/** Adds a fragment; called at the start, before the first post. */
export const addFragment = (server: Server, fragment: Fragment): void => {
  fragmentsOf(server).push(fragment)
}

/** Most batches have no files, so their statement does not ask about files. */
const statement = (fragments: readonly Part[], hasFiles: boolean): string => {
  let first = OWN_VALUES + 1
  const parts = fragments.map((part) => {
    const sql = part.sql(first)
    first += part.values.length
    return sql
  })
  const columns = fragments.flatMap(({ column }) => (column ? [`, ${column}`] : []))
  return `
with input as materialized (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::text[],
    $10::jsonb[], $11::boolean[], $12::boolean[], $13::boolean[], $15::text[]) with ordinality
    as i (id, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority, needs_no_membership, counts, marks_read, file_ids, n)
), ${hasFiles ? holdFilesSql : ''} held as materialized (
  select id, team_id, type, name, display_name, delete_at, last_post_at, total_msg_count, total_msg_count_root
  from channels where id in (select channel_id from input) order by id for update
), roots as materialized (
  -- Shared with other answers, not with a deletion: whichever is first, no answer is left without its root.
  select id, channel_id from posts where id in (select root_id from input where root_id <> '') and root_id = '' and delete_at = 0
  order by id for share
), judged as materialized (
  select i.*, e.id as earlier_id, h.team_id, h.type as channel_type, h.name as channel_name, h.display_name as channel_display_name,
    case
      when h.id is null or (m.user_id is null and not i.needs_no_membership) then 'gone'
      when e.id is not null then 'duplicate'
      when h.delete_at > 0 and i.type not like 'system\\_%' then 'archived'
      when i.root_id <> '' and r.id is null then 'no_root'
      ${hasFiles ? "when exists (select from lacking l where l.n = i.n) then 'no_file'" : ''}
      else ''
    end as refused
  from input i
  left join held h on h.id = i.channel_id
  left join channel_members m on m.channel_id = i.channel_id and m.user_id = i.user_id
  left join roots r on r.id = i.root_id and r.channel_id = i.channel_id
  -- Said of the post as well, so that its index of such ids serves.
  left join posts e on e.user_id = i.user_id and e.pending_post_id = i.pending_post_id and e.pending_post_id <> ''
), numbered as materialized (
  select j.*, greatest($14::bigint, h.last_post_at + 1) + row_number() over (partition by j.channel_id order by j.n) - 1 as create_at
  from judged j join held h on h.id = j.channel_id where j.refused = ''
), inserted as (
  insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority, file_ids)
  select id, create_at, create_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority,
    string_to_array(file_ids, ',') from numbered order by n
  on conflict (user_id, pending_post_id) where pending_post_id <> '' do nothing
  returning id
), written as materialized (
  select x.n, x.id, x.user_id, x.channel_id, x.root_id, x.type, x.create_at, x.counts, x.marks_read, x.channel_type,
    coalesce(x.priority ->> 'priority' = 'urgent', false) as is_urgent,
    h.total_msg_count + sum(x.counts::int) over channel_so_far as total,
    h.total_msg_count_root + sum((x.counts and x.root_id = '')::int) over channel_so_far as total_root
  from inserted w join numbered x on x.id = w.id join held h on h.id = x.channel_id
  window channel_so_far as (partition by x.channel_id order by x.n)
), ${countPostsSql} ${hasFiles ? attachFilesSql : ''} ${parts.join('')} outcome as (
  select j.n, j.refused, j.earlier_id, j.channel_type, j.channel_name, j.channel_display_name, j.team_id, w.create_at
  ${columns.join('')}
  from judged j left join written w on w.n = j.n
)
select * from outcome order by n`
}

const textOf = perServer(() => new Map<string, string>())

/**
 * Writes posts in the transaction or connection `db`. Returns what became of each, in their order. A row that
 * is neither written nor refused repeats a post that another transaction wrote at the same moment.
 */
export const writePosts = async (
  server: Server,
  db: Db,
  rows: readonly NewRow[],
  now: number,
): Promise<Outcome[]> => {
  const column = <K extends keyof NewRow>(name: K) => rows.map((row) => row[name])
  const own = [
    column('id'),
    column('user_id'),
    column('channel_id'),
    column('root_id'),
    column('message'),
    column('type'),
    rows.map((row) => JSON.stringify(row.props)),
    column('hashtags'),
    column('pending_post_id'),
    rows.map((row) => row.priority && JSON.stringify(row.priority)),
    column('needs_no_membership'),
    rows.map(({ type }) => isCounted(type)),
    column('marks_read'),
    now,
    rows.map((row) => row.file_ids.join()),
  ]
  const parts = fragmentsOf(server).map((fragment) => fragment.part(rows))
  const hasFiles = rows.some(({ file_ids }) => file_ids.length > 0)
  const key = [hasFiles, ...parts.map(({ variant = '', values }) => `${variant}${values.length}`)].join()
  const text = textOf(server).get(key) ?? statement(parts, hasFiles)
  textOf(server).set(key, text)
  return await db.rows<Outcome>(text, [...own, ...parts.flatMap(({ values }) => values)])
}

const rehearsed = new Error('a rehearsal is always rolled back')

/**
 * Which of these rows are written, and the rest of their outcomes: mentions, threads. For a batch whose
 * answer was lost. What is not in the row is computed by writing it once more in a transaction that is rolled
 * back.
 */
export const findOutcomes = async (
  server: Server,
  rows: readonly NewRow[],
  now: number,
): Promise<(Outcome | undefined)[]> => {
  const found = await server.db.rows<{ id: string; create_at: number }>(
    'select id, create_at from posts where id = any($1::text[])',
    [rows.map(({ id }) => id)],
  )
  const times = new Map(found.map(({ id, create_at }) => [id, create_at]))
  const written = rows.filter(({ id }) => times.has(id))
  if (written.length === 0) return rows.map(() => undefined)
  const again = written.map((row) => ({
    ...row,
    id: newId(now),
    pending_post_id: '',
    file_ids: [],
    needs_no_membership: true,
  }))
  let outcomes: Outcome[] = []
  await server.db
    .transaction(async (db) => {
      outcomes = await writePosts(server, db, again, now)
      throw rehearsed
    })
    .catch((error: unknown) => {
      if (error !== rehearsed) throw error
    })
  const byId = new Map(written.map(({ id }, index) => [id, outcomes[index]]))
  return rows.map(({ id, root_id }) => {
    const outcome = byId.get(id)
    if (!outcome) return undefined
    const replies = written.filter((row) => row.root_id === root_id).length
    return { ...outcome, refused: '', earlier_id: null, create_at: times.get(id) ?? 0, found: { replies } }
  })
}

/** Publishes what the fragments of features above found out about a written row. */
export const tellParts = (context: Context, outcome: Outcome): void => {
  for (const { told } of fragmentsOf(context.server)) told?.(context, outcome, outcome.found)
}
