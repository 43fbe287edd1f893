/** What a real provider of OpenID Connect proves, and for how long. */
import { forgetAll } from '@plausch/server/features/people/sessions/live.ts'
import { unique } from '@plausch/testkit'
import { sessions, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Providing, problemIn, providing } from '../../../../test/providers.ts'

let lab: Providing
beforeAll(async () => {
  lab = await providing()
})
afterAll(() => lab.stop())

it.each([
  ['not verified', { email_verified: false }],
  ['said nothing about', { email_verified: undefined }],
  ['verified by no truth value', { email_verified: 'yes' }],
])('an address for one of the domains counts only if it is proven: %s', async (_, claims) => {
  await lab.config({ TeamSettings: { RestrictCreationToDomains: 'lab.example' } })
  const sub = lab.person('claimed', claims)
  const { to, browser } = await lab.visit(sub)
  expect(problemIn(to)).toBe('sso.unproven_address')
  expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
  await lab.entered(lab.person('proven'))
  await lab.config({ TeamSettings: { RestrictCreationToDomains: '' } })
  expect((await lab.entered(sub)).email_verified).toBe(false)
})

it('an invite link leads to its team, if the address is verified where the team asks for that', async () => {
  const team = await lab.at.root.call(teams.create, {
    body: { name: unique('bound'), display_name: 'Bound', type: 'I' },
  })
  await lab.at.root.call(teams.patch, {
    params: { team_id: team.id },
    body: { allowed_domains: 'lab.example' },
  })
  const path = `/oauth/openid/signup?id=${team.invite_id}`
  const teamsOf = async (email: string) => {
    const user = await lab.at.root.call(users.getByEmail, { params: { email } })
    return (await lab.at.root.call(teams.listOfUser, { params: { user_id: user.id } })).map(({ id }) => id)
  }
  // Nobody verifies it later, so there is no point in an account.
  expect(problemIn((await lab.visit(lab.person('never', { email_verified: false }), path)).to)).toBe(
    'teams.unproven',
  )
  await lab.config({ EmailSettings: { RequireEmailVerification: true } })
  const later = lab.person('verifying', { email_verified: false })
  expect((await lab.visit(later, path)).to).toBe('/should_verify_email')
  expect(await teamsOf(`${later}@lab.example`)).not.toContain(team.id)
  const sub = lab.person('verified')
  await lab.visit(sub, path)
  expect(await teamsOf(`${sub}@lab.example`)).toContain(team.id)
  await lab.config({ EmailSettings: { RequireEmailVerification: false } })
})

it('a session has cookies, lasts as the settings say, and says where it is from', async () => {
  await lab.config({ ServiceSettings: { SessionLengthSSOInHours: 5 } })
  const { browser, id } = await lab.entered(lab.person('long'))
  for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF']) expect(browser.cookies.has(name)).toBe(true)
  const [own] = await lab.at.root.call(sessions.list, { params: { user_id: id } })
  expect(own?.props).toMatchObject({ isOAuthUser: 'true', isSaml: 'false' })
  expect((own?.expires_at ?? 0) - (own?.create_at ?? 0)).toBe(5 * 3_600_000)
  const left = async () => {
    const [session] = await lab.at.root.call(sessions.list, { params: { user_id: id } })
    return {
      ms: (session?.expires_at ?? 0) - (session?.create_at ?? 0),
      last: session?.last_activity_at ?? 0,
    }
  }
  // Four hours pass. Activity does not make it longer: the provider tells nobody who has left.
  const pass = `update sessions set create_at = create_at - $2, expires_at = expires_at - $2,
    last_activity_at = last_activity_at - $2 where user_id = $1`
  await lab.at.server.app.pool.run(pass, [id, 4 * 3_600_000])
  forgetAll(lab.at.server.app.server)
  const before = (await left()).last
  expect(await lab.me(browser)).toMatchObject({ id })
  await expect.poll(async () => (await left()).last).toBeGreaterThan(before)
  expect((await left()).ms).toBe(5 * 3_600_000)
  // A device makes it as long as those of devices, from its beginning.
  await lab.config({ ServiceSettings: { SessionLengthMobileInHours: 7 } })
  const attached = await browser.open(`${lab.at.server.url}/api/v4/users/sessions/device`, {
    method: 'PUT',
    headers: { 'x-csrf-token': browser.cookies.get('MMCSRF') ?? '' },
    body: JSON.stringify({ device_id: 'apple:one' }),
  })
  expect(attached.status).toBe(200)
  expect((await left()).ms).toBe(7 * 3_600_000)
  await lab.config({ ServiceSettings: { SessionLengthMobileInHours: 720 } })
  await lab.config({ ServiceSettings: { SessionLengthSSOInHours: 720 } })
})
