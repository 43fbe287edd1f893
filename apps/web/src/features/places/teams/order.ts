/** The order of the reader's teams: their own (v4's preference), new ones after it by name. */
import { type Source, sameList, select } from '@plausch/client'
import type { Team } from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { toTeam } from '../../../platform/navigation.ts'
import { here } from '../../../platform/place.ts'

const CATEGORY = 'teams_order'

/** The reader's teams, in their order. */
export const orderedTeams: Source<readonly Team[]> = select((read) => {
  const wanted = read(client.preferences.at(CATEGORY, ''))?.value.split(',') ?? []
  const place = (team: Team): number => {
    const at = wanted.indexOf(team.id)
    return at < 0 ? wanted.length : at
  }
  return read(client.teams.sorted).toSorted((a, b) => place(a) - place(b))
}, sameList)

const save = (ids: readonly string[]): Promise<void> => client.preferences.save(CATEGORY, '', ids.join(','))

/** Puts a team before or after another one. */
export const putTeamBeside = (teamId: string, neighbour: string, isAfter: boolean): Promise<void> => {
  const others = orderedTeams
    .get()
    .map(({ id }) => id)
    .filter((id) => id !== teamId)
  const at = others.indexOf(neighbour) + (isAfter ? 1 : 0)
  return save([...others.slice(0, at), teamId, ...others.slice(at)])
}

/** The team above or below another one in the list. */
export const teamBeside = (teamId: string, step: 1 | -1): Team | undefined => {
  const all = orderedTeams.get()
  const at = all.findIndex(({ id }) => id === teamId)
  return at < 0 ? undefined : all[at + step]
}

/** Opens the next team of the list, or the previous one; after the last comes the first. */
export const walkTeams = (step: 1 | -1): void => {
  const all = orderedTeams.get()
  const at = all.findIndex(({ id }) => id === here.get().team?.id)
  const next = all[(at + step + all.length) % all.length]
  if (next && all.length > 1) toTeam(next)
}
