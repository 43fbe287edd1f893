import { createApi } from '@plausch/client'
import { type Person, type Place, place, refused, signIn, signUp, stranger, unique } from '@plausch/testkit'
import { mfa, sessions, settings, tokens, users } from '@plausch/wire'
import { generate } from 'otplib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
  await config({ EnableMultifactorAuthentication: true })
})
afterAll(() => at.stop())

const config = (body: Record<string, unknown>) =>
  at.root.call(settings.patch, { body: { ServiceSettings: body } })
const about = (person: Person) => ({ user_id: person.id })
const newcomer = (name = 'moni') => signUp(at.server, name, at.team.invite_id)
const me = (person: Person) => person.call(users.get, { params: { user_id: 'me' } })
const secretOf = async (person: Person) => (await person.call(mfa.generate, { params: about(person) })).secret
const set = (by: Person, whom: Person, activate: boolean, code?: string) =>
  by.call(mfa.set, { params: about(whom), body: { activate, code } })
/** The code of a secret, a number of steps from now. */
const codeOf = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
const login = (person: Person, token?: string) =>
  stranger(at.server).call(sessions.login, {
    body: { login_id: person.username, password: person.password, token },
  })
/** A person with a second factor, set up with the code of the previous step. */
const guarded = async () => {
  const person = await newcomer()
  const secret = await secretOf(person)
  const used = await codeOf(secret, -1)
  await set(person, person, true, used)
  // Makes it look as if that was a while ago.
  await at.server.app.pool.run('update sessions set factor_at = 1 where user_id = $1', [person.id])
  return { person, secret, used }
}
const WRONG = 'mfa.validate_token.authenticate.app_error'

describe('setting up a second factor', () => {
  it('returns a secret as text and QR code, and takes effect after a code from an app', async () => {
    const moni = await newcomer()
    const { secret, qr_code } = await moni.call(mfa.generate, { params: about(moni) })
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    const picture = await sharp(Buffer.from(qr_code, 'base64')).metadata()
    expect(picture).toMatchObject({ format: 'png' })
    expect(picture.width).toBeGreaterThan(150)
    expect((await me(moni)).mfa_active).toBe(false)
    expect((await login(moni)).id).toBe(moni.id)
    const wrong = (await codeOf(secret)) === '000000' ? '111111' : '000000'
    for (const code of [wrong, '', 'abcdef', undefined])
      await refused('mfa.activate.bad_token.app_error', set(moni, moni, true, code))
    const [own, other] = [await moni.listen(), await at.eve.listen()]
    await set(moni, moni, true, await codeOf(secret))
    expect((await me(moni)).mfa_active).toBe(true)
    const isMoni = (data: { user: { id?: unknown } }) => data.user.id === moni.id
    expect((await own.next('user_updated', isMoni)).user).toMatchObject({ mfa_active: true })
    expect((await other.next('user_updated', isMoni)).user).toMatchObject({ mfa_active: false })
    await refused('mfa.is_active', set(moni, moni, true, await codeOf(secret, 1)))
    await refused('mfa.is_active', moni.call(mfa.generate, { params: about(moni) }))
    expect(JSON.stringify([own.events, at.server.logged])).not.toContain(secret)
  })

  it('is for oneself, in a session; administrators may switch it off for others', async () => {
    const { person } = await guarded()
    const { bo, root } = at
    for (const by of [bo, root])
      await refused('api.context.permissions.app_error', by.call(mfa.generate, { params: about(person) }))
    await refused('api.context.permissions.app_error', set(root, person, true, '123456'))
    await refused('api.context.permissions.app_error', set(bo, person, false))
    await config({ EnableUserAccessTokens: true })
    const allow = (isOn: boolean) =>
      root.call(settings.patch, {
        body: { PlauschSettings: { AdministratorsMayCreateTokensForOthers: isOn } },
      })
    await allow(true)
    const made = await root.call(tokens.create, { params: about(person), body: { description: 'x' } })
    await allow(false)
    const byToken = await fetch(`${at.server.url}/api/v4/users/me/mfa`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${made.token}` },
      body: '{"activate":false}',
    })
    expect(byToken.status).toBe(403)
    await set(root, person, false)
    expect((await me(person)).mfa_active).toBe(false)
    expect((await login(person)).id).toBe(person.id)
    await refused('mfa.no_secret', set(person, person, true, '123456'))
  })

  it('is refused while the setting is off, and then no code is asked for', async () => {
    const { person } = await guarded()
    await config({ EnableMultifactorAuthentication: false })
    await refused('mfa.mfa_disabled.app_error', at.bo.call(mfa.generate, { params: about(at.bo) }))
    expect((await login(person)).id).toBe(person.id)
    await config({ EnableMultifactorAuthentication: true })
    await refused(WRONG, login(person))
  })
})

describe('signing in with a second factor', () => {
  it('needs the code besides the password; people without the password do not learn about it', async () => {
    const { person, secret } = await guarded()
    await refused(WRONG, login(person))
    await refused(
      'api.user.login.invalid_credentials_email_username',
      signIn(at.server, person.username, 'wrong password'),
    )
    expect((await login(person, await codeOf(secret))).mfa_active).toBe(true)
  })

  it('accepts each code once, also those of the adjacent steps, and no others', async () => {
    const { person, secret, used } = await guarded()
    await refused(WRONG, login(person, used))
    await refused(WRONG, login(person, await codeOf(secret, 3)))
    await refused(WRONG, login(person, await codeOf(secret, -3)))
    const code = await codeOf(secret)
    const results = await Promise.allSettled([login(person, code), login(person, code), login(person, code)])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect((await login(person, await codeOf(secret, 1))).id).toBe(person.id)
  })

  it('counts wrong codes as failed attempts, but not the question whether a code is needed', async () => {
    const { person, secret } = await guarded()
    const right = await codeOf(secret)
    const wrong = right === '000000' ? '111111' : '000000'
    for (let n = 1; n <= 15; n += 1) await refused(WRONG, login(person))
    for (let n = 1; n <= 10; n += 1) {
      await refused(WRONG, login(person, wrong))
      if (n < 10) await refused(WRONG, login(person))
    }
    await refused('api.user.check_user_login_attempts.too_many.app_error', login(person, right))
  })
})

describe('within a session', () => {
  const NEEDED = 'mfa.proof_needed'
  const wanted = (person: Person, more: object = {}) => ({
    params: about(person),
    body: { email: `${unique('moni')}@example.org`, password: person.password, ...more },
  })
  /** A session that was opened with a code, a number of minutes ago. */
  const byCode = async (person: Person, code: string, minutes = 0) => {
    const api = stranger(at.server)
    await api.call(sessions.login, {
      body: { login_id: person.username, password: person.password, token: code },
    })
    await at.server.app.pool.run(
      'update sessions set factor_at = factor_at - $2 where user_id = $1 and factor_at > 0',
      [person.id, minutes * 60_000],
    )
    return api
  }

  it('H26: changing the address and switching it off need a code, as the refusal explains', async () => {
    const { person, secret } = await guarded()
    for (const [locale, words] of [
      ['en', /sign in again with a code/],
      ['de', /mit einem Code Ihrer App wieder an/],
    ] as const) {
      await person.call(users.patch, { params: about(person), body: { locale } })
      const whole = { ...wanted(person).body, id: person.id, username: person.username }
      for (const attempt of [
        () => person.call(users.patch, wanted(person)),
        () => person.call(users.update, { params: about(person), body: whole }),
        () => set(person, person, false),
      ]) {
        const fault = await refused(NEEDED, attempt())
        expect(fault.status).toBe(401)
        expect(fault.message).toMatch(words)
      }
    }
    await refused(
      'api.user.update_password.incorrect.app_error',
      person.call(users.patch, wanted(person, { password: 'wrong', mfa_code: await codeOf(secret) })),
    )
    const { email } = (await me(person)) as { email: string }
    expect(email).toBe(person.user.email)
    // Changes that do not hand over the account need no code; nor does repeating the same address.
    await person.call(users.patch, {
      params: about(person),
      body: { nickname: 'M', email: email.toUpperCase() },
    })
  })

  it('a request for a code does not end the session, and our client knows that', async () => {
    const { person } = await guarded()
    let ends = 0
    const api = createApi({
      baseUrl: at.server.url,
      token: person.api.token(),
      onSessionEnd: () => {
        ends += 1
      },
    })
    await refused(NEEDED, api.call(users.patch, wanted(person)))
    await refused(WRONG, api.call(users.patch, wanted(person, { code: 'abcdef' })))
    expect(ends).toBe(0)
    await api.call(sessions.revokeAll, { params: about(person) })
    await refused('api.context.session_expired.app_error', api.call(users.patch, wanted(person)))
    expect(ends).toBe(1)
  })

  it('each of the operations accepts a code, once', async () => {
    const { person, secret } = await guarded()
    const code = await codeOf(secret)
    const changed = await person.call(users.patch, wanted(person, { mfa_code: code }))
    expect(changed.email).not.toBe(person.user.email)
    await refused(WRONG, person.call(users.patch, wanted(person, { code })))
    await refused(WRONG, set(person, person, false, code))
    await set(person, person, false, await codeOf(secret, 1))
    expect((await me(person)).mfa_active).toBe(false)
    await person.call(users.patch, wanted(person))
  })

  it('a session that was opened with a code needs none for fifteen minutes', async () => {
    const one = await guarded()
    const old = await byCode(one.person, await codeOf(one.secret), 15)
    await refused(NEEDED, old.call(users.patch, wanted(one.person)))
    await refused(NEEDED, old.call(mfa.set, { params: about(one.person), body: { activate: false } }))
    // Setting up a second factor also proves it.
    const three = await newcomer()
    await set(three, three, true, await codeOf(await secretOf(three)))
    await three.call(users.patch, wanted(three))
    const two = await guarded()
    const young = await byCode(two.person, await codeOf(two.secret), 13)
    await young.call(users.patch, wanted(two.person))
    await young.call(mfa.set, { params: about(two.person), body: { activate: false } })
    expect((await me(two.person)).mfa_active).toBe(false)
  })

  it('tries are counted, and after ten even the right code is refused', async () => {
    const { person, secret } = await guarded()
    const right = await codeOf(secret)
    const wrong = right === '000000' ? '111111' : '000000'
    for (let n = 1; n <= 5; n += 1) {
      await refused(WRONG, set(person, person, false, wrong))
      await refused(WRONG, person.call(users.patch, wanted(person, { mfa_code: wrong })))
    }
    await refused('limits.too_many_requests', set(person, person, false, right))
    await refused('limits.too_many_requests', person.call(users.patch, wanted(person, { code: right })))
    // It locks nobody out of signing in.
    await login(person, right)
  })

  it('administrators need no code to switch it off for others, nor anybody while it is off', async () => {
    const { person } = await guarded()
    await config({ EnableMultifactorAuthentication: false })
    await person.call(users.patch, wanted(person))
    await config({ EnableMultifactorAuthentication: true })
    await set(at.root, person, false)
    expect((await me(person)).mfa_active).toBe(false)
  })
})

describe('while everybody must have a second factor', () => {
  it('H21: people without one can only set it up, on the socket too', async () => {
    const { person } = await guarded()
    const moni = await newcomer()
    const socket = await moni.listen()
    const other = await person.listen()
    const rootSecret = await secretOf(at.root)
    await set(at.root, at.root, true, await codeOf(rootSecret))
    await config({ EnforceMultifactorAuthentication: true })
    expect(await socket.closed).toBe(4000)
    const asked = (path: string) => moni.fetch(`/api/v4${path}`)
    for (const path of ['/users', `/users/${at.bo.id}`, '/users/me/teams', '/users/me/preferences']) {
      const answer = await asked(path)
      expect(answer.status, path).toBe(403)
      expect(await answer.json()).toMatchObject({ id: 'api.context.mfa_required.app_error' })
    }
    for (const path of ['/users/me', `/users/${moni.id}`, '/config/client?format=old'])
      expect((await asked(path)).status, path).toBe(200)
    await vi.waitFor(() => expect(at.server.app.server.hub.isOnline(moni.id)).toBe(false))
    const secret = await secretOf(moni)
    await set(moni, moni, true, await codeOf(secret))
    expect((await asked('/users/me/teams')).status).toBe(200)
    await (await moni.listen()).settle()
    await other.settle()
    await config({ EnforceMultifactorAuthentication: false })
  })
})
