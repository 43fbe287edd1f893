import { type Person, type Place, place, refused, signIn, signUp, stranger } from '@plausch/testkit'
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
/** The code of a secret, so many steps from now. */
const codeOf = (secret: string, steps = 0) =>
  generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 })
const login = (person: Person, token?: string) =>
  stranger(at.server).call(sessions.login, {
    body: { login_id: person.username, password: person.password, token },
  })
/** Somebody who has a second factor, by the code of the step before. */
const guarded = async () => {
  const person = await newcomer()
  const secret = await secretOf(person)
  const used = await codeOf(secret, -1)
  await set(person, person, true, used)
  return { person, secret, used }
}
const WRONG = 'mfa.validate_token.authenticate.app_error'

describe('setting it up', () => {
  it('hands out a secret as text and as a picture, and counts once a code has shown that an app has it', async () => {
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
    const made = await root.call(tokens.create, { params: about(person), body: { description: 'x' } })
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

  it('is refused where it is switched off, and then no code is asked for', async () => {
    const { person } = await guarded()
    await config({ EnableMultifactorAuthentication: false })
    await refused('mfa.mfa_disabled.app_error', at.bo.call(mfa.generate, { params: about(at.bo) }))
    expect((await login(person)).id).toBe(person.id)
    await config({ EnableMultifactorAuthentication: true })
    await refused(WRONG, login(person))
  })
})

describe('signing in', () => {
  it('needs the code besides the password; who has not the password learns nothing of it', async () => {
    const { person, secret } = await guarded()
    await refused(WRONG, login(person))
    await refused(
      'api.user.login.invalid_credentials_email_username',
      signIn(at.server, person.username, 'wrong password'),
    )
    expect((await login(person, await codeOf(secret))).mfa_active).toBe(true)
  })

  it('takes each code once, and those of the steps beside, but no others', async () => {
    const { person, secret, used } = await guarded()
    await refused(WRONG, login(person, used))
    await refused(WRONG, login(person, await codeOf(secret, 3)))
    await refused(WRONG, login(person, await codeOf(secret, -3)))
    const code = await codeOf(secret)
    const results = await Promise.allSettled([login(person, code), login(person, code), login(person, code)])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect((await login(person, await codeOf(secret, 1))).id).toBe(person.id)
  })

  it('counts wrong codes as failed attempts, and asking whether one is needed as none', async () => {
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

describe('where everybody must have one', () => {
  it('H21: who has none can only set it up, on the socket too', async () => {
    const { person } = await guarded()
    await set(at.root, at.root, false)
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
