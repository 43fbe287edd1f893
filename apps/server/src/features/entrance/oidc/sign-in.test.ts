/** Signing in by a real provider of OpenID Connect. */
import { refused, signIn, signUp, stranger, unique, type Visitor, visitor } from '@plausch/testkit'
import { audit, sessions, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Providing, problemIn, providing } from '../../../../test/providers.ts'

let lab: Providing
beforeAll(async () => {
  lab = await providing()
})
afterAll(() => lab.stop())
const row = (id: string) =>
  lab.at.server.app.pool.row<{ auth_service: string; auth_data: string; delete_at: number }>(
    'select auth_service, auth_data, delete_at from users where id = $1',
    [id],
  )

describe('the first sign-in', () => {
  it('makes an account of what the provider says, in the primary team', async () => {
    await lab.config({ TeamSettings: { ExperimentalPrimaryTeam: lab.at.team.name } })
    const sub = lab.person('mia', { given_name: 'Mia', family_name: 'Müller', locale: 'de-AT' })
    const mia = await lab.entered(sub)
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
      auth_data: `${lab.provider.issuer} ${sub}`,
    })
    const own = await lab.at.root.call(teams.listOfUser, { params: { user_id: mia.id } })
    expect(own.map(({ id }) => id)).toEqual([lab.at.team.id])
  })

  it('is the same account the next time, whatever name and address are then', async () => {
    const sub = lab.person('nina')
    const first = await lab.entered(sub)
    const email = `${unique('nina.neu')}@lab.example`
    lab.provider.people.set(sub, { email, email_verified: true, name: 'Nina Neu' })
    const second = await lab.entered(sub)
    expect(second).toMatchObject({ id: first.id, email, last_name: 'Neu' })
  })

  it('makes one account of two sign-ins at once', async () => {
    const sub = lab.person('busy')
    const browsers = [visitor(), visitor()]
    const backs: string[] = []
    for (const browser of browsers)
      backs.push(await lab.provider.enter(browser, await lab.leave(browser), sub))
    await Promise.all(browsers.map((browser, index) => browser.open(backs[index] ?? '')))
    const [one, two] = await Promise.all(browsers.map(lab.me))
    expect(one?.id).toMatch(/^\w{26}$/)
    expect(one?.id).toBe(two?.id)
  })

  it('writes usernames without umlauts and signs, and takes the preferred one if the settings say so', async () => {
    const email = `${unique('jörg.groß')}@lab.example`
    const joerg = await lab.entered(lab.person('joerg', { email, preferred_username: 'jgross@lab.example' }))
    expect(joerg.username).toMatch(/^joerg\.gross/)
    await lab.config({ OpenIdSettings: { UsePreferredUsername: true } })
    const preferred = unique('jgross')
    expect(
      (await lab.entered(lab.person('other', { preferred_username: `${preferred}@lab.example` }))).username,
    ).toBe(preferred)
    await lab.config({ OpenIdSettings: { UsePreferredUsername: false } })
  })

  it('never takes over an account with the same address, nor its name', async () => {
    const local = await signUp(lab.at.server, 'squatter', lab.at.team.invite_id)
    const { to, browser } = await lab.visit(lab.person('twin', { email: local.user.email }))
    expect(problemIn(to)).toBe('api.user.create_oauth_user.already_attached.app_error')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    const namesake = await lab.entered(lab.person('namesake', { email: `${local.username}@other.example` }))
    expect(namesake.username).toBe(`${local.username}2`)
    expect((await signIn(lab.at.server, local.username)).id).toBe(local.id)
  })

  it('believes only verified addresses', async () => {
    const user = await lab.entered(lab.person('unproven', { email_verified: false }))
    expect(user.email_verified).toBe(false)
    await lab.config({ EmailSettings: { RequireEmailVerification: true } })
    const { to, browser } = await lab.visit(lab.person('later', { email_verified: false }))
    expect(to).toBe('/should_verify_email')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    await lab.config({ EmailSettings: { RequireEmailVerification: false } })
  })

  it('tells who has no address, and makes no account', async () => {
    expect(problemIn((await lab.visit(lab.person('unmailed', { email: undefined }))).to)).toBe(
      'sso.no_address',
    )
  })

  it('keeps to the domains, the seats and the switch of the settings', async () => {
    await lab.config({ TeamSettings: { RestrictCreationToDomains: 'institute.example' } })
    expect(problemIn((await lab.visit(lab.person('foreign'))).to)).toBe('onboarding.domain')
    await lab.config({ TeamSettings: { RestrictCreationToDomains: '', EnableUserCreation: false } })
    expect(problemIn((await lab.visit(lab.person('closed'))).to)).toBe('onboarding.disabled')
    await lab.config({ TeamSettings: { EnableUserCreation: true }, PlauschSettings: { MaxActiveUsers: 1 } })
    expect(problemIn((await lab.visit(lab.person('late'))).to)).toBe('users.limit')
    await lab.config({ PlauschSettings: { MaxActiveUsers: 0 } })
  })

  it('joins the team of an invite link', async () => {
    await lab.config({ TeamSettings: { ExperimentalPrimaryTeam: '' } })
    const user = await lab.entered(lab.person('invited'), `/oauth/openid/signup?id=${lab.at.team.invite_id}`)
    const own = await lab.at.root.call(teams.listOfUser, { params: { user_id: user.id } })
    expect(own.map(({ id }) => id)).toEqual([lab.at.team.id])
    expect(
      problemIn((await lab.visit(lab.person('lost'), `/oauth/openid/signup?id=${'x'.repeat(26)}`)).to),
    ).toBe('onboarding.invite')
  })
})

describe('a session', () => {
  it('is not opened for a deactivated account, which stays so', async () => {
    const sub = lab.person('gone')
    const { id } = await lab.entered(sub)
    await lab.at.root.call(users.setActive, { params: { user_id: id }, body: { active: false } })
    expect(problemIn((await lab.visit(sub)).to)).toBe('api.user.login.inactive.app_error')
    const entries = await lab.at.root.call(audit.listOfUser, { params: { user_id: id } })
    expect(entries.filter(({ extra_info }) => extra_info.startsWith('FAILED'))).toHaveLength(1)
    expect((await row(id))?.delete_at).toBeGreaterThan(0)
  })

  it('lets nobody change what the provider says, nor sign in by a password', async () => {
    const { browser, id, username } = await lab.entered(lab.person('locked'))
    const patch = (body: object) =>
      browser.open(`${lab.at.server.url}/api/v4/users/${id}/patch`, {
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
        stranger(lab.at.server).call(sessions.login, { body: { login_id: username, password } }),
      )
  })
})

describe('the way back', () => {
  it('leads to the page one came for, and to no other site', async () => {
    const to = encodeURIComponent(`/${lab.at.team.name}/channels/town-square?a=1#b`)
    const { to: page } = await lab.visit(lab.person('deep'), `/oauth/openid/login?redirect_to=${to}`)
    expect(page).toBe(`/${lab.at.team.name}/channels/town-square?a=1#b`)
    const own = encodeURIComponent(`${lab.at.server.url}/own`)
    expect((await lab.visit(lab.person('own'), `/oauth/openid/login?redirect_to=${own}`)).to).toBe('/own')
    for (const evil of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      `${lab.at.server.url}.evil.example/`,
      `${lab.at.server.url.replace('http://', 'http://user@')}@evil.example/`,
      '/.//evil.example',
      `blob:${lab.at.server.url}/evil`,
      'blob:http://this.invalid/evil',
      'blob:https://evil.example/',
      'data:text/html,evil',
      `view-source:${lab.at.server.url}/`,
      `ftp://${new URL(lab.at.server.url).host}/`,
      'mmauth://callback',
    ]) {
      const address = `/oauth/openid/login?redirect_to=${encodeURIComponent(evil)}`
      expect(await lab.leave(visitor(), address), evil).toContain('id=api.invalid_redirect_url')
    }
  })

  it('refuses an answer that comes twice', async () => {
    const { browser, back } = await lab.visit(lab.person('twice'))
    const again = await browser.open(back)
    expect(problemIn(browser.nextOf(back, again))).toBe(
      'api.user.authorize_oauth_user.invalid_state.app_error',
    )
  })

  it('refuses an answer in another browser, and does not use it up there', async () => {
    const browser = visitor()
    const back = await lab.provider.enter(browser, await lab.leave(browser), lab.person('careful'))
    for (const other of [visitor(), await begun()]) {
      const response = await other.open(back)
      expect(problemIn(other.nextOf(back, response))).toBe(
        'api.user.authorize_oauth_user.invalid_state.app_error',
      )
      expect(other.cookies.has('MMAUTHTOKEN')).toBe(false)
    }
    await browser.open(back)
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(true)
  })

  it('refuses a forged state, one of another service, one that is too old, and none', async () => {
    const browser = visitor()
    const back = new URL(await lab.provider.enter(browser, await lab.leave(browser), lab.person('forged')))
    const open = async (change: (url: URL) => void) => {
      const url = new URL(back)
      change(url)
      return problemIn(browser.nextOf(url.href, await browser.open(url.href)))
    }
    const invalid = 'api.user.authorize_oauth_user.invalid_state.app_error'
    expect(await open((url) => url.searchParams.set('state', 'x'.repeat(26)))).toBe(invalid)
    expect(await open((url) => url.searchParams.delete('state'))).toBe(invalid)
    await lab.config({ GitLabSettings: lab.provider.settings })
    expect(
      await open((url) => {
        url.pathname = '/signup/gitlab/complete'
      }),
    ).toBe(invalid)
    await lab.config({ GitLabSettings: { Enable: false } })
    await lab.at.server.app.pool.run('update sso_flows set expires_at = 1')
    expect(await open(() => undefined)).toBe(invalid)
  })

  it('refuses an answer of another issuer, and one without a code', async () => {
    const browser = visitor()
    const back = new URL(await lab.provider.enter(browser, await lab.leave(browser), lab.person('mixed')))
    back.searchParams.set('iss', 'https://evil.example')
    expect(problemIn(browser.nextOf(back.href, await browser.open(back.href)))).toBe(
      'api.user.authorize_oauth_user.token_failed.app_error',
    )
    const other = new URL(await lab.provider.enter(browser, await lab.leave(browser), lab.person('empty')))
    other.searchParams.delete('code')
    expect(problemIn(browser.nextOf(other.href, await browser.open(other.href)))).toBe(
      'api.user.authorize_oauth_user.missing.app_error',
    )
  })

  it('finishes two sign-ins of one browser, in any order', async () => {
    const browser = visitor()
    const [one, two] = [await lab.leave(browser), await lab.leave(browser)]
    const sub = lab.person('tabs')
    const later = await lab.provider.enter(browser, two, sub)
    const sooner = await lab.provider.enter(browser, one, sub)
    for (const back of [later, sooner])
      expect(browser.nextOf(back, await browser.open(back))).toBe(`${lab.at.server.url}/`)
  })

  it('tells who refused at the provider', async () => {
    const { to, browser } = await lab.visit(null)
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
      const back = new URL(await lab.provider.enter(browser, await lab.leave(browser), lab.person('old')))
      back.pathname = path
      await browser.open(back.href)
      expect(browser.cookies.has('MMAUTHTOKEN'), path).toBe(true)
    }
  })

  it('puts nothing secret into the log or an address', async () => {
    const { back, browser, to } = await lab.visit(lab.person('quiet'))
    const code = new URL(back).searchParams.get('code') ?? ''
    const log = lab.at.server.logged.join('\n')
    for (const secret of [code, browser.cookies.get('MMAUTHTOKEN') ?? '', lab.provider.settings.Secret]) {
      expect(secret.length).toBeGreaterThan(10)
      expect(log).not.toContain(secret)
      expect(to).not.toContain(secret)
    }
  })
})

/** A browser in which another sign-in has begun. */
const begun = async (): Promise<Visitor> => {
  const other = visitor()
  await lab.leave(other)
  return other
}

describe('a provider that is away', () => {
  it('is told to browsers by a page and to programs by a fault, and comes back by itself', async () => {
    await lab.config({ OpenIdSettings: { ButtonText: unique('away') } })
    await lab.provider.pause()
    const id = 'api.user.authorize_oauth_user.service.app_error'
    expect(problemIn(await lab.leave(visitor()))).toBe(id)
    const program = await fetch(`${lab.at.server.url}/oauth/openid/login`, { redirect: 'manual' })
    expect([program.status, ((await program.json()) as { id: string }).id]).toEqual([502, id])
    await signIn(lab.at.server, lab.at.bo.username)
    await lab.provider.resume()
    // An administrator who saves the settings need not wait.
    await lab.config({ OpenIdSettings: { ButtonText: unique('back') } })
    await lab.entered(lab.person('patient'))
  })

  it('does not disturb sign-ins while its metadata is known, but those who come back wait for it', async () => {
    const browser = visitor()
    const back = await lab.provider.enter(browser, await lab.leave(browser), lab.person('cut'))
    await lab.provider.pause()
    expect(await lab.leave(visitor())).toContain(lab.provider.issuer)
    expect(problemIn(browser.nextOf(back, await browser.open(back)))).toBe(
      'api.user.authorize_oauth_user.service.app_error',
    )
    await lab.provider.resume()
  })
})

describe('other services', () => {
  it('have accounts of their own, even for the same person', async () => {
    await lab.config({ GitLabSettings: lab.provider.settings })
    const sub = lab.person('both')
    const one = await lab.entered(sub)
    const { to } = await lab.visit(sub, '/oauth/gitlab/login')
    expect(problemIn(to)).toBe('api.user.create_oauth_user.already_attached.app_error')
    lab.provider.people.set(sub, { email: `${unique('gitlab')}@lab.example`, email_verified: true })
    const two = await lab.entered(sub, '/oauth/gitlab/login')
    expect(two).toMatchObject({ auth_service: 'gitlab' })
    expect(two.id).not.toBe(one.id)
    await lab.config({ GitLabSettings: { Enable: false } })
  })

  it('that are off, or that nobody knows, are refused', async () => {
    for (const name of ['gitlab', 'google', 'facebook']) {
      const response = await fetch(`${lab.at.server.url}/oauth/${name}/login`, { redirect: 'manual' })
      expect(response.status).toBe(501)
      expect(await lab.leave(visitor(), `/oauth/${name}/login`)).toContain('unsupported')
    }
  })
})
