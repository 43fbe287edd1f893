/** Who goes because of groups, and what keeps them: unread groups, the brake, a second look. */
import { channelOf, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import { channels, directory, groups, roles, syncables, type Team, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cast, openCast } from '../../../../test/grouped.ts'
import { linkRemote, unlinkRemote } from '../groups/index.ts'
import { applyPlaces, compareWithGroups } from './applying.ts'
import { settleLater } from './events.ts'

const DENIED = 'api.context.permissions.app_error'

let at: Place
let cast: Cast
let lea: Person
let mia: Person
const crowd: Person[] = []
beforeAll(async () => {
  at = await place()
  cast = openCast(at)
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  mia = await signUp(at.server, 'mia', at.team.invite_id)
  for (let n = 0; n < 14; n += 1) crowd.push(await signUp(at.server, `crowd${n}`, at.team.invite_id))
})
afterAll(() => at.stop())

const held = async (team: Team) =>
  (await at.root.call(directory.held, {})).memberships.filter(({ place_id }) => place_id === team.id)
describe('a group that no pass has read', () => {
  it('takes nobody out of a team whose members groups decide, until a pass has read it', async () => {
    const [group, team] = [await cast.remote([], false, false), await cast.newTeam(lea, mia)]
    await cast.linkTeam(group, team)
    await cast.constrain(team)
    expect(await cast.peopleOf(team)).toEqual(expect.arrayContaining([lea.id, mia.id]))
    // One of its members has signed in.
    await cast.regroup(group, [lea])
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).toContain(mia.id)
    await cast.read(group)
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).not.toContain(mia.id)
  })

  it('is also one that was linked again: it has none of its old members', async () => {
    const [group, team] = [await cast.remote([lea], true), await cast.newTeam(mia)]
    await cast.linkTeam(group, team)
    const socket = await lea.listen()
    await cast.asSystem((context) => unlinkRemote(context, 'ldap', group.remote_id ?? ''))
    await socket.next('group_member_deleted')
    // An earlier version left the members of groups that it archived.
    await at.server.app.pool.run(
      'insert into group_members (group_id, user_id, create_at) values ($1, $2, 1)',
      [group.id, mia.id],
    )
    const remote = { remote_id: group.remote_id ?? '', display_name: group.display_name }
    await cast.asSystem((context) => linkRemote(context, 'ldap', remote))
    await cast.settled()
    await socket.settle()
    expect(socket.all('group_member_add')).toEqual([])
    socket.close()
    const { members } = await at.root.call(groups.listMembers, { params: { group_id: group.id } })
    expect(members).toEqual([])
    await cast.constrain(team)
    expect(await cast.peopleOf(team)).toEqual(expect.arrayContaining([lea.id, mia.id]))
  })
})

describe('a change of a link', () => {
  it('holds back what the brake of a pass would hold back, for an administrator', async () => {
    const [group, team] = [await cast.remote([at.root, lea]), await cast.newTeam(...crowd)]
    await cast.constrain(team)
    await cast.linkTeam(group, team)
    const people = await cast.peopleOf(team)
    expect(people).toEqual(expect.arrayContaining([lea.id, ...crowd.map(({ id }) => id)]))
    expect(await held(team)).toHaveLength(crowd.length)
    // Whoever is in a group after all is not held any more.
    await cast.regroup(group, crowd)
    await cast.resettle(team)
    expect(await held(team)).toEqual([])
  })

  it('counts small steps together over a day', async () => {
    const [group, team] = [await cast.remote([at.root, ...crowd]), await cast.newTeam(...crowd)]
    await cast.linkTeam(group, team)
    await cast.constrain(team)
    await cast.regroup(group, [], crowd.slice(0, 4))
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).not.toContain(crowd[0]?.id)
    await cast.regroup(group, [], crowd.slice(4, 6))
    await cast.resettle(team)
    expect(await cast.peopleOf(team)).toEqual(expect.arrayContaining(crowd.slice(4).map(({ id }) => id)))
    expect(await held(team)).toHaveLength(2)
  })

  it('waits once, however often a place changes', async () => {
    const team = await cast.newTeam()
    const waiting = await cast.asSystem(async (context) => {
      for (let n = 0; n < 3; n += 1) await settleLater(context, [team.id])
      return await context.db.rows(
        `select key from queue_jobs where queue = 'syncables.settle' and payload::text like $1`,
        [`%${team.id}%`],
      )
    })
    expect(waiting).toEqual([{ key: team.id }])
  })

  it('does not do what somebody has made wrong since it looked', async () => {
    const [group, team] = [await cast.remote([lea, mia]), await cast.newTeam()]
    await cast.linkTeam(group, team)
    const { server } = at.server.app
    const look = () => compareWithGroups({ db: server.db, server }, { only: [team.id] })
    await cast.regroup(group, [], [mia])
    const going = await look()
    expect(going).toMatchObject([{ remove: [mia.id] }])
    // She is back in the group before the step.
    await cast.regroup(group, [mia])
    expect(await applyPlaces(server, going)).toMatchObject({ removed: 0 })
    expect(await cast.peopleOf(team)).toContain(mia.id)
    await cast.regroup(group, [crowd[0] ?? lea])
    const coming = await look()
    expect(coming).toMatchObject([{ add: [crowd[0]?.id] }])
    await at.root.call(syncables.unlinkTeam, { params: { group_id: group.id, team_id: team.id } })
    expect(await applyPlaces(server, coming)).toMatchObject({ added: 0 })
  })
})

describe('links that make administrators', () => {
  const link = (person: Person, group: { id: string }, team: Team, body: object) =>
    person.call(syncables.linkTeam, { params: { group_id: group.id, team_id: team.id }, body })

  it('are made, changed and ended only by those who may do so by hand', async () => {
    const [group, team] = [await cast.remote([lea], true), await cast.newTeam(mia)]
    await refused(DENIED, link(mia, group, team, { scheme_admin: true }))
    // What changes nothing is what every official client sends.
    await link(mia, group, team, { auto_add: true, scheme_admin: false })
    await cast.linkTeam(group, team, { scheme_admin: true })
    const params = { group_id: group.id, team_id: team.id }
    await refused(DENIED, link(mia, group, team, { auto_add: true }))
    await refused(DENIED, mia.call(syncables.patchTeam, { params, body: { auto_add: false } }))
    await refused(DENIED, mia.call(syncables.unlinkTeam, { params }))
    await at.root.call(syncables.unlinkTeam, { params })
  })

  it('of channels likewise, also by way of the team', async () => {
    const [group, team] = [await cast.remote([lea], true), await cast.newTeam(mia, at.bo)]
    const channel = await channelOf(at.root, team, 'O', [mia])
    await cast.linkChannel(group, channel, { scheme_admin: true })
    const params = { group_id: group.id, channel_id: channel.id }
    await refused(DENIED, mia.call(syncables.unlinkChannel, { params }))
    await refused(DENIED, mia.call(syncables.linkChannel, { params, body: { auto_add: true } }))
    await refused(
      DENIED,
      mia.call(syncables.unlinkTeam, { params: { group_id: group.id, team_id: team.id } }),
    )
  })

  it('or take people out where groups decide', async () => {
    const [group, other, team] = [
      await cast.remote([at.root, mia], true),
      await cast.remote([lea], true),
      await cast.newTeam(mia),
    ]
    await cast.linkTeam(group, team)
    await cast.constrain(team)
    await refused(DENIED, link(mia, other, team, {}))
    await refused(
      DENIED,
      mia.call(syncables.unlinkTeam, { params: { group_id: group.id, team_id: team.id } }),
    )
    const channel = await channelOf(at.bo, at.team, 'P', [mia])
    const body = { group_constrained: true }
    await refused(DENIED, mia.call(channels.patch, { params: { channel_id: channel.id }, body }))
    await at.bo.call(channels.patch, { params: { channel_id: channel.id }, body })
  })
})

describe('a group that cannot be mentioned', () => {
  it('is not learned by lists of people whom linked groups have', async () => {
    const [hidden, team] = [await cast.remote([lea]), await cast.newTeam(lea, mia)]
    await cast.linkTeam(hidden, team, {})
    const query = { in_team: team.id, group_constrained: true }
    const body = { term: 'lea', team_id: team.id, group_constrained: true }
    expect(await mia.call(users.list, { query })).toEqual([])
    expect(await mia.call(users.search, { body })).toEqual([])
    expect((await at.root.call(users.list, { query })).map(({ id }) => id)).toEqual([lea.id])
    // Whoever may compare channels, but knows no groups, learns nothing by comparing.
    const channel = await channelOf(at.root, team, 'O', [lea, mia])
    const compare = { params: { channel_id: channel.id }, query: { group_ids: hidden.id } }
    await at.root.call(users.setRoles, {
      params: { user_id: mia.id },
      body: { roles: 'system_user system_user_manager' },
    })
    const role = await at.root.call(roles.getByName, { params: { role_name: 'system_user_manager' } })
    const permit = (permissions: string[]) =>
      at.root.call(roles.patch, { params: { role_id: role.id }, body: { permissions } })
    await permit(['sysconsole_read_user_management_channels'])
    const { users: seen } = await mia.call(syncables.ungroupedInChannel, compare)
    expect(seen.map(({ id }) => id)).toContain(lea.id)
    const { users: known } = await at.root.call(syncables.ungroupedInChannel, compare)
    expect(known.map(({ id }) => id)).not.toContain(lea.id)
    await permit(role.permissions)
    await at.root.call(users.setRoles, { params: { user_id: mia.id }, body: { roles: 'system_user' } })
    await at.root.call(groups.patch, { params: { group_id: hidden.id }, body: { allow_reference: true } })
    expect((await mia.call(users.list, { query })).map(({ id }) => id)).toEqual([lea.id])
    expect((await mia.call(users.search, { body })).map(({ id }) => id)).toEqual([lea.id])
  })
})
