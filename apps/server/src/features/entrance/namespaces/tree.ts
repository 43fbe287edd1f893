/** One level of the directory's tree: units and groups, with the teams and channels that follow from them. */
import type { DirectoryBranch, InputOf, namespaces } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { sortedByName } from '../../../core/folding.ts'
import { ldap } from '../../../core/ldap.ts'
import { type Entry, idOf, isBinary } from '../../../core/ldap-entries.ts'
import { findRemote } from '../../places/groups/index.ts'
import { asking, filterOf, GROUPS } from '../directory/index.ts'
import { checkBase } from './service.ts'
import { placesOfGroups } from './store.ts'

const MOST_SHOWN = 500
const PAGE = 500

const isUnit = (entry: Entry): boolean =>
  entry.texts('objectClass').some((name) => name.toLowerCase() === 'organizationalunit')

export const tree = async (
  context: Context,
  { query }: InputOf<typeof namespaces.tree>,
): Promise<DirectoryBranch> => {
  const { db, server } = context
  const { BaseDN, GroupIdAttribute, GroupDisplayNameAttribute, MaxPageSize } = server.settings().LdapSettings
  checkBase(context, query.base)
  const dn = query.base === '' ? BaseDN : query.base
  const entries = await asking(context, async (connection) => {
    const { EqualityFilter, OrFilter } = await ldap()
    const units = new EqualityFilter({ attribute: 'objectClass', value: 'organizationalUnit' })
    const names = [GroupIdAttribute, GroupDisplayNameAttribute].filter((name) => name !== '')
    const found = await connection.search({
      base: dn,
      scope: 'one',
      filter: new OrFilter({ filters: [units, await filterOf(GROUPS)] }),
      attributes: ['objectClass', 'ou', 'cn', ...names],
      binary: names.filter(isBinary),
      pageSize: MaxPageSize || PAGE,
    })
    return found.entries
  })
  const found = entries.map((entry) => ({
    dn: entry.dn,
    id: GroupIdAttribute === '' ? '' : idOf(entry, GroupIdAttribute),
    kind: isUnit(entry) ? ('unit' as const) : ('group' as const),
    name: (isUnit(entry) ? entry.text('ou') : entry.text(GroupDisplayNameAttribute || 'cn')) || entry.dn,
  }))
  const of = (kind: 'unit' | 'group') => sortedByName(found.filter((entry) => entry.kind === kind))
  const shown = [...of('unit'), ...of('group')].slice(0, MOST_SHOWN)
  const rows = await findRemote(
    db,
    'ldap',
    shown.flatMap(({ id }) => (id === '' ? [] : [id])),
  )
  const groups = new Map(
    rows.filter(({ delete_at }) => delete_at === 0).map((row) => [row.remote_id, row.id]),
  )
  const places = Map.groupBy(await placesOfGroups(db, [...groups.values()]), ({ group_id }) => group_id)
  return {
    dn,
    count: entries.length,
    entries: shown.map(({ id, ...entry }) => {
      const group_id = groups.get(id) ?? ''
      const linked = places.get(group_id) ?? []
      return {
        ...entry,
        group_id,
        places: linked.map(({ id: place_id, type, display_name }) => ({ id: place_id, type, display_name })),
      }
    }),
  }
}
