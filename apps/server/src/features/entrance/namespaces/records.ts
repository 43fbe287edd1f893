import type { Namespace, NamespacePlace } from '@plausch/wire'
import type { CountedNamespace, PlaceRow } from './store.ts'

export const shownNamespace = ({ allowed_at: _, ...row }: CountedNamespace): Namespace => row

export const shownPlace = (row: PlaceRow): NamespacePlace => ({
  remote_id: row.remote_id,
  dn: row.dn,
  name: row.name,
  address: row.address,
  group_id: row.group_id,
  place_id: row.place_id,
  problem: row.problem,
})
