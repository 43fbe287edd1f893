import { mailbox, type Person, type Place, place, refused, signUp, stranger } from '@plausch/testkit'
import { accounts, passwords, sessions, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessions as feature } from './feature.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const WRONG = 'api.user.login.invalid_credentials_email_username'
const LOCKED = 'api.user.check_user_login_attempts.too_many.app_error'
const NEW = 'another horse battery'

const about = (person: Person) => ({ user_id: person.id })
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const newcomer = (name = 'nora') => signUp(at.server, name, at.team.invite_id)
const rowsOf = async (person: Person) =>
  (await at.server.app.pool.rows('select source from sign_in_attempts where user_id = $1', [person.id]))
    .length

let addresses = 0
/** An address from which nothing has come yet. */
const fresh = () => {
  addresses += 1
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`
}

type From = { ip?: string; cookie?: string }
/** A sign-in by a browser at an address, which the proxy on this machine reports. */
const enter = async (login_id: string, password: string, { ip = fresh(), cookie = '' }: From = {}) => {
  const response = await fetch(`${at.server.url}/api/v4/users/login`, {
    method: 'POST',
    headers: { 'x-forwarded-for': ip, 'x-requested-with': 'XMLHttpRequest', cookie },
    body: JSON.stringify({ login_id, password }),
  })
  const { id } = (await response.json()) as { id: string }
  return { outcome: response.ok ? 'in' : id, cookie: knownBy(response) }
}
const knownBy = (response: Response) =>
  response.headers
    .getSetCookie()
    .find((each) => each.startsWith('PLAUSCHBROWSER='))
    ?.split(';')[0] ?? ''
const outcome = async (name: string, password: string, from?: From) =>
  (await enter(name, password, from)).outcome
const guess = async (name: string, times: number, from: From) => {
  const outcomes: string[] = []
  for (let n = 0; n < times; n += 1) outcomes.push(await outcome(name, 'wrong password', from))
  return outcomes
}

describe('failed attempts', () => {
  it('H28: lock an account for the address that they came from, and for no other', async () => {
    const person = await newcomer()
    const thief = fresh()
    const outcomes = await guess(person.username, 11, { ip: thief })
    expect(outcomes).toEqual([...Array.from({ length: 10 }, () => WRONG), LOCKED])
    expect(await outcome(person.username, person.password, { ip: thief })).toBe(LOCKED)
    expect(await outcome(person.username, person.password)).toBe('in')
    // A sign-in of the owner does not unlock it for the thief.
    expect(await outcome(person.username, person.password, { ip: thief })).toBe(LOCKED)
  })

  it('are counted together for an IPv6 network that one person has', async () => {
    const person = await newcomer()
    for (let n = 1; n <= 10; n += 1) await guess(person.username, 1, { ip: `2001:db8:1:2::${n}` })
    expect(await outcome(person.username, person.password, { ip: '2001:db8:1:2:ffff::1' })).toBe(LOCKED)
    expect(await outcome(person.username, person.password, { ip: '2001:db8:1:3::1' })).toBe('in')
  })

  it('from everywhere lock it for all unknown browsers, and lock unknown names alike', async () => {
    await config({ ServiceSettings: { MaximumLoginAttempts: 1 } })
    const person = await newcomer()
    for (let n = 1; n <= 14; n += 1) {
      const both = [
        await outcome(person.username, 'wrong password'),
        await outcome('nobody-of-that-name', 'wrong password'),
      ]
      expect(both).toEqual(n <= 10 ? [WRONG, WRONG] : [LOCKED, LOCKED])
    }
    expect(await outcome(person.username, person.password)).toBe(LOCKED)
    await config({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  })

  it('leave no more rows than attempts that are allowed, and the clock deletes these', async () => {
    await config({ ServiceSettings: { MaximumLoginAttempts: 1 } })
    const person = await newcomer()
    for (let n = 1; n <= 20; n += 1) await outcome(person.username, 'wrong password')
    expect(await rowsOf(person)).toBe(11)
    const sweep = feature.schedules?.find((each) => each.name === 'sessions.delete_attempts')
    await sweep?.run(at.server.app.server)
    expect(await rowsOf(person)).toBe(11)
    await at.server.app.pool.run(
      'update sign_in_attempts set counted_at = counted_at - 3600001 where user_id = $1',
      [person.id],
    )
    await sweep?.run(at.server.app.server)
    expect(await rowsOf(person)).toBe(0)
    await config({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  })

  it('from one source are deleted after the right password; those from others stay', async () => {
    await config({ ServiceSettings: { MaximumLoginAttempts: 4 } })
    const person = await newcomer()
    const [home, elsewhere] = [fresh(), fresh()]
    await guess(person.username, 1, { ip: elsewhere })
    for (let round = 1; round <= 15; round += 1) {
      await guess(person.username, 3, { ip: home })
      expect(await outcome(person.username, person.password, { ip: home })).toBe('in')
    }
    expect(await rowsOf(person)).toBe(2)
    expect(await outcome(person.username, person.password, { ip: elsewhere })).toBe('in')
    await config({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  })

  it('are deleted when an administrator resets them', async () => {
    await config({ ServiceSettings: { MaximumLoginAttempts: 1 } })
    const person = await newcomer()
    for (let n = 1; n <= 11; n += 1) await outcome(person.username, 'wrong password')
    expect(await outcome(person.username, person.password)).toBe(LOCKED)
    await at.root.call(sessions.resetAttempts, { params: about(person) })
    expect(await outcome(person.username, person.password)).toBe('in')
    expect(await rowsOf(person)).toBe(0)
    await config({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  })
})

describe('a browser that has signed in before', () => {
  const lockedFor = async (person: Person) => {
    await config({ ServiceSettings: { MaximumLoginAttempts: 1 } })
    for (let n = 1; n <= 11; n += 1) await outcome(person.username, 'wrong password')
    expect(await outcome(person.username, person.password)).toBe(LOCKED)
  }
  const unlock = () => config({ ServiceSettings: { MaximumLoginAttempts: 10 } })

  it('can sign in whatever others try, and only its own failures lock it', async () => {
    const person = await newcomer()
    const { cookie } = await enter(person.username, person.password)
    await lockedFor(person)
    expect(await outcome(person.username, person.password, { cookie })).toBe('in')
    expect(await guess(person.username, 2, { cookie })).toEqual([WRONG, LOCKED])
    expect(await outcome(person.username, person.password, { cookie })).toBe(LOCKED)
    await unlock()
  })

  it('does not lock its address for others', async () => {
    const person = await newcomer()
    const ip = fresh()
    const { cookie } = await enter(person.username, person.password, { ip })
    await guess(person.username, 11, { ip, cookie })
    expect(await outcome(person.username, person.password, { ip })).toBe('in')
  })

  it('is recognised by a cookie that scripts cannot read and that gives no access', async () => {
    const person = await newcomer()
    const response = await fetch(`${at.server.url}/api/v4/users/login`, {
      method: 'POST',
      headers: { 'x-requested-with': 'XMLHttpRequest', 'x-forwarded-proto': 'https' },
      body: JSON.stringify({ login_id: person.username, password: person.password }),
    })
    const whole = response.headers.getSetCookie().find((each) => each.startsWith('PLAUSCHBROWSER='))
    expect(whole).toMatch(/; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$/)
    const value = knownBy(response).slice('PLAUSCHBROWSER='.length)
    for (const token of [value, ...value.split('.')]) {
      for (const headers of [
        { cookie: `PLAUSCHBROWSER=${value}; MMAUTHTOKEN=${token}` },
        { authorization: `Bearer ${token}` },
      ]) {
        const asked = await fetch(`${at.server.url}/api/v4/users/me`, { headers })
        expect(asked.status).toBe(401)
      }
    }
  })

  it('is unknown with a forged or truncated cookie, or one of somebody else', async () => {
    const [person, other] = [await newcomer(), await newcomer('otto')]
    const { cookie } = await enter(person.username, person.password)
    const { cookie: theirs } = await enter(other.username, other.password)
    const [, browser, signature] = cookie.slice('PLAUSCHBROWSER='.length).split('.')
    const [, theirBrowser, theirSignature] = theirs.slice('PLAUSCHBROWSER='.length).split('.')
    await lockedFor(person)
    for (const value of [
      theirs.slice('PLAUSCHBROWSER='.length),
      `${person.id}.${theirBrowser}.${theirSignature}`,
      `${person.id}.${theirBrowser}.${signature}`,
      `${person.id}.${browser}.${String(signature).slice(0, -1)}`,
      `${person.id}.${browser}`,
      `${person.id}..`,
      '~~~....~',
    ]) {
      const from = { cookie: `PLAUSCHBROWSER=${value}` }
      expect(await outcome(person.username, person.password, from), value).toBe(LOCKED)
    }
    expect(await outcome(person.username, person.password, { cookie })).toBe('in')
    await unlock()
  })

  it('that several people share is known for each of them', async () => {
    const [person, other] = [await newcomer(), await newcomer('otto')]
    const first = await enter(person.username, person.password)
    const { cookie } = await enter(other.username, other.password, { cookie: first.cookie })
    for (const each of [person, other]) {
      await lockedFor(each)
      expect(await outcome(each.username, each.password, { cookie })).toBe('in')
    }
    await unlock()
  })

  it('is unknown after a new password, unless that was set there', async () => {
    const person = await newcomer()
    const before = await enter(person.username, person.password)
    const signedIn = await fetch(`${at.server.url}/api/v4/users/me/password`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${person.api.token()}`,
        'x-requested-with': 'XMLHttpRequest',
        cookie: before.cookie,
      },
      body: JSON.stringify({ current_password: person.password, new_password: NEW }),
    })
    expect(signedIn.status).toBe(200)
    await lockedFor(person)
    expect(await outcome(person.username, NEW, { cookie: before.cookie })).toBe(LOCKED)
    const cookie = knownBy(signedIn)
    expect(await outcome(person.username, NEW, { cookie })).toBe('in')
    await unlock()
    await at.root.call(passwords.change, {
      params: about(person),
      body: { new_password: person.password },
    })
    await lockedFor(person)
    expect(await outcome(person.username, person.password, { cookie })).toBe(LOCKED)
    await unlock()
  })

  it('is also the one in which somebody reset a forgotten password by the link of a mail', async () => {
    const person = await newcomer()
    const box = await mailbox()
    await config(box.settings)
    await stranger(at.server).call(accounts.sendReset, { body: { email: person.user.email } })
    const token = (await box.next(person.user.email)).link.get('token')
    const response = await fetch(`${at.server.url}/api/v4/users/password/reset`, {
      method: 'POST',
      headers: { 'x-requested-with': 'XMLHttpRequest' },
      body: JSON.stringify({ token, new_password: NEW }),
    })
    expect(response.status).toBe(200)
    await config({ EmailSettings: { SMTPServer: '' } })
    await box.stop()
    await lockedFor({ ...person, password: NEW })
    expect(await outcome(person.username, NEW, { cookie: knownBy(response) })).toBe('in')
    await unlock()
  })

  it('keeps its cookie when it signs in again, and programs get no cookie', async () => {
    const person = await newcomer()
    const response = await fetch(`${at.server.url}/api/v4/users/login`, {
      method: 'POST',
      body: JSON.stringify({ login_id: person.username, password: person.password }),
    })
    expect(response.headers.getSetCookie()).toEqual([])
    const first = await enter(person.username, person.password)
    const again = await enter(person.username, person.password, { cookie: first.cookie })
    expect(again.cookie).toBe(first.cookie)
    await refused(
      'api.user.update_password.incorrect.app_error',
      person.call(users.patch, {
        params: about(person),
        body: { email: 'other@example.org', password: 'wrong' },
      }),
    )
  })
})
