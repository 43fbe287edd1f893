/** What a rule would do, before it is switched on. */
import type { InputOf, NamespacePreview, namespaces } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { asking, readGroups, readPeople, resolveMembers } from '../directory/index.ts'
import { look } from './looking.ts'
import type { Planned } from './plan.ts'
import { checkRule } from './service.ts'
import { accountsOf, membersOfPlaces } from './store.ts'
import { ownersOf } from './units.ts'

const MOST_SHOWN = 200

type Shown = NamespacePreview['places'][number]

/** Who is in the entries and who leads them, by the ids of people in the directory. */
const membersNow = (context: Context, entries: readonly Planned[]) =>
  asking(context, async (connection) => {
    const { server } = context
    const people = (await readPeople(connection, server, true)).filter(({ isDisabled }) => !isDisabled)
    const groups = await readGroups(connection, server)
    const candidates = entries.map(({ candidate }) => candidate)
    const owners = candidates.map(ownersOf)
    const known = new Set(groups.map(({ dn }) => dn))
    const all = [...groups, ...candidates.filter(({ dn }) => !known.has(dn)), ...owners]
    const named = people.map(({ id, dn, keys = { uid: '', gid: '', primary: '' } }) => ({ id, dn, keys }))
    return resolveMembers(all, named, new Set([...candidates, ...owners].map(({ id }) => id)))
  })

/** How many members each of the places would lose to the entry that takes it over. */
const leaving = async (
  { db }: Context,
  entries: readonly Planned[],
  membersOf: (id: string) => ReadonlySet<string>,
): Promise<Map<string, number>> => {
  const taken = entries.filter(({ state, placeId }) => state !== 'made' && placeId !== '')
  if (taken.length === 0) return new Map()
  const present = Map.groupBy(
    await membersOfPlaces(
      db,
      taken.map(({ placeId }) => placeId),
    ),
    ({ place_id }) => place_id,
  )
  const people = new Set(taken.flatMap(({ candidate }) => [...membersOf(candidate.id)]))
  const accounts = new Map((await accountsOf(db, [...people])).map(({ id, auth_data }) => [id, auth_data]))
  return new Map(
    taken.map(({ candidate, placeId }) => {
      const members = membersOf(candidate.id)
      const going = (present.get(placeId) ?? []).filter(
        ({ user_id }) => !members.has(accounts.get(user_id) ?? ''),
      )
      return [candidate.id, going.length] as const
    }),
  )
}

/** What needs a decision comes first. */
const order: Record<Shown['state'], number> = { stopped: 0, new: 1, made: 2 }

export const preview = async (
  context: Context,
  { body }: InputOf<typeof namespaces.preview>,
): Promise<NamespacePreview> => {
  await checkRule(context, body)
  const entries = await look(context, body, body.id ?? '')
  const resolved = await membersNow(context, entries)
  const membersOf = (id: string) => resolved.get(id) ?? new Set<string>()
  const goes = body.is_constrained ? await leaving(context, entries, membersOf) : new Map<string, number>()
  const places = entries.map(
    ({ candidate, row, own, state, problem, placeId, isTakenOver }): Shown => ({
      remote_id: candidate.id,
      dn: candidate.path,
      name: candidate.name,
      address: row && row.made_at > 0 ? row.address : candidate.address,
      group_id: row?.group_id || own?.group_id || '',
      place_id: placeId,
      problem,
      state,
      is_taken_over: isTakenOver,
      person_count: membersOf(candidate.id).size,
      owner_count: membersOf(ownersOf(candidate).id).size,
      leaving_count: goes.get(candidate.id) ?? 0,
    }),
  )
  const fresh = places.filter(({ state }) => state === 'new')
  return {
    found_count: places.length,
    new_count: fresh.length,
    problem_count: places.filter(({ problem }) => problem !== '').length,
    person_count: new Set(fresh.flatMap(({ remote_id }) => [...membersOf(remote_id)])).size,
    places: places.sort((one, other) => order[one.state] - order[other.state]).slice(0, MOST_SHOWN),
  }
}
