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
import { type Channel, type Group, groups, roles, settings, unreads, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let lea: Person
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
})
afterAll(() => at.stop())

const make = async (by: Person, people: Person[], name = unique('group')) => {
  const group = await by.call(groups.create, {
    body: { name, display_name: name.toUpperCase(), user_ids: people.map((person) => person.id) },
  })
  return { ...group, name: group.name ?? '' }
}
const about = (group: Group) => ({ group_id: group.id })
const mentions = async (person: Person, channel: Channel) =>
  (await person.call(unreads.ofChannel, { params: { user_id: person.id, channel_id: channel.id } }))
    .mention_count

describe('a group', () => {
  it('is created with members, and everybody gets the event', async () => {
    const [everybody, member] = [await at.eve.listen(), await lea.listen()]
    const group = await make(at.bo, [lea, at.ana])
    expect(group).toMatchObject({
      source: 'custom',
      allow_reference: true,
      member_count: 2,
      remote_id: null,
      delete_at: 0,
    })
    expect(JSON.parse((await everybody.next('received_group')).group)).toMatchObject({
      id: group.id,
      name: group.name,
    })
    const told = JSON.parse((await member.next('group_member_add')).group_member)
    expect(told).toMatchObject({ group_id: group.id, user_id: lea.id, delete_at: 0 })
    await everybody.settle()
    expect(everybody.all('group_member_add')).toEqual([])
    for (const socket of [everybody, member]) socket.close()
  })

  it.each(['here', 'all', 'With Space', 'ä', ''])('cannot be named %j', async (name) => {
    const code = name === '' ? 'api.context.invalid_body_param.app_error' : 'groups.name'
    await refused(code, make(at.bo, [], name))
  })

  it('has a unique name, also among accounts, and keeps it in the archive', async () => {
    const group = await make(at.bo, [])
    await refused('groups.name_taken', make(at.bo, [], group.name.toUpperCase()))
    await refused('groups.name_taken', make(at.bo, [], lea.username))
    await at.bo.call(groups.archive, { params: about(group) })
    await refused('groups.name_taken', make(at.bo, [], group.name))
    const rename = lea.call(users.patch, { params: { user_id: lea.id }, body: { username: group.name } })
    await refused('app.user.save.username_exists.app_error', rename)
  })

  it('is not created with a member who does not exist', async () => {
    const name = unique('group')
    const body = { name, display_name: name, user_ids: ['a'.repeat(26)] }
    await refused('users.not_found', at.bo.call(groups.create, { body }))
    expect(await at.bo.call(groups.listByNames, { body: [name] })).toEqual([])
  })

  it('can be changed, archived and restored', async () => {
    const group = await make(at.bo, [lea])
    const params = about(group)
    const renamed = await at.bo.call(groups.patch, {
      params,
      body: { name: `${group.name}x`, description: 'D' },
    })
    expect(renamed).toMatchObject({
      name: `${group.name}x`,
      description: 'D',
      display_name: group.display_name,
    })
    await refused(
      'api.context.invalid_body_param.app_error',
      at.bo.call(groups.patch, { params, body: { allow_reference: false } }),
    )
    expect(await at.bo.call(groups.archive, { params })).toEqual({
      ...renamed,
      update_at: expect.any(Number),
      delete_at: expect.any(Number),
      member_count: 1,
    })
    await refused('groups.archived', at.bo.call(groups.patch, { params, body: { description: 'E' } }))
    await refused(
      'groups.archived',
      at.bo.call(groups.addMembers, { params, body: { user_ids: [at.ana.id] } }),
    )
    expect(await at.bo.call(groups.listByNames, { body: [renamed.name ?? ''] })).toEqual([])
    expect(await at.bo.call(groups.restore, { params })).toMatchObject({ delete_at: 0, member_count: 1 })
  })

  it('gains and loses members, who get events', async () => {
    const group = await make(at.bo, [lea])
    const params = about(group)
    const added = await at.bo.call(groups.addMembers, { params, body: { user_ids: [lea.id, at.ana.id] } })
    expect(added.map((member) => member.user_id)).toEqual([at.ana.id])
    const { members: people, total_member_count } = await at.bo.call(groups.listMembers, { params })
    expect(people.map((user) => user.id).sort()).toEqual([lea.id, at.ana.id].sort())
    expect(total_member_count).toBe(2)
    const socket = await lea.listen()
    const removed = await at.bo.call(groups.removeMembers, { params, body: { user_ids: [lea.id] } })
    expect(removed).toMatchObject([{ user_id: lea.id, delete_at: expect.any(Number) }])
    await socket.next('group_member_deleted')
    expect(await at.bo.call(groups.stats, { params })).toEqual({ group_id: group.id, total_member_count: 1 })
    socket.close()
  })
})

it('lists groups by name, state and member, with counts if the request asks for them', async () => {
  const [mine, other, old] = [
    await make(at.bo, [lea], unique('lister-a')),
    await make(at.bo, [at.bo], unique('lister-b')),
    await make(at.bo, [], unique('lister-c')),
  ]
  await at.bo.call(groups.archive, { params: about(old) })
  const list = async (query: Record<string, unknown>) =>
    (await lea.call(groups.list, { query: { q: 'LISTER-', ...query } })).map((group) => group.id)
  expect(await list({})).toEqual([mine.id, other.id])
  expect(await list({ include_archived: true })).toEqual([mine.id, other.id, old.id])
  expect(await list({ filter_archived: true })).toEqual([old.id])
  expect(await list({ filter_has_member: lea.id })).toEqual([mine.id])
  expect(await list({ per_page: 1, page: 1 })).toEqual([other.id])
  const page = { q: 'lister-', per_page: 1, page: 1, include_member_count: true, include_archived: true }
  expect(await lea.call(groups.list, { query: page })).toMatchObject([{ id: other.id, member_count: 1 }])
  expect(await list({ group_source: 'ldap' })).toEqual([])
  const channel = await channelOf(at.bo, at.team, 'O', [lea])
  const [counted] = await lea.call(groups.list, {
    query: {
      q: mine.name,
      include_member_count: true,
      include_member_ids: true,
      include_channel_member_count: channel.id,
    },
  })
  expect(counted).toMatchObject({ member_count: 1, member_ids: [lea.id], channel_member_count: 1 })
  const inChannel = await lea.call(groups.countInChannel, { params: { channel_id: channel.id } })
  expect(inChannel).toContainEqual({
    group_id: mine.id,
    channel_member_count: 1,
    channel_member_timezones_count: 0,
  })
  expect(
    (await lea.call(groups.listOfUser, { params: { user_id: 'me' } })).map((group) => group.id),
  ).toContain(mine.id)
  await refused(
    'api.context.permissions.app_error',
    lea.call(groups.listOfUser, { params: { user_id: at.bo.id } }),
  )
})

describe('a mention of a group', () => {
  it('mentions its members who are in the channel', async () => {
    const group = await make(at.bo, [lea, at.ana])
    const channel = await channelOf(at.bo, at.team, 'O', [lea])
    const socket = await lea.listen()
    const before = await mentions(lea, channel)
    await write(at.bo, channel, `@${group.name}. Please come!`)
    expect((await socket.next('posted')).mentions).toBe(JSON.stringify([lea.id]))
    expect(await mentions(lea, channel)).toBe(before + 1)
    await at.bo.call(groups.archive, { params: about(group) })
    await write(at.bo, channel, `@${group.name} again`)
    expect(await mentions(lea, channel)).toBe(before + 1)
    socket.close()
  })

  it('is plain text without the permission', async () => {
    const group = await make(at.bo, [lea])
    const gil = await signUp(at.server, 'gil', at.team.invite_id)
    const channel = await channelOf(at.bo, at.team, 'O', [lea, gil])
    const guest = await asGuest(at, gil)
    const before = await mentions(lea, channel)
    const post = await write(guest, channel, `@${group.name}`)
    expect(post.props).toMatchObject({ disable_group_highlight: true })
    expect(await mentions(lea, channel)).toBe(before)
  })
})

it('is refused while groups are off, and without the permission', async () => {
  const group = await make(at.bo, [])
  await at.root.call(settings.patch, { body: { ServiceSettings: { EnableCustomGroups: false } } })
  await refused('groups.off', lea.call(groups.list, {}))
  await refused('groups.off', lea.call(groups.get, { params: about(group) }))
  await at.root.call(settings.patch, { body: { ServiceSettings: { EnableCustomGroups: true } } })
  const role = await at.root.call(roles.getByName, { params: { role_name: 'system_guest' } })
  expect(role.permissions).not.toContain('create_custom_group')
})
