/**
 * Which memberships of teams and channels follow from groups. Pure: preview, brake and work read the same
 * difference.
 */
import type { Link, Place, PlaceMember, PlacementRow } from './store.ts'

export type State = {
  places: readonly Place[]
  links: readonly Link[]
  /** Everybody whom a group or a placement names, and all where groups decide. */
  members: readonly PlaceMember[]
  placements: readonly PlacementRow[]
  /** Who is in the groups, by the id of the group. */
  groups: ReadonlyMap<string, ReadonlySet<string>>
  /** Who may be added anywhere: active people. */
  addable: ReadonlySet<string>
  /** People about whom the directory says nothing at the moment: nothing is taken from them. */
  spared: ReadonlySet<string>
  /** The same for single places: who has not come by since a sign-in service is asked about a group there. */
  unheard?: ReadonlyMap<string, ReadonlySet<string>>
  /** The team that everybody is in: nobody is removed from it. */
  primaryTeam: string
  /** May people who left be added again? */
  readds: boolean
}

/** What is to do in one place, in people's ids. */
export type PlaceDiff = {
  place: Place
  add: string[]
  remove: string[]
  promote: string[]
  demote: string[]
  /** People whose leaving need not be remembered any more. */
  forget: string[]
}

const TOWN_SQUARE = 'town-square'

const isEmpty = ({ add, remove, promote, demote, forget }: PlaceDiff): boolean =>
  [add, remove, promote, demote, forget].every((list) => list.length === 0)

const union = (sets: Iterable<ReadonlySet<string> | undefined>): Set<string> => {
  const all = new Set<string>()
  for (const set of sets) if (set) for (const each of set) all.add(each)
  return all
}

type Of = {
  links: readonly Link[]
  members: ReadonlyMap<string, PlaceMember>
  placements: readonly PlacementRow[]
  /** For a channel: who is, or will be, in its team. */
  inTeam: ReadonlySet<string> | undefined
}

/** Does the place keep everybody, whatever groups say? */
const keepsAll = (place: Place, { primaryTeam }: State): boolean =>
  place.kind === 'Team' ? place.id === primaryTeam : place.name === TOWN_SQUARE

const comparePlace = (state: State, place: Place, { links, members, placements, inTeam }: Of): PlaceDiff => {
  const { groups, addable, readds } = state
  const spared = union([state.spared, state.unheard?.get(place.id)])
  const of = (some: readonly Link[]) => union(some.map(({ group_id }) => groups.get(group_id)))
  const allowed = of(links)
  const wanted = of(links.filter(({ auto_add }) => auto_add))
  const admins = of(links.filter(({ scheme_admin }) => scheme_admin))
  const kept = new Map(placements.map((row) => [row.user_id, row]))
  const mayGo = ({ user_id, is_bot, is_active }: PlaceMember): boolean =>
    is_active && !is_bot && !spared.has(user_id) && !allowed.has(user_id)
  // Nobody goes because of a group that nobody has read: everybody may be in it.
  const isKnown = links.every(({ is_read }) => is_read)
  // Without any group there is nothing by which to judge.
  const decides = place.group_constrained && links.length > 0
  const add = [...wanted].filter(
    (id) =>
      addable.has(id) &&
      !members.has(id) &&
      (readds || (kept.get(id)?.left_at ?? 0) === 0) &&
      (inTeam === undefined || inTeam.has(id)),
  )
  const remove =
    keepsAll(place, state) || !isKnown
      ? []
      : [...members.values()]
          .filter((member) => mayGo(member) && (decides || kept.get(member.user_id)?.is_member === true))
          .map(({ user_id }) => user_id)
  const going = new Set(remove)
  const added = new Set(add)
  const isOrdinary = (id: string): boolean => {
    const member = members.get(id)
    return member ? !member.scheme_admin && !member.scheme_guest && member.is_active : added.has(id)
  }
  const isOver = (id: string): boolean =>
    isKnown && (kept.get(id)?.is_admin ?? false) && !admins.has(id) && !spared.has(id) && !going.has(id)
  return {
    place,
    add,
    remove,
    promote: [...admins].filter((id) => isOrdinary(id) && !going.has(id)),
    demote: [...kept.keys()].filter(isOver),
    forget: [...kept.values()]
      .filter(
        ({ user_id, left_at }) => isKnown && left_at > 0 && !wanted.has(user_id) && !spared.has(user_id),
      )
      .map(({ user_id }) => user_id),
  }
}

/** Places in which something is to do: teams first, because a member of a channel is one of its team. */
export const comparePlaces = (state: State): PlaceDiff[] => {
  const { places, links, members, placements } = state
  const linksOf = Map.groupBy(links, ({ place_id }) => place_id)
  const placementsOf = Map.groupBy(placements, ({ place_id }) => place_id)
  const membersOf = new Map(
    [...Map.groupBy(members, ({ place_id }) => place_id)].map(([id, list]) => [
      id,
      new Map(list.map((member) => [member.user_id, member])),
    ]),
  )
  const found: PlaceDiff[] = []
  const inTeams = new Map([...membersOf].map(([id, people]) => [id, new Set(people.keys())]))
  for (const kind of ['Team', 'Channel'] as const) {
    for (const place of places) {
      if (place.kind !== kind) continue
      const diff = comparePlace(state, place, {
        links: linksOf.get(place.id) ?? [],
        members: membersOf.get(place.id) ?? new Map(),
        placements: placementsOf.get(place.id) ?? [],
        inTeam: kind === 'Channel' ? (inTeams.get(place.team_id) ?? new Set()) : undefined,
      })
      if (kind === 'Team') {
        const after = new Set(inTeams.get(place.id))
        for (const id of diff.add) after.add(id)
        for (const id of diff.remove) after.delete(id)
        inTeams.set(place.id, after)
      }
      if (!isEmpty(diff)) found.push(diff)
    }
  }
  return found
}
