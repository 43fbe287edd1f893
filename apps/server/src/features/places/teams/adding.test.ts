import { type Person, type Place, place, refused, unique } from '@plausch/testkit'
import { settings, type Team, teams } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let team: Team
beforeAll(async () => {
  at = await place()
  const body = { name: unique('more'), display_name: 'More', type: 'I' as const }
  team = await at.root.call(teams.create, { body })
  await at.root.call(teams.addMember, {
    params: { team_id: team.id },
    body: { team_id: team.id, user_id: at.bo.id },
  })
})
afterAll(() => at.stop())

it('graceful: adds the people who can be added, and gives the reason for each other person', async () => {
  const { ana, bo, eve, root } = at
  const nobody = 'a'.repeat(26)
  const graceful = (by: Person, ...ids: string[]) =>
    by.call(teams.addMembers, {
      params: { team_id: team.id },
      query: { graceful: true },
      body: ids.map((user_id) => ({ team_id: team.id, user_id })),
    })
  await root.call(settings.patch, { body: { TeamSettings: { MaxUsersPerTeam: 3 } } })
  expect(await graceful(bo, bo.id, nobody, ana.id, eve.id)).toEqual([
    { user_id: bo.id, member: expect.objectContaining({ team_id: team.id }), error: null },
    { user_id: nobody, member: null, error: expect.objectContaining({ id: 'users.not_found' }) },
    { user_id: ana.id, member: expect.objectContaining({ user_id: ana.id }), error: null },
    { user_id: eve.id, member: null, error: expect.objectContaining({ id: 'teams.full' }) },
  ])
  const members = await root.call(teams.listMembers, { params: { team_id: team.id } })
  expect(members.map(({ user_id }) => user_id).sort()).toEqual([root.id, bo.id, ana.id].sort())
  await refused('teams.not_found', graceful(eve, eve.id))
})
