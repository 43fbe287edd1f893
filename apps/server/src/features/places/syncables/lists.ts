/** Which groups belong to a team or a channel, and who would not be there by groups alone. */
import type { Group, InputOf, syncables, UngroupedMember } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { literal } from '../../../core/db.ts'
import { Fault } from '../../../core/faults.ts'
import { nameForms } from '../../../core/folding.ts'
import { shownUser, usersByIds } from '../../people/users/index.ts'
import { type SeenChannel, seeChannels } from '../channels/index.ts'
import { shownGroup, sightOf } from '../groups/index.ts'
import type { SeenTeam } from '../teams/index.ts'
import {
  countGroupsOf,
  countUngrouped,
  groupsOfPeople,
  groupsOfPlaces,
  type Kind,
  linkedChannels,
  listUngrouped,
  type PlacedGroup,
  seenGroups,
} from './store.ts'

type Query = InputOf<typeof syncables.groupsOfTeam>['query']

const listingOf = (context: Context, query: Query) => ({
  term: nameForms(query.q).map((form) => `%${literal(form)}%`),
  onlyReferenced: query.filter_allow_reference,
  sight: sightOf(context),
  limit: query.paginate ? query.per_page : null,
  offset: query.paginate ? Math.max(query.page, 0) * query.per_page : 0,
})

const shown = (row: PlacedGroup): Group => ({ ...shownGroup(row), scheme_admin: row.scheme_admin })

const groupsOf = async (context: Context, placeId: string, query: Query) => {
  const listing = listingOf(context, query)
  return {
    groups: (await groupsOfPlaces(context.db, [placeId], listing)).map(shown),
    total_group_count: await countGroupsOf(context.db, placeId, listing),
  }
}

export const groupsOfTeam = (
  context: Context,
  { query }: InputOf<typeof syncables.groupsOfTeam>,
  { team }: SeenTeam,
) => groupsOf(context, team.id, query)

export const groupsOfChannel = (
  context: Context,
  { query }: InputOf<typeof syncables.groupsOfChannel>,
  { channel }: SeenChannel,
) => groupsOf(context, channel.id, query)

/** Only of channels that the actor may see. */
export const groupsByChannels = async (
  context: Context,
  { query }: InputOf<typeof syncables.groupsByChannels>,
  { team }: SeenTeam,
): Promise<{ groups: Record<string, Group[]> }> => {
  const seen = await seeChannels(context, await linkedChannels(context.db, team.id))
  const rows = await groupsOfPlaces(context.db, [...seen.keys()], listingOf(context, query))
  const groups: Record<string, Group[]> = {}
  for (const [id, list] of Map.groupBy(rows, (row) => row.place_id)) groups[id] = list.map(shown)
  return { groups }
}

const ID = /^[a-z0-9]{26}$/

const ungrouped = async (
  context: Context,
  kind: Kind,
  placeId: string,
  { group_ids, page, per_page }: InputOf<typeof syncables.ungroupedInTeam>['query'],
) => {
  const asked = group_ids.split(',').filter((id) => id !== '')
  if (asked.length === 0 || asked.some((id) => !ID.test(id)))
    throw new Fault('api.context.invalid_url_param.app_error', { name: 'group_ids' })
  const { db, server } = context
  // A group that the actor may not know is like one that does not exist: nobody is in it.
  const ids = await seenGroups(db, asked, sightOf(context))
  const rows = await listUngrouped(db, kind, placeId, ids, per_page, Math.max(page, 0) * per_page)
  const userIds = rows.map(({ id }) => id)
  const people = new Map((await usersByIds(server, userIds)).map((user) => [user.id, user]))
  const groups = Map.groupBy(await groupsOfPeople(db, userIds, sightOf(context)), (row) => row.user_id)
  const users = rows.flatMap(({ id, ...scheme }): UngroupedMember[] => {
    const user = people.get(id)
    const own = (groups.get(id) ?? []).map(({ user_id: _, ...group }) => shownGroup(group))
    return user ? [{ ...shownUser(context, user), groups: own, ...scheme }] : []
  })
  return { users, total_count: await countUngrouped(db, kind, placeId, ids) }
}

export const ungroupedInTeam = (
  context: Context,
  { query }: InputOf<typeof syncables.ungroupedInTeam>,
  { team }: SeenTeam,
) => ungrouped(context, 'Team', team.id, query)

export const ungroupedInChannel = (
  context: Context,
  { query }: InputOf<typeof syncables.ungroupedInChannel>,
  { channel }: SeenChannel,
) => ungrouped(context, 'Channel', channel.id, query)
