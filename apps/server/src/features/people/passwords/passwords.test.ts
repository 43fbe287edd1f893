import { setTimeout as sleep } from 'node:timers/promises'
import { type Person, type Place, place, refused, signIn, signUp, stranger, unique } from '@plausch/testkit'
import { accounts, type FaultCode, onboarding, passwords, sessions, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system, change as transaction } from '../../../core/context.ts'
import { issueToken } from '../accounts/tokens.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (person: Person) => ({ user_id: person.id })
const newcomer = (name = 'nora') => signUp(at.server, name, at.team.invite_id)
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const post = (path: string, body: unknown) =>
  fetch(`${at.server.url}/api/v4${path}`, { method: 'POST', body: JSON.stringify(body) })
const login = (person: Person) =>
  post('/users/login', { login_id: person.username, password: person.password })
const isDead = (person: Person) =>
  refused('api.context.session_expired.app_error', person.call(users.get, { params: { user_id: 'me' } }))

describe('guessing passwords', () => {
  const attempt = async (name: string, password = 'wrong password') => {
    const response = await post('/users/login', { login_id: name, password })
    const body = (await response.json()) as Record<string, unknown>
    return { ...body, id: String(body.id), status: response.status, request_id: '' }
  }
  const WRONG = 'api.user.login.invalid_credentials_email_username'
  const LOCKED = 'api.user.check_user_login_attempts.too_many.app_error'

  it('gets the same replies whether or not the name exists, and locks both alike', async () => {
    const victim = await newcomer('victim')
    for (let n = 1; n <= 12; n += 1) {
      const [real, none] = [await attempt(victim.username), await attempt('no-such-person-here')]
      expect(real).toEqual(none)
      expect(real).toMatchObject({ status: 401, id: n <= 10 ? WRONG : LOCKED })
    }
    expect(await attempt(victim.username, victim.password)).toMatchObject({ id: LOCKED })
  })

  it('counts every guess, also parallel ones', async () => {
    const victim = await newcomer('victim')
    const all = await Promise.all(Array.from({ length: 24 }, () => attempt(victim.username)))
    expect(all.filter((each) => each.id === WRONG)).toHaveLength(10)
    expect(all.filter((each) => each.id === LOCKED)).toHaveLength(14)
  })

  it('locks for ten minutes, also if somebody keeps trying', async () => {
    const victim = await newcomer('victim')
    for (let n = 1; n <= 11; n += 1) await attempt(victim.username)
    const shift = (ms: number) =>
      at.server.app.pool.run('update sign_in_attempts set counted_at = counted_at - $2 where user_id = $1', [
        victim.id,
        ms,
      ])
    await shift(6 * 60_000)
    expect(await attempt(victim.username)).toMatchObject({ id: LOCKED })
    await shift(5 * 60_000)
    expect(await attempt(victim.username, victim.password)).toMatchObject({ status: 200 })
    expect(await attempt(victim.username)).toMatchObject({ id: WRONG })
  })

  it('is forgiven after the right password', async () => {
    const person = await newcomer()
    for (let round = 0; round < 3; round += 1) {
      for (let n = 1; n <= 9; n += 1) await attempt(person.username)
      expect((await attempt(person.username, person.password)).status).toBe(200)
    }
  })

  it('with megabytes is just a wrong guess', async () => {
    expect(await attempt(at.bo.username, 'x'.repeat(4096))).toMatchObject({ id: WRONG })
    expect(
      (await post('/users/login', { login_id: at.bo.username, password: 'x'.repeat(4097) })).status,
    ).toBe(400)
  })
})

describe('a common password', () => {
  const COMMON = 'sessions.common_password'
  const common = ['password123', 'PassWord123', 'qwertzuiop', '1234567890', 'Hallo1234', 'willkommen1']

  it('H29: is refused wherever somebody chooses one, in any capitalisation', async () => {
    const person = await newcomer()
    for (const new_password of common) {
      const body = { current_password: person.password, new_password }
      for (const by of [person, at.root])
        await refused(COMMON, by.call(passwords.change, { params: about(person), body }))
      const token = await transaction(at.server.app.server, { actor: system }, (context) =>
        issueToken(context, 'reset', person.id, person.user.email),
      )
      const reset = { token: token ?? '', new_password }
      await refused(COMMON, stranger(at.server).call(accounts.resetPassword, { body: reset }))
      const username = unique('neu')
      const account = { username, email: `${username}@example.org`, password: new_password }
      for (const by of [stranger(at.server), at.root])
        await refused(
          COMMON,
          by.call(onboarding.signUp, { query: { iid: at.team.invite_id }, body: account }),
        )
      await refused('users.not_found', at.root.call(users.getByUsername, { params: { username } }))
    }
    await signIn(at.server, person.username)
  })

  it('is explained in both languages', async () => {
    const person = await newcomer()
    const body = { current_password: person.password, new_password: 'password123' }
    const ask = () => refused(COMMON, person.call(passwords.change, { params: about(person), body }))
    expect((await ask()).message).toContain('guessed first')
    await person.call(users.patch, { params: about(person), body: { locale: 'de' } })
    expect((await ask()).message).toContain('zuerst geraten')
  })
})

describe('changing the password', () => {
  const NEW = 'another horse entirely'
  const change = (by: Person, whom: Person, new_password: string, current_password = by.password) =>
    by.call(passwords.change, { params: about(whom), body: { current_password, new_password } })

  it('ends the other sessions and keeps this one', async () => {
    const person = await newcomer()
    const other = await signIn(at.server, person.username)
    const socket = await other.listen()
    await change(person, person, NEW)
    expect(await socket.closed).toBe(4000)
    await isDead(other)
    await person.call(users.get, { params: { user_id: 'me' } })
    await refused('api.user.login.invalid_credentials_email_username', signIn(at.server, person.username))
    await signIn(at.server, person.username, NEW)
  })

  it('leaves no session that the old password opened at the same moment', async () => {
    const person = await newcomer()
    const changing = change(person, person, NEW)
    // Some of these begin before the change and end after it, because hashing takes time.
    const attempts = Array.from({ length: 16 }, async (_, n) => {
      await sleep(n * 4)
      return await login(person)
    })
    await Promise.all([changing, ...attempts])
    const left = await person.call(sessions.list, { params: about(person) })
    expect(left).toHaveLength(1)
  })

  it('needs the old one; wrong ones count for the session, and lock no sign-in', async () => {
    const person = await newcomer()
    for (let n = 1; n <= 10; n += 1) {
      await refused('api.user.update_password.incorrect.app_error', change(person, person, NEW, 'wrong one'))
    }
    expect(await refused('limits.too_many_requests', change(person, person, NEW))).toMatchObject({
      status: 429,
    })
    await signIn(at.server, person.username)
    await person.call(users.get, { params: { user_id: 'me' } })
  })

  it('follows the rules in the settings', async () => {
    const person = await newcomer()
    const all = { Lowercase: true, Uppercase: true, Number: true, Symbol: true, MinimumLength: 10 }
    await config({ PasswordSettings: all })
    const cases: [string, string][] = [
      ['Aa1!', 'min_length'],
      [`Aa1!${'x'.repeat(69)}`, 'max_length'],
      [`Aa1!${'ß'.repeat(35)}`, 'max_length'],
      ['ABCDEFGH1!', 'lowercase'],
      ['abcdefgh1!', 'uppercase'],
      ['abcdefghI!', 'number'],
      ['abcdefghI1', 'symbol'],
    ]
    for (const [password, rule] of cases) {
      await refused(
        `model.user.is_valid.pwd_${rule}.app_error` as FaultCode,
        change(person, person, password),
      )
    }
    await change(person, person, 'abcdÄfgh1!')
    await config({
      PasswordSettings: {
        Lowercase: false,
        Uppercase: false,
        Number: false,
        Symbol: false,
        MinimumLength: 8,
      },
    })
    await signIn(at.server, person.username, 'abcdÄfgh1!')
  })

  it('counts its length in bytes, and the refusal says so', async () => {
    const person = await newcomer()
    for (const [locale, words] of [
      ['en', /72 bytes/],
      ['de', /72 Bytes/],
    ] as const) {
      await person.call(users.patch, { params: about(person), body: { locale } })
      for (const password of ['ü'.repeat(37), 'x'.repeat(73)]) {
        const fault = await refused(
          'model.user.is_valid.pwd_max_length.app_error',
          change(person, person, password),
        )
        expect(fault.message).toMatch(words)
      }
    }
    await change(person, person, 'ü'.repeat(36))
    await signIn(at.server, person.username, 'ü'.repeat(36))
  })

  it('for another person is for administrators, without the old one, and ends all sessions', async () => {
    const person = await newcomer()
    await refused('api.context.permissions.app_error', change(at.ana, person, NEW))
    await change(at.root, person, NEW)
    await isDead(person)
    await signIn(at.server, person.username, NEW)
  })
})
