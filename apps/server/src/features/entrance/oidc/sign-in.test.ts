/** Signing in by a real provider of OpenID Connect. */

import {
  type OidcProvider,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  startProvider,
  stranger,
  unique,
  type Visitor,
  visitor,
} from '@plausch/testkit'
import { audit, sessions, settings, teams, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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
const row = (id: string) =>
  at.server.app.pool.row<{ auth_service: string; auth_data: string; delete_at: number }>(
    'select auth_service, auth_data, delete_at from users where id = $1',
    [id],
  )

describe('the first sign-in', () => {
  it('makes an account of what the provider says, in the primary team', async () => {
    await config({ TeamSettings: { ExperimentalPrimaryTeam: at.team.name } })
    const sub = person('mia', { given_name: 'Mia', family_name: 'Müller', locale: 'de-AT' })
    const mia = await entered(sub)
    expect(mia).toMatchObject({
      username: sub,
      email: `${sub}@lab.example`,
      first_name: 'Mia',
      last_name: 'Müller',
      auth_service: 'openid',
      auth_data: '',
      email_verified: true,
      locale: 'de',
      roles: 'system_user',
    })
    expect(await row(mia.id)).toMatchObject({
      auth_service: 'openid',
      auth_data: `${provider.issuer} ${sub}`,
    })
    const own = await at.root.call(teams.listOfUser, { params: { user_id: mia.id } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
  })

  it('is the same account the next time, whatever name and address are then', async () => {
    const sub = person('nina')
    const first = await entered(sub)
    const email = `${unique('nina.neu')}@lab.example`
    provider.people.set(sub, { email, email_verified: true, name: 'Nina Neu' })
    const second = await entered(sub)
    expect(second).toMatchObject({ id: first.id, email, last_name: 'Neu' })
  })

  it('makes one account of two sign-ins at once', async () => {
    const sub = person('busy')
    const browsers = [visitor(), visitor()]
    const backs: string[] = []
    for (const browser of browsers) backs.push(await provider.enter(browser, await begin(browser), sub))
    await Promise.all(browsers.map((browser, index) => browser.open(backs[index] ?? '')))
    const [one, two] = await Promise.all(browsers.map(me))
    expect(one?.id).toMatch(/^\w{26}$/)
    expect(one?.id).toBe(two?.id)
  })

  it('writes usernames without umlauts and signs, and takes the preferred one if the settings say so', async () => {
    const email = `${unique('jörg.groß')}@lab.example`
    const joerg = await entered(person('joerg', { email, preferred_username: 'jgross@lab.example' }))
    expect(joerg.username).toMatch(/^joerg\.gross/)
    await config({ OpenIdSettings: { UsePreferredUsername: true } })
    const preferred = unique('jgross')
    expect(
      (await entered(person('other', { preferred_username: `${preferred}@lab.example` }))).username,
    ).toBe(preferred)
    await config({ OpenIdSettings: { UsePreferredUsername: false } })
  })

  it('never takes over an account with the same address, nor its name', async () => {
    const local = await signUp(at.server, 'squatter', at.team.invite_id)
    const { to, browser } = await enter(person('twin', { email: local.user.email }))
    expect(problem(to)).toBe('api.user.create_oauth_user.already_attached.app_error')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    const namesake = await entered(person('namesake', { email: `${local.username}@other.example` }))
    expect(namesake.username).toBe(`${local.username}2`)
    expect((await signIn(at.server, local.username)).id).toBe(local.id)
  })

  it('believes only verified addresses', async () => {
    const user = await entered(person('unproven', { email_verified: false }))
    expect(user.email_verified).toBe(false)
    await config({ EmailSettings: { RequireEmailVerification: true } })
    const { to, browser } = await enter(person('later', { email_verified: false }))
    expect(to).toBe('/should_verify_email')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    await config({ EmailSettings: { RequireEmailVerification: false } })
  })

  it('tells who has no address, and makes no account', async () => {
    expect(problem((await enter(person('unmailed', { email: undefined }))).to)).toBe('sso.no_address')
  })

  it('keeps to the domains, the seats and the switch of the settings', async () => {
    await config({ TeamSettings: { RestrictCreationToDomains: 'institute.example' } })
    expect(problem((await enter(person('foreign'))).to)).toBe('onboarding.domain')
    await config({ TeamSettings: { RestrictCreationToDomains: '', EnableUserCreation: false } })
    expect(problem((await enter(person('closed'))).to)).toBe('onboarding.disabled')
    await config({ TeamSettings: { EnableUserCreation: true }, PlauschSettings: { MaxActiveUsers: 1 } })
    expect(problem((await enter(person('late'))).to)).toBe('users.limit')
    await config({ PlauschSettings: { MaxActiveUsers: 0 } })
  })

  it('joins the team of an invite link', async () => {
    await config({ TeamSettings: { ExperimentalPrimaryTeam: '' } })
    const user = await entered(person('invited'), `/oauth/openid/signup?id=${at.team.invite_id}`)
    const own = await at.root.call(teams.listOfUser, { params: { user_id: user.id } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
    expect(problem((await enter(person('lost'), `/oauth/openid/signup?id=${'x'.repeat(26)}`)).to)).toBe(
      'onboarding.invite',
    )
  })
})

describe('a session', () => {
  it('is not opened for a deactivated account, which stays so', async () => {
    const sub = person('gone')
    const { id } = await entered(sub)
    await at.root.call(users.setActive, { params: { user_id: id }, body: { active: false } })
    expect(problem((await enter(sub)).to)).toBe('api.user.login.inactive.app_error')
    const entries = await at.root.call(audit.listOfUser, { params: { user_id: id } })
    expect(entries.filter(({ extra_info }) => extra_info.startsWith('FAILED'))).toHaveLength(1)
    expect((await row(id))?.delete_at).toBeGreaterThan(0)
  })

  it('lets nobody change what the provider says, nor sign in by a password', async () => {
    const { browser, id, username } = await entered(person('locked'))
    const patch = (body: object) =>
      browser.open(`${at.server.url}/api/v4/users/${id}/patch`, {
        method: 'PUT',
        body: JSON.stringify(body),
        headers: { 'x-csrf-token': browser.cookies.get('MMCSRF') ?? '' },
      })
    for (const body of [{ username: 'another' }, { first_name: 'Another' }])
      expect(await (await patch(body)).json()).toMatchObject({
        id: 'api.user.patch_user.login_provider_attribute_set.app_error',
      })
    expect((await patch({ nickname: 'Nick' })).status).toBe(200)
    const wrong = 'api.user.login.invalid_credentials_email_username'
    for (const password of ['', 'x'])
      await refused(
        wrong,
        stranger(at.server).call(sessions.login, { body: { login_id: username, password } }),
      )
  })
})

describe('the way back', () => {
  it('leads to the page one came for, and to no other site', async () => {
    const to = encodeURIComponent(`/${at.team.name}/channels/town-square?a=1#b`)
    const { to: page } = await enter(person('deep'), `/oauth/openid/login?redirect_to=${to}`)
    expect(page).toBe(`/${at.team.name}/channels/town-square?a=1#b`)
    const own = encodeURIComponent(`${at.server.url}/own`)
    expect((await enter(person('own'), `/oauth/openid/login?redirect_to=${own}`)).to).toBe('/own')
    for (const evil of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      `${at.server.url}.evil.example/`,
      `${at.server.url.replace('http://', 'http://user@')}@evil.example/`,
      '/.//evil.example',
      `blob:${at.server.url}/evil`,
      'blob:http://this.invalid/evil',
      'blob:https://evil.example/',
      'data:text/html,evil',
      `view-source:${at.server.url}/`,
      `ftp://${new URL(at.server.url).host}/`,
      'mmauth://callback',
    ]) {
      const address = `/oauth/openid/login?redirect_to=${encodeURIComponent(evil)}`
      expect(await begin(visitor(), address), evil).toContain('id=api.invalid_redirect_url')
    }
  })

  it('refuses an answer that comes twice', async () => {
    const { browser, back } = await enter(person('twice'))
    const again = await browser.open(back)
    expect(problem(browser.nextOf(back, again))).toBe('api.user.authorize_oauth_user.invalid_state.app_error')
  })

  it('refuses an answer in another browser, and does not use it up there', async () => {
    const browser = visitor()
    const back = await provider.enter(browser, await begin(browser), person('careful'))
    for (const other of [visitor(), await begun()]) {
      const response = await other.open(back)
      expect(problem(other.nextOf(back, response))).toBe(
        'api.user.authorize_oauth_user.invalid_state.app_error',
      )
      expect(other.cookies.has('MMAUTHTOKEN')).toBe(false)
    }
    await browser.open(back)
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(true)
  })

  it('refuses a forged state, one of another service, one that is too old, and none', async () => {
    const browser = visitor()
    const back = new URL(await provider.enter(browser, await begin(browser), person('forged')))
    const open = async (change: (url: URL) => void) => {
      const url = new URL(back)
      change(url)
      return problem(browser.nextOf(url.href, await browser.open(url.href)))
    }
    const invalid = 'api.user.authorize_oauth_user.invalid_state.app_error'
    expect(await open((url) => url.searchParams.set('state', 'x'.repeat(26)))).toBe(invalid)
    expect(await open((url) => url.searchParams.delete('state'))).toBe(invalid)
    await config({ GitLabSettings: provider.settings })
    expect(
      await open((url) => {
        url.pathname = '/signup/gitlab/complete'
      }),
    ).toBe(invalid)
    await config({ GitLabSettings: { Enable: false } })
    await at.server.app.pool.run('update sso_flows set expires_at = 1')
    expect(await open(() => undefined)).toBe(invalid)
  })

  it('refuses an answer of another issuer, and one without a code', async () => {
    const browser = visitor()
    const back = new URL(await provider.enter(browser, await begin(browser), person('mixed')))
    back.searchParams.set('iss', 'https://evil.example')
    expect(problem(browser.nextOf(back.href, await browser.open(back.href)))).toBe(
      'api.user.authorize_oauth_user.token_failed.app_error',
    )
    const other = new URL(await provider.enter(browser, await begin(browser), person('empty')))
    other.searchParams.delete('code')
    expect(problem(browser.nextOf(other.href, await browser.open(other.href)))).toBe(
      'api.user.authorize_oauth_user.missing.app_error',
    )
  })

  it('finishes two sign-ins of one browser, in any order', async () => {
    const browser = visitor()
    const [one, two] = [await begin(browser), await begin(browser)]
    const sub = person('tabs')
    const later = await provider.enter(browser, two, sub)
    const sooner = await provider.enter(browser, one, sub)
    for (const back of [later, sooner])
      expect(browser.nextOf(back, await browser.open(back))).toBe(`${at.server.url}/`)
  })

  it('tells who refused at the provider', async () => {
    const { to, browser } = await enter(null)
    expect(to).toContain('type=oauth_access_denied')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
  })

  it('is served at every address that v4 has', async () => {
    for (const path of [
      '/login/openid/complete',
      '/oauth/openid/complete',
      '/api/v3/oauth/openid/complete',
    ]) {
      const browser = visitor()
      const back = new URL(await provider.enter(browser, await begin(browser), person('old')))
      back.pathname = path
      await browser.open(back.href)
      expect(browser.cookies.has('MMAUTHTOKEN'), path).toBe(true)
    }
  })

  it('puts nothing secret into the log or an address', async () => {
    const { back, browser, to } = await enter(person('quiet'))
    const code = new URL(back).searchParams.get('code') ?? ''
    const log = at.server.logged.join('\n')
    for (const secret of [code, browser.cookies.get('MMAUTHTOKEN') ?? '', provider.settings.Secret]) {
      expect(secret.length).toBeGreaterThan(10)
      expect(log).not.toContain(secret)
      expect(to).not.toContain(secret)
    }
  })
})

/** A browser in which another sign-in has begun. */
const begun = async (): Promise<Visitor> => {
  const other = visitor()
  await begin(other)
  return other
}

describe('a provider that is away', () => {
  it('is told to browsers by a page and to programs by a fault, and comes back by itself', async () => {
    await config({ OpenIdSettings: { ButtonText: unique('away') } })
    await provider.pause()
    const id = 'api.user.authorize_oauth_user.service.app_error'
    expect(problem(await begin(visitor()))).toBe(id)
    const program = await fetch(`${at.server.url}/oauth/openid/login`, { redirect: 'manual' })
    expect([program.status, ((await program.json()) as { id: string }).id]).toEqual([502, id])
    await signIn(at.server, at.bo.username)
    await provider.resume()
    // An administrator who saves the settings need not wait.
    await config({ OpenIdSettings: { ButtonText: unique('back') } })
    await entered(person('patient'))
  })

  it('does not disturb sign-ins while its metadata is known, but those who come back wait for it', async () => {
    const browser = visitor()
    const back = await provider.enter(browser, await begin(browser), person('cut'))
    await provider.pause()
    expect(await begin(visitor())).toContain(provider.issuer)
    expect(problem(browser.nextOf(back, await browser.open(back)))).toBe(
      'api.user.authorize_oauth_user.service.app_error',
    )
    await provider.resume()
  })
})

describe('other services', () => {
  it('have accounts of their own, even for the same person', async () => {
    await config({ GitLabSettings: provider.settings })
    const sub = person('both')
    const one = await entered(sub)
    const { to } = await enter(sub, '/oauth/gitlab/login')
    expect(problem(to)).toBe('api.user.create_oauth_user.already_attached.app_error')
    provider.people.set(sub, { email: `${unique('gitlab')}@lab.example`, email_verified: true })
    const two = await entered(sub, '/oauth/gitlab/login')
    expect(two).toMatchObject({ auth_service: 'gitlab' })
    expect(two.id).not.toBe(one.id)
    await config({ GitLabSettings: { Enable: false } })
  })

  it('that are off, or that nobody knows, are refused', async () => {
    for (const name of ['gitlab', 'google', 'facebook']) {
      const response = await fetch(`${at.server.url}/oauth/${name}/login`, { redirect: 'manual' })
      expect(response.status).toBe(501)
      expect(await begin(visitor(), `/oauth/${name}/login`)).toContain('unsupported')
    }
  })
})
