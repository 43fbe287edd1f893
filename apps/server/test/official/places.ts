/** Teams, channels, the sidebar and groups, with the official client. */
import { unique } from '@plausch/testkit'
import { expect } from 'vitest'
import type { Day } from './cast.ts'

export const seeTeams = async ({ at, bo, ana, teamId }: Day) => {
  expect((await bo.getMyTeams()).map((team) => team.id)).toEqual([teamId])
  expect((await bo.getTeamsForUser(at.bo.id)).map((team) => team.id)).toEqual([teamId])
  expect(await bo.getMyTeamMembers()).toMatchObject([{ team_id: teamId, user_id: at.bo.id }])
  expect(await bo.getTeamMembersForUser(at.bo.id)).toHaveLength(1)
  expect((await bo.getMyTeamUnreads(true)).map((each) => each.team_id)).toEqual([teamId])
  expect((await bo.getTeam(teamId)).id).toBe(teamId)
  expect((await bo.getTeamByName(at.team.name)).id).toBe(teamId)
  expect(await bo.getTeams(0, 60, true)).toMatchObject({ total_count: 1 })
  expect(await bo.searchTeams(at.team.name, { page: 0, per_page: 10 })).toMatchObject({ total_count: 1 })
  expect((await bo.getTeamMembers(teamId)).length).toBeGreaterThan(1)
  expect((await bo.getTeamMember(teamId, at.ana.id)).scheme_admin).toBe(true)
  expect(await bo.getTeamMembersByIds(teamId, [at.ana.id])).toHaveLength(1)
  expect((await bo.getTeamStats(teamId)).active_member_count).toBeGreaterThan(1)
  expect(await bo.getTeamInviteInfo((await ana.getTeam(teamId)).invite_id)).toMatchObject({ id: teamId })
}

export const lookAfterTeam = async ({ at, ana, root, teamId }: Day) => {
  const team = await ana.getTeam(teamId)
  expect((await ana.patchTeam({ id: teamId, description: 'D' })).description).toBe('D')
  expect((await ana.updateTeam({ ...team, company_name: 'C' })).company_name).toBe('C')
  expect((await ana.regenerateTeamInviteId(teamId)).invite_id).not.toBe(team.invite_id)
  // The official type is a list, the server takes text.
  await ana.updateTeamMemberRoles(teamId, at.bo.id, 'team_user' as never)
  await ana.updateTeamMemberSchemeRoles(teamId, at.bo.id, true, false)
  const name = unique('made')
  expect(await root.checkIfTeamExists(name)).toEqual({ exists: false })
  const made = await root.createTeam({ name, display_name: 'Made', type: 'O' } as never)
  const invite = (await root.getTeam(made.id)).invite_id
  expect(await ana.addToTeamFromInvite('', invite)).toMatchObject({ team_id: made.id })
  expect(await root.addToTeam(made.id, at.bo.id)).toMatchObject({ user_id: at.bo.id })
  expect(await root.addUsersToTeam(made.id, [at.eve.id])).toHaveLength(1)
  await root.removeFromTeam(made.id, at.eve.id)
  const [added] = await root.addUsersToTeamGracefully(made.id, [at.eve.id])
  expect(added).toMatchObject({ user_id: at.eve.id, member: { team_id: made.id } })
  await root.removeFromTeam(made.id, at.eve.id)
  await ana.removeFromTeam(made.id, at.ana.id)
  expect(await ana.joinTeam(invite)).toMatchObject({ team_id: made.id, user_id: at.ana.id })
  const image = new File([Buffer.from(pixel, 'base64')], 'team.png')
  await root.setTeamIcon(made.id, image)
  expect((await fetchAs(root, root.getTeamIconUrl(made.id, 0))).headers.get('content-type')).toMatch(/^image/)
  await root.removeTeamIcon(made.id)
  await fetch(`${at.server.url}/api/v4/teams/${made.id}/privacy`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${root.getToken()}` },
    body: JSON.stringify({ privacy: 'I' }),
  })
  await root.deleteTeam(made.id)
  expect((await root.unarchiveTeam(made.id)).delete_at).toBe(0)
}

export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Fetches a URL that the client only builds, with the client's cookie, as a browser would. */
export const fetchAs = async (
  client: { getToken(): string },
  url: string,
  method = 'GET',
): Promise<Response> => {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${client.getToken()}` } })
  expect(response.ok, url).toBe(true)
  return response
}

export const findChannels = async ({ at, bo, ana, root, teamId }: Day) => {
  const open = await ana.createChannel({
    team_id: teamId,
    name: unique('open'),
    display_name: 'Open',
    type: 'O',
  })
  expect((await bo.getChannels(teamId)).map((each) => each.id)).toContain(open.id)
  expect((await bo.getMyChannels(teamId)).length).toBeGreaterThan(1)
  expect((await bo.getAllTeamsChannels()).length).toBeGreaterThan(1)
  expect((await bo.getChannel(open.id)).id).toBe(open.id)
  expect((await bo.getChannelByName(teamId, open.name)).id).toBe(open.id)
  expect((await bo.getChannelByNameAndTeamName(at.team.name, open.name)).id).toBe(open.id)
  expect((await bo.autocompleteChannels(teamId, 'Ope')).map((each) => each.id)).toContain(open.id)
  expect((await bo.autocompleteChannelsForSearch(teamId, 'town')).length).toBe(1)
  expect((await bo.searchChannels(teamId, 'Open')).map((each) => each.id)).toContain(open.id)
  expect(await bo.getArchivedChannels(teamId)).toEqual([])
  await fetchAs(root, `${at.server.url}/api/v4/teams/${teamId}/channels/private`)
  const byIds = {
    method: 'POST',
    headers: { authorization: `Bearer ${bo.getToken()}` },
    body: JSON.stringify([open.id]),
  }
  expect(
    await (await fetch(`${at.server.url}/api/v4/teams/${teamId}/channels/ids`, byIds)).json(),
  ).toHaveLength(1)
}

/** The channels of the whole server, and the permissions in one of them. */
export const lookAfterChannels = async ({ at, bo, ana, root, teamId }: Day) => {
  const { id, name } = await ana.createChannel({
    team_id: teamId,
    name: unique('kept'),
    display_name: 'Looked after',
    type: 'P',
  })
  const no = undefined
  const all = await root.getAllChannels(0, 200, no, true, false, no, no, no, no)
  expect(all.find((channel) => channel.id === id)).toMatchObject({ team_name: at.team.name })
  const counted = await root.getAllChannels(0, 1, no, true, true, no, no, no, no)
  expect(counted).toMatchObject({ total_count: all.length, channels: [{ type: expect.any(String) }] })
  const found = await root.searchAllChannels(name, { private: true, page: 0, per_page: 10 })
  expect(found).toMatchObject({ total_count: 1, channels: [{ id, team_display_name: at.team.display_name }] })
  expect((await root.searchAllChannels(name, { deleted: true })).length).toBe(0)
  expect((await ana.searchAllChannels(name, { nonAdminSearch: true })).map((each) => each.id)).toEqual([id])
  expect(await bo.searchAllChannels(name, { nonAdminSearch: true })).toEqual([])
  expect(await ana.addToChannels([at.bo.id], id)).toMatchObject([{ user_id: at.bo.id }])
  const moderations = await root.getChannelModerations(id)
  expect(moderations.map((each) => each.name)).toContain('create_post')
  const [changed] = (
    await root.patchChannelModerations(id, [{ name: 'create_post', roles: { members: false } }])
  ).filter((each) => each.name === 'create_post')
  expect(changed?.roles.members?.value).toBe(false)
  await expect(bo.createPost({ channel_id: id, message: 'x' })).rejects.toMatchObject({ status_code: 403 })
}

export const useChannels = async ({ at, bo, ana, teamId }: Day) => {
  const channel = await ana.createChannel({
    team_id: teamId,
    name: unique('used'),
    display_name: 'Used',
    type: 'O',
  })
  const { id } = channel
  expect(await bo.addToChannel(at.bo.id, id)).toMatchObject({ user_id: at.bo.id })
  expect((await bo.getMyChannelMember(id)).channel_id).toBe(id)
  expect((await bo.getMyChannelMembers(teamId)).length).toBeGreaterThan(1)
  expect((await bo.getAllChannelsMembers('me')).length).toBeGreaterThan(1)
  expect(await bo.getChannelMembers(id)).toHaveLength(2)
  expect((await bo.getChannelMember(id, at.ana.id)).scheme_admin).toBe(true)
  expect(await bo.getChannelMembersByIds(id, [at.ana.id])).toHaveLength(1)
  expect((await bo.getChannelStats(id)).member_count).toBe(2)
  expect(await bo.getChannelsMemberCount([id])).toEqual({ [id]: 2 })
  expect(await bo.getChannelTimezones(id)).toEqual(expect.any(Array))
  expect((await bo.viewMyChannel(id)).last_viewed_at_times).toHaveProperty(id)
  await bo.readMultipleChannels([id])
  await bo.updateChannelNotifyProps({ user_id: at.bo.id, channel_id: id, desktop: 'all' })
  expect((await ana.patchChannel(id, { header: 'H' })).header).toBe('H')
  expect((await ana.updateChannel({ ...(await ana.getChannel(id)), purpose: 'P' } as never)).purpose).toBe(
    'P',
  )
  await ana.updateChannelMemberSchemeRoles(id, at.bo.id, true, true)
  await ana.updateChannelMemberRoles(id, at.bo.id, 'channel_user')
  await ana.updateChannelPrivacy(id, 'P')
  await ana.removeFromChannel(at.bo.id, id)
  await ana.deleteChannel(id)
  expect((await ana.unarchiveChannel(id)).delete_at).toBe(0)
  await fetchAs(ana, `${at.server.url}/api/v4/users/me/channels/${id}/unread`)
  await fetchAs(ana, `${at.server.url}/api/v4/users/me/teams/${teamId}/unread`)
}

export const talkInConversations = async ({ at, bo, teamId }: Day) => {
  const talk = await bo.createDirectChannel([at.bo.id, at.ana.id])
  expect(talk.type).toBe('D')
  const group = await bo.createGroupChannel([at.bo.id, at.ana.id, at.root.id])
  expect(await bo.getProfilesInGroupChannels([group.id])).toHaveProperty(group.id)
  expect((await bo.searchGroupChannels(at.ana.username)).map((each) => each.id)).toEqual([group.id])
  expect((await bo.getGroupMessageMembersCommonTeams(group.id)).data).toEqual(expect.any(Array))
  const others = await bo.createGroupChannel([at.bo.id, at.ana.id, at.root.id])
  expect(others.id).toBe(group.id)
  expect(await bo.getSharedChannelRemoteInfos(group.id)).toEqual([])
  const made = await bo.convertGroupMessageToPrivateChannel(group.id, teamId, 'Plans', unique('plans'))
  expect(made.data).toMatchObject({ id: group.id, type: 'P', team_id: teamId })
}

export const arrangeSidebar = async ({ at, bo, teamId, channelId }: Day) => {
  const { categories } = await bo.getChannelCategories('me', teamId)
  const made = await bo.createChannelCategory('me', teamId, {
    display_name: 'Mine',
    user_id: at.bo.id,
    team_id: teamId,
  })
  const placed = { ...made, channel_ids: [channelId] }
  expect((await bo.updateChannelCategory('me', teamId, placed)).channel_ids).toEqual([channelId])
  expect((await bo.getChannelCategory('me', teamId, made.id)).display_name).toBe('Mine')
  const [favorites] = categories
  if (favorites) await bo.updateChannelCategories('me', teamId, [{ ...favorites, collapsed: true }])
  const order = await bo.getChannelCategoryOrder('me', teamId)
  expect(await bo.updateChannelCategoryOrder('me', teamId, order.toReversed())).toEqual(order.toReversed())
  await bo.deleteChannelCategory('me', teamId, made.id)
}

export const useGroups = async ({ at, bo, root, teamId, channelId }: Day) => {
  const name = unique('group')
  const body = { name, display_name: 'Group', source: 'custom', allow_reference: true, user_ids: [at.ana.id] }
  const group = await bo.createGroupWithUserIds(body)
  expect((await bo.getGroup(group.id, true)).member_count).toBe(1)
  expect(await bo.getGroupStats(group.id)).toMatchObject({ total_member_count: 1 })
  expect((await bo.getGroups({ filter_allow_reference: true } as never)).map((each) => each.id)).toContain(
    group.id,
  )
  expect((await bo.searchGroups({ q: name } as never)).length).toBe(1)
  expect(await bo.getGroupsByNames([name])).toHaveLength(1)
  expect(await bo.addUsersToGroup(group.id, [at.bo.id])).toHaveLength(1)
  expect((await bo.getGroupsByUserId(at.bo.id)).map((each) => each.id)).toEqual([group.id])
  await fetchAs(bo, `${at.server.url}/api/v4/groups/${group.id}/members`)
  expect(await bo.getChannelMemberCountsByGroup(channelId, true)).toEqual(expect.any(Array))
  expect((await bo.getProfilesInGroup(group.id)).map((each) => each.id)).toContain(at.bo.id)
  expect((await bo.getProfilesNotInGroup(group.id)).map((each) => each.id)).not.toContain(at.bo.id)
  expect(await bo.removeUsersFromGroup(group.id, [at.bo.id])).toHaveLength(1)
  expect((await bo.patchGroup(group.id, { name, display_name: 'Renamed' } as never)).display_name).toBe(
    'Renamed',
  )
  expect((await bo.archiveGroup(group.id)).delete_at).toBeGreaterThan(0)
  expect((await bo.restoreGroup(group.id)).delete_at).toBe(0)
  expect(await bo.getGroupsAssociatedToTeam(teamId)).toMatchObject({ groups: [] })
  expect(await bo.getGroupsAssociatedToChannel(channelId)).toMatchObject({ groups: [] })
  expect(await bo.getAllGroupsAssociatedToChannelsInTeam(teamId)).toMatchObject({ groups: {} })
  expect(await bo.getAllGroupsAssociatedToTeam(teamId)).toMatchObject({ groups: [], total_group_count: 0 })
  expect(await bo.getAllGroupsAssociatedToChannel(channelId)).toMatchObject({ groups: [] })
  const free = await root.getGroupsNotAssociatedToTeam(teamId, name, 0, 10, 'custom')
  expect(free.map((each) => each.id)).toEqual([group.id])
  const open = await root.getGroupsNotAssociatedToChannel(channelId, name, 0, 10, false, 'custom')
  expect(open.map((each) => each.id)).toEqual([group.id])
  // By default this lists groups of a directory, of which there are none.
  expect(await root.getGroupsNotAssociatedToTeam(teamId)).toEqual([])
}
