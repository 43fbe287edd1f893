import { asGuest, type Person, type Place, place, refused, signUp, unique } from '@plausch/testkit'
import { accounts, settings, type Team, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const inTeam = (team: Team) => ({ team_id: team.id })
const make = (type: 'O' | 'I', more: object = {}) =>
  at.root.call(teams.create, { body: { name: unique('team'), display_name: 'A team', type, ...more } })
const add = (by: Person, team: Team, person: Person) =>
  by.call(teams.addMember, { params: inTeam(team), body: { team_id: team.id, user_id: person.id } })

it('H31: an unverified address does not open a team that is bound to a domain', async () => {
  const { root, ana } = at
  const team = await make('O', { allowed_domains: 'example.org' })
  const [uwe, vera] = [
    await signUp(at.server, 'uwe', at.team.invite_id),
    await signUp(at.server, 'vera', at.team.invite_id),
  ]
  const follow = (person: Person) => person.call(teams.joinByInvite, { query: { invite_id: team.invite_id } })
  const addAll = (by: Person, graceful: boolean) =>
    by.call(teams.addMembers, {
      params: inTeam(team),
      query: { graceful },
      body: [{ team_id: team.id, user_id: uwe.id }],
    })
  const unproven = 'teams.unproven'
  await refused(unproven, follow(uwe))
  await refused(unproven, add(uwe, team, uwe))
  // A member who may add others, but not change the domains, cannot vouch for them.
  await root.call(accounts.verifyMember, { params: { user_id: vera.id } })
  await follow(vera)
  await refused(unproven, add(vera, team, uwe))
  await refused(unproven, addAll(vera, false))
  expect(await addAll(vera, true)).toMatchObject([
    { user_id: uwe.id, member: null, error: { id: unproven, status_code: 403 } },
  ])
  // Verifying one address does not help to claim another one.
  const email = `${unique('vera')}@example.org`
  const other = await make('O', { allowed_domains: 'example.org' })
  await vera.call(users.patch, { params: { user_id: vera.id }, body: { email, password: vera.password } })
  await refused(unproven, add(vera, other, vera))
  // Existing members stay, and may use the link again.
  await follow(vera)
  // A person who may change the domains may add anybody whose address is in them.
  await root.call(accounts.verifyMember, { params: { user_id: ana.id } })
  await follow(ana)
  await refused(unproven, add(ana, team, uwe))
  await root.call(teams.setMemberRoles, {
    params: { team_id: team.id, user_id: ana.id },
    body: { roles: 'team_user team_admin' },
  })
  await add(ana, team, uwe)
  const xaver = await signUp(at.server, 'xaver', at.team.invite_id)
  await add(root, team, xaver)
})

it('an unverified address of a guest counts for no domain either', async () => {
  const team = await make('I')
  const gast = await signUp(at.server, 'gast', at.team.invite_id)
  await asGuest(at, gast)
  const restrict = (RestrictCreationToDomains: string) =>
    at.root.call(settings.patch, { body: { GuestAccountsSettings: { RestrictCreationToDomains } } })
  await restrict('example.com')
  await refused('onboarding.domain', add(at.root, team, gast))
  await restrict('example.org')
  await refused('teams.unproven', add(at.root, team, gast))
  await at.root.call(accounts.verifyMember, { params: { user_id: gast.id } })
  await add(at.root, team, gast)
  await restrict('')
})
