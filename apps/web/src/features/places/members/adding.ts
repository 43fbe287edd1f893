/** Adds people and groups to a channel, and to its team if they are not in it. */
import {
  type Channel,
  type Group,
  groups as groupOperations,
  teams as teamOperations,
  type User,
  users as userOperations,
} from '@plausch/wire'
import { client } from '../../../platform/client.ts'

/** Somebody who can be added. `isOutside`: not in the team of the channel. */
export type Candidate =
  | { kind: 'person'; id: string; user: User; isOutside: boolean }
  | { kind: 'group'; id: string; group: Group }

export type Outcome = { added: number; outside: readonly string[] }

export const mayAddToTeam = (teamId: string): boolean =>
  client.roles.permissions(teamId).get().has('add_user_to_team')

const outsiders = async (term: string, teamId: string): Promise<readonly User[]> => {
  if (term === '' || !mayAddToTeam(teamId)) return []
  const found = await client.call(userOperations.search, {
    body: { term, not_in_team_id: teamId, limit: 10 },
  })
  for (const user of found) client.users.put(user)
  return found
}

const groupsNamed = async (term: string): Promise<readonly Group[]> => {
  if (term === '') return []
  return await client.call(groupOperations.list, {
    query: { q: term, per_page: 5, filter_allow_reference: true, include_member_count: true },
  })
}

/** People and groups by a part of their name: those in the team first. */
export const findCandidates = async (term: string, { id, team_id }: Channel): Promise<Candidate[]> => {
  const [inside, groups, outside] = await Promise.all([
    client.users.search(term, { team_id, not_in_channel_id: id }),
    // Who may not see groups or others adds the people of the team.
    groupsNamed(term).catch(() => []),
    outsiders(term, team_id).catch(() => []),
  ])
  return [
    ...inside.map((user): Candidate => ({ kind: 'person', id: user.id, user, isOutside: false })),
    ...groups.map((group): Candidate => ({ kind: 'group', id: group.id, group })),
    ...outside.map((user): Candidate => ({ kind: 'person', id: user.id, user, isOutside: true })),
  ]
}

const peopleOf = async (candidate: Candidate): Promise<readonly string[]> => {
  if (candidate.kind === 'person') return [candidate.id]
  return (await client.groups.listMembers(candidate.id)).map(({ id }) => id)
}

const membersOfTeam = async (teamId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const found = await client.call(teamOperations.listMembersByIds, {
    params: { team_id: teamId },
    body: [...ids],
  })
  return new Set(found.filter(({ delete_at }) => delete_at === 0).map(({ user_id }) => user_id))
}

const addToTeam = async (teamId: string, ids: readonly string[]): Promise<readonly string[]> => {
  if (ids.length === 0 || !mayAddToTeam(teamId)) return []
  const results = await client.call(teamOperations.addMembers, {
    params: { team_id: teamId },
    query: { graceful: true },
    body: ids.map((user_id) => ({ team_id: teamId, user_id })),
  })
  return results.flatMap((each) => ('error' in each && each.error ? [] : each.user_id))
}

/** Adds them; those who cannot be in the team are left out and returned. */
export const addCandidates = async (
  { id, team_id }: Channel,
  chosen: readonly Candidate[],
): Promise<Outcome> => {
  const lists = await Promise.all(chosen.map(peopleOf))
  const ids = [...new Set(lists.flat())]
  if (ids.length === 0) return { added: 0, outside: [] }
  const before = await membersOfTeam(team_id, ids)
  const joined = await addToTeam(
    team_id,
    ids.filter((each) => !before.has(each)),
  )
  const inside = ids.filter((each) => before.has(each) || joined.includes(each))
  if (inside.length > 0) await client.members.add(id, inside)
  return { added: inside.length, outside: ids.filter((each) => !inside.includes(each)) }
}
