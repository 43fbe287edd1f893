import { channelOf, direct, type Place, place, signUp, write } from '@plausch/testkit'
import {
  categories,
  channels,
  home,
  members,
  preferences,
  presence,
  roles,
  settings,
  system,
  teams,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const mine = { params: { user_id: 'me' } }
const byId = <T extends { id: string }>(list: readonly T[]) =>
  [...list].sort((a, b) => a.id.localeCompare(b.id))

it('contains in one reply what the single operations return', async () => {
  const { ana, bo, eve, team } = at
  const talk = await direct(bo, ana)
  const group = await bo.call(channels.createGroup, { body: [ana.id, eve.id] })
  const secret = await channelOf(ana, team, 'P', [bo])
  await write(ana, secret, `@${bo.username} look`)
  await bo.call(preferences.save, {
    params: { user_id: bo.id },
    body: [{ user_id: bo.id, category: 'theme', name: '', value: 'dark' }],
  })
  const got = await bo.call(home.get)
  expect(got.me).toEqual(await bo.call(users.get, mine))
  expect(got.preferences).toEqual(await bo.call(preferences.list, mine))
  expect(got.teams).toEqual(await bo.call(teams.listOfUser, mine))
  expect(got.team_members).toEqual(await bo.call(teams.membersOfUser, mine))
  expect(byId(got.channels)).toEqual(byId(await bo.call(channels.listOfUser, mine)))
  expect(got.channel_members).toEqual(
    (await bo.call(members.listOfUser, mine)).map(
      ({ team_display_name: _d, team_name: _n, team_update_at: _u, ...rest }) => rest,
    ),
  )
  expect(got.channel_members.find((member) => member.channel_id === secret.id)?.mention_count).toBe(2)
  const params = { user_id: 'me', team_id: team.id }
  expect(got.categories).toEqual({ [team.id]: await bo.call(categories.list, { params }) })
  expect(got.config).toEqual(await bo.call(settings.client))
  expect(got.license).toEqual(await bo.call(system.license, { query: { format: 'old' } }))
  expect(got.direct).toEqual({
    [talk.id]: [ana.id, bo.id].sort(),
    [group.id]: [ana.id, bo.id, eve.id].sort(),
  })
  expect(byId(got.users)).toEqual(byId(await bo.call(users.listByIds, { body: [ana.id, eve.id] })))
  expect(got.statuses).toEqual(
    await bo.call(presence.listByIds, {
      body: [bo.id, ...got.statuses.slice(1).map((each) => each.user_id)],
    }),
  )
  expect(got.statuses.map((status) => status.user_id).sort()).toEqual([ana.id, bo.id, eve.id].sort())
  const names = got.roles.map((role) => role.name)
  expect(names).toEqual(expect.arrayContaining(['system_user', 'team_user', 'channel_user']))
  expect(got.roles).toEqual(await bo.call(roles.listByNames, { body: names }))
})

it('excludes what the person has left, what is archived, and what belongs to others', async () => {
  const { ana, root, team } = at
  const kim = await signUp(at.server, 'kim', team.invite_id)
  const [left, archived, foreign] = [
    await channelOf(ana, team, 'P', [kim]),
    await channelOf(ana, team, 'P', [kim]),
    await channelOf(ana, team, 'P'),
  ]
  const closed = await root.call(teams.create, {
    body: { name: 'closed', display_name: 'Closed', type: 'O' },
  })
  await root.call(teams.addMember, { params: { team_id: closed.id }, body: { user_id: kim.id } })
  await kim.call(members.remove, { params: { channel_id: left.id, user_id: kim.id } })
  await ana.call(channels.archive, { params: { channel_id: archived.id } })
  await root.call(teams.archive, { params: { team_id: closed.id } })
  const got = await kim.call(home.get)
  expect(got.channels.map((channel) => channel.name).sort()).toEqual(['off-topic', 'town-square'])
  expect(got.channel_members).toHaveLength(2)
  const text = JSON.stringify(got)
  for (const id of [left.id, archived.id, foreign.id, closed.id]) expect(text).not.toContain(id)
})

it('works for a person without a team', async () => {
  const got = await at.eve.call(home.get)
  expect(got).toMatchObject({ teams: [], team_members: [], categories: {}, me: { id: at.eve.id } })
  expect(got.channels.every((channel) => channel.team_id === '')).toBe(true)
})
