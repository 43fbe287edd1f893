import { channelOf, type Person, type Place, place, refused, signUp, unique } from '@plausch/testkit'
import { channels, type Group, groups, posts, syncables, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, openCast, type Wanted } from '../../../../test/grouped.ts'

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

describe('a group linked to a team', () => {
  it('adds its members, without notes, and says how it is linked', async () => {
    const [group, team] = [await cast.remote([lea, mia]), await cast.newTeam()]
    const link = await cast.linkTeam(group, team)
    expect(link).toMatchObject({ type: 'Team', team_id: team.id, auto_add: true, scheme_admin: false })
    expect(await cast.peopleOf(team)).toEqual(expect.arrayContaining([lea.id, mia.id]))
    const [square] = await lea.call(channels.listOfUserInTeam, {
      params: { user_id: 'me', team_id: team.id },
    })
    const list = await lea.call(posts.listInChannel, { params: { channel_id: square?.id ?? '' } })
    expect(Object.values(list.posts).filter(({ user_id }) => user_id === lea.id)).toEqual([])
    const params = { group_id: group.id }
    expect(await at.root.call(syncables.listTeams, { params })).toMatchObject([{ team_id: team.id }])
    expect(await at.root.call(groups.get, { params })).toMatchObject({ has_syncables: true })
  })

  it('tells the others of many newcomers by one event, and each newcomer of themselves', async () => {
    const team = await cast.newTeam(at.bo)
    const crowd: Person[] = []
    for (let n = 0; n < 12; n += 1) crowd.push(await signUp(at.server, `crowd${n}`, at.team.invite_id))
    const [other, one] = [await at.bo.listen(), await (crowd[0] ?? lea).listen()]
    await cast.linkTeam(await cast.remote(crowd), team)
    expect(await other.next('members_joined')).toEqual({ count: 12 })
    await other.settle()
    expect(other.all('user_added')).toEqual([])
    expect(await one.next('user_added')).toMatchObject({ user_id: crowd[0]?.id, team_id: team.id })
    await one.settle()
    expect(new Set(one.all('user_added').map(({ user_id }) => user_id))).toEqual(new Set([crowd[0]?.id]))
    for (const socket of [other, one]) socket.close()
  })

  it('leaves alone who came by hand, and takes out whom it brought', async () => {
    const [group, team] = [await cast.remote([lea, mia]), await cast.newTeam(lea)]
    await cast.linkTeam(group, team)
    await cast.regroup(group, [], [lea, mia])
    await cast.resettle(team)
    const left = await cast.peopleOf(team)
    expect(left).toContain(lea.id)
    expect(left).not.toContain(mia.id)
  })

  it('does not bring back who left, until they leave the group and come again', async () => {
    const [group, team] = [await cast.remote([lea]), await cast.newTeam()]
    await cast.linkTeam(group, team)
    await lea.call(teams.removeMember, { params: { team_id: team.id, user_id: lea.id } })
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).not.toContain(lea.id)
    await cast.regroup(group, [], [lea])
    await cast.resettle(team)
    await cast.regroup(group, [lea])
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).toContain(lea.id)
  })

  it('makes administrators, and takes the role from nobody who has it by hand', async () => {
    const [group, team] = [await cast.remote([lea, mia]), await cast.newTeam(mia)]
    const params = { team_id: team.id, user_id: mia.id }
    await at.root.call(teams.setMemberRoles, { params, body: { roles: 'team_user team_admin' } })
    await cast.linkTeam(group, team, { auto_add: true, scheme_admin: true })
    expect(await cast.teamMember(team, lea)).toMatchObject({ scheme_admin: true })
    await cast.regroup(group, [], [lea, mia])
    await cast.resettle(team)
    expect(await cast.teamMember(team, mia)).toMatchObject({ scheme_admin: true })
    const other = await cast.newTeam(lea)
    const second = await cast.remote([lea])
    await cast.linkTeam(second, other, { scheme_admin: true })
    expect(await cast.teamMember(other, lea)).toMatchObject({ scheme_admin: true })
    await at.root.call(syncables.patchTeam, {
      params: { group_id: second.id, team_id: other.id },
      body: { scheme_admin: false },
    })
    await cast.settled()
    expect(await cast.teamMember(other, lea)).toMatchObject({ scheme_admin: false })
  })

  it('ends: people stay, and a second end is refused', async () => {
    const [group, team] = [await cast.remote([lea]), await cast.newTeam()]
    const params = { group_id: group.id, team_id: team.id }
    await refused('app.group.no_rows', at.root.call(syncables.unlinkTeam, { params }))
    await cast.linkTeam(group, team)
    await at.root.call(syncables.unlinkTeam, { params })
    await cast.settled()
    await cast.regroup(group, [], [lea])
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).toContain(lea.id)
    await refused('app.group.group_syncable_already_deleted', at.root.call(syncables.unlinkTeam, { params }))
    await refused('app.group.no_rows', at.root.call(syncables.getTeam, { params }))
  })

  it('does not link custom groups, and gives no role that the person could not give', async () => {
    const team = await cast.newTeam(at.bo)
    const custom = await at.bo.call(groups.create, { body: { name: unique('group'), display_name: 'G' } })
    const link = (group: Group, body: Wanted) =>
      at.bo.call(syncables.linkTeam, { params: { group_id: group.id, team_id: team.id }, body })
    await refused('app.group.crud_permission', link(custom, {}))
    const group = await cast.remote([lea], true)
    await refused('api.context.permissions.app_error', link(group, { scheme_admin: true }))
    expect(await link(group, {})).toMatchObject({ auto_add: false, scheme_admin: false })
  })
})

describe('a group linked to a channel', () => {
  it('adds its members to team and channel, and ends with the link to the team', async () => {
    const [group, team] = [await cast.remote([lea]), await cast.newTeam()]
    const channel = await channelOf(at.root, team, 'P', [])
    const made = await cast.linkChannel(group, channel)
    expect(made).toMatchObject({ type: 'Channel', channel_id: channel.id, team_id: team.id, auto_add: true })
    await cast.resettle(channel)
    expect(await cast.inChannel(channel)).toContain(lea.id)
    await at.root.call(syncables.unlinkTeam, { params: { group_id: group.id, team_id: team.id } })
    const list = await at.root.call(syncables.listChannels, { params: { group_id: group.id } })
    expect(list).toEqual([])
  })

  it('needs the link to a team whose members groups decide', async () => {
    const [group, other, team] = [
      await cast.remote([lea]),
      await cast.remote([at.root, mia]),
      await cast.newTeam(),
    ]
    await cast.linkTeam(other, team)
    const channel = await channelOf(at.root, team, 'P', [])
    await cast.constrain(team)
    const params = { group_id: group.id, channel_id: channel.id }
    await refused(
      'group_not_associated_to_synced_team',
      at.root.call(syncables.linkChannel, { params, body: {} }),
    )
  })

  it('is refused for a conversation', async () => {
    const group = await cast.remote([lea])
    const direct = await at.root.call(channels.createDirect, { body: [at.root.id, lea.id] })
    const params = { group_id: group.id, channel_id: direct.id }
    await refused('syncables.conversation', at.root.call(syncables.linkChannel, { params, body: {} }))
  })
})
