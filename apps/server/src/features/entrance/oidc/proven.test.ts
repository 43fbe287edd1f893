/** What a real provider of OpenID Connect proves, and for how long. */

import { forgetAll } from '@plausch/server/features/people/sessions/live.ts'
import {
  type OidcProvider,
  type Place,
  place,
  startProvider,
  unique,
  type Visitor,
  visitor,
} from '@plausch/testkit'
import { sessions, settings, teams, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let provider: OidcProvider
beforeAll(async () => {
  at = await place()
  const site = at.server.url
  provider = await startProvider({
    redirectUris: ['openid', 'gitlab'].map((service) => `${site}/signup/${service}/complete`),
  })
  await config({ OpenIdSettings: provider.settings })
})
afterAll(async () => {
  await at.stop()
  await provider.stop()
})

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })

/** A person at the provider. */
const person = (name: string, claims: Record<string, unknown> = {}): string => {
  const sub = unique(name)
  provider.people.set(sub, {
    email: `${sub}@lab.example`,
    email_verified: true,
    name: `${name} Test`,
    ...claims,
  })
  return sub
}

const begin = async (browser: Visitor, path = '/oauth/openid/login'): Promise<string> => {
  const url = `${at.server.url}${path}`
  const to = browser.nextOf(url, await browser.open(url))
  return to ?? expect.fail('no redirect')
}

/** The whole way, up to the last redirect of our server. */
const enter = async (sub: string | null, path?: string, browser = visitor()) => {
  const back = await provider.enter(browser, await begin(browser, path), sub)
  const response = await browser.open(back)
  return { browser, back, response, to: browser.nextOf(at.server.url, response)?.replace(at.server.url, '') }
}

const me = async (browser: Visitor): Promise<User> =>
  (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User

const entered = async (sub: string, path?: string): Promise<User & { browser: Visitor }> => {
  const { browser, response } = await enter(sub, path)
  expect(response.status).toBe(302)
  return { ...(await me(browser)), browser }
}

const problem = (to: string | undefined) => new URLSearchParams(to?.split('?')[1]).get('id')

it.each([
  ['not verified', { email_verified: false }],
  ['said nothing about', { email_verified: undefined }],
  ['verified by no truth value', { email_verified: 'yes' }],
])('an address for one of the domains counts only if it is proven: %s', async (_, claims) => {
  await config({ TeamSettings: { RestrictCreationToDomains: 'lab.example' } })
  const sub = person('claimed', claims)
  const { to, browser } = await enter(sub)
  expect(problem(to)).toBe('sso.unproven_address')
  expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
  await entered(person('proven'))
  await config({ TeamSettings: { RestrictCreationToDomains: '' } })
  expect((await entered(sub)).email_verified).toBe(false)
})

it('an invite link leads to its team, if the address is verified where the team asks for that', async () => {
  const team = await at.root.call(teams.create, {
    body: { name: unique('bound'), display_name: 'Bound', type: 'I' },
  })
  await at.root.call(teams.patch, {
    params: { team_id: team.id },
    body: { allowed_domains: 'lab.example' },
  })
  const path = `/oauth/openid/signup?id=${team.invite_id}`
  const teamsOf = async (email: string) => {
    const user = await at.root.call(users.getByEmail, { params: { email } })
    return (await at.root.call(teams.listOfUser, { params: { user_id: user.id } })).map(({ id }) => id)
  }
  // Nobody verifies it later, so there is no point in an account.
  expect(problem((await enter(person('never', { email_verified: false }), path)).to)).toBe('teams.unproven')
  await config({ EmailSettings: { RequireEmailVerification: true } })
  const later = person('verifying', { email_verified: false })
  expect((await enter(later, path)).to).toBe('/should_verify_email')
  expect(await teamsOf(`${later}@lab.example`)).not.toContain(team.id)
  const sub = person('verified')
  await enter(sub, path)
  expect(await teamsOf(`${sub}@lab.example`)).toContain(team.id)
  await config({ EmailSettings: { RequireEmailVerification: false } })
})

it('a session has cookies, lasts as the settings say, and says where it is from', async () => {
  await config({ ServiceSettings: { SessionLengthSSOInHours: 5 } })
  const { browser, id } = await entered(person('long'))
  for (const name of ['MMAUTHTOKEN', 'MMUSERID', 'MMCSRF']) expect(browser.cookies.has(name)).toBe(true)
  const [own] = await at.root.call(sessions.list, { params: { user_id: id } })
  expect(own?.props).toMatchObject({ isOAuthUser: 'true', isSaml: 'false' })
  expect((own?.expires_at ?? 0) - (own?.create_at ?? 0)).toBe(5 * 3_600_000)
  const left = async () => {
    const [session] = await at.root.call(sessions.list, { params: { user_id: id } })
    return {
      ms: (session?.expires_at ?? 0) - (session?.create_at ?? 0),
      last: session?.last_activity_at ?? 0,
    }
  }
  // Four hours pass. Activity does not make it longer: the provider tells nobody who has left.
  const pass = `update sessions set create_at = create_at - $2, expires_at = expires_at - $2,
    last_activity_at = last_activity_at - $2 where user_id = $1`
  await at.server.app.pool.run(pass, [id, 4 * 3_600_000])
  forgetAll(at.server.app.server)
  const before = (await left()).last
  expect(await me(browser)).toMatchObject({ id })
  await expect.poll(async () => (await left()).last).toBeGreaterThan(before)
  expect((await left()).ms).toBe(5 * 3_600_000)
  // A device makes it as long as those of devices, from its beginning.
  await config({ ServiceSettings: { SessionLengthMobileInHours: 7 } })
  const attached = await browser.open(`${at.server.url}/api/v4/users/sessions/device`, {
    method: 'PUT',
    headers: { 'x-csrf-token': browser.cookies.get('MMCSRF') ?? '' },
    body: JSON.stringify({ device_id: 'apple:one' }),
  })
  expect(attached.status).toBe(200)
  expect((await left()).ms).toBe(7 * 3_600_000)
  await config({ ServiceSettings: { SessionLengthMobileInHours: 720 } })
  await config({ ServiceSettings: { SessionLengthSSOInHours: 720 } })
})
