import {
  channelOf,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  stranger,
  unique,
  write,
} from '@plausch/testkit'
import { accounts, channels, members, settings, type Team, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const inTeam = (team: Team) => ({ team_id: team.id })
const about = (team: Team, person: Person) => ({ team_id: team.id, user_id: person.id })
const make = (type: 'O' | 'I', more: object = {}, by = at.root) =>
  by.call(teams.create, { body: { name: unique('team'), display_name: 'A team', type, ...more } })
const add = (by: Person, team: Team, person: Person) =>
  by.call(teams.addMember, { params: inTeam(team), body: { team_id: team.id, user_id: person.id } })
const isIn = async (team: Team, person: Person) => {
  const list = await at.root.call(teams.listMembers, { params: inTeam(team), query: { per_page: 200 } })
  return list.some((member) => member.user_id === person.id)
}
const listed = async (by: Person, query: object = { per_page: 200 }): Promise<Team[]> => {
  const reply = await by.call(teams.list, { query })
  return 'teams' in reply ? reply.teams : reply
}
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })

describe('creating a team', () => {
  it('is for administrators by default; the creator administers it, and its two channels exist', async () => {
    await refused('api.context.permissions.app_error', make('O', {}, at.ana))
    const team = await make('I')
    expect(team).toMatchObject({
      type: 'I',
      allow_open_invite: false,
      invite_id: expect.stringMatching(/^[a-z0-9]{26}$/),
    })
    const own = await at.root.call(teams.getMember, { params: about(team, at.root) })
    expect(own).toMatchObject({ roles: 'team_user team_admin', scheme_admin: true, scheme_guest: false })
    const list = await at.root.call(channels.listOfUserInTeam, {
      params: { user_id: 'me', team_id: team.id },
    })
    expect(list.filter((channel) => channel.team_id !== '').map(({ name, type }) => [name, type])).toEqual([
      ['off-topic', 'O'],
      ['town-square', 'O'],
    ])
  })

  it('refuses names that are reserved, malformed or taken, one after the other or at once', async () => {
    for (const name of [
      'a',
      'Ä',
      '-ab',
      'ab-',
      'a_b',
      'a b',
      'api',
      'Admin',
      'Capital',
      'login-page',
      'post',
      `${'x'.repeat(63)}-`,
    ]) {
      await refused('teams.name', make('O', { name }))
    }
    const [name, before] = [unique('same'), (await listed(at.root)).length]
    const results = await Promise.allSettled([1, 2, 3].map(() => make('O', { name })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await refused('app.team.save.existing.app_error', make('O', { name }))
    expect((await listed(at.root)).length).toBe(before + 1)
    expect(await at.root.call(teams.exists, { params: { team_name: name } })).toEqual({ exists: true })
  })
})

it('whether a team exists is answered to everybody, as far as they may know of it', async () => {
  const [open, closed] = [await make('O'), await make('I')]
  const exists = async (person: Person, { name }: { name: string }) =>
    (await person.call(teams.exists, { params: { team_name: name } })).exists
  expect(await exists(at.ana, at.team)).toBe(true)
  expect(await exists(at.ana, { name: at.team.name.toUpperCase() })).toBe(true)
  for (const person of [at.ana, at.eve]) {
    expect(await exists(person, open)).toBe(true)
    // The reply is the same as if the team did not exist.
    expect(await exists(person, closed)).toBe(await exists(person, { name: unique('nowhere') }))
    expect(await exists(person, closed)).toBe(false)
  }
  expect(await exists(at.root, closed)).toBe(true)
})

describe('who sees a team', () => {
  it('everybody sees open teams, members see closed ones, and only members see what is inside', async () => {
    const { bo, eve, team } = at
    const open = await make('O')
    for (const person of [bo, eve]) {
      expect(await person.call(teams.get, { params: inTeam(open) })).toMatchObject({
        id: open.id,
        invite_id: '',
      })
      await refused('teams.not_found', person.call(teams.listMembers, { params: inTeam(open) }))
      await refused('teams.not_found', person.call(teams.stats, { params: inTeam(open) }))
    }
    expect(await bo.call(teams.getByName, { params: { team_name: team.name.toUpperCase() } })).toMatchObject({
      id: team.id,
    })
    await refused('teams.not_found', eve.call(teams.get, { params: inTeam(team) }))
    await refused('teams.not_found', eve.call(teams.getByName, { params: { team_name: team.name } }))
    const seen = (await listed(eve)).map((each) => each.id)
    expect(seen).toContain(open.id)
    expect(seen).not.toContain(team.id)
  })

  it('lists teams in pages, with the total', async () => {
    for (let n = 0; n < 3; n += 1) await make('O')
    const query = { per_page: 2, include_total_count: true }
    const all = await listed(at.root)
    expect(await at.root.call(teams.list, { query })).toMatchObject({ total_count: all.length })
    const pages = [await listed(at.root, query), await listed(at.root, { per_page: 2, page: 1 })]
    expect(pages.flat()).toEqual(all.slice(0, 4))
  })

  it('shows a person’s teams to them and to people who may edit accounts', async () => {
    const { ana, bo, root, team } = at
    expect((await bo.call(teams.listOfUser, { params: { user_id: 'me' } })).map((each) => each.id)).toEqual([
      team.id,
    ])
    await refused(
      'api.context.permissions.app_error',
      ana.call(teams.listOfUser, { params: { user_id: bo.id } }),
    )
    await refused(
      'api.context.permissions.app_error',
      ana.call(teams.membersOfUser, { params: { user_id: bo.id } }),
    )
    expect(await root.call(teams.membersOfUser, { params: { user_id: bo.id } })).toMatchObject([
      { team_id: team.id, roles: 'team_user' },
    ])
    expect(await bo.call(teams.getMember, { params: about(team, ana) })).toMatchObject({ scheme_admin: true })
    await refused('teams.member_not_found', bo.call(teams.getMember, { params: about(team, at.eve) }))
    await refused('teams.not_found', at.eve.call(teams.getMember, { params: about(team, ana) }))
    const stats = await bo.call(teams.stats, { params: inTeam(team) })
    expect(stats.total_member_count).toBe((await bo.call(teams.listMembers, { params: inTeam(team) })).length)
  })
})

describe('joining a team', () => {
  it('by oneself is possible only if the team is open', async () => {
    const joiner = await signUp(at.server, 'joiner', at.team.invite_id)
    const [open, closed] = [await make('O'), await make('I')]
    const socket = await joiner.listen()
    expect(await add(joiner, open, joiner)).toMatchObject({ user_id: joiner.id, roles: 'team_user' })
    expect(await socket.next('added_to_team')).toEqual({ team_id: open.id, user_id: joiner.id })
    await refused('teams.not_found', add(joiner, closed, joiner))
    await refused('teams.not_found', add(joiner, closed, at.bo))
    const list = await joiner.call(channels.listOfUserInTeam, { params: { user_id: 'me', team_id: open.id } })
    expect(list.map((channel) => channel.name)).toEqual(['off-topic', 'town-square'])
    await write(at.root, list.find((channel) => channel.name === 'town-square') ?? at.townSquare, 'welcome')
    await socket.next('posted', (data) => data.post.includes('welcome'))
  })

  it('through a member works if that member may add people and the people exist', async () => {
    const { bo, eve, root } = at
    const team = await make('I')
    await add(root, team, bo)
    expect(await add(bo, team, eve)).toMatchObject({ user_id: eve.id })
    expect(await add(bo, team, eve)).toMatchObject({ user_id: eve.id })
    await eve.call(teams.removeMember, { params: about(team, eve) })
    const gone = await signUp(at.server, 'gone', at.team.invite_id)
    await root.call(users.setActive, { params: { user_id: gone.id }, body: { active: false } })
    await refused('users.not_found', add(bo, team, gone))
    const some = [eve.id, 'a'.repeat(26)].map((user_id) => ({ user_id }))
    await refused('users.not_found', bo.call(teams.addMembers, { params: inTeam(team), body: some }))
    expect(await isIn(team, eve)).toBe(false)
    const two = [eve.id, at.ana.id, eve.id].map((user_id) => ({ team_id: team.id, user_id }))
    expect(await bo.call(teams.addMembers, { params: inTeam(team), body: two })).toHaveLength(2)
  })

  it('by the link works as long as the link is current, and with nothing similar', async () => {
    const { eve, root } = at
    const team = await make('I', { description: 'for those with the link' })
    const follow = (id: string) => eve.call(teams.joinByInvite, { query: { invite_id: id } })
    const info = await stranger(at.server).call(teams.inviteInfo, { params: { invite_id: team.invite_id } })
    expect(info).toEqual({
      id: team.id,
      name: team.name,
      display_name: team.display_name,
      description: team.description,
    })
    const closed = await root.call(teams.setPrivacy, { params: inTeam(team), body: { privacy: 'I' } })
    expect(closed.invite_id).toBe(team.invite_id)
    const fresh = await root.call(teams.regenerateInvite, { params: inTeam(team) })
    expect(fresh.invite_id).not.toBe(team.invite_id)
    for (const id of [team.invite_id, '', 'a'.repeat(26), team.id])
      await refused('onboarding.invite', follow(id))
    await refused(
      'onboarding.invite',
      stranger(at.server).call(teams.inviteInfo, { params: { invite_id: team.invite_id } }),
    )
    expect(await follow(fresh.invite_id)).toMatchObject({ team_id: team.id, user_id: eve.id })
    expect(await follow(fresh.invite_id)).toMatchObject({ team_id: team.id })
    await root.call(teams.setPrivacy, { params: inTeam(team), body: { privacy: 'O' } })
    const again = await root.call(teams.setPrivacy, { params: inTeam(team), body: { privacy: 'I' } })
    expect(again.invite_id).not.toBe(fresh.invite_id)
  })

  it('respects domains, and the limit of members exactly, by every way of joining', async () => {
    const { root, eve, bo } = at
    await refused('onboarding.domain', make('O', { allowed_domains: 'desy.de, example.com' }))
    const domains = await make('O')
    await root.call(teams.patch, {
      params: inTeam(domains),
      body: { allowed_domains: 'desy.de, example.com' },
    })
    await refused('onboarding.domain', add(bo, domains, bo))
    await root.call(teams.patch, { params: inTeam(domains), body: { allowed_domains: '@EXAMPLE.ORG' } })
    await root.call(accounts.verifyMember, { params: { user_id: bo.id } })
    await add(bo, domains, bo)
    const [team, people] = [
      await make('O'),
      await Promise.all([1, 2, 3, 4].map(() => signUp(at.server, 'p', at.team.invite_id))),
    ]
    await config({ TeamSettings: { MaxUsersPerTeam: 3 } })
    const byLink = await make('O')
    const follow = (person: Person) =>
      person.call(teams.joinByInvite, { query: { invite_id: byLink.invite_id } })
    const followed = await Promise.allSettled(people.map(follow))
    expect(followed.filter((result) => result.status === 'fulfilled')).toHaveLength(2)
    const ways = people.map((person, n) =>
      n % 2
        ? add(person, team, person)
        : person.call(teams.joinByInvite, { query: { invite_id: team.invite_id } }),
    )
    const results = await Promise.allSettled(ways)
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2)
    await refused('teams.full', add(root, team, eve))
    expect(await add(root, team, root)).toMatchObject({ user_id: root.id })
    expect(await root.call(teams.stats, { params: inTeam(team) })).toMatchObject({ active_member_count: 3 })
    await config({ TeamSettings: { MaxUsersPerTeam: 1_000_000 } })
  })
})

describe('leaving a team', () => {
  it('removes the person from all channels of the team, and both sides get events', async () => {
    const { ana, bo, team } = at
    const leaver = await signUp(at.server, 'leaver', team.invite_id)
    const secret = await channelOf(ana, team, 'P', [leaver])
    const [own, others, outside] = [await leaver.listen(), await bo.listen(), await at.eve.listen()]
    await refused(
      'api.context.permissions.app_error',
      bo.call(teams.removeMember, { params: about(team, leaver) }),
    )
    await ana.call(teams.removeMember, { params: about(team, leaver) })
    const told = { user_id: leaver.id, team_id: team.id }
    expect(await own.next('leave_team')).toEqual(told)
    expect(await others.next('leave_team')).toEqual(told)
    expect(await own.next('user_removed', (data) => data.channel_id === secret.id)).toMatchObject({
      remover_id: ana.id,
    })
    await write(ana, secret, 'about the one who left')
    for (const socket of [own, others, outside]) await socket.settle()
    for (const socket of [own, outside])
      expect(JSON.stringify(socket.all('posted'))).not.toContain('about the one')
    expect(others.all('user_removed').some((data) => data.channel_id === secret.id)).toBe(false)
    expect(outside.all('leave_team')).toEqual([])
    expect(
      await at.server.app.pool.rows('select from channel_members where user_id = $1', [leaver.id]),
    ).toEqual([])
    await refused('teams.not_found', leaver.call(teams.get, { params: inTeam(team) }))
    await refused('teams.member_not_found', ana.call(teams.removeMember, { params: about(team, leaver) }))
  })

  it('leaves nobody in a channel of a team that they have left, however close both happen', async () => {
    const { root } = at
    const [team, person] = [await make('O'), await signUp(at.server, 'racer', at.team.invite_id)]
    const rooms = await Promise.all([1, 2, 3].map(() => channelOf(root, team, 'O')))
    for (let round = 0; round < 8; round += 1) {
      await add(root, team, person)
      const join = (id: string) =>
        person.call(members.add, { params: { channel_id: id }, body: { user_id: person.id } })
      const own = { team_id: team.id, name: unique('own'), display_name: 'Own', type: 'P' as const }
      await Promise.allSettled([
        ...rooms.map((room) => join(room.id)),
        person.call(teams.removeMember, { params: about(team, person) }),
        person.call(channels.create, { body: own }),
      ])
      const left = await at.server.app.pool.rows(
        `select from channel_members m join channels c on c.id = m.channel_id
         where m.user_id = $1 and c.team_id = $2`,
        [person.id, team.id],
      )
      expect(left).toEqual([])
    }
  })

  it('is impossible for the primary team', async () => {
    const { ana, bo, root } = at
    // A separate team: from now on everybody is added to it.
    const team = await make('I')
    for (const person of [ana, bo]) await add(root, team, person)
    await config({ TeamSettings: { ExperimentalPrimaryTeam: team.name } })
    await refused('teams.primary', bo.call(teams.removeMember, { params: about(team, bo) }))
    await refused('teams.primary', root.call(teams.removeMember, { params: about(team, ana) }))
    await refused('teams.primary', root.call(teams.archive, { params: inTeam(team) }))
    await config({ TeamSettings: { ExperimentalPrimaryTeam: '' } })
    expect(await isIn(team, bo)).toBe(true)
  })
})

describe('changing a team', () => {
  it('is for its administrators; its members get the event without the link', async () => {
    const { ana, bo, eve, team } = at
    const [member, outsider] = [await bo.listen(), await eve.listen()]
    const change = (by: Person) =>
      by.call(teams.patch, { params: inTeam(team), body: { description: 'Neu' } })
    await refused('api.context.permissions.app_error', change(bo))
    await refused('teams.not_found', change(eve))
    await refused(
      'api.context.permissions.app_error',
      bo.call(teams.setPrivacy, { params: inTeam(team), body: { privacy: 'O' } }),
    )
    await refused(
      'api.context.permissions.app_error',
      bo.call(teams.regenerateInvite, { params: inTeam(team) }),
    )
    expect(await change(ana)).toMatchObject({ description: 'Neu', invite_id: team.invite_id })
    const told = JSON.parse((await member.next('update_team')).team) as Team
    expect(told).toMatchObject({ id: team.id, description: 'Neu', invite_id: '' })
    await outsider.settle()
    expect(outsider.all('update_team')).toEqual([])
    const blank = ana.call(teams.patch, { params: inTeam(team), body: { display_name: '   ' } })
    await refused('api.context.invalid_body_param.app_error', blank)
  })

  it('gives roles within the team only', async () => {
    const { ana, bo, team } = at
    const socket = await bo.listen()
    const give = (by: Person, roles: string) =>
      by.call(teams.setMemberRoles, { params: about(team, bo), body: { roles } })
    await refused('api.context.permissions.app_error', give(bo, 'team_user team_admin'))
    for (const roles of [
      'system_admin',
      'team_user channel_admin',
      'team_guest team_user',
      'team_user constructor',
    ]) {
      await refused('roles.unknown', give(ana, roles))
    }
    await give(ana, 'team_user team_admin')
    expect(JSON.parse((await socket.next('memberrole_updated')).member)).toMatchObject({
      user_id: bo.id,
      scheme_admin: true,
    })
    await bo.call(teams.patch, { params: inTeam(team), body: { description: 'by Bo' } })
    await give(ana, 'team_user')
    await refused(
      'api.context.permissions.app_error',
      bo.call(teams.patch, { params: inTeam(team), body: { description: '' } }),
    )
  })

  it('archiving hides it, from its members too', async () => {
    const { ana, bo, root } = at
    const team = await make('O')
    await add(root, team, bo)
    const room = await channelOf(bo, team, 'O')
    const socket = await bo.listen()
    await refused('api.context.permissions.app_error', bo.call(teams.archive, { params: inTeam(team) }))
    await root.call(teams.archive, { params: inTeam(team) })
    expect(JSON.parse((await socket.next('delete_team')).team)).toMatchObject({ id: team.id, invite_id: '' })
    await refused('teams.not_found', bo.call(teams.get, { params: inTeam(team) }))
    await refused('channels.not_found', write(bo, room, 'anybody here?'))
    await refused('teams.not_found', add(ana, team, ana))
    await refused('teams.archived', add(root, team, ana))
    await refused('onboarding.invite', ana.call(teams.joinByInvite, { query: { invite_id: team.invite_id } }))
    await refused('teams.archived', root.call(teams.archive, { params: inTeam(team) }))
    expect(
      (await bo.call(teams.listOfUser, { params: { user_id: 'me' } })).map((each) => each.id),
    ).not.toContain(team.id)
  })
})
