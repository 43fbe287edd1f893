/** The filters and orders of lists of people. */
import { channelOf, type Person, type Place, place, refused, signIn, signUp, unique } from '@plausch/testkit'
import { type Channel, channels, groups, members, sessions, teams, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let mia: Person
let room: Channel
beforeAll(async () => {
  at = await place()
  mia = await signUp(at.server, 'mia', at.team.invite_id)
  room = await channelOf(at.bo, at.team, 'O', [at.ana])
  for (const person of [at.root, at.ana, at.bo, at.eve, mia])
    await person.call(users.patch, { params: { user_id: 'me' }, body: { nickname: 'Everyone' } })
})
afterAll(() => at.stop())

const ids = (found: { id: string }[]) => found.map((person) => person.id)
const list = async (query: object) =>
  ids(await at.root.call(users.list, { query: { per_page: 200, ...query } }))
const search = async (body: object) =>
  ids(await at.root.call(users.search, { body: { term: 'everyone', limit: 1000, ...body } }))
const sorted = (people: Person[]) => ids(people).sort()

describe('people are listed', () => {
  it('in a group and outside of it', async () => {
    const name = unique('crew')
    const group = await at.bo.call(groups.create, {
      body: { name, display_name: name, user_ids: [at.bo.id, mia.id] },
    })
    expect((await list({ in_group: group.id })).sort()).toEqual(sorted([at.bo, mia]))
    const outside = await list({ in_team: at.team.id, not_in_group: group.id })
    expect(outside).toContain(at.ana.id)
    expect(outside).not.toContain(mia.id)
    expect((await search({ in_group_id: group.id })).sort()).toEqual(sorted([at.bo, mia]))
    expect(await search({ not_in_group_id: group.id })).not.toContain(mia.id)
  })

  it('without any team, and outside of one', async () => {
    expect(await list({ without_team: true })).toEqual([at.eve.id])
    expect(await search({ without_team: true })).toEqual([at.eve.id])
    expect(await search({ not_in_team_id: at.team.id })).toContain(at.eve.id)
    expect(await search({ not_in_team_id: at.team.id })).not.toContain(mia.id)
    const closed = await at.root.call(teams.create, {
      body: { name: unique('closed'), display_name: 'Closed', type: 'I' },
    })
    const body = { term: 'everyone', not_in_team_id: closed.id }
    await refused('teams.not_found', mia.call(users.search, { body }))
    // No group is linked to a team or a channel here.
    expect(await list({ group_constrained: true })).toEqual([])
  })

  it('by their roles on the server, in the team and in the channel', async () => {
    const { ana, bo, root } = at
    expect(await list({ role: 'system_admin' })).toEqual([root.id])
    expect(await list({ roles: 'system_admin' })).toEqual([root.id])
    const plain = await list({ roles: 'system_user' })
    expect(plain).toContain(bo.id)
    expect(plain).not.toContain(root.id)
    const inTeam = { in_team: at.team.id }
    const inRoom = { in_channel: room.id }
    expect(await list({ ...inTeam, team_roles: 'team_admin' })).toContain(ana.id)
    expect(await list({ ...inTeam, team_roles: 'team_admin' })).not.toContain(bo.id)
    expect(await list({ ...inRoom, channel_roles: 'channel_admin' })).toEqual([bo.id])
    expect((await list({ ...inRoom, channel_roles: 'channel_user,channel_admin' })).sort()).toEqual(
      sorted([ana, bo]),
    )
    expect(await search({ in_channel_id: room.id, channel_roles: ['channel_user'] })).toEqual([ana.id])
    expect(await search({ team_id: at.team.id, team_roles: ['team_admin'] })).toContain(ana.id)
    expect(await search({ roles: ['system_admin'] })).toEqual([root.id])
    expect(await search({ role: 'system_admin' })).toEqual([root.id])
  })

  it('in the orders that clients ask for', async () => {
    const { ana, bo, team } = at
    expect(await list({ in_channel: room.id, sort: 'admin' })).toEqual([bo.id, ana.id])
    const newest = await list({ in_team: team.id, sort: 'create_at' })
    expect(newest.indexOf(mia.id)).toBeLessThan(newest.indexOf(ana.id))
    for (const sort of ['status', 'last_activity_at'])
      expect((await list({ in_team: team.id, sort })).sort()).toEqual([...newest].sort())
    const byName = await at.root.call(users.list, { query: { in_team: team.id } })
    const names = byName.map((user: User) => user.username)
    expect(names).toEqual([...names].sort())
  })

  it('with active people, deactivated ones, or both', async () => {
    const gone = await signUp(at.server, 'gone', at.team.invite_id)
    await at.root.call(users.setActive, { params: { user_id: gone.id }, body: { active: false } })
    expect(await list({ inactive: true })).toEqual([gone.id])
    expect(await list({ active: true })).not.toContain(gone.id)
    expect(await list({})).toContain(gone.id)
  })
})

describe('counting by filters', () => {
  it('is for administrators, and counts no conversations of others', async () => {
    const count = async (by: Person, query: object) =>
      (await by.call(users.filteredStats, { query })).total_users_count
    expect(await count(at.root, { in_channel: room.id })).toBe(2)
    expect(await count(at.root, { in_channel: room.id, channel_roles: 'channel_admin' })).toBe(1)
    expect(await count(at.root, { roles: 'system_admin' })).toBe(1)
    const active = await count(at.root, {})
    expect(await count(at.root, { include_deleted: true })).toBeGreaterThan(active)
    await refused('api.context.permissions.app_error', count(at.ana, {}))
    const talk = await at.ana.call(channels.createDirect, { body: [at.ana.id, at.bo.id] })
    await refused('channels.not_found', count(at.root, { in_channel: talk.id }))
    expect(await mia.call(members.list, { params: { channel_id: room.id } })).toHaveLength(2)
  })
})

it('an administrator can unlock a person who is locked out', async () => {
  const paula = await signUp(at.server, 'paula', at.team.invite_id)
  for (let attempt = 0; attempt < 10; attempt += 1)
    await signIn(at.server, paula.username, 'wrong').catch(() => undefined)
  await refused('api.user.check_user_login_attempts.too_many.app_error', signIn(at.server, paula.username))
  const params = { user_id: paula.id }
  await refused('api.context.permissions.app_error', at.ana.call(sessions.resetAttempts, { params }))
  await at.root.call(sessions.resetAttempts, { params })
  expect((await signIn(at.server, paula.username)).id).toBe(paula.id)
})
