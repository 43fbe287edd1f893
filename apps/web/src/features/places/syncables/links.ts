/** Links between groups of the directory and teams and channels: the calls of the server. */
import { everyPage } from '@plausch/client'
import {
  type Channel,
  type ChannelSyncable,
  channels,
  type Group,
  groups,
  syncables as operations,
  type TeamSyncable,
  teams,
} from '@plausch/wire'
import { client } from '../../../platform/client.ts'
import { pageOf } from '../../../ui/use-found.ts'

/** `team` names the team of a channel, where it is to be told. */
export type Place = { kind: 'team' | 'channel'; id: string; name: string; team?: string }

/** A link with the names of both ends. `adds` is undefined for readers who are not told. */
export type Link = { group: { id: string; name: string }; place: Place; adds?: boolean; makesAdmins: boolean }

export type Ends = Pick<Link, 'group' | 'place'>

type Wanted = { auto_add?: boolean; scheme_admin?: boolean }

const ofTeam = ({ group, place }: Ends) => ({ group_id: group.id, team_id: place.id })
const ofChannel = ({ group, place }: Ends) => ({ group_id: group.id, channel_id: place.id })

export const makeLink = async (ends: Ends, body: Wanted): Promise<void> => {
  if (ends.place.kind === 'team') await client.call(operations.linkTeam, { params: ofTeam(ends), body })
  else await client.call(operations.linkChannel, { params: ofChannel(ends), body })
}

export const changeLink = async (ends: Ends, body: Wanted): Promise<void> => {
  if (ends.place.kind === 'team') await client.call(operations.patchTeam, { params: ofTeam(ends), body })
  else await client.call(operations.patchChannel, { params: ofChannel(ends), body })
}

export const endLink = async (ends: Ends): Promise<void> => {
  if (ends.place.kind === 'team') await client.call(operations.unlinkTeam, { params: ofTeam(ends) })
  else await client.call(operations.unlinkChannel, { params: ofChannel(ends) })
}

/** How many people a link would add, and how many of them would be new in the team of the channel. */
export const joining = async (ends: Ends): Promise<{ add_count: number; team_add_count: number }> =>
  ends.place.kind === 'team'
    ? await client.call(operations.joiningTeam, { params: ofTeam(ends) })
    : await client.call(operations.joiningChannel, { params: ofChannel(ends) })

const teamLink = (group: Link['group'], row: TeamSyncable): Link => ({
  group,
  place: { kind: 'team', id: row.team_id, name: row.team_display_name ?? '' },
  adds: row.auto_add,
  makesAdmins: row.scheme_admin,
})

const channelLink = (group: Link['group'], row: ChannelSyncable): Link => ({
  group,
  place: {
    kind: 'channel',
    id: row.channel_id,
    name: row.channel_display_name ?? '',
    team: row.team_display_name ?? '',
  },
  adds: row.auto_add,
  makesAdmins: row.scheme_admin,
})

/** All links of a group: of teams, and of channels. */
export const linksOfGroup = async (group: Link['group']): Promise<readonly Link[]> => {
  const params = { group_id: group.id }
  const [ofTeams, ofChannels] = await Promise.all([
    client.call(operations.listTeams, { params }),
    client.call(operations.listChannels, { params }),
  ])
  return [...ofTeams.map((row) => teamLink(group, row)), ...ofChannels.map((row) => channelLink(group, row))]
}

const PAGE = 50

/** A page of the groups that are linked to a place. */
export const groupsOfPlace = async ({ kind, id }: Place, page: number, q = '', per_page = PAGE) => {
  const query = { q, page, per_page }
  const { groups: found } =
    kind === 'team'
      ? await client.call(operations.groupsOfTeam, { params: { team_id: id }, query })
      : await client.call(operations.groupsOfChannel, { params: { channel_id: id }, query })
  return pageOf(found, per_page)
}

export const allGroupsOfPlace = (place: Place): Promise<Group[]> =>
  everyPage(200, async ({ page, per_page }) => [...(await groupsOfPlace(place, page, '', per_page)).items])

/** Groups of the directory and of sign-in services that could be linked to the place. */
export const freeGroups = (place: Place, q: string): Promise<readonly Group[]> =>
  client.call(groups.list, {
    query: {
      ...{ q, per_page: PAGE, only_syncable_sources: true, include_member_count: true },
      ...(place.kind === 'team'
        ? { not_associated_to_team: place.id }
        : { not_associated_to_channel: place.id }),
    },
  })

/** Members whom none of these groups has: they go if only these groups decide. */
export const leaving = async ({ kind, id }: Place, groupIds: readonly string[], page: number) => {
  const query = { group_ids: groupIds.join(','), page, per_page: PAGE }
  const found =
    kind === 'team'
      ? await client.call(operations.ungroupedInTeam, { params: { team_id: id }, query })
      : await client.call(operations.ungroupedInChannel, { params: { channel_id: id }, query })
  for (const user of found.users) client.users.put(user)
  return found
}

/** Do groups decide who is in the place? */
export const isDecided = async ({ kind, id }: Place): Promise<boolean> => {
  const { group_constrained } =
    kind === 'team'
      ? await client.call(teams.get, { params: { team_id: id } })
      : await client.call(channels.get, { params: { channel_id: id } })
  return group_constrained === true
}

/**
 * The channels of a team from which people go when the link of the group to the team ends, as far as the
 * reader may see them: there, too, groups decide.
 */
export const decidedChannels = async ({ group, place }: Ends): Promise<readonly Channel[]> => {
  const { groups: linked } = await client.call(operations.groupsByChannels, {
    params: { team_id: place.id },
    query: { paginate: false },
  })
  const ids = Object.keys(linked).filter((id) => linked[id]?.some((each) => each.id === group.id))
  const found = await Promise.all(
    ids.map((channel_id) => client.call(channels.get, { params: { channel_id } })),
  )
  return found.filter(({ group_constrained }) => group_constrained === true)
}

/** A place that can be found by its name; `note` tells channels with the same name apart. */
export type FoundPlace = Place & { note: string }

const FOUND = 10

/** Teams and channels of the server that the group is not linked to. */
export const freePlaces = async (
  term: string,
  groupId: string,
  linked: ReadonlySet<string>,
): Promise<readonly FoundPlace[]> => {
  const [foundTeams, foundChannels] = await Promise.all([
    client.call(teams.search, { body: { term, page: 0, per_page: 200 } }),
    client.call(channels.searchAll, {
      body: {
        term,
        exclude_default_channels: true,
        not_associated_to_group: groupId,
        page: 0,
        per_page: FOUND,
      },
    }),
  ])
  const teamList = Array.isArray(foundTeams) ? foundTeams : foundTeams.teams
  const channelList = Array.isArray(foundChannels) ? foundChannels : foundChannels.channels
  return [
    ...teamList
      .filter(({ id, delete_at }) => !linked.has(id) && delete_at === 0)
      .slice(0, FOUND)
      .map(({ id, display_name }): FoundPlace => ({ kind: 'team', id, name: display_name, note: '' })),
    ...channelList.map(
      ({ id, display_name, team_display_name }): FoundPlace => ({
        ...{ kind: 'channel', id, name: display_name, note: team_display_name },
      }),
    ),
  ]
}
