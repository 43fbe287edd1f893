import { channelOf, direct, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import { type Channel, type ChannelMember, channels, members, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const inside = (channel: Channel) => ({ channel_id: channel.id })
const about = (channel: Channel, person: Person) => ({ channel_id: channel.id, user_id: person.id })
const add = (by: Person, channel: Channel, person: Person) =>
  by.call(members.add, { params: inside(channel), body: { user_id: person.id } })
const remove = (by: Person, channel: Channel, person: Person) =>
  by.call(members.remove, { params: about(channel, person) })
const ids = async (channel: Channel) =>
  (await at.root.call(members.list, { params: inside(channel), query: { per_page: 200 } })).map(
    (member) => member.user_id,
  )
const newcomer = (name = 'mia') => signUp(at.server, name, at.team.invite_id)

describe('joining and adding', () => {
  it('everybody in the team can join a public channel, and then gets its events', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'O')
    const [own, member, outsider] = [await bo.listen(), await ana.listen(), await eve.listen()]
    expect(await add(bo, channel, bo)).toMatchObject({ user_id: bo.id, roles: 'channel_user', msg_count: 0 })
    const told = { user_id: bo.id, team_id: at.team.id }
    expect(await member.next('user_added')).toEqual(told)
    expect(await own.next('user_added')).toEqual(told)
    await write(ana, channel, 'hello Bo')
    await own.next('posted', (data) => data.post.includes('hello Bo'))
    await outsider.settle()
    expect(
      outsider.events.map((frame) => frame.event).filter((name) => /user_added|posted/.test(name)),
    ).toEqual([])
    expect(await add(bo, channel, bo)).toMatchObject({ user_id: bo.id })
    await own.settle()
    expect(own.all('user_added')).toHaveLength(1)
    await refused('channels.not_found', add(eve, channel, eve))
  })

  it('members of a private channel can add others of the team, many at once', async () => {
    const { ana, bo, eve, root } = at
    const channel = await channelOf(ana, at.team, 'P')
    const [mia, max] = [await newcomer(), await newcomer('max')]
    await refused('channels.not_found', add(bo, channel, bo))
    const list = { user_ids: [mia.id, max.id, mia.id] }
    const added = await ana.call(members.add, { params: inside(channel), body: list })
    expect((added as ChannelMember[]).map((member) => member.user_id).sort()).toEqual([mia.id, max.id].sort())
    await add(mia, channel, bo)
    await refused('channels.not_in_team', add(mia, channel, eve))
    await refused(
      'users.not_found',
      mia.call(members.add, { params: inside(channel), body: { user_id: 'a'.repeat(26) } }),
    )
    const both = { user_ids: [root.id, eve.id] }
    await refused('channels.not_in_team', mia.call(members.add, { params: inside(channel), body: both }))
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(members.add, { params: inside(channel), body: {} }),
    )
    const gone = await newcomer('gone')
    await root.call(users.setActive, { params: { user_id: gone.id }, body: { active: false } })
    await refused('users.not_found', add(ana, channel, gone))
    expect((await ids(channel)).sort()).toEqual([ana.id, bo.id, mia.id, max.id].sort())
  })

  it('only members of a public channel can add others, not everybody in the team', async () => {
    const { ana, bo } = at
    const [channel, mia] = [await channelOf(ana, at.team, 'O'), await newcomer()]
    await refused('api.context.permissions.app_error', add(bo, channel, mia))
    expect(await ids(channel)).toEqual([ana.id])
  })

  it('counts one mention for people who were added, none for those who joined', async () => {
    const { ana, bo } = at
    const mia = await newcomer()
    const channel = await channelOf(ana, at.team, 'O', [mia])
    await add(bo, channel, bo)
    expect(await mia.call(members.get, { params: about(channel, mia) })).toMatchObject({
      mention_count: 1,
      msg_count: 0,
    })
    expect(await bo.call(members.get, { params: about(channel, bo) })).toMatchObject({ mention_count: 0 })
  })
})

describe('leaving and removing', () => {
  it('both sides get an event, and a removed person gets nothing more', async () => {
    const { ana, bo } = at
    const mia = await newcomer()
    const channel = await channelOf(ana, at.team, 'P', [bo, mia])
    const [own, member] = [await mia.listen(), await bo.listen()]
    await remove(bo, channel, mia)
    expect(await own.next('user_removed')).toEqual({ channel_id: channel.id, remover_id: bo.id })
    expect(await member.next('user_removed')).toEqual({ user_id: mia.id, remover_id: bo.id })
    await write(ana, channel, 'without her')
    await own.settle()
    expect(JSON.stringify(own.all('posted'))).not.toContain('without her')
    await refused('channels.not_found', mia.call(channels.get, { params: inside(channel) }))
    await refused('channels.member_not_found', remove(bo, channel, mia))
    await remove(bo, channel, bo)
    expect(await ids(channel)).toEqual([ana.id])
  })

  it('is refused to people who are no members, and always for Town Square', async () => {
    const { ana, bo, eve, townSquare } = at
    const channel = await channelOf(ana, at.team, 'O')
    await refused('api.context.permissions.app_error', remove(bo, channel, ana))
    await refused('channels.not_found', remove(eve, channel, ana))
    await refused('channels.default', remove(bo, townSquare, bo))
    await refused('channels.default', remove(ana, townSquare, bo))
    expect(await ids(townSquare)).toContain(bo.id)
  })
})

describe('the record of a membership', () => {
  it('is complete for the person, without read marks and notification settings for others', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    await write(ana, channel, `@${bo.username} look`)
    const props = { mark_unread: 'mention' }
    await bo.call(members.setNotifyProps, { params: about(channel, bo), body: props })
    const own = await bo.call(members.get, { params: { ...inside(channel), user_id: 'me' } })
    expect(own).toMatchObject({
      mention_count: 2,
      notify_props: { mark_unread: 'mention', desktop: 'default' },
    })
    const seen = {
      msg_count: 0,
      mention_count: 0,
      last_viewed_at: 0,
      notify_props: {},
      roles: 'channel_user',
    }
    expect(await ana.call(members.get, { params: about(channel, bo) })).toMatchObject(seen)
    const [listed] = await ana.call(members.listByIds, { params: inside(channel), body: [bo.id, eve.id] })
    expect(listed).toMatchObject(seen)
    const all = await ana.call(members.list, { params: inside(channel) })
    expect(all.find((member) => member.user_id === bo.id)).toMatchObject(seen)
    await refused('channels.not_found', eve.call(members.list, { params: inside(channel) }))
    await refused('channels.member_not_found', ana.call(members.get, { params: about(channel, eve) }))
  })

  it('comes as a list per team, in pages, and as lines', async () => {
    const { ana, bo, team, root } = at
    const other = await root.call(teams.create, {
      body: { name: 'second-team', display_name: 'Second', type: 'O' },
    })
    await root.call(teams.addMember, { params: { team_id: other.id }, body: { user_id: bo.id } })
    await direct(ana, bo)
    const inTeam = await bo.call(members.listOfUserInTeam, { params: { user_id: 'me', team_id: team.id } })
    const response = await bo.fetch(`/api/v4/users/${bo.id}/channel_members?page=-1`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text()).split('\n')
    expect(lines.pop()).toBe('')
    const all = lines.map(
      (line) => JSON.parse(line) as ChannelMember & { team_name: string; team_display_name: string },
    )
    expect(all.length).toBe(inTeam.length + 2)
    expect(
      all.filter((member) => member.team_name === 'second-team').map((member) => member.team_display_name),
    ).toEqual(['Second', 'Second'])
    const params = { user_id: 'me' }
    const pages = [
      ...(await bo.call(members.listOfUser, { params, query: { page: 0, per_page: 3 } })),
      ...(await bo.call(members.listOfUser, { params, query: { page: 1, per_page: 3 } })),
    ]
    expect(pages).toEqual(all.slice(0, 6))
    for (const by of [ana, root]) {
      await refused(
        'api.context.permissions.app_error',
        by.call(members.listOfUser, { params: { user_id: bo.id } }),
      )
    }
  })

  it('of group conversations is for their members', async () => {
    const { ana, bo, eve } = at
    const group = await ana.call(channels.createGroup, { body: [bo.id, eve.id] })
    const mia = await newcomer()
    const body = [group.id, at.townSquare.id, 'a'.repeat(26)]
    const shown = await ana.call(members.listGroupProfiles, { body })
    expect(Object.keys(shown)).toEqual([group.id])
    expect(shown[group.id]?.map((user) => user.id).sort()).toEqual([bo.id, eve.id].sort())
    expect(JSON.stringify(shown)).not.toContain('"push"')
    expect(await mia.call(members.listGroupProfiles, { body })).toEqual({})
    expect(await at.root.call(members.listGroupProfiles, { body })).toEqual({})
  })
})

describe('roles in a channel', () => {
  it('can be given by administrators of the channel, and are only roles of channels', async () => {
    const { ana, bo } = at
    const [mia, channel] = [await newcomer(), await channelOf(bo, at.team, 'O', [ana])]
    await add(mia, channel, mia)
    const socket = await mia.listen()
    const give = (by: Person, roles: string) =>
      by.call(members.setRoles, { params: about(channel, mia), body: { roles } })
    await refused('api.context.permissions.app_error', give(mia, 'channel_user channel_admin'))
    for (const roles of [
      'system_admin',
      'team_admin channel_user',
      'channel_guest channel_user',
      'toString',
    ]) {
      await refused('roles.unknown', give(bo, roles))
    }
    await give(bo, 'channel_user channel_admin')
    const told = JSON.parse((await socket.next('channel_member_updated')).channelMember) as ChannelMember
    expect(told).toMatchObject({ user_id: mia.id, roles: 'channel_user channel_admin', scheme_admin: true })
    await mia.call(members.setRoles, { params: about(channel, bo), body: { roles: 'channel_user' } })
    await refused('api.context.permissions.app_error', give(bo, 'channel_user'))
    // Ana administers the team, not the channel.
    await give(ana, 'channel_user')
  })
})

describe('notification settings', () => {
  it('belong to the person, keep other values, and are sent to the person’s other clients', async () => {
    const { ana, bo, root } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const [own, other] = [await bo.listen(), await ana.listen()]
    const set = (by: Person, body: Record<string, string>) =>
      by.call(members.setNotifyProps, { params: about(channel, bo), body })
    for (const by of [ana, root])
      await refused('api.context.permissions.app_error', set(by, { desktop: 'all' }))
    await set(bo, { desktop: 'all', user_id: bo.id, channel_id: channel.id, constructor: 'x', toString: 'y' })
    const told = JSON.parse((await own.next('channel_member_updated')).channelMember) as ChannelMember
    expect(told.notify_props).toEqual({
      desktop: 'all',
      push: 'default',
      email: 'default',
      mark_unread: 'all',
      ignore_channel_mentions: 'default',
      channel_auto_follow_threads: 'off',
    })
    await other.settle()
    expect(other.all('channel_member_updated')).toEqual([])
    for (const [name, value] of [
      ['desktop', 'loud'],
      ['mark_unread', ''],
      ['email', 'all'],
      ['desktop_notification_sound', 'x'.repeat(65)],
    ]) {
      await refused(
        'api.context.invalid_body_param.app_error',
        set(bo, { push: 'none', [String(name)]: String(value) }),
      )
    }
    const after = await bo.call(members.get, { params: about(channel, bo) })
    expect(after.notify_props).toEqual(told.notify_props)
  })
})
