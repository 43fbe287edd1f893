import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
  write,
} from '@plausch/testkit'
import { type Channel, channels, members, settings, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (channel: Channel) => ({ channel_id: channel.id })
const create = (by: Person, body: object = {}) =>
  by.call(channels.create, {
    body: { team_id: at.team.id, name: unique('room'), display_name: 'Room', type: 'O', ...body },
  })
const get = (by: Person, channel: Channel) => by.call(channels.get, { params: about(channel) })
const patch = (by: Person, channel: Channel, body: object) =>
  by.call(channels.patch, { params: about(channel), body })
const newcomer = (name = 'carl') => signUp(at.server, name, at.team.invite_id)
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const notes = async (channel: Channel) =>
  (
    await at.server.app.pool.rows<{ type: string }>(
      'select type from posts where channel_id = $1 order by create_at',
      [channel.id],
    )
  ).map((row) => row.type)

describe('creating a channel', () => {
  it('is for members of the team, who become its administrators; only they get the event', async () => {
    const { bo, ana, eve } = at
    const [own, other] = [await bo.listen(), await ana.listen()]
    const channel = await create(bo, { header: 'H', purpose: 'P', type: 'P' })
    expect(channel).toMatchObject({
      creator_id: bo.id,
      header: 'H',
      purpose: 'P',
      type: 'P',
      total_msg_count: 0,
    })
    const own_ = await bo.call(members.get, { params: { ...about(channel), user_id: 'me' } })
    expect(own_.roles).toBe('channel_user channel_admin')
    expect(await own.next('channel_created')).toEqual({ channel_id: channel.id, team_id: at.team.id })
    await other.settle()
    expect(other.all('channel_created')).toEqual([])
    await refused('teams.not_found', create(eve))
    await refused('teams.not_found', create(bo, { team_id: 'a'.repeat(26) }))
    await refused('api.context.invalid_body_param.app_error', create(bo, { type: 'D' }))
  })

  it('is also for administrators outside the team, who become members of nothing', async () => {
    const { ana, root } = at
    const team = await root.call(teams.create, {
      body: { name: unique('away'), display_name: 'Away', type: 'O' },
    })
    await root.call(teams.removeMember, { params: { team_id: team.id, user_id: root.id } })
    const channel = await create(root, { team_id: team.id, type: 'P' })
    expect(await root.call(members.list, { params: about(channel) })).toEqual([])
    await root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: ana.id } })
    await root.call(members.add, { params: about(channel), body: { user_id: ana.id } })
    expect((await get(ana, channel)).id).toBe(channel.id)
  })

  it('refuses names that are malformed, taken, or those of conversations', async () => {
    const { ana, bo } = at
    const taken = await create(ana, { type: 'P' })
    for (const name of ['-a', '_a', 'ä', 'a b', `${ana.id}__${bo.id}`, 'a'.repeat(40), 'town square']) {
      await refused('channels.name', create(bo, { name }))
    }
    for (const name of [taken.name, taken.name.toUpperCase(), 'town-square']) {
      await refused('store.sql_channel.save_channel.exists.app_error', create(bo, { name }))
    }
    const name = unique('same')
    const results = await Promise.allSettled([ana, bo, ana, bo].map((person) => create(person, { name })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  it('enforces the limit of the team exactly', async () => {
    const { root } = at
    const team = await root.call(teams.create, {
      body: { name: unique('small'), display_name: 'Small', type: 'O' },
    })
    await config({ TeamSettings: { MaxChannelsPerTeam: 4 } })
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => create(root, { team_id: team.id })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2)
    await refused('channels.limit', create(root, { team_id: team.id }))
    await config({ TeamSettings: { MaxChannelsPerTeam: 1_000_000 } })
  })
})

describe('who sees a channel', () => {
  it('the team sees public channels, members and administrators private ones, others none', async () => {
    const { ana, bo, eve, root } = at
    const [open, secret] = [await create(ana), await create(ana, { type: 'P' })]
    expect(await get(bo, open)).toEqual(open)
    await refused('channels.not_found', get(eve, open))
    await refused('channels.not_found', get(bo, secret))
    expect((await get(root, secret)).id).toBe(secret.id)
    const byName = (by: Person, name: string, query = {}) =>
      by.call(channels.getByName, { params: { team_id: at.team.id, channel_name: name }, query })
    expect((await byName(bo, open.name.toUpperCase())).id).toBe(open.id)
    await refused('channels.not_found', byName(bo, secret.name))
    await refused('teams.not_found', byName(eve, open.name))
    const params = { team_name: at.team.name, channel_name: open.name }
    expect((await bo.call(channels.getByTeamName, { params })).id).toBe(open.id)
    await refused('teams.not_found', eve.call(channels.getByTeamName, { params }))
    await refused('channels.not_found', bo.call(channels.stats, { params: about(secret) }))
    expect(await bo.call(channels.stats, { params: about(open) })).toMatchObject({
      member_count: 1,
      guest_count: 0,
    })
    await ana.call(channels.archive, { params: about(open) })
    await refused('channels.not_found', byName(bo, open.name))
    expect((await byName(bo, open.name, { include_deleted: true })).delete_at).toBeGreaterThan(0)
  })

  it('lists and finds public channels, and the private ones of which the person is a member', async () => {
    const { ana, bo, eve } = at
    const mark = unique('suche')
    const open = await create(ana, { display_name: `A ${mark}` })
    const secret = await create(ana, { display_name: `B ${mark}`, type: 'P' })
    const find = async (by: Person, term: string) =>
      (await by.call(channels.search, { params: { team_id: at.team.id }, body: { term } })).map(
        (channel) => channel.id,
      )
    expect(await find(bo, mark.toUpperCase())).toEqual([open.id])
    expect(await find(ana, mark)).toEqual([open.id, secret.id])
    expect(await find(ana, '%')).toEqual([])
    await refused('teams.not_found', find(eve, mark))
    const list = await bo.call(channels.listPublic, {
      params: { team_id: at.team.id },
      query: { per_page: 200 },
    })
    const ids = list.map((channel) => channel.id)
    expect(ids).toContain(open.id)
    expect(ids).not.toContain(secret.id)
    const page = await bo.call(channels.listPublic, {
      params: { team_id: at.team.id },
      query: { per_page: 2, page: 1 },
    })
    expect(page.map((channel) => channel.id)).toEqual(ids.slice(2, 4))
  })

  it('guests of a team see only the channels of which they are members', async () => {
    const { ana } = at
    const visitor = await newcomer('guest')
    const [open, inside] = [await create(ana), await create(ana, { type: 'P' })]
    await ana.call(members.add, { params: about(inside), body: { user_id: visitor.id } })
    const guest = await asGuest(at, visitor)
    await refused(
      'api.context.permissions.app_error',
      guest.call(channels.listPublic, { params: { team_id: at.team.id } }),
    )
    const found = await guest.call(channels.search, {
      params: { team_id: at.team.id },
      body: { term: 'room' },
    })
    expect(found.map((channel) => channel.id)).toEqual([inside.id])
    await refused('channels.not_found', get(guest, open))
    expect((await get(guest, inside)).id).toBe(inside.id)
    await refused('api.context.permissions.app_error', create(guest))
  })

  it('a person’s list is for them only, not even for administrators', async () => {
    const { ana, bo, root, team } = at
    const talk = await direct(ana, bo)
    const ids = async (query = {}) =>
      (await bo.call(channels.listOfUser, { params: { user_id: 'me' }, query })).map(({ id }) => id)
    expect(await ids()).toContain(talk.id)
    const room = await channelOf(ana, team, 'O', [bo])
    await ana.call(channels.archive, { params: about(room) })
    expect(await ids()).not.toContain(room.id)
    expect(await ids({ include_deleted: true })).toContain(room.id)
    for (const by of [ana, root]) {
      await refused(
        'api.context.permissions.app_error',
        by.call(channels.listOfUser, { params: { user_id: bo.id } }),
      )
      const params = { user_id: bo.id, team_id: team.id }
      await refused('api.context.permissions.app_error', by.call(channels.listOfUserInTeam, { params }))
    }
    await refused('channels.not_found', get(root, talk))
  })
})

describe('conversations', () => {
  it('between two people exist once, whoever begins them, and both get the event', async () => {
    const { ana } = at
    const carl = await newcomer()
    const [one, two, others] = [await ana.listen(), await carl.listen(), await at.bo.listen()]
    const made = await Promise.all([direct(ana, carl), direct(carl, ana), direct(ana, carl)])
    expect(new Set(made.map((channel) => channel.id)).size).toBe(1)
    const [channel] = made
    const name = [ana.id, carl.id].sort().join('__')
    expect(channel).toMatchObject({ type: 'D', team_id: '', name, display_name: '' })
    for (const socket of [one, two]) {
      const told = await socket.next('direct_added')
      expect([told.creator_id, told.teammate_id].sort()).toEqual([ana.id, carl.id].sort())
      await socket.settle()
      expect(socket.all('direct_added')).toHaveLength(1)
    }
    await others.settle()
    expect(others.all('direct_added')).toEqual([])
    const below = { team_id: at.team.id, channel_name: name }
    expect((await ana.call(channels.getByName, { params: below })).id).toBe(channel?.id)
    await refused('channels.not_found', at.bo.call(channels.getByName, { params: below }))
  })

  it('with oneself are notes; nobody can begin conversations of other people', async () => {
    const { ana, bo, eve } = at
    const notesOf = await ana.call(channels.createDirect, { body: [ana.id] })
    expect(notesOf.name).toBe(`${ana.id}__${ana.id}`)
    expect((await ana.call(channels.createDirect, { body: [ana.id, ana.id] })).id).toBe(notesOf.id)
    await refused(
      'api.context.permissions.app_error',
      eve.call(channels.createDirect, { body: [ana.id, bo.id] }),
    )
    await refused('api.context.permissions.app_error', eve.call(channels.createDirect, { body: [ana.id] }))
    await refused('users.not_found', ana.call(channels.createDirect, { body: [ana.id, 'a'.repeat(26)] }))
    const gone = await newcomer('gone')
    await at.root.call(users.setActive, { params: { user_id: gone.id }, body: { active: false } })
    await refused('users.not_found', direct(ana, gone))
  })

  it('of three to eight people exist once for the same people, including the actor', async () => {
    const { ana, bo, eve } = at
    const group = await ana.call(channels.createGroup, { body: [bo.id, eve.id] })
    expect(group).toMatchObject({ type: 'G', team_id: '', name: expect.stringMatching(/^[0-9a-f]{40}$/) })
    expect(group.display_name.split(', ').sort()).toEqual([ana.username, bo.username, eve.username].sort())
    expect((await eve.call(channels.createGroup, { body: [ana.id, eve.id, bo.id] })).id).toBe(group.id)
    await refused('channels.group_size', ana.call(channels.createGroup, { body: [bo.id] }))
    await refused('channels.group_size', ana.call(channels.createGroup, { body: [bo.id, bo.id, ana.id] }))
    const eight = await Promise.all(Array.from({ length: 8 }, () => newcomer('many')))
    await refused(
      'channels.group_size',
      ana.call(channels.createGroup, { body: eight.map((person) => person.id) }),
    )
    const seven = eight.slice(1).map((person) => person.id)
    const socket = await (eight[3] ?? ana).listen()
    expect((await ana.call(channels.createGroup, { body: seven })).type).toBe('G')
    expect(JSON.parse((await socket.next('group_added')).teammate_ids).sort()).toEqual(
      [...seven, ana.id].sort(),
    )
  })

  it('stay within shared teams if the settings say so', async () => {
    const { ana, bo, eve } = at
    await config({ TeamSettings: { RestrictDirectMessage: 'team' } })
    await refused('channels.direct_team_only', direct(ana, eve))
    await refused('channels.direct_team_only', ana.call(channels.createGroup, { body: [bo.id, eve.id] }))
    expect((await direct(ana, bo)).type).toBe('D')
    await config({ TeamSettings: { RestrictDirectMessage: 'any' } })
    expect((await direct(ana, eve)).type).toBe('D')
  })

  it('allow changes of the header only; nobody can be added, removed or given roles', async () => {
    const { ana, bo, root } = at
    const talk = await direct(ana, bo)
    expect(await patch(bo, talk, { header: 'between us' })).toMatchObject({ header: 'between us' })
    await refused('channels.direct', patch(ana, talk, { display_name: 'x' }))
    await refused('channels.not_found', patch(root, talk, { header: 'x' }))
    for (const operation of [channels.archive, channels.restore]) {
      await refused('channels.direct', ana.call(operation, { params: about(talk) }))
    }
    await refused(
      'channels.direct',
      ana.call(channels.setPrivacy, { params: about(talk), body: { privacy: 'O' } }),
    )
    const person = { ...about(talk), user_id: ana.id }
    await refused('channels.direct', ana.call(members.remove, { params: person }))
    await refused(
      'channels.direct',
      ana.call(members.add, { params: about(talk), body: { user_id: at.eve.id } }),
    )
    await refused(
      'channels.direct',
      ana.call(members.setRoles, { params: person, body: { roles: 'channel_admin' } }),
    )
  })
})

describe('changing a channel', () => {
  it('is for its members; they get the event, and a note appears in the channel', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'P', [bo])
    const [member, outsider] = [await bo.listen(), await eve.listen()]
    const body = {
      header: 'new header',
      purpose: 'new purpose',
      display_name: ' New ',
      name: unique('renamed'),
    }
    const changed = await patch(bo, channel, body)
    expect(changed).toMatchObject({ ...body, display_name: 'New' })
    const told = JSON.parse(
      (await member.next('channel_updated', (data) => data.channel.includes('new header'))).channel,
    )
    expect(told).toMatchObject({ id: channel.id, header: 'new header' })
    await outsider.settle()
    expect(outsider.all('channel_updated')).toEqual([])
    expect((await notes(channel)).slice(-3)).toEqual([
      'system_displayname_change',
      'system_header_change',
      'system_purpose_change',
    ])
    expect(await patch(ana, channel, { header: 'new header' })).toMatchObject({ header: 'new header' })
    expect((await notes(channel)).filter((type) => type === 'system_header_change')).toHaveLength(1)
    await refused(
      'store.sql_channel.save_channel.exists.app_error',
      patch(ana, channel, { name: 'off-topic', header: 'lost' }),
    )
    await refused('channels.name', patch(ana, channel, { name: 'not good' }))
    await refused(
      'api.context.invalid_body_param.app_error',
      patch(ana, channel, { header: 'x'.repeat(1025) }),
    )
    expect((await get(ana, channel)).header).toBe('new header')
  })

  it('leaves the name, type and state of Town Square as they are', async () => {
    const { ana, townSquare } = at
    await refused('channels.default', patch(ana, townSquare, { name: 'market' }))
    await refused('channels.default', ana.call(channels.archive, { params: about(townSquare) }))
    await refused(
      'channels.default',
      ana.call(channels.setPrivacy, { params: about(townSquare), body: { privacy: 'P' } }),
    )
    expect(await get(ana, townSquare)).toMatchObject({ name: 'town-square', type: 'O', delete_at: 0 })
  })

  it('from public to private and back is for administrators of the team', async () => {
    const { ana, bo } = at
    const channel = await channelOf(bo, at.team, 'O', [ana])
    const outsider = await newcomer('outsider')
    const [inside, outside] = [await bo.listen(), await outsider.listen()]
    const convert = (by: Person, privacy: 'O' | 'P') =>
      by.call(channels.setPrivacy, { params: about(channel), body: { privacy } })
    await refused('api.context.permissions.app_error', convert(bo, 'P'))
    await refused('api.context.permissions.app_error', convert(outsider, 'P'))
    expect((await convert(ana, 'P')).type).toBe('P')
    expect(await inside.next('channel_converted')).toEqual({ channel_id: channel.id })
    await refused('channels.not_found', get(outsider, channel))
    await outside.settle()
    expect(JSON.stringify(outside.events)).not.toContain('channel_converted')
    expect((await convert(ana, 'P')).type).toBe('P')
    expect((await convert(ana, 'O')).type).toBe('O')
    expect(await notes(channel)).toEqual([
      ...Array(1).fill('system_add_to_channel'),
      ...Array(2).fill('system_change_chan_privacy'),
    ])
  })

  it('archiving makes it read-only; restoring makes it writable again', async () => {
    const { ana, bo, eve } = at
    const [open, secret] = [await channelOf(bo, at.team, 'O'), await channelOf(bo, at.team, 'P')]
    const [team, outsider] = [await ana.listen(), await eve.listen()]
    const post = await write(bo, open, 'before')
    for (const channel of [open, secret]) await bo.call(channels.archive, { params: about(channel) })
    expect(await team.next('channel_deleted')).toMatchObject({ channel_id: open.id })
    await team.settle()
    expect(team.all('channel_deleted').map((data) => data.channel_id)).toEqual([open.id])
    await refused('channels.archived', write(bo, open, 'after'))
    await refused('channels.archived', patch(bo, open, { header: 'after' }))
    await refused('channels.archived', bo.call(channels.archive, { params: about(open) }))
    await refused(
      'channels.archived',
      ana.call(members.add, { params: about(open), body: { user_id: ana.id } }),
    )
    expect((await get(bo, open)).delete_at).toBeGreaterThan(0)
    expect((await ana.fetch(`/api/v4/posts/${post.id}`)).status).toBe(200)
    await refused('api.context.permissions.app_error', bo.call(channels.restore, { params: about(open) }))
    await refused('channels.not_found', ana.call(channels.restore, { params: about(secret) }))
    expect((await ana.call(channels.restore, { params: about(open) })).delete_at).toBe(0)
    expect(await team.next('channel_restored')).toEqual({ channel_id: open.id })
    await write(bo, open, 'after')
    await outsider.settle()
    expect(outsider.events.filter((frame) => frame.event.startsWith('channel_'))).toEqual([])
  })
})
