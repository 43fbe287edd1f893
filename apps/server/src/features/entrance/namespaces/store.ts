/** The tables `namespaces`, `namespace_places` and `derived_groups`. */
import type { NamespacePlace, NamespaceRule } from '@plausch/wire'
import type { Db, Row } from '../../../core/db.ts'

export type NamespaceRow = Row<'namespaces', Pick<NamespaceRule, 'source' | 'makes'>>
export type PlaceRow = Row<'namespace_places', Pick<NamespacePlace, 'problem'>>
export type CountedNamespace = NamespaceRow & { place_count: number; problem_count: number }

const counted = `select n.*, count(p.remote_id) filter (where p.made_at > 0) as place_count,
    count(p.remote_id) filter (where p.problem <> '') as problem_count
  from namespaces n left join namespace_places p on p.namespace_id = n.id`

export const listNamespaces = (db: Db) =>
  db.rows<CountedNamespace>(`${counted} group by n.id order by n.name, n.id`)

export const findNamespace = (db: Db, id: string) =>
  db.row<CountedNamespace>(`${counted} where n.id = $1 group by n.id`, [id])

/** The row, locked: a pass and an administrator take turns. */
export const lockNamespace = (db: Db, id: string) =>
  db.row<NamespaceRow>('select * from namespaces where id = $1 for update', [id])

export const countNamespaces = async (db: Db): Promise<number> =>
  (await db.row<{ n: number }>('select count(*) as n from namespaces'))?.n ?? 0

export const isAnyOn = async (db: Db): Promise<boolean> =>
  (await db.row('select from namespaces where is_on limit 1')) !== undefined

export type DerivedKind = 'units' | 'owners'

export const listDerived = (db: Db) =>
  db.rows<Row<'derived_groups', { kind: DerivedKind }>>('select * from derived_groups')

export const saveDerived = (db: Db, remoteId: string, kind: DerivedKind) =>
  db.run('insert into derived_groups (remote_id, kind) values ($1, $2) on conflict do nothing', [
    remoteId,
    kind,
  ])

/** Inserts the row, or replaces what an administrator can change. */
export const saveNamespace = (db: Db, row: NamespaceRow) =>
  db.run(
    `insert into namespaces (id, create_at, update_at, name, base, source, pattern, makes, team_id, is_open,
       is_constrained, is_mentionable, has_owners, is_on, allowed_count, allowed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (id) do update set update_at = excluded.update_at, name = excluded.name, base = excluded.base,
       source = excluded.source, pattern = excluded.pattern, makes = excluded.makes, team_id = excluded.team_id,
       is_open = excluded.is_open, is_constrained = excluded.is_constrained,
       is_mentionable = excluded.is_mentionable, has_owners = excluded.has_owners, is_on = excluded.is_on,
       allowed_count = excluded.allowed_count, allowed_at = excluded.allowed_at`,
    [
      row.id,
      row.create_at,
      row.update_at,
      row.name,
      row.base,
      row.source,
      row.pattern,
      row.makes,
      row.team_id,
      row.is_open,
      row.is_constrained,
      row.is_mentionable,
      row.has_owners,
      row.is_on,
      row.allowed_count,
      row.allowed_at,
    ],
  )

/** What it has made stays known: a later rule finds it again. */
export const deleteNamespace = async (db: Db, id: string): Promise<void> => {
  await db.run('delete from namespaces where id = $1', [id])
  await db.run('delete from namespace_places where namespace_id = $1 and made_at = 0', [id])
}

/** First what waits, then by name. */
export const listPlaces = (db: Db, namespaceId: string, limit: number, offset: number) =>
  db.rows<PlaceRow>(
    `select * from namespace_places where namespace_id = $1
     order by (problem = ''), lower(name), remote_id limit $2 offset $3`,
    [namespaceId, limit, offset],
  )

export const placesOf = (db: Db, namespaceId: string) =>
  db.rows<PlaceRow>('select * from namespace_places where namespace_id = $1', [namespaceId])

export const savePlaces = (db: Db, rows: readonly PlaceRow[]) =>
  db.run(
    `insert into namespace_places (namespace_id, remote_id, dn, name, address, given_name, group_id,
       owner_group_id, place_id, made_at, problem)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::bigint[], $11::text[])
     on conflict (namespace_id, remote_id) do update set dn = excluded.dn, name = excluded.name,
       address = excluded.address, given_name = excluded.given_name, group_id = excluded.group_id,
       owner_group_id = excluded.owner_group_id, place_id = excluded.place_id, made_at = excluded.made_at,
       problem = excluded.problem`,
    [
      rows.map((row) => row.namespace_id),
      rows.map((row) => row.remote_id),
      rows.map((row) => row.dn),
      rows.map((row) => row.name),
      rows.map((row) => row.address),
      rows.map((row) => row.given_name),
      rows.map((row) => row.group_id),
      rows.map((row) => row.owner_group_id),
      rows.map((row) => row.place_id),
      rows.map((row) => row.made_at),
      rows.map((row) => row.problem),
    ],
  )

/** Forgets entries that are gone before anything was made of them. */
export const dropWaiting = (db: Db, namespaceId: string, remoteIds: readonly string[]) =>
  db.run(
    'delete from namespace_places where namespace_id = $1 and made_at = 0 and remote_id = any($2::text[])',
    [namespaceId, remoteIds],
  )

/** How many places a namespace has made since a time. */
export const countMade = async (db: Db, namespaceId: string, since: number): Promise<number> =>
  (
    await db.row<{ n: number }>(
      'select count(*) as n from namespace_places where namespace_id = $1 and made_at >= $2',
      [namespaceId, since],
    )
  )?.n ?? 0

/** Ends what administrators have said about taking over, for what was not made yet. */
export const dropConsents = (db: Db, namespaceId: string) =>
  db.run(
    `update namespace_places set place_id = '' where namespace_id = $1 and made_at = 0 and place_id <> ''`,
    [namespaceId],
  )

/** Which groups of the directory are linked here, by their ids there. */
export const linkedIds = async (db: Db, remoteIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.rows<{ remote_id: string }>(
        `select remote_id from groups where source = 'ldap' and remote_id = any($1::text[]) and delete_at = 0`,
        [remoteIds],
      )
    ).map(({ remote_id }) => remote_id),
  )

export type Occupant = { id: string; name: string; delete_at: number }

/** The teams, or the channels of a team, that have these addresses. */
export const findByAddresses = (db: Db, teamId: string, addresses: readonly string[]) =>
  db.rows<Occupant>(
    `select id, name, delete_at from teams where $1 = '' and name = any($2::text[])
     union all
     select id, name, delete_at from channels where team_id = $1 and $1 <> '' and name = any($2::text[])`,
    [teamId, addresses],
  )

export type OwnPlace = { remote_id: string; group_id: string; place_id: string }

/**
 * The teams, or the channels of a team, that are linked to the group of an entry, and have its address or were
 * made for it by a rule, which may be gone.
 */
export const findOwnPlaces = (db: Db, teamId: string, entries: readonly { id: string; address: string }[]) =>
  db.rows<OwnPlace>(
    `select distinct on (e.id) e.id as remote_id, g.id as group_id, s.place_id
     from unnest($2::text[], $3::text[]) as e (id, address)
       join groups g on g.source = 'ldap' and g.remote_id = e.id and g.delete_at = 0
       join syncables s on s.group_id = g.id and s.delete_at = 0
       join (select id, name, '' as team_id, delete_at from teams
             union all select id, name, team_id, delete_at from channels) p
         on p.id = s.place_id and p.team_id = $1 and p.delete_at = 0
     where p.name = e.address or exists (
       select from namespace_places n
       where n.remote_id = e.id and n.place_id = s.place_id and n.made_at > 0
     )
     order by e.id, (p.name = e.address) desc, s.place_id`,
    [teamId, entries.map(({ id }) => id), entries.map(({ address }) => address)],
  )

/** Forgets derived groups that are linked no more. */
export const dropDerived = (db: Db) =>
  db.run(
    `delete from derived_groups d where not exists (
       select from groups g where g.source = 'ldap' and g.remote_id = d.remote_id and g.delete_at = 0
     )`,
  )

/** The members of teams and channels, without bots. */
export const membersOfPlaces = (db: Db, ids: readonly string[]) =>
  db.rows<{ place_id: string; user_id: string }>(
    `select m.team_id as place_id, m.user_id from team_members m join users u on u.id = m.user_id and not u.is_bot
     where m.team_id = any($1::text[])
     union all
     select m.channel_id, m.user_id from channel_members m join users u on u.id = m.user_id and not u.is_bot
     where m.channel_id = any($1::text[])`,
    [ids],
  )

/** The accounts of people by their ids in the directory. */
export const accountsOf = (db: Db, remoteIds: readonly string[]) =>
  db.rows<{ id: string; auth_data: string }>(
    `select id, auth_data from users where auth_service = 'ldap' and auth_data = any($1::text[])`,
    [remoteIds],
  )

/** The places to which groups are linked, for the tree. */
export const placesOfGroups = (db: Db, groupIds: readonly string[]) =>
  db.rows<{ group_id: string; id: string; type: string; display_name: string }>(
    `select s.group_id, s.place_id as id, s.kind as type, coalesce(t.display_name, c.display_name) as display_name
     from syncables s left join teams t on t.id = s.place_id left join channels c on c.id = s.place_id
     where s.group_id = any($1::text[]) and s.delete_at = 0 and coalesce(t.delete_at, c.delete_at) = 0
     order by s.kind desc, display_name`,
    [groupIds],
  )
