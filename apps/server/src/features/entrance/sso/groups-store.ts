/** The table `sso_groups`. */
import { type Db, literal, type Row } from '../../../core/db.ts'
import type { RemoteSource } from '../../places/groups/index.ts'

export type ClaimedRow = Row<'sso_groups', { service: RemoteSource }>

/** Within this time nobody needs to know more exactly when a group was last named. */
const EXACT_MS = 3_600_000

/** In one order, so that sign-ins do not wait for each other in a circle. */
export const rememberGroups = async (
  db: Db,
  service: RemoteSource,
  groups: readonly { id: string; value: string; name: string }[],
  now: number,
): Promise<void> => {
  if (groups.length === 0) return
  const sorted = groups.toSorted((one, other) => (one.value < other.value ? -1 : 1))
  await db.run(
    `insert into sso_groups (id, service, value, name, seen_at)
     select t.id, $1, t.value, t.name, $5
     from unnest($2::text[], $3::text[], $4::text[]) as t (id, value, name)
     on conflict (service, value) do update set seen_at = excluded.seen_at, name = excluded.name
     where sso_groups.seen_at < excluded.seen_at - $6`,
    [
      service,
      sorted.map(({ id }) => id),
      sorted.map(({ value }) => value),
      sorted.map(({ name }) => name),
      now,
      EXACT_MS,
    ],
  )
}

export const findClaimed = (db: Db, id: string) =>
  db.row<ClaimedRow>('select * from sso_groups where id = $1', [id])

export type Listing = {
  term: string
  service: string
  isLinked: boolean | null
  limit: number
  offset: number
}

export type ListedClaim = ClaimedRow & {
  group_id: string | null
  has_syncables: boolean | null
  total: number
}

export const listClaimed = (db: Db, { term, service, isLinked, limit, offset }: Listing) =>
  db.rows<ListedClaim>(
    `select c.*, g.id::text as group_id, count(*) over () as total,
       case when g.id is not null then exists (
         select from syncables s where s.group_id = g.id and s.delete_at = 0) end as has_syncables
     from sso_groups c
     left join groups g on g.source = c.service and g.remote_id = c.value and g.delete_at = 0
     where ($1 = '' or c.service = $1) and ($2::boolean is null or $2 = (g.id is not null))
       and (lower(c.name) like $3 or lower(c.value) like $3)
     order by lower(c.name) collate "C", c.id limit $4 offset $5`,
    [service, isLinked, `%${literal(term.toLowerCase())}%`, limit, offset],
  )

const unlinkedSql = `not exists (
  select from groups g where g.source = c.service and g.remote_id = c.value and g.delete_at = 0)`

/**
 * Forgets groups that nobody has named for so long, and the oldest ones beyond a number for each service.
 * Those that are linked stay.
 */
export const forgetGroups = async (db: Db, before: number, most: number): Promise<void> => {
  await db.run(`delete from sso_groups c where c.seen_at < $1 and ${unlinkedSql}`, [before])
  await db.run(
    `delete from sso_groups c where ${unlinkedSql} and c.id in (
       select id from (
         select id, row_number() over (partition by service order by seen_at desc, id) as n from sso_groups
       ) t where n > $1)`,
    [most],
  )
}
