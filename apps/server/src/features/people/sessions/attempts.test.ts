import { mailbox, type Person, type Place, place, refused, signUp, stranger } from '@plausch/testkit'
import { accounts, sessions, settings, users } from '@plausch/wire'
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
/** An address that nothing has come from yet. */
const fresh = () => {
  addresses += 1
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`
}

type From = { ip?: string; cookie?: string }
/** A sign-in by a browser at an address. The proxy on this machine says which. */
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
    // Nor does the owner open it for the thief.
    expect(await outcome(person.username, person.password, { ip: thief })).toBe(LOCKED)
  })

  it('count together for a net of IPv6 that one person has', async () => {
    const person = await newcomer()
    for (let n = 1; n <= 10; n += 1) await guess(person.username, 1, { ip: `2001:db8:1:2::${n}` })
    expect(await outcome(person.username, person.password, { ip: '2001:db8:1:2:ffff::1' })).toBe(LOCKED)
    expect(await outcome(person.username, person.password, { ip: '2001:db8:1:3::1' })).toBe('in')
  })

  it('from everywhere lock it for all who are not known, and names that nobody has alike', async () => {
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

  it('leave no more rows than attempts that are allowed, and these go with the clock', async () => {
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

  it('of one’s own are taken off again by the right password, those of others stay', async () => {
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

  it('are forgotten when an administrator lets somebody in again', async () => {
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

  it('gets in whatever others have been trying, and is locked by its own failures alone', async () => {
    const person = await newcomer()
    const { cookie } = await enter(person.username, person.password)
    await lockedFor(person)
    expect(await outcome(person.username, person.password, { cookie })).toBe('in')
    expect(await guess(person.username, 2, { cookie })).toEqual([WRONG, LOCKED])
    expect(await outcome(person.username, person.password, { cookie })).toBe(LOCKED)
    await unlock()
  })

  it('does not lock the address that it is at for others', async () => {
    const person = await newcomer()
    const ip = fresh()
    const { cookie } = await enter(person.username, person.password, { ip })
    await guess(person.username, 11, { ip, cookie })
    expect(await outcome(person.username, person.password, { ip })).toBe('in')
  })

  it('is known by a cookie that scripts cannot read and that opens nothing', async () => {
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

  it('is a stranger with a cookie that is forged, cut, or of somebody else', async () => {
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

  it('that several people share knows each of them', async () => {
    const [person, other] = [await newcomer(), await newcomer('otto')]
    const first = await enter(person.username, person.password)
    const { cookie } = await enter(other.username, other.password, { cookie: first.cookie })
    for (const each of [person, other]) {
      await lockedFor(each)
      expect(await outcome(each.username, each.password, { cookie })).toBe('in')
    }
    await unlock()
  })

  it('is known no more after a new password, but where it was set', async () => {
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
    await at.root.call(sessions.changePassword, {
      params: about(person),
      body: { new_password: person.password },
    })
    await lockedFor(person)
    expect(await outcome(person.username, person.password, { cookie })).toBe(LOCKED)
    await unlock()
  })

  it('is also the one in which a forgotten password was set by the link of a mail', async () => {
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

  it('keeps its count through a sign-in from it, but gives none to a program', async () => {
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
