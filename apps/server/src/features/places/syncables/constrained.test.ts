import { channelOf, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import { type Channel, channels, type Group, members, syncables, teams, users } from '@plausch/wire'
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

describe('a team whose members groups decide', () => {
  it('keeps only them, lets others in by no way, and lets nobody be removed', async () => {
    const [group, team] = [await cast.remote([at.root, lea]), await cast.newTeam(mia, at.bo)]
    await cast.linkTeam(group, team)
    await cast.constrain(team)
    expect((await cast.peopleOf(team)).sort()).toEqual([at.root.id, lea.id].sort())
    const params = { team_id: team.id }
    const denied = 'api.team.add_members.user_denied'
    await refused(denied, at.root.call(teams.addMember, { params, body: { user_id: mia.id } }))
    await refused(denied, at.root.call(teams.addMembers, { params, body: [{ user_id: mia.id }] }))
    const { invite_id } = await at.root.call(teams.get, { params })
    await refused(
      'app.team.invite_id.group_constrained.error',
      mia.call(teams.joinByInvite, { query: { invite_id } }),
    )
    await refused(
      'api.team.remove_member.group_constrained.app_error',
      at.root.call(teams.removeMember, { params: { ...params, user_id: lea.id } }),
    )
    await lea.call(teams.removeMember, { params: { ...params, user_id: lea.id } })
    expect(await cast.peopleOf(team)).toEqual([at.root.id])
    // Whoever is in the group may come back by hand.
    await at.root.call(teams.addMember, { params, body: { user_id: lea.id } })
    expect(await at.root.call(teams.get, { params })).toMatchObject({ group_constrained: true })
  })

  it('loses nobody while no group is linked', async () => {
    const team = await cast.newTeam(mia)
    await cast.constrain(team)
    expect(await cast.peopleOf(team)).toContain(mia.id)
    await refused(
      'api.team.add_members.user_denied',
      at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: lea.id } }),
    )
  })

  it('tells an administrator beforehand who would go', async () => {
    const [group, team] = [await cast.remote([lea]), await cast.newTeam(lea, mia)]
    const params = { team_id: team.id }
    const query = { group_ids: group.id }
    const { users: found, total_count } = await at.root.call(syncables.ungroupedInTeam, { params, query })
    expect(total_count).toBe(2)
    expect(found.map(({ id }) => id).sort()).toEqual([at.root.id, mia.id].sort())
    expect(found[0]).toMatchObject({ groups: [], scheme_user: true })
    await refused(
      'api.context.invalid_url_param.app_error',
      at.root.call(syncables.ungroupedInTeam, { params, query: {} }),
    )
  })
})

describe('a channel whose members groups decide', () => {
  it('keeps only them, lets others in by no way, and lets nobody be removed', async () => {
    const group = await cast.remote([at.bo, lea])
    const channel = await channelOf(at.bo, at.team, 'P', [lea, mia])
    await cast.linkChannel(group, channel)
    const params = { channel_id: channel.id }
    await at.bo.call(channels.patch, { params, body: { group_constrained: true } })
    await cast.settled()
    expect((await cast.inChannel(channel)).sort()).toEqual([at.bo.id, lea.id].sort())
    await refused(
      'api.channel.add_members.user_denied',
      at.bo.call(members.add, { params, body: { user_id: mia.id } }),
    )
    await refused(
      'api.channel.remove_member.group_constrained.app_error',
      at.bo.call(members.remove, { params: { ...params, user_id: lea.id } }),
    )
    const { users: found } = await at.root.call(syncables.ungroupedInChannel, {
      params,
      query: { group_ids: group.id },
    })
    expect(found).toEqual([])
    const search = { term: channel.name, group_constrained: true }
    const tied = await at.root.call(channels.searchAll, { query: { system_console: true }, body: search })
    expect(tied).toMatchObject([{ id: channel.id }])
    const query = { in_channel: channel.id, group_constrained: true }
    expect((await at.root.call(users.list, { query })).map(({ id }) => id).sort()).toEqual(
      [at.bo.id, lea.id].sort(),
    )
  })

  it('cannot be the one that everybody in the team is in', async () => {
    const town = await at.bo.call(channels.getByName, {
      params: { team_id: at.team.id, channel_name: 'town-square' },
    })
    await refused(
      'channels.default',
      at.root.call(channels.patch, { params: { channel_id: town.id }, body: { group_constrained: true } }),
    )
  })
})

describe('links of a channel whose members groups decide', () => {
  const denied = 'api.context.permissions.app_error'
  /** A private channel of bo and lea by this group, which mia neither sees nor is in. */
  const decided = async () => {
    const group = await cast.remote([at.bo, lea], true)
    const channel = await channelOf(at.bo, at.team, 'P', [lea])
    await cast.linkChannel(group, channel)
    const params = { channel_id: channel.id }
    await at.bo.call(channels.patch, { params, body: { group_constrained: true } })
    await cast.settled()
    return { group, channel }
  }
  const people = async (channel: Channel) => (await cast.inChannel(channel)).sort()

  it('do not end with the link of the team for people who do not see the channel', async () => {
    const { group, channel } = await decided()
    const other = await cast.remote([at.bo], true)
    await cast.linkChannel(other, channel)
    const params = { group_id: group.id, team_id: at.team.id }
    await refused(denied, mia.call(syncables.unlinkTeam, { params }))
    // She is in the channel, and does not run it.
    await refused(denied, lea.call(syncables.unlinkTeam, { params }))
    await cast.settled()
    expect(await people(channel)).toEqual([at.bo.id, lea.id].sort())
    await at.bo.call(syncables.unlinkTeam, { params })
    await cast.settled()
    expect(await people(channel)).toEqual([at.bo.id])
  })

  it('do not end so in an archived channel either, which may come back', async () => {
    const { group, channel } = await decided()
    await at.bo.call(channels.archive, { params: { channel_id: channel.id } })
    const params = { group_id: group.id, team_id: at.team.id }
    await refused(denied, mia.call(syncables.unlinkTeam, { params }))
    await at.root.call(syncables.unlinkTeam, { params })
  })

  it('are made and ended by those who could remove people by hand', async () => {
    const { group, channel } = await decided()
    const other = await cast.remote([at.bo], true)
    const ends = (one: Group) => ({ params: { group_id: one.id, channel_id: channel.id } })
    await refused(denied, lea.call(syncables.linkChannel, { ...ends(other), body: {} }))
    await refused(denied, lea.call(syncables.patchChannel, { ...ends(group), body: { auto_add: false } }))
    await refused(denied, lea.call(syncables.unlinkChannel, ends(group)))
    await at.bo.call(syncables.linkChannel, { ...ends(other), body: {} })
    await at.bo.call(syncables.unlinkChannel, ends(group))
    await cast.settled()
    expect(await people(channel)).toEqual([at.bo.id])
  })
})
