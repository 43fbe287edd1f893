import { channelOf, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import { members, roles, syncables, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, openCast } from '../../../../test/grouped.ts'

let at: Place
let cast: Cast
let lea: Person
let mia: Person
beforeAll(async () => {
  at = await place()
  cast = openCast(at)
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  mia = await signUp(at.server, 'mia', at.team.invite_id)
})
afterAll(() => at.stop())

const read = (by: Person, of: Person, query: { page?: number; per_page?: number } = { per_page: 200 }) =>
  by.call(syncables.memberships, { params: { user_id: of.id }, query })

const inPlace = async (of: Person, { id }: { id: string }) =>
  (await read(at.root, of)).memberships.find(({ place_id }) => place_id === id)

describe('where a membership comes from', () => {
  it('is a hand, or the groups that add the person', async () => {
    const [byHand, byGroup] = [await cast.newTeam(lea), await cast.newTeam()]
    const [adding, other] = [await cast.remote([lea]), await cast.remote([mia])]
    const channel = await channelOf(at.root, byGroup, 'P', [])
    await cast.linkChannel(adding, channel)
    await cast.linkTeam(other, byGroup)
    expect(await inPlace(lea, byHand)).toMatchObject({ source: 'hand', admin_source: '', groups: [] })
    const ofLea = (await read(at.root, lea)).memberships
    const withTeam = ofLea.filter(({ team_id, source }) => team_id === byHand.id && source === 'team')
    expect(withTeam.map(({ type }) => type)).toEqual(['Channel', 'Channel'])
    const groups = [{ id: adding.id, display_name: adding.display_name }]
    expect(await inPlace(lea, byGroup)).toMatchObject({ type: 'Team', source: 'groups', groups })
    expect(await inPlace(lea, channel)).toMatchObject({
      ...{ type: 'Channel', source: 'groups', groups, team_id: byGroup.id },
      ...{ display_name: channel.display_name, team_display_name: byGroup.display_name },
    })
  })

  it('tells the role apart from the membership', async () => {
    const team = await cast.newTeam(lea, mia)
    const group = await cast.remote([lea])
    await cast.linkTeam(group, team, { auto_add: false, scheme_admin: true })
    await at.root.call(teams.setMemberSchemeRoles, {
      params: { team_id: team.id, user_id: mia.id },
      body: { scheme_user: true, scheme_admin: true },
    })
    expect(await inPlace(lea, team)).toMatchObject({
      ...{ source: 'hand', admin_source: 'groups', groups: [] },
      admin_groups: [{ id: group.id }],
    })
    expect(await inPlace(mia, team)).toMatchObject({ source: 'hand', admin_source: 'hand', admin_groups: [] })
  })

  it('is remembered of a person who has left', async () => {
    const team = await cast.newTeam()
    const group = await cast.remote([lea])
    await cast.linkTeam(group, team)
    await lea.call(teams.removeMember, { params: { team_id: team.id, user_id: lea.id } })
    const left = await inPlace(lea, team)
    expect(left).toMatchObject({ source: 'left', admin_source: '', groups: [{ id: group.id }] })
    expect(left?.left_at).toBeGreaterThan(0)
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: lea.id } })
    expect(await inPlace(lea, team)).toMatchObject({ source: 'hand', left_at: 0 })
  })

  it('comes page by page, each place once', async () => {
    const kim = await signUp(at.server, 'kim', at.team.invite_id)
    for (let n = 0; n < 3; n += 1) await channelOf(at.root, await cast.newTeam(kim), 'O', [])
    const all = await read(at.root, kim)
    expect(all.total_count).toBe(all.memberships.length)
    const ids: string[] = []
    for (let page = 0; ids.length < all.total_count; page += 1) {
      const part = await read(at.root, kim, { page, per_page: 3 })
      expect(part.total_count).toBe(all.total_count)
      ids.push(...part.memberships.map(({ place_id }) => place_id))
    }
    expect(ids).toEqual(all.memberships.map(({ place_id }) => place_id))
  })

  it('names only what the reader may see, to those who read accounts', async () => {
    const helper = await signUp(at.server, 'helper', at.team.invite_id)
    const team = await cast.newTeam(lea)
    const channel = await channelOf(at.root, team, 'P', [lea])
    const group = await cast.remote([lea])
    await cast.linkTeam(group, at.team, { auto_add: true })
    await refused('api.context.permissions.app_error', read(lea, lea))
    await refused('api.context.permissions.app_error', read(mia, lea))
    const role = await at.root.call(roles.getByName, { params: { role_name: 'system_user_manager' } })
    const granted = ['sysconsole_read_user_management_users', 'list_public_teams', 'view_members']
    await at.root.call(roles.patch, { params: { role_id: role.id }, body: { permissions: granted } })
    await at.root.call(users.setRoles, {
      params: { user_id: helper.id },
      body: { roles: 'system_user system_user_manager' },
    })
    const seen = await read(helper, lea)
    expect(JSON.stringify(seen)).not.toContain(team.id)
    expect(JSON.stringify(seen)).not.toContain(channel.id)
    expect(JSON.stringify(seen)).not.toContain(group.id)
    expect(seen.hidden_count).toBeGreaterThanOrEqual(2)
    expect(seen.hidden_count + seen.memberships.length).toBe(seen.total_count)
    // Nobody reads those of a person with more rights.
    await refused('api.context.permissions.app_error', read(helper, at.root))
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: helper.id } })
    expect(JSON.stringify(await read(helper, lea))).not.toContain(channel.id)
    await at.root.call(members.add, { params: { channel_id: channel.id }, body: { user_id: helper.id } })
    expect(JSON.stringify(await read(helper, lea))).toContain(channel.id)
  })
})

describe('how many people a link would add', () => {
  const ofTeam = (team_id: string, group_id: string) =>
    at.root.call(syncables.joiningTeam, { params: { team_id, group_id } })
  const ofChannel = (channel_id: string, group_id: string) =>
    at.root.call(syncables.joiningChannel, { params: { channel_id, group_id } })

  it('is what the link then does', async () => {
    const team = await cast.newTeam(mia)
    const channel = await channelOf(at.root, team, 'P', [])
    const group = await cast.remote([lea, mia, at.bo])
    expect(await ofTeam(team.id, group.id)).toEqual({ add_count: 2, team_add_count: 0 })
    expect(await ofChannel(channel.id, group.id)).toEqual({ add_count: 3, team_add_count: 2 })
    const before = (await cast.peopleOf(team)).length
    await cast.linkChannel(group, channel)
    expect((await cast.peopleOf(team)).length).toBe(before + 2)
    expect(await cast.inChannel(channel)).toEqual(expect.arrayContaining([lea.id, mia.id, at.bo.id]))
    expect(await ofChannel(channel.id, group.id)).toEqual({ add_count: 0, team_add_count: 0 })
  })

  it('leaves out who has left, and whose address the team does not take', async () => {
    const [team, narrow] = [await cast.newTeam(), await cast.newTeam()]
    const group = await cast.remote([lea, mia])
    await cast.linkTeam(group, team)
    await lea.call(teams.removeMember, { params: { team_id: team.id, user_id: lea.id } })
    expect(await ofTeam(team.id, group.id)).toMatchObject({ add_count: 0 })
    const params = { team_id: narrow.id }
    await at.root.call(teams.patch, { params, body: { allowed_domains: 'nobody.example' } })
    expect(await ofTeam(narrow.id, group.id)).toMatchObject({ add_count: 0 })
  })

  it('counts for a channel only people of the team, if the link there adds nobody', async () => {
    const team = await cast.newTeam(mia)
    const channel = await channelOf(at.root, team, 'P', [])
    const group = await cast.remote([lea, mia])
    await cast.linkTeam(group, team, { auto_add: false })
    expect(await ofChannel(channel.id, group.id)).toEqual({ add_count: 1, team_add_count: 0 })
  })

  it('is told by a team where groups decide only to groups of the team', async () => {
    const [own, foreign] = [await cast.remote([lea, at.root]), await cast.remote([mia])]
    const team = await cast.newTeam()
    const channel = await channelOf(at.root, team, 'P', [])
    await cast.linkTeam(own, team)
    await cast.constrain(team)
    await refused('group_not_associated_to_synced_team', ofChannel(channel.id, foreign.id))
    expect(await ofChannel(channel.id, own.id)).toMatchObject({ team_add_count: 0 })
  })
})
