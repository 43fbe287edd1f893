/** Demoting members to guests and promoting them again: their memberships, whom they see, and the events. */
import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  unique,
  write,
} from '@plausch/testkit'
import {
  type Channel,
  type ChannelMember,
  channels,
  groups,
  members,
  posts,
  presence,
  profiles,
  settings,
  type TeamMember,
  teams,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (person: Person) => ({ user_id: person.id })
const inTeam = () => ({ team_id: at.team.id })
const newcomer = (name = 'gast') => signUp(at.server, name, at.team.invite_id)
const allow = (Enable: boolean) =>
  at.root.call(settings.patch, { body: { GuestAccountsSettings: { Enable } } })
const channelsOf = async (person: Person) =>
  await person.call(channels.listOfUserInTeam, { params: { user_id: 'me', ...inTeam() } })
const leave = (person: Person, channel: Channel) =>
  person.call(members.remove, { params: { channel_id: channel.id, user_id: person.id } })

/** A guest who is in one private channel with Ana and in no other. */
const guestIn = async (): Promise<{ guest: Person; room: Channel }> => {
  const visitor = await newcomer()
  const room = await channelOf(at.ana, at.team, 'P', [visitor])
  const guest = await asGuest(at, visitor)
  for (const channel of await channelsOf(guest)) if (channel.id !== room.id) await leave(guest, channel)
  return { guest, room }
}

describe('demoting a member', () => {
  it('makes them a guest in all their teams and channels, and ends their sessions', async () => {
    await allow(true)
    const person = await newcomer()
    const room = await channelOf(person, at.team, 'P', [at.bo])
    const [own, ana, eve] = [await person.listen(), await at.ana.listen(), await at.eve.listen()]
    await at.root.call(users.demote, { params: about(person) })
    const { user } = await ana.next('user_updated', (data) => data.user.id === person.id)
    expect(user.roles).toBe('system_guest')
    const member = JSON.parse((await ana.next('memberrole_updated')).member) as TeamMember
    expect(member).toMatchObject({ user_id: person.id, roles: 'team_guest', scheme_guest: true })
    await eve.settle()
    expect(eve.all('memberrole_updated')).toEqual([])
    expect(eve.all('user_role_updated')).toEqual([])
    await own.closed
    await refused(
      'api.context.session_expired.app_error',
      person.call(users.get, { params: { user_id: 'me' } }),
    )
    const guest = await signIn(at.server, person.username)
    const membership = await guest.call(members.get, {
      params: { channel_id: room.id, user_id: guest.id },
    })
    // An administrator of a channel becomes a guest in it, too.
    expect(membership).toMatchObject({ roles: 'channel_guest', scheme_admin: false, scheme_user: false })
    expect((await channelsOf(guest)).map((channel) => channel.name)).toContain('town-square')
    await refused(
      'api.user.demote_user_to_guest.already_guest.app_error',
      at.root.call(users.demote, { params: about(person) }),
    )
  })

  it('is for administrators, while guests are on, and impossible for the last administrator', async () => {
    const person = await newcomer()
    await allow(true)
    await refused('api.context.permissions.app_error', at.ana.call(users.demote, { params: about(person) }))
    await refused('roles.last_admin', at.root.call(users.demote, { params: about(at.root) }))
    await allow(false)
    await refused(
      'api.team.demote_user_to_guest.disabled.error',
      at.root.call(users.demote, { params: about(person) }),
    )
    await allow(true)
    expect((await person.call(users.get, { params: { user_id: 'me' } })).roles).toBe('system_user')
  })

  it('is the only way: changing roles cannot make guests, nor members out of them', async () => {
    const { guest, room } = await guestIn()
    const roles = (person: Person, roles: string) =>
      at.root.call(users.setRoles, { params: about(person), body: { roles } })
    await refused('roles.guest', roles(at.bo, 'system_guest'))
    await refused('roles.guest', roles(guest, 'system_user'))
    await refused('roles.guest', roles(guest, 'system_user system_admin'))
    const inRoom = (person: Person) => ({ channel_id: room.id, user_id: person.id })
    for (const [person, team, channel] of [
      [guest, 'team_user', 'channel_user channel_admin'],
      [at.ana, 'team_guest', 'channel_guest'],
    ] as const) {
      const params = { ...inTeam(), user_id: person.id }
      await refused('roles.guest', at.root.call(teams.setMemberRoles, { params, body: { roles: team } }))
      await refused(
        'roles.guest',
        at.root.call(members.setRoles, { params: inRoom(person), body: { roles: channel } }),
      )
    }
    const scheme = { scheme_user: true, scheme_admin: true, scheme_guest: false }
    await refused(
      'roles.guest',
      at.root.call(members.setSchemeRoles, { params: inRoom(guest), body: scheme }),
    )
    await refused(
      'roles.guest',
      at.root.call(teams.setMemberSchemeRoles, {
        params: { ...inTeam(), user_id: guest.id },
        body: scheme,
      }),
    )
  })
})

describe('promoting a guest', () => {
  it('makes them a member, adds them to the default channels, and sends events', async () => {
    const { guest, room } = await guestIn()
    const [socket, eve] = [await guest.listen(), await at.eve.listen()]
    await refused('api.context.permissions.app_error', at.ana.call(users.promote, { params: about(guest) }))
    await at.root.call(users.promote, { params: about(guest) })
    expect(await socket.next('user_role_updated')).toEqual({ user_id: guest.id, roles: 'system_user' })
    const team = JSON.parse((await socket.next('memberrole_updated')).member) as TeamMember
    expect(team).toMatchObject({ roles: 'team_user', scheme_guest: false })
    const told = await socket.next('channel_member_updated', (data) => data.channelMember.includes(room.id))
    expect(JSON.parse(told.channelMember) as ChannelMember).toMatchObject({ roles: 'channel_user' })
    const names = (await channelsOf(guest)).map((channel) => channel.name)
    expect(names).toEqual(expect.arrayContaining(['town-square', 'off-topic', room.name]))
    await eve.settle()
    expect(eve.all('channel_member_updated')).toEqual([])
    await refused(
      'api.user.promote_guest_to_user.no_guest.app_error',
      at.root.call(users.promote, { params: about(guest) }),
    )
  })
})

describe('a guest', () => {
  it('sees only people whom they meet in a channel', async () => {
    const { guest } = await guestIn()
    const { ana, bo } = at
    const ids = (people: { id: string }[]) => people.map((person) => person.id).sort()
    const met = [ana.id, guest.id].sort()
    expect(ids(await guest.call(users.list, { query: { per_page: 200 } }))).toEqual(met)
    expect(ids(await guest.call(users.list, { query: { in_team: at.team.id } }))).toEqual(met)
    expect(ids(await guest.call(users.listByIds, { body: [bo.id, ana.id, guest.id] }))).toEqual(met)
    const names = [bo.username, ana.username]
    expect(ids(await guest.call(users.listByUsernames, { body: names }))).toEqual([ana.id])
    expect(await guest.call(users.search, { body: { term: bo.username } })).toEqual([])
    expect(ids(await guest.call(users.search, { body: { term: ana.username } }))).toEqual([ana.id])
    const found = await guest.call(users.autocomplete, { query: { name: '', in_team: at.team.id } })
    expect(ids(found.users)).toEqual(met)
    await refused('users.not_found', guest.call(users.get, { params: about(bo) }))
    await refused('users.not_found', guest.call(users.getByUsername, { params: { username: bo.username } }))
    await refused('users.not_found', guest.call(users.getByEmail, { params: { email: bo.user.email } }))
    await refused('users.not_found', guest.call(presence.get, { params: about(bo) }))
    await refused('users.not_found', guest.call(profiles.image, { params: about(bo) }))
    expect(await guest.call(users.get, { params: about(ana) })).toMatchObject({ username: ana.username })
    const statuses = await guest.call(presence.listByIds, { body: [bo.id, ana.id] })
    expect(statuses.map((status) => status.user_id)).toEqual([ana.id])
    await refused('api.context.permissions.app_error', guest.call(users.stats, {}))
  })

  it('sees only people in teams and groups whom they meet', async () => {
    const { guest } = await guestIn()
    const { ana, bo } = at
    const params = inTeam()
    const met = [ana.id, guest.id].sort()
    const listed = await guest.call(teams.listMembers, { params })
    expect(listed.map((member) => member.user_id).sort()).toEqual(met)
    const byIds = await guest.call(teams.listMembersByIds, { params, body: [bo.id, ana.id] })
    expect(byIds.map((member) => member.user_id)).toEqual([ana.id])
    await refused(
      'teams.member_not_found',
      guest.call(teams.getMember, { params: { ...params, user_id: bo.id } }),
    )
    const group = await bo.call(groups.create, {
      body: { name: 'crew', display_name: 'Crew', user_ids: [bo.id, ana.id] },
    })
    const crew = await guest.call(groups.listMembers, { params: { group_id: group.id } })
    expect(crew.members.map((user) => user.id)).toEqual([ana.id])
  })

  it('can write only to people whom they meet', async () => {
    const { guest, room } = await guestIn()
    await refused('users.not_found', direct(guest, at.bo))
    await refused(
      'users.not_found',
      guest.call(channels.createGroup, { body: [guest.id, at.ana.id, at.bo.id] }),
    )
    const channel = await direct(guest, at.ana)
    expect(await write(guest, channel, 'hello')).toMatchObject({ message: 'hello' })
    expect(await write(guest, room, 'hello')).toMatchObject({ message: 'hello' })
    const own = await guest.call(members.get, { params: { channel_id: channel.id, user_id: guest.id } })
    expect(own).toMatchObject({ scheme_guest: true, roles: 'channel_guest' })
  })

  it('joins a channel only if somebody adds them, and the note says that they are a guest', async () => {
    const { guest } = await guestIn()
    const open = await channelOf(at.ana, at.team, 'O')
    const params = { channel_id: open.id }
    await refused('channels.not_found', guest.call(members.add, { params, body: { user_id: guest.id } }))
    const socket = await at.ana.listen()
    await at.ana.call(members.add, { params, body: { user_id: guest.id } })
    const note = JSON.parse((await socket.next('posted')).post) as { type: string; props: object }
    expect(note).toMatchObject({
      type: 'system_add_guest_to_chan',
      props: { addedUserId: guest.id, userId: at.ana.id },
    })
    const list = await guest.call(posts.listInChannel, { params: { channel_id: open.id } })
    expect(list.order.length).toBeGreaterThan(0)
    // Guests get events only of those public channels of which they are members.
    const [own, other] = [await guest.listen(), await channelOf(at.ana, at.team, 'O')]
    for (const channel of [other, open])
      await at.ana.call(channels.archive, { params: { channel_id: channel.id } })
    expect((await own.next('channel_deleted')).channel_id).toBe(open.id)
    await own.settle()
    expect(own.all('channel_deleted')).toHaveLength(1)
    await at.ana.call(members.add, {
      params: { channel_id: at.townSquare.id },
      body: { user_id: guest.id },
    })
    // Members cannot leave Town Square, but guests can.
    await leave(guest, at.townSquare)
  })
})

describe('switching guests off', () => {
  it('deactivates the accounts of all guests, tells everybody, and lets none sign in again', async () => {
    const { guest } = await guestIn()
    const [own, eve] = [await guest.listen(), await at.eve.listen()]
    await allow(false)
    await eve.next('guests_deactivated')
    await own.closed
    const user = await at.root.call(users.get, { params: about(guest) })
    expect(user.delete_at).toBeGreaterThan(0)
    expect((await at.root.call(users.get, { params: about(at.bo) })).delete_at).toBe(0)
    const activate = () => at.root.call(users.setActive, { params: about(guest), body: { active: true } })
    await refused('api.team.invite_guests_to_channels.disabled.error', activate())
    await allow(true)
    await activate()
  })
})

describe('a guest who mentions a person they do not meet', () => {
  it('learns nothing of them, neither by hints nor by groups', async () => {
    await allow(true)
    const { guest, room } = await guestIn()
    const socket = await guest.listen()
    await write(guest, room, `@${at.bo.username} are you there?`)
    // Events arrive in order, so a hint would have been sent before this.
    await write(at.ana, room, 'no')
    await socket.next('posted', ({ post }) => post.includes('"no"'))
    await socket.settle()
    expect(socket.all('ephemeral_message')).toEqual([])
    const name = unique('group')
    const group = await at.ana.call(groups.create, {
      body: { name, display_name: 'Group', user_ids: [at.ana.id, at.bo.id] },
    })
    const list = (query: object) => guest.call(groups.list, { query: { q: name, ...query } })
    expect((await list({ include_member_ids: true }))[0]?.member_ids).toEqual([at.ana.id])
    expect(await list({ filter_has_member: at.bo.id })).toEqual([])
    expect((await list({ filter_has_member: at.ana.id })).map(({ id }) => id)).toEqual([group.id])
    socket.close()
  })
})
