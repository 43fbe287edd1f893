/** Access is always checked against the current state: the cache of memberships never outlives a change. */
import { asGuest, type Person, type Place, place, refused, signIn, signUp, unique } from '@plausch/testkit'
import { type Team, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const inTeam = (team: Team) => ({ params: { team_id: team.id } })
const of = (team: Team, person: Person) => ({ params: { team_id: team.id, user_id: person.id } })
const look = (by: Person, team: Team) => by.call(teams.get, inTeam(team))
const enter = (by: Person, team: Team) => by.call(teams.stats, inTeam(team))
const isShut = async (by: Person, team: Team) => {
  await refused('teams.not_found', look(by, team))
  await refused('teams.not_found', enter(by, team))
}
const add = (team: Team, person: Person) =>
  at.root.call(teams.addMember, { ...inTeam(team), body: { team_id: team.id, user_id: person.id } })
/** A closed team, and a member whose membership is cached. */
const home = async () => {
  const team = await at.root.call(teams.create, {
    body: { name: unique('team'), display_name: 'Before', type: 'I', email: 'team@example.invalid' },
  })
  const kim = await signUp(at.server, 'kim', at.team.invite_id)
  await isShut(kim, team)
  await add(team, kim)
  await enter(kim, team)
  await look(kim, team)
  return { team, kim }
}

describe('the very next request', () => {
  it('is refused to a person who left a team or was removed', async () => {
    const { team, kim } = await home()
    await at.root.call(teams.removeMember, of(team, kim))
    await isShut(kim, team)
    await add(team, kim)
    await enter(kim, team)
    await kim.call(teams.removeMember, of(team, kim))
    await isShut(kim, team)
  })

  it('is refused to all members of an archived team, until it is restored', async () => {
    const { team, kim } = await home()
    await at.root.call(teams.archive, inTeam(team))
    await isShut(kim, team)
    await at.root.call(teams.restore, inTeam(team))
    await enter(kim, team)
  })

  it('is refused to non-members when an open team closes', async () => {
    const { team, kim } = await home()
    const privacy = (by: 'O' | 'I') =>
      at.root.call(teams.setPrivacy, { ...inTeam(team), body: { privacy: by } })
    await privacy('O')
    await at.root.call(teams.removeMember, of(team, kim))
    await look(kim, team)
    await privacy('I')
    await isShut(kim, team)
  })

  it('returns the current team, and only what the person’s current role may see of it', async () => {
    const { team, kim } = await home()
    await at.root.call(teams.patch, { ...inTeam(team), body: { display_name: 'After' } })
    expect(await look(kim, team)).toMatchObject({ display_name: 'After', email: '' })
    const become = (roles: string) =>
      at.root.call(teams.setMemberRoles, { ...of(team, kim), body: { roles } })
    await become('team_user team_admin')
    expect((await look(kim, team)).email).toBe(team.email)
    await become('team_user')
    expect(await look(kim, team)).toMatchObject({ email: '', invite_id: team.invite_id })
    const { invite_id } = await at.root.call(teams.regenerateInvite, inTeam(team))
    expect(await look(kim, team)).toMatchObject({ invite_id })
  })

  it('returns no link to a person who became a guest', async () => {
    const { team, kim } = await home()
    const guest = await asGuest(at, kim)
    expect((await look(guest, team)).invite_id).toBe('')
    await at.root.call(users.promote, { params: { user_id: kim.id } })
    expect((await look(await signIn(at.server, kim.username), team)).invite_id).toBe(team.invite_id)
  })
})
