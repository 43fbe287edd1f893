/** What a sign-in at a provider leads to beside a session in the browser, call by call. */
import { createHash, randomBytes } from 'node:crypto'
import { createApi } from '@plausch/client'
import { refused, signIn, signUp, startServer, stranger, type Visitor, visitor } from '@plausch/testkit'
import { accounts, sessions, sso, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locationOf, type Providing, problemIn, providing } from '../../../../test/providers.ts'

let lab: Providing
beforeAll(async () => {
  lab = await providing()
})
afterAll(() => lab.stop())

const problem = (response: Response) => problemIn(locationOf(response))
const me = (token: string) =>
  createApi({ baseUrl: lab.at.server.url, token }).call(users.get, { params: { user_id: 'me' } })
const identityOf = (id: string) =>
  lab.at.server.app.pool.row('select auth_service, auth_data from users where id = $1', [id])

describe('the desktop app', () => {
  const clientToken = randomBytes(32).toString('hex')

  it('gets its session by a token of three minutes, and the browser gets none', async () => {
    const browser = visitor()
    const sub = lab.person('desk')
    const to = `/${lab.at.team.name}/channels/town-square`
    const response = await lab.enter(
      browser,
      `/oauth/openid/login?desktop_token=${clientToken}&redirect_to=${encodeURIComponent(to)}`,
      sub,
    )
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    const handed = new URL(locationOf(response), lab.at.server.url)
    expect(handed.pathname).toBe('/login/desktop')
    expect(Object.fromEntries(handed.searchParams)).toMatchObject({
      client_token: clientToken,
      redirect_to: to,
    })
    expect(handed.searchParams.has('isDesktopDev')).toBe(false)
    const token = handed.searchParams.get('server_token') ?? ''
    const app = stranger(lab.at.server)
    const user = await app.call(accounts.desktopLogin, { body: { token } })
    expect(user).toMatchObject({ email: `${sub}@lab.example`, auth_service: 'openid' })
    const [own] = await app.call(sessions.list, { params: { user_id: user.id } })
    expect(own?.props).toMatchObject({ isOAuthUser: 'true' })
    await refused(
      'app.desktop_token.validate.invalid',
      stranger(lab.at.server).call(accounts.desktopLogin, { body: { token } }),
    )
  })

  it('says that it is a development build', async () => {
    const response = await lab.enter(
      visitor(),
      `/oauth/openid/login?desktop_token=dev-${clientToken.slice(4)}`,
      lab.person('dev'),
    )
    expect(locationOf(response)).toContain('isDesktopDev=true')
  })

  it('hands over no other text', async () => {
    for (const token of ['x', '"><script>', 'a'.repeat(79)]) {
      const to = await lab.leave(visitor(), `/oauth/openid/login?desktop_token=${encodeURIComponent(token)}`)
      expect(to).toContain('id=api.context.invalid_url_param.app_error')
    }
  })
})

describe('the mobile app', () => {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const state = 'a state of the app'
  const address = (parts: Record<string, string>) =>
    `/oauth/openid/mobile_login?${new URLSearchParams(parts)}`
  const asked = {
    redirect_to: 'mmauth://callback',
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }
  const linkIn = async (response: Response) => {
    const page = await response.text()
    const [, link = ''] = /<a href="([^"]+)"/.exec(page) ?? []
    expect(page).toContain(`content="1; url=${link}"`)
    return { page, link: new URL(link.replaceAll('&amp;', '&')) }
  }
  const codeFor = async (sub: string) => {
    const { link } = await linkIn(await lab.enter(visitor(), address(asked), sub))
    return link.searchParams.get('login_code') ?? ''
  }
  const exchange = (body: { login_code: string; code_verifier: string; state?: string }) =>
    stranger(lab.at.server).call(sso.exchangeCode, { body })

  it('gets a code by the page, and its session for the code and its secret', async () => {
    const browser = visitor({ 'accept-language': 'de' })
    const sub = lab.person('phone')
    const response = await lab.enter(browser, address(asked), sub)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { page, link } = await linkIn(response)
    expect(page).toContain('<html lang="de">')
    expect(`${link.protocol}//${link.host}${link.pathname}`).toBe('mmauth://callback')
    expect(link.searchParams.get('srv')).toBe(lab.at.server.url)
    expect(link.searchParams.has('MMAUTHTOKEN')).toBe(false)
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    const login_code = link.searchParams.get('login_code') ?? ''
    const given = await exchange({ login_code, code_verifier: verifier, state })
    expect(given.csrf).not.toBe('')
    expect(await me(given.token)).toMatchObject({ email: `${sub}@lab.example` })
    await refused('sso.code', exchange({ login_code, code_verifier: verifier, state }))
  })

  it('nobody else gets anything for a code, and a wrong try uses it up', async () => {
    for (const wrong of [
      { code_verifier: 'x', state },
      { code_verifier: verifier, state: 'another' },
      { code_verifier: verifier },
      { code_verifier: challenge, state },
    ]) {
      const login_code = await codeFor(lab.person('robbed'))
      await refused('sso.code', exchange({ login_code, ...wrong }))
      await refused('sso.code', exchange({ login_code, code_verifier: verifier, state }))
    }
  })

  it('a code ends after three minutes, and with the account', async () => {
    const late = await codeFor(lab.person('slow'))
    await lab.at.server.app.pool.run('update sso_codes set expires_at = 1')
    await refused('sso.code', exchange({ login_code: late, code_verifier: verifier, state }))
    const sub = lab.person('leaving')
    const login_code = await codeFor(sub)
    const user = await lab.at.root.call(users.getByEmail, { params: { email: `${sub}@lab.example` } })
    await lab.at.root.call(users.setActive, { params: { user_id: user.id }, body: { active: false } })
    await lab.at.root.call(users.setActive, { params: { user_id: user.id }, body: { active: true } })
    await refused('sso.code', exchange({ login_code, code_verifier: verifier, state }))
  })

  it('an old app, which has no secret, gets the token itself', async () => {
    const sub = lab.person('old')
    const { link } = await linkIn(
      await lab.enter(visitor(), address({ redirect_to: 'mmauthbeta://callback' }), sub),
    )
    expect(await me(link.searchParams.get('MMAUTHTOKEN') ?? '')).toMatchObject({
      email: `${sub}@lab.example`,
    })
    expect(link.searchParams.get('MMCSRF')).toMatch(/^\w{26}$/)
  })

  it('no other address is an app, and no other challenge is one', async () => {
    for (const redirect_to of [
      '',
      'https://evil.example',
      'mmauth://callback@evil.example',
      'mmauth://callback/evil',
      'mmauth://callback?a=1',
      'mmauth://evil',
      'MMAUTH://callback',
      ' mmauth://callback',
      'evil://callback',
      'javascript:alert(1)',
    ])
      expect(await lab.leave(visitor(), address({ ...asked, redirect_to })), redirect_to).toContain(
        'id=api.invalid_custom_url_scheme',
      )
    for (const wrong of [{ code_challenge_method: 'plain' }, { code_challenge: 'x' }])
      expect(await lab.leave(visitor(), address({ ...asked, ...wrong }))).toContain(
        'id=api.context.invalid_url_param',
      )
  })
})

describe('moving an account', () => {
  const begin = async (owner: { user: User; password: string }, browser: Visitor, body: object = {}) =>
    await browser.open(`${lab.at.server.url}/api/v4/users/login/switch`, {
      method: 'POST',
      body: JSON.stringify({
        current_service: 'email',
        new_service: 'openid',
        email: owner.user.email,
        password: owner.password,
        ...body,
      }),
    })
  const linkOf = async (response: Response) =>
    ((await response.json()) as { follow_link: string }).follow_link

  it('to the provider proves both, ends the old sessions, and tells the owner', async () => {
    const owner = await signUp(lab.at.server, 'mover', lab.at.team.invite_id)
    const sub = lab.person('moved')
    const browser = visitor()
    const link = await linkOf(await begin(owner, browser))
    expect(link).toContain(lab.provider.issuer)
    // Nothing has changed yet.
    await owner.call(users.get, { params: { user_id: 'me' } })
    const response = await browser.open(await lab.provider.enter(browser, link, sub))
    expect(locationOf(response)).toBe('/login?extra=signin_change')
    expect(browser.cookies.has('MMAUTHTOKEN')).toBe(false)
    await refused(
      'api.context.session_expired.app_error',
      owner.call(users.get, { params: { user_id: 'me' } }),
    )
    await refused(
      'api.user.login.invalid_credentials_email_username',
      signIn(lab.at.server, owner.username, owner.password),
    )
    expect((await lab.box.next(owner.user.email)).subject).toContain('another way')
    const later = visitor()
    await lab.enter(later, '/oauth/openid/login', sub)
    expect(((await (await later.open(`${lab.at.server.url}/api/v4/users/me`)).json()) as User).id).toBe(
      owner.id,
    )
  })

  it('needs the password, and happens in the browser in which it began', async () => {
    const owner = await signUp(lab.at.server, 'careful', lab.at.team.invite_id)
    const browser = visitor()
    const wrong = await begin({ ...owner, password: 'wrong' }, browser)
    expect(wrong.status).toBe(401)
    const link = await linkOf(await begin(owner, browser))
    // Somebody sends the link to another person, to get that person's identity for their own account.
    const victim = visitor()
    const back = await lab.provider.enter(victim, link, lab.person('victim'))
    expect(problem(await victim.open(back))).toBe('api.user.authorize_oauth_user.invalid_state.app_error')
    expect(await identityOf(owner.id)).toMatchObject({ auth_service: '' })
  })

  it('does not take the identity of somebody who has an account, nor a changed account', async () => {
    const sub = lab.person('taken')
    await lab.enter(visitor(), '/oauth/openid/login', sub)
    const owner = await signUp(lab.at.server, 'second', lab.at.team.invite_id)
    const browser = visitor()
    const link = await linkOf(await begin(owner, browser))
    expect(problem(await browser.open(await lab.provider.enter(browser, link, sub)))).toBe(
      'users.identity_taken',
    )
    expect(await identityOf(owner.id)).toMatchObject({ auth_service: '' })
    const other = visitor()
    const later = await linkOf(await begin(owner, other))
    await lab.at.root.call(users.setActive, { params: { user_id: owner.id }, body: { active: false } })
    expect(
      locationOf(await other.open(await lab.provider.enter(other, later, lab.person('late')))),
    ).toContain('/error?')
    expect(await identityOf(owner.id)).toMatchObject({ auth_service: '' })
  })

  it('back to a password needs a fresh sign-in at the provider, and one’s own account', async () => {
    const sub = lab.person('back')
    const browser = visitor()
    await lab.enter(browser, '/oauth/openid/login', sub)
    const owner = (await (await browser.open(`${lab.at.server.url}/api/v4/users/me`)).json()) as User
    const password = 'another horse battery'
    const change = (by: Visitor, email = owner.email) =>
      by.open(`${lab.at.server.url}/api/v4/users/login/switch`, {
        method: 'POST',
        headers: { 'x-csrf-token': by.cookies.get('MMCSRF') ?? '' },
        body: JSON.stringify({
          current_service: 'openid',
          new_service: 'email',
          email,
          new_password: password,
        }),
      })
    const idOf = async (response: Response) => ((await response.json()) as { id: string }).id
    expect(await idOf(await change(visitor()))).toBe('api.user.oauth_to_email.context.app_error')
    const eve = visitor()
    await lab.enter(eve, '/oauth/openid/login', lab.person('eve'))
    expect(await idOf(await change(eve))).toBe('api.user.oauth_to_email.context.app_error')
    // The provider has let in whoever sits there, and asked nobody.
    await lab.enter(browser, '/oauth/openid/login', sub)
    expect(await idOf(await change(browser))).toBe('sso.sign_in_again')
    const fresh = visitor()
    const sent = await lab.leave(fresh, '/oauth/openid/login?prove=true')
    expect(Object.fromEntries(new URL(sent).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
    await fresh.open(await lab.provider.enter(fresh, sent, sub))
    const [proven] = await lab.at.root.call(sessions.list, { params: { user_id: owner.id } })
    const later = 'update sessions set proven_at = proven_at + $2 where id = $1'
    await lab.at.server.app.pool.run(later, [proven?.id, -700_000])
    expect(await idOf(await change(fresh))).toBe('sso.sign_in_again')
    await lab.at.server.app.pool.run(later, [proven?.id, 700_000])
    expect((await change(fresh)).status).toBe(200)
    expect((await signIn(lab.at.server, owner.username, password)).id).toBe(owner.id)
    // The old session is over, and the identity there is free for a new account.
    expect((await fresh.open(`${lab.at.server.url}/api/v4/users/me`)).status).toBe(401)
    expect(problem(await lab.enter(visitor(), '/oauth/openid/login', sub))).toBe(
      'api.user.create_oauth_user.already_attached.app_error',
    )
  })

  it('is refused where the settings say so, and to services that are off', async () => {
    const owner = await signUp(lab.at.server, 'stayer', lab.at.team.invite_id)
    await lab.config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: false } })
    expect(await (await begin(owner, visitor())).json()).toMatchObject({
      id: 'api.user.email_to_oauth.not_available.app_error',
    })
    await lab.config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: true } })
    expect((await begin(owner, visitor(), { new_service: 'gitlab' })).status).toBe(501)
  })
})

it('a server without accounts makes none by a provider', async () => {
  const fixed = { OpenIdSettings: lab.provider.settings, ServiceSettings: { SiteURL: lab.at.server.url } }
  const empty = await startServer({ fixed })
  try {
    const browser = visitor()
    const url = `${empty.url}/oauth/openid/login`
    const back = new URL(
      await lab.provider.enter(
        browser,
        browser.nextOf(url, await browser.open(url)) ?? '',
        lab.person('first'),
      ),
    )
    back.host = new URL(empty.url).host
    expect(problem(await browser.open(back.href))).toBe('sso.first')
  } finally {
    await empty.stop()
  }
})
