import type { PostPriority } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'
import { sparse } from '../../../core/sparse.ts'
import { type ListedProps, lateProps, listedProps } from './late-props.ts'
import { type MetadataColumns, metadataColumns } from './metadata.ts'

export type PostRow = Row<'posts', { props: Record<string, unknown>; priority: PostPriority | null }>

/** A post with the totals of its replies and the columns of its metadata. */
export type ThreadedPost = PostRow &
  MetadataColumns & { reply_count: number; last_reply_at: number; participants: string[] }

const columns = sparse<PostRow>(
  ['id', 'create_at', 'update_at', 'user_id', 'channel_id', 'message', 'priority'],
  {
    edit_at: 0,
    delete_at: 0,
    root_id: '',
    type: '',
    props: {},
    hashtags: '',
    pending_post_id: '',
    file_ids: [],
    is_pinned: false,
    has_reactions: false,
    has_acknowledgements: false,
    has_previews: false,
  },
)

/** Most posts have no thread, so these columns are usually empty. */
const threadColumns = sparse<Pick<ThreadedPost, 'reply_count' | 'last_reply_at' | 'participants'>>([], {
  reply_count: 0,
  last_reply_at: 0,
  participants: [],
})

const newestFirst = 'order by p.create_at desc'

const wholeColumns = columns.columns('p')
const listColumns = columns.columns('p', { props: listedProps })

/**
 * All parts of the metadata are known only after the start (metadata.ts), so the SQL text is made on first
 * use.
 */
const lazily = (make: () => string) => {
  let text: string | undefined
  return () => {
    text ??= make()
    return text
  }
}

const otherColumns = lazily(() => `${threadColumns.columns('t')}, ${metadataColumns()}`)

const threadedSql = (source: string, order: string, shown: string) =>
  `select ${shown}, ${otherColumns()} from (${source}) p left join threads t on t.post_id = p.id ${order}`

/**
 * Reads posts for a list. `source` selects their rows; `order` sorts them again. Limit pages in `source`,
 * because the columns around it are computed for each of its rows. Large properties are read later
 * (late-props.ts).
 */
const listSql = (source: string, order = '') => threadedSql(source, order, listColumns)

const read = async (db: Db, sql: string, values: unknown[]): Promise<ThreadedPost[]> =>
  columns.fill(threadColumns.fill(await db.rows<ThreadedPost>(sql, values)))

const list = async (db: Db, sql: string, values: unknown[]): Promise<ThreadedPost[]> => {
  const rows = await read(db, sql, values)
  for (const row of rows as { id: string; update_at: number; props: ListedProps }[])
    if (Array.isArray(row.props)) row.props = lateProps(row, row.props, () => findProps(db, row.id))
  return rows
}

const threaded = (db: Db, source: string, values: unknown[], order?: string) =>
  list(db, listSql(source, order), values)

const byIds = 'select * from posts where id = any($1::text[])'
const wholeByIds = lazily(() => threadedSql(byIds, '', wholeColumns))

/** Posts with all their properties, for code that needs these. */
export const findPosts = (db: Db, ids: readonly string[]) => read(db, wholeByIds(), [ids])

/**
 * Posts as lists show them. For replies only, and on the pool, because large properties are read while the
 * reply is written.
 */
export const listPosts = (db: Db, ids: readonly string[]) => threaded(db, byIds, [ids])

const findProps = async (db: Db, id: string): Promise<Record<string, unknown>> =>
  (await db.row<Pick<PostRow, 'props'>>('select props from posts where id = $1', [id]))?.props ?? {}

/**
 * Reads the posts whose ids a query of another noun finds, newest first, in one statement. The ids are an
 * array, so the database looks each post up by its id, whatever plan the query gets.
 */
export const findingPosts = (idsSql: string) => {
  const sql = lazily(() =>
    listSql(`select * from posts where id = any(array(${idsSql}))`, `${newestFirst}, p.id desc`),
  )
  return (db: Db, values: unknown[]) => list(db, sql(), values)
}

/** The row, locked: changes to one post happen one after the other. */
export const lockPost = (db: Db, id: string) =>
  db.row<PostRow>('select * from posts where id = $1 for no key update', [id])

const byPending = lazily(() =>
  threadedSql(
    "select * from posts where user_id = $1 and pending_post_id = $2 and pending_post_id <> ''",
    '',
    wholeColumns,
  ),
)

export const findByPending = (db: Db, userId: string, pendingPostId: string) =>
  read(db, byPending(), [userId, pendingPostId])

export const updatePost = (db: Db, post: PostRow) =>
  db.run(
    `update posts set update_at = $2, edit_at = $3, message = $4, props = $5, hashtags = $6, is_pinned = $7, file_ids = $8
     where id = $1`,
    [
      post.id,
      post.update_at,
      post.edit_at,
      post.message,
      post.props,
      post.hashtags,
      post.is_pinned,
      post.file_ids,
    ],
  )

export type Flags = Partial<Pick<PostRow, 'has_reactions' | 'has_acknowledgements' | 'has_previews'>>

export const updateFlags = (db: Db, id: string, flags: Flags, now: number) =>
  db.run(
    `update posts set update_at = greatest($2, update_at + 1), has_reactions = coalesce($3, has_reactions),
       has_acknowledgements = coalesce($4, has_acknowledgements), has_previews = coalesce($5, has_previews)
     where id = $1`,
    [id, now, flags.has_reactions ?? null, flags.has_acknowledgements ?? null, flags.has_previews ?? null],
  )

/** An earlier version of a post. */
export type VersionRow = Row<'post_versions', { props: Record<string, unknown> }>

export const insertVersion = (db: Db, version: VersionRow) =>
  db.run(
    `insert into post_versions (id, post_id, replaced_at, edit_at, message, props, hashtags) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      version.id,
      version.post_id,
      version.replaced_at,
      version.edit_at,
      version.message,
      version.props,
      version.hashtags,
    ],
  )

/** Newest first. */
export const findVersions = (db: Db, postId: string) =>
  db.rows<VersionRow>('select * from post_versions where post_id = $1 order by replaced_at desc, id desc', [
    postId,
  ])

export const eraseVersions = (db: Db, postIds: readonly string[]) =>
  db.run('delete from post_versions where post_id = any($1::text[])', [postIds])

/**
 * The most bytes of text that the event about deleted posts contains: a thread may be larger than what one
 * client should receive at once.
 */
const MOST_TOLD = 1024 * 1024

/** The columns that people wrote, with their values in a tombstone. */
const written = {
  message: "''",
  props: "'{}'",
  hashtags: "''",
  edit_at: '0',
  is_pinned: 'false',
  file_ids: "'{}'",
}
const flags = {
  has_reactions: 'false',
  has_acknowledgements: 'false',
  has_previews: 'false',
  priority: 'null',
}
/** If two columns have the same name, the driver keeps the later one. */
const eraseSql = `
with was as materialized (
  select * from posts
  where id = any (array(select $1::text union all select id::text from posts where root_id = $1 and root_id <> '')) and delete_at = 0
  for no key update
), sized as materialized (
  select id, sum(octet_length(message) + octet_length(props::text)) over (order by create_at) <= $3 as is_told from was
), erased as (
  update posts p set delete_at = $2, update_at = greatest($2, p.update_at + 1),
    ${Object.entries({ ...written, ...flags })
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')}
  from was where p.id = was.id returning p.*
)
select e.*, ${Object.keys(written)
  .map((name) => `case when s.is_told then w.${name} else e.${name} end as ${name}`)
  .join(', ')}
from erased e join was w on w.id = e.id join sized s on s.id = e.id order by e.create_at`

/**
 * Deletes a post and, if it is a root, its replies. Their content is erased; ids and times remain for clients
 * that catch up (M11). Returns the posts as they were, with the time of their deletion, root first; those
 * beyond the first megabyte of text are returned as tombstones.
 */
export const erasePosts = (db: Db, id: string, now: number) =>
  db.rows<PostRow>(eraseSql, [id, now, MOST_TOLD])

export type Page = {
  channelId: string
  rootsOnly: boolean
  withDeleted: boolean
  limit: number
  offset: number
}

const inPage = `channel_id = $1 and (not $2 or root_id = '') and ($3 or delete_at = 0)`
const pageValues = ({ channelId, rootsOnly, withDeleted, limit, offset }: Page) => [
  channelId,
  rootsOnly,
  withDeleted,
  limit,
  offset,
]

/** Newest first. */
export const newestPosts = (db: Db, page: Page) =>
  threaded(
    db,
    `select * from posts where ${inPage} order by create_at desc limit $4 offset $5`,
    pageValues(page),
    newestFirst,
  )

/** Posts older than a time: the newest of them. */
export const postsBefore = (db: Db, page: Page, time: number) =>
  threaded(
    db,
    `select * from posts where ${inPage} and create_at < $6 order by create_at desc limit $4 offset $5`,
    [...pageValues(page), time],
    newestFirst,
  )

/** Posts newer than a time: the oldest of them, returned newest first. */
export const postsAfter = (db: Db, page: Page, time: number) =>
  threaded(
    db,
    `select * from posts where ${inPage} and create_at > $6 order by create_at limit $4 offset $5`,
    [...pageValues(page), time],
    newestFirst,
  )

/** The sort keys of a post, for a list that is too long to be read at once. */
export type Listed = Pick<PostRow, 'id' | 'root_id' | 'create_at' | 'channel_id'>

const listedColumns = 'id, root_id, create_at, channel_id'

export const findListed = (db: Db, ids: readonly string[]) =>
  db.rows<Listed>(`select ${listedColumns} from posts where id = any($1::text[]) and delete_at = 0`, [ids])

export type Changed = { channelId: string; since: number; rootsOnly: boolean; limit: number }

const changedSql = (columns: string) => `select ${columns} from posts
  where channel_id = $1 and update_at > $2 and (not $3 or root_id = '') order by update_at desc limit $4`
const changedValues = ({ channelId, since, rootsOnly, limit }: Changed) => [
  channelId,
  since,
  rootsOnly,
  limit,
]

/** What changed after a time, deletions too: the newest `limit` changes, newest post first. */
export const postsChangedSince = (db: Db, changed: Changed) =>
  threaded(db, changedSql('*'), changedValues(changed), newestFirst)

/** The same, but only the sort keys. */
export const listedChangedSince = (db: Db, changed: Changed) =>
  db.rows<Listed>(`select * from (${changedSql(listedColumns)}) p ${newestFirst}`, changedValues(changed))

export type NamedUser = { id: string; username: string; is_member: boolean }

/**
 * Active people with these names who are in the channel or in its team ('' for conversations, which have
 * none).
 */
export const findNamed = (db: Db, channelId: string, teamId: string, usernames: readonly string[]) =>
  db.rows<NamedUser>(
    `select u.id, u.username, m.user_id is not null as is_member from users u
     left join channel_members m on m.channel_id = $1 and m.user_id = u.id
     left join team_members t on t.team_id = $2 and t.user_id = u.id
     where u.username = any($3::text[]) and u.delete_at = 0 and not u.is_bot
       and (m.user_id is not null or t.user_id is not null)
     order by u.username`,
    [channelId, teamId, usernames],
  )

const MOST_PINNED = 1000

const pinnedSql = (columns: string) =>
  `select ${columns} from posts where channel_id = $1 and is_pinned order by create_at desc limit $2`

/** Newest first, up to `limit`. */
export const pinnedPosts = (db: Db, channelId: string, limit: number) =>
  threaded(db, pinnedSql('*'), [channelId, limit], newestFirst)

/** All pinned posts that clients see, but only their sort keys. */
export const listedPinned = (db: Db, channelId: string) =>
  db.rows<Listed>(pinnedSql(listedColumns), [channelId, MOST_PINNED])

type SavedFilter = { userId: string; teamId: string; channelId: string; limit: number; offset: number }

/**
 * The posts that a person saved, newest first: of one channel, or of a team and the conversations, or all of
 * them ('' for any).
 */
export const savedPosts = (db: Db, { userId, teamId, channelId, limit, offset }: SavedFilter) =>
  threaded(
    db,
    `select s.* from preferences f join posts s on s.id = f.name join channels c on c.id = s.channel_id
       where f.user_id = $1 and f.category = 'flagged_post' and f.value = 'true' and s.delete_at = 0
         and ($2 = '' or c.team_id in ($2, '')) and ($3 = '' or c.id = $3)
       order by s.create_at desc, s.id limit $4 offset $5`,
    [userId, teamId, channelId, limit, offset],
    newestFirst,
  )

/**
 * A part of a thread: the replies that changed after `changedAfter` and lie beyond the time `from` (0 for
 * all); the `limit` replies nearest to it.
 */
export type ThreadPart = { rootId: string; isUp: boolean; from: number; changedAfter: number; limit: number }

const repliesSql = (columns: string, isUp: boolean) => `select ${columns} from posts
  where root_id = $1 and root_id <> '' and delete_at = 0 and update_at > $2
    and ($3::bigint = 0 or create_at ${isUp ? '<' : '>'} $3::bigint)
  order by create_at ${isUp ? 'desc' : ''} limit $4`
const partValues = ({ rootId, from, changedAfter, limit }: ThreadPart) => [rootId, changedAfter, from, limit]

const threadSql = (isUp: boolean) =>
  listSql(
    `select * from (select * from posts where id = $1 and delete_at = 0) root union all
     select * from (${repliesSql('*', isUp)}) replies`,
    newestFirst,
  )
const threadSqls = { up: lazily(() => threadSql(true)), down: lazily(() => threadSql(false)) }

/** The root and a part of its replies, newest post first. */
export const threadPosts = (db: Db, part: ThreadPart) =>
  list(db, (part.isUp ? threadSqls.up : threadSqls.down)(), partValues(part))

/** A part of the replies, but only their sort keys; nearest first. */
export const listedReplies = (db: Db, part: ThreadPart) =>
  db.rows<Listed>(repliesSql(listedColumns, part.isUp), partValues(part))

/** The threads among these that a person follows. */
export const followedOf = async (db: Db, userId: string, rootIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.rows<{ post_id: string }>(
        'select post_id from thread_members where user_id = $1 and post_id = any($2::text[]) and following',
        [userId, rootIds],
      )
    ).map((row) => row.post_id),
  )

/**
 * Ids of the posts next to a page: the newest post older than `oldest`, and the oldest one newer than
 * `newest`; '' at the ends.
 */
export const neighbours = async (
  db: Db,
  channelId: string,
  oldest: number,
  newest: number,
  rootsOnly: boolean,
) => {
  const row = await db.row<{ prev: string | null; next: string | null }>(
    `select
      (select id from posts where channel_id = $1 and create_at < $2 and delete_at = 0 and (not $4 or root_id = '')
       order by create_at desc limit 1) as prev,
      (select id from posts where channel_id = $1 and create_at > $3 and delete_at = 0 and (not $4 or root_id = '')
       order by create_at limit 1) as next`,
    [channelId, oldest, newest, rootsOnly],
  )
  return { prev: row?.prev ?? '', next: row?.next ?? '' }
}
