import {
  asGuest,
  channelOf,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
  write,
} from '@plausch/testkit'
import { channels, groups, syncables, unreads, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, openCast } from '../../../../test/grouped.ts'
import { unlinkRemote } from '../groups/index.ts'

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

describe('a group that cannot be mentioned', () => {
  it('is known only to who manages groups', async () => {
    const group = await cast.remote([lea])
    const params = { group_id: group.id }
    await cast.linkTeam(group, at.team, {})
    await refused('groups.not_found', lea.call(groups.get, { params }))
    await refused('groups.not_found', lea.call(groups.listMembers, { params }))
    await refused('groups.not_found', lea.call(groups.stats, { params }))
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
    expect(ids(await lea.call(groups.list, { query: { per_page: 200 } }))).not.toContain(group.id)
    expect(ids(await lea.call(groups.listOfUser, { params: { user_id: 'me' } }))).not.toContain(group.id)
    const ofTeam = await lea.call(syncables.groupsOfTeam, { params: { team_id: at.team.id } })
    expect(ids(ofTeam.groups)).not.toContain(group.id)
    expect(ofTeam.total_group_count).toBe(ofTeam.groups.length)
    expect(await lea.call(users.list, { query: { in_group: group.id } })).toEqual([])
    const search = { term: 'lea', in_group_id: group.id }
    expect(await lea.call(users.search, { body: search })).toEqual([])
    await refused(
      'groups.not_found',
      lea.call(syncables.linkTeam, { params: { ...params, team_id: at.team.id }, body: {} }),
    )
    expect(ids(await at.root.call(groups.list, { query: { per_page: 200 } }))).toContain(group.id)
    const all = await at.root.call(syncables.groupsOfTeam, { params: { team_id: at.team.id } })
    expect(ids(all.groups)).toContain(group.id)
    expect(ids(await at.root.call(users.list, { query: { in_group: group.id } }))).toEqual([lea.id])
  })

  it('is told to nobody by events, and others forget it when it cannot be mentioned any more', async () => {
    const [everybody, chief] = [await lea.listen(), await at.root.listen()]
    const group = await cast.remote([lea])
    await cast.linkTeam(group, at.team, {})
    expect(JSON.parse((await chief.next('received_group')).group)).toMatchObject({ id: group.id, name: null })
    expect(await chief.next('received_group_associated_to_team')).toEqual({ group_id: group.id })
    await everybody.settle()
    expect(JSON.stringify(everybody.events)).not.toContain(group.id)
    const params = { group_id: group.id }
    const named = await at.root.call(groups.patch, { params, body: { allow_reference: true } })
    expect(named.name).toMatch(/^gross-flash/)
    expect(JSON.parse((await everybody.next('received_group')).group)).toMatchObject({ name: named.name })
    const secret = 'nobody should read this'
    await at.root.call(groups.patch, { params, body: { allow_reference: false, description: secret } })
    const last = await everybody.next('received_group', (data) => !JSON.parse(data.group).allow_reference)
    expect(JSON.parse(last.group)).toMatchObject({ id: group.id, name: named.name })
    await everybody.settle()
    expect(JSON.stringify(everybody.events)).not.toContain(secret)
    for (const socket of [everybody, chief]) socket.close()
  })
})

describe('a group of the directory', () => {
  it('gets a name of its own, with the codes that clients test', async () => {
    const group = await cast.remote([lea])
    const params = { group_id: group.id }
    const rename = (name: string) => at.root.call(groups.patch, { params, body: { name } })
    await refused('api.ldap_groups.existing_reserved_name_error', rename('channel'))
    await refused('api.ldap_groups.existing_user_name_error', rename(lea.username))
    const other = await cast.remote([], true)
    await refused('api.ldap_groups.existing_group_name_error', rename(other.name ?? ''))
    const name = unique('flash')
    expect(await rename(name)).toMatchObject({ name, allow_reference: false })
    // Members may rename custom groups, but of this one they know nothing.
    await refused('groups.not_found', lea.call(groups.patch, { params, body: { name } }))
  })

  it('is changed only by the directory', async () => {
    const group = await cast.remote([lea], true)
    const params = { group_id: group.id }
    const crud = 'app.group.crud_permission'
    const body = { user_ids: [mia.id] }
    await refused(crud, at.root.call(groups.addMembers, { params, body }))
    await refused(crud, at.root.call(groups.removeMembers, { params, body }))
    await refused(crud, at.root.call(groups.archive, { params }))
    await refused('groups.of_directory', at.root.call(groups.restore, { params }))
    await refused('api.context.permissions.app_error', lea.call(groups.addMembers, { params, body }))
    await refused('api.context.permissions.app_error', lea.call(groups.stats, { params }))
    expect(await at.root.call(groups.stats, { params })).toMatchObject({ total_member_count: 1 })
  })

  it('is listed with the places that it is linked to, or not', async () => {
    const [group, team] = [await cast.remote([lea], true), await cast.newTeam(lea)]
    await cast.linkTeam(group, team, { scheme_admin: true })
    const params = { team_id: team.id }
    const { groups: found } = await lea.call(syncables.groupsOfTeam, { params })
    expect(found).toMatchObject([{ id: group.id, scheme_admin: true, has_syncables: true }])
    const free = await at.root.call(groups.list, {
      query: { not_associated_to_team: team.id, group_source: 'ldap', per_page: 200 },
    })
    expect(free.map(({ id }) => id)).not.toContain(group.id)
    const channel = await channelOf(at.root, team, 'P', [])
    await cast.linkChannel(group, channel)
    const { groups: byChannel } = await at.root.call(syncables.groupsByChannels, { params })
    expect(byChannel[channel.id]).toMatchObject([{ id: group.id }])
    // The channel's existence is none of her business.
    const stranger = await channelOf(at.root, team, 'P', [])
    await at.root.call(syncables.linkChannel, {
      params: { group_id: group.id, channel_id: stranger.id },
      body: {},
    })
    const seen = await lea.call(syncables.groupsByChannels, { params })
    expect(Object.keys(seen.groups)).not.toContain(stranger.id)
  })

  it('mentions its members, but where groups decide only if it is linked there', async () => {
    const [group, other] = [await cast.remote([lea, at.bo], true), await cast.remote([lea], true)]
    const channel = await channelOf(at.bo, at.team, 'P', [lea])
    const mentions = async () =>
      (await lea.call(unreads.ofChannel, { params: { user_id: lea.id, channel_id: channel.id } }))
        .mention_count
    const before = await mentions()
    await write(at.bo, channel, `@${group.name}`)
    expect(await mentions()).toBe(before + 1)
    await cast.linkChannel(group, channel, {})
    await at.bo.call(channels.patch, {
      params: { channel_id: channel.id },
      body: { group_constrained: true },
    })
    await cast.settled()
    await write(at.bo, channel, `@${other.name}`)
    expect(await mentions()).toBe(before + 1)
    await write(at.bo, channel, `@${group.name}`)
    expect(await mentions()).toBe(before + 2)
  })

  it('decides nothing any more when it is unlinked from the server', async () => {
    const [group, team] = [await cast.remote([lea]), await cast.newTeam()]
    await cast.linkTeam(group, team)
    await cast.asSystem((context) => unlinkRemote(context, 'ldap', group.remote_id ?? ''))
    await cast.settled()
    expect(await cast.peopleOf(team)).toContain(lea.id)
    expect(await at.root.call(syncables.groupsOfTeam, { params: { team_id: team.id } })).toMatchObject({
      groups: [],
    })
  })

  it('adds nobody as more than a guest who is one', async () => {
    const gil = await asGuest(at, await signUp(at.server, 'gil', at.team.invite_id))
    const [group, team] = [await cast.remote([gil]), await cast.newTeam()]
    await cast.linkTeam(group, team, { auto_add: true, scheme_admin: true })
    expect(await cast.teamMember(team, gil)).toMatchObject({ scheme_guest: true, scheme_admin: false })
  })
})
