/**
 * The statement that writes posts: one or many in one round trip. It locks the channels, checks each row
 * again (membership, archive, thread), then numbers, inserts and counts. Parts of other features (part.ts)
 * are added only if the batch needs them, because starting their expressions is most of the cost of a plain
 * post. A refused row fails on its own.
 * Order: the transaction that locks the row of a channel gives its posts their `create_at`, strictly
 * increasing. So the order by which clients sort is the order of the commits, with any number of servers and
 * any clock.
 */
import { isCounted } from '@plausch/wire'
import type { Db } from '../../../../core/db.ts'
import { newId } from '../../../../core/ids.ts'
import { addJobsSql } from '../../../../core/queue.ts'
import { perServer, type Server } from '../../../../core/server.ts'
import { STAMP } from '../../../../core/stamps.ts'
import { countPostsSql } from '../../../places/channels/index.ts'
import { attachFilesSql, holdFilesSql } from '../../files/index.ts'
import { type Batch, type Contribution, hearing, type Part, type Relation, writingParts } from './part.ts'
import type { NewRow } from './row.ts'

export type Refusal = 'gone' | 'archived' | 'no_root' | 'no_file'

/**
 * The outcome of a row: written, refused, or neither. A row that is neither repeats a `pending_post_id` that
 * is already in the database.
 */
export type Outcome = {
  create_at: number | null
  /** The time of the previous post in the channel. */
  previous_at: number | null
  refused: '' | Refusal
  channel_type: string | null
  channel_name: string | null
  channel_display_name: string | null
  team_id: string | null
  /** The position of the post in the order of commits (core/stamps.ts). */
  stamp: number
  /** Set if the answer was lost and the post was found later. */
  found?: { replies: number }
  /** The results of parts. */
  [column: `of ${string}`]: unknown
}

/** The result of a part for a post; null if the part contributed no column. */
export const resultOf = ({ name }: Pick<Part<never>, 'name'>, outcome: Outcome): unknown =>
  outcome[`of ${name}`] ?? null

/** The durable fact: a job for each listener. */
const factSql = (first: number) =>
  `${addJobsSql(
    'told',
    `select q, jsonb_build_object('ids', jsonb_agg(w.id order by w.n)) from unnest($${first}::text[]) as q, written w group by q`,
  )}, `

const factOf = (server: Server, rows: readonly NewRow[]): Planned[] => {
  const queues = hearing(server, rows)
  return queues.length > 0 ? [{ name: 'posts', contribution: { values: [queues], sql: factSql } }] : []
}

type Planned = { name: string; contribution: Contribution }

const plan = (server: Server, rows: readonly NewRow[], isCautious: boolean): Planned[] => {
  const made = new Set<Relation>()
  const batch: Batch = { server, rows, isCautious, has: (relation) => made.has(relation) }
  const parts = server.extensions.of(writingParts).flatMap(({ name, contribute }) => {
    const contribution = contribute?.(batch)
    if (contribution?.makes) made.add(contribution.makes)
    return contribution ? [{ name, contribution }] : []
  })
  return [...parts, ...factOf(server, rows)]
}

const OWN_VALUES = 15

/** The optional pieces of the statement that a batch needs. */
type Needs = { files: boolean; roots: boolean }

const rootsSql = `roots as materialized (
  -- Shared with other answers, not with a deletion: whichever is first, no answer is left without its root.
  select id, channel_id from posts where id in (select root_id from input where root_id <> '') and root_id = '' and delete_at = 0
  order by id for share
), `

const statement = (planned: readonly Planned[], needs: Needs): string => {
  let first = OWN_VALUES + 1
  const parts = planned.map(({ name, contribution: { values = [], sql, column, isOutdated } }) => {
    const part = {
      sql: sql?.(first) ?? '',
      column: column === undefined ? '' : `, ${column} as "of ${name}"`,
      outdated: isOutdated ? `when ${isOutdated(first)} then 'outdated'` : '',
    }
    first += values.length
    return part
  })
  return `
with input as materialized (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::text[],
    $10::jsonb[], $11::boolean[], $12::boolean[], $13::boolean[], $15::text[]) with ordinality
    as i (id, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority, needs_no_membership, counts, marks_read, file_ids, n)
), ${needs.files ? holdFilesSql : ''} held as materialized (
  select id, team_id, type, name, display_name, delete_at, last_post_at, total_msg_count, total_msg_count_root
  from channels where id = any($3::text[]) order by id for update
), ${needs.roots ? rootsSql : ''} judged as materialized (
  select i.*, h.team_id, h.type as channel_type, h.name as channel_name, h.display_name as channel_display_name,
    h.last_post_at, h.total_msg_count, h.total_msg_count_root,
    greatest($14::bigint, h.last_post_at + 1) + row_number() over (partition by i.channel_id order by i.n) - 1 as create_at,
    case
      ${parts.map(({ outdated }) => outdated).join('')}
      when h.id is null or (m.user_id is null and not i.needs_no_membership) then 'gone'
      when h.delete_at > 0 and i.type not like 'system\\_%' then 'archived'
      ${needs.roots ? `when i.root_id <> '' and r.id is null then 'no_root'` : ''}
      ${needs.files ? `when exists (select from lacking l where l.n = i.n) then 'no_file'` : ''}
      else ''
    end as refused
  from input i
  left join held h on h.id = i.channel_id
  left join channel_members m on m.channel_id = i.channel_id and m.user_id = i.user_id
  ${needs.roots ? 'left join roots r on r.id = i.root_id and r.channel_id = i.channel_id' : ''}
), inserted as (
  insert into posts (id, create_at, update_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority, file_ids)
  select id, create_at, create_at, user_id, channel_id, root_id, message, type, props, hashtags, pending_post_id, priority,
    string_to_array(file_ids, ',') from judged where refused = ''
  on conflict (user_id, pending_post_id) where pending_post_id <> '' do nothing
  returning id
), written as materialized (
  select x.n, x.id, x.user_id, x.channel_id, x.root_id, x.type, x.create_at, x.counts, x.marks_read, x.channel_type,
    coalesce(x.priority ->> 'priority' = 'urgent', false) as is_urgent,
    coalesce(lag(x.create_at) over channel_so_far, x.last_post_at) as previous_at,
    x.total_msg_count + sum(x.counts::int) over channel_so_far as total,
    x.total_msg_count_root + sum((x.counts and x.root_id = '')::int) over channel_so_far as total_root
  from inserted w join judged x on x.id = w.id
  window channel_so_far as (partition by x.channel_id order by x.n)
), ${countPostsSql} ${needs.files ? attachFilesSql : ''} ${parts.map(({ sql }) => sql).join('')} outcome as (
  select j.n, j.refused, j.channel_type, j.channel_name, j.channel_display_name, j.team_id, w.create_at, w.previous_at
  ${parts.map(({ column }) => column).join('')}
  from judged j left join written w on w.n = j.n
)
select *, ${STAMP} as stamp from outcome`
}

const textOf = perServer(
  'texts of the statement that writes posts',
  'computed from the code alone',
  () => new Map<string, string>(),
)

const textFor = (server: Server, planned: readonly Planned[], needs: Needs): string => {
  const variants = planned.map(
    ({ name, contribution: { variant = '', values = [] } }) => `${name} ${variant} ${values.length}`,
  )
  const key = [needs.files, needs.roots, ...variants].join()
  const text = textOf(server).get(key) ?? statement(planned, needs)
  textOf(server).set(key, text)
  return text
}

type Answered = Omit<Outcome, 'refused'> & { n: number; refused: Outcome['refused'] | 'outdated' }

const ask = async (server: Server, db: Db, rows: readonly NewRow[], now: number, isCautious: boolean) => {
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
  const planned = plan(server, rows, isCautious)
  const needs = {
    files: rows.some(({ file_ids }) => file_ids.length > 0),
    roots: rows.some(({ root_id }) => root_id !== ''),
  }
  const values = planned.flatMap(({ contribution }) => contribution.values ?? [])
  return await db.rows<Answered>(textFor(server, planned, needs), [...own, ...values])
}

/** Writes posts in the transaction or connection `db`. Returns the outcome of each, in their order. */
export const writePosts = async (
  server: Server,
  db: Db,
  rows: readonly NewRow[],
  now: number,
): Promise<Outcome[]> => {
  let answered = await ask(server, db, rows, now, false)
  if (answered.some(({ refused }) => refused === 'outdated'))
    answered = await ask(server, db, rows, now, true)
  return answered.sort((a, b) => a.n - b.n) as Outcome[]
}

const rehearsed = new Error('a rehearsal is always rolled back')

/**
 * Finds which of these rows were written, and the rest of their outcomes: mentions, threads. For a batch
 * whose answer was lost. Values that are not in the row are computed by writing the post again in a
 * transaction that is rolled back.
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
    // The stamp is unknown. If another server has sent something meanwhile, this post counts as late.
    const known = { refused: '', create_at: times.get(id) ?? 0, previous_at: null, stamp: 1 } as const
    return { ...outcome, ...known, found: { replies } }
  })
}
