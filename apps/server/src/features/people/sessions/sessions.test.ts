import { listen, type Person, type Place, place, refused, signIn, signUp } from '@plausch/testkit'
import { faults, faultsDe, sessions, settings, teams, users } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { sessions as feature } from './feature.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

const HOUR_MS = 3_600_000
const about = (person: Person) => ({ user_id: person.id })
const newcomer = (name = 'nora') => signUp(at.server, name, at.team.invite_id)
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${at.server.url}/api/v4${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
const login = (person: Person, headers: Record<string, string> = {}) =>
  post('/users/login', { login_id: person.username, password: person.password }, headers)
const isDead = (person: Person) =>
  refused('api.context.session_expired.app_error', person.call(users.get, { params: { user_id: 'me' } }))
const rows = (sql: string, values: unknown[] = []) =>
  at.server.app.pool.rows<Record<string, never>>(sql, values)

describe('signing in', () => {
  it('returns the token in a header, and sets cookies for browsers only', async () => {
    const { bo } = at
    const plain = await login(bo)
    expect(plain.headers.get('token')).toMatch(/^[a-z0-9]{26}$/)
    expect(plain.headers.getSetCookie()).toEqual([])
    const response = await login(bo, { 'x-requested-with': 'XMLHttpRequest' })
    const cookies = response.headers.getSetCookie()
    expect(cookies.map((each) => each.split('=')[0])).toEqual([
      'MMAUTHTOKEN',
      'MMUSERID',
      'MMCSRF',
      'PLAUSCHBROWSER',
    ])
    for (const cookie of cookies.slice(0, 3))
      expect(cookie).toMatch(/; Path=\/; Max-Age=2592000; SameSite=Lax$/)
    expect(cookies[0]).toContain(`MMAUTHTOKEN=${response.headers.get('token')}; HttpOnly; `)
    expect(cookies[1]).toContain(`MMUSERID=${bo.id}; Path`)
    const secure = await login(bo, { 'x-requested-with': 'XMLHttpRequest', 'x-forwarded-proto': 'https' })
    for (const cookie of secure.headers.getSetCookie()) expect(cookie).toMatch(/; Secure$/)
  })

  it('takes a username or an address in any case, if the settings allow it', async () => {
    const { bo } = at
    const by = async (name: string) =>
      (await post('/users/login', { login_id: name, password: bo.password })).status
    expect(await by(` ${bo.username.toUpperCase()} `)).toBe(200)
    expect(await by(bo.user.email.toUpperCase())).toBe(200)
    await config({ EmailSettings: { EnableSignInWithUsername: false } })
    expect([await by(bo.username), await by(bo.user.email)]).toEqual([401, 200])
    await config({ EmailSettings: { EnableSignInWithUsername: true, EnableSignInWithEmail: false } })
    expect([await by(bo.username), await by(bo.user.email)]).toEqual([200, 401])
    await config({ EmailSettings: { EnableSignInWithEmail: true } })
  })

  it('takes an id, and locks an unknown one like an existing one', async () => {
    const person = await newcomer('ida')
    const by = async (id: string, password = person.password) =>
      (await post('/users/login', { id, password })).status
    expect(await by(person.id)).toBe(200)
    expect([await by(person.id, 'wrong'), await by('a'.repeat(26))]).toEqual([401, 401])
    await config({ ServiceSettings: { MaximumLoginAttempts: 3 } })
    const tries = async (id: string) => {
      const found: number[] = []
      for (let left = 5; left > 0; left -= 1) found.push(await by(id, 'wrong'))
      return found
    }
    expect(await tries((await newcomer('ivo')).id)).toEqual(await tries('b'.repeat(26)))
    await config({ ServiceSettings: { MaximumLoginAttempts: 10 } })
  })

  it('lists the session, without its token', async () => {
    const person = await newcomer()
    const device = await post('/users/login', {
      login_id: person.username,
      password: person.password,
      device_id: 'apple:1',
    })
    const list = await person.call(sessions.list, { params: about(person) })
    expect(list.map((session) => session.device_id).sort()).toEqual(['', 'apple:1'])
    expect(list).toMatchObject([{ token: '', user_id: person.id }, { token: '' }])
    // Properties that official clients read. Only the cookie contains the CSRF value.
    expect(list[0]).toMatchObject({
      expired_notify: false,
      props: { csrf: '', isOAuthUser: 'false', isSaml: 'false', is_guest: 'false' },
      team_members: [{ team_id: at.team.id, user_id: person.id, roles: 'team_user', delete_at: 0 }],
    })
    // The one that asks is marked, so that clients can end all others.
    const current = list.filter(({ props }) => props.is_current === 'true')
    expect(current.map(({ device_id }) => device_id)).toEqual([''])
    const text = JSON.stringify([list, await rows('select sessions::text from sessions')])
    expect(text).not.toContain(device.headers.get('token'))
    expect(text).not.toContain(person.api.token())
  })

  it('leaves no password and no token in the log', async () => {
    const person = await newcomer()
    await post('/users/login', { login_id: person.username, password: 'not this one at all' })
    const log = at.server.logged.join('\n')
    for (const secret of [person.password, 'not this one', person.api.token()])
      expect(log).not.toContain(secret)
  })
})

describe('requests with a cookie', () => {
  const browser = async () => {
    const response = await login(at.bo, { 'x-requested-with': 'XMLHttpRequest' })
    const pairs = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '')
    return { cookie: pairs.join('; '), csrf: pairs[2]?.split('=')[1] ?? '' }
  }

  it('must come from our own pages if they change something', async () => {
    const { cookie, csrf } = await browser()
    const code = async (headers: Record<string, string>, path = '/users/ids') => {
      const response = await post(path, [at.bo.id], { cookie, ...headers })
      return response.status === 200 ? 200 : ((await response.json()) as { id: string }).id
    }
    expect(await code({})).toBe('api.context.csrf.app_error')
    expect(await code({ 'x-csrf-token': 'guess' })).toBe('api.context.csrf.app_error')
    expect(await code({ 'x-csrf-token': '' })).toBe('api.context.csrf.app_error')
    expect(await code({ 'x-requested-with': 'fetch' })).toBe('api.context.csrf.app_error')
    expect(await code({ 'x-csrf-token': csrf })).toBe(200)
    expect(await code({ 'x-requested-with': 'XMLHttpRequest' })).toBe(200)
    expect((await fetch(`${at.server.url}/api/v4/users/me`, { headers: { cookie } })).status).toBe(200)
    await config({ ServiceSettings: { ExperimentalStrictCSRFEnforcement: true } })
    expect(await code({ 'x-requested-with': 'XMLHttpRequest' })).toBe('api.context.csrf.app_error')
    expect(await code({ 'x-csrf-token': csrf })).toBe(200)
    await config({ ServiceSettings: { ExperimentalStrictCSRFEnforcement: false } })
  })

  it('must do so even without a need for a session: nobody is signed up or out by accident', async () => {
    const response = await login(at.root, { 'x-requested-with': 'XMLHttpRequest' })
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    const body = { username: 'forged', email: 'forged@example.org', password: 'correct horse battery' }
    for (const path of ['/users', '/users/logout', '/users/login']) {
      expect((await post(path, body, { cookie })).status, path).toBe(403)
    }
    expect((await fetch(`${at.server.url}/api/v4/users/me`, { headers: { cookie } })).status).toBe(200)
  })

  it('take precedence over a header, as in v4; a header needs no further proof', async () => {
    const { cookie } = await browser()
    const headers = { cookie, authorization: `Bearer ${at.ana.api.token()}` }
    const me = await fetch(`${at.server.url}/api/v4/users/me`, { headers })
    expect(await me.json()).toMatchObject({ id: at.bo.id })
    expect((await post('/users/ids', [at.bo.id], { authorization: headers.authorization })).status).toBe(200)
  })
})

describe('the end of a session', () => {
  it('comes with signing out: token, socket and cookies at once', async () => {
    const person = await newcomer()
    const [other, socket] = [await signIn(at.server, person.username), await person.listen()]
    const response = await person.fetch('/api/v4/users/logout', { method: 'POST' })
    expect(response.headers.getSetCookie().every((each) => /^MM\w+=; Path=\/; Max-Age=0/.test(each))).toBe(
      true,
    )
    expect(await socket.closed).toBe(4000)
    await isDead(person)
    await expect(person.listen()).rejects.toThrow('401')
    await other.call(users.get, { params: { user_id: 'me' } })
    expect((await post('/users/logout', {})).status).toBe(200)
  })

  it('comes with its revocation by the person or an administrator, and by nobody else', async () => {
    const [person, second] = [await newcomer(), await newcomer()]
    const other = await signIn(at.server, person.username)
    const socket = await other.listen()
    const list = await person.call(sessions.list, { params: about(person) })
    const ownId =
      (await rows('select id from sessions where user_id = $1 order by id limit 1', [person.id]))[0]?.id ?? ''
    const id = list.find((session) => session.id !== ownId)?.id ?? ''
    const revoke = (by: Person, whom: Person, session_id: string) =>
      by.call(sessions.revoke, { params: about(whom), body: { session_id } })
    await refused('api.context.permissions.app_error', revoke(second, person, id))
    await refused('sessions.not_found', revoke(second, second, id))
    await refused('api.context.permissions.app_error', second.call(sessions.list, { params: about(person) }))
    await other.call(users.get, { params: { user_id: 'me' } })
    await revoke(person, person, id)
    expect(await socket.closed).toBe(4000)
    await isDead(other)
    await person.call(users.get, { params: { user_id: 'me' } })
    await at.root.call(sessions.revokeAll, { params: about(person) })
    await isDead(person)
    await refused('users.not_found', at.root.call(sessions.list, { params: { user_id: 'a'.repeat(26) } }))
  })

  it('of a device comes with the next one on it', async () => {
    const person = await newcomer()
    const on = async (device_id: string) => {
      const body = { login_id: person.username, password: person.password, device_id }
      const token = (await post('/users/login', body)).headers.get('token') ?? ''
      return {
        token,
        status: async () =>
          (await fetch(`${at.server.url}/api/v4/users/me`, { headers: { authorization: `Bearer ${token}` } }))
            .status,
      }
    }
    const [phone, tablet] = [await on('android:1'), await on('android:2')]
    const socket = await listen(at.server.url, phone.token)
    const again = await on('android:1')
    expect(await socket.closed).toBe(4000)
    expect([await phone.status(), await tablet.status(), await again.status()]).toEqual([401, 200, 200])
    await person.call(sessions.attachDevice, { body: { device_id: 'android:2' } })
    expect([await tablet.status(), await again.status()]).toEqual([401, 200])
    const own = (await person.call(sessions.list, { params: about(person) }))
      .map((each) => each.device_id)
      .sort()
    expect(own).toEqual(['android:1', 'android:2'])
  })
})

describe('the length of a session', () => {
  /** A session that nobody has used yet, so that nothing is cached and changes by SQL take effect. */
  const unused = async (person: Person, { activeAgo = 0, left = 0 }) => {
    const token = (await login(person)).headers.get('token') ?? ''
    const now = Date.now()
    const [row] = await rows('select id from sessions where user_id = $1 order by id desc limit 1', [
      person.id,
    ])
    const id = String(row?.id)
    const sql = 'update sessions set last_activity_at = $2, expires_at = $3 where id = $1'
    await at.server.app.pool.run(sql, [id, now - activeAgo, now + left])
    const status = async () =>
      (await fetch(`${at.server.url}/api/v4/users/me`, { headers: { authorization: `Bearer ${token}` } }))
        .status
    const hoursLeft = async () => {
      const [session] = await rows('select expires_at from sessions where id = $1', [id])
      return Math.round((Number(session?.expires_at) - now) / HOUR_MS)
    }
    return { id, token, status, hoursLeft }
  }

  it('grows with use if the setting says so, but not with every request', async () => {
    const person = await newcomer()
    const old = await unused(person, { activeAgo: HOUR_MS, left: 10 * HOUR_MS })
    expect(await old.status()).toBe(200)
    await vi.waitFor(async () => expect(await old.hoursLeft()).toBe(720))
    const fresh = await unused(person, { activeAgo: 60_000, left: 10 * HOUR_MS })
    expect(await fresh.status()).toBe(200)
    await config({ ServiceSettings: { ExtendSessionLengthWithActivity: false } })
    const fixed = await unused(person, { activeAgo: HOUR_MS, left: 10 * HOUR_MS })
    expect(await fixed.status()).toBe(200)
    const noted = async () =>
      (await rows('select last_activity_at from sessions where id = $1', [fixed.id]))[0]
    await vi.waitFor(async () =>
      expect(Number((await noted())?.last_activity_at)).toBeGreaterThan(Date.now() - 60_000),
    )
    expect(await fixed.hoursLeft()).toBe(10)
    expect(await fresh.hoursLeft()).toBe(10)
    await config({ ServiceSettings: { ExtendSessionLengthWithActivity: true } })
  })

  it('ends: its token, its sockets, and after a while its row', async () => {
    const person = await newcomer()
    const ended = await unused(person, { left: -1 })
    expect(await ended.status()).toBe(401)
    await expect(listen(at.server.url, ended.token)).rejects.toThrow('401')
    const socket = await person.listen()
    at.server.app.server.hub.sweep(Date.now() + 719 * HOUR_MS)
    expect((await socket.act('ping')).status).toBe('OK')
    at.server.app.server.hub.sweep(Date.now() + 721 * HOUR_MS)
    expect(await socket.closed).toBe(4000)
    for (const schedule of feature.schedules ?? []) await schedule.run(at.server.app.server)
    const left = (await rows('select id from sessions where user_id = $1', [person.id])).map((row) =>
      String(row.id),
    )
    expect(left).not.toContain(ended.id)
    expect(left).toHaveLength(1)
  })

  it('grows for its open sockets, too', async () => {
    const person = await newcomer()
    const socket = await person.listen()
    const begin = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: begin + 8 * HOUR_MS })
    await person.call(users.get, { params: { user_id: 'me' } })
    at.server.app.server.hub.sweep(begin + 721 * HOUR_MS)
    expect((await socket.act('ping')).status).toBe('OK')
    at.server.app.server.hub.sweep(begin + 729 * HOUR_MS)
    expect(await socket.closed).toBe(4000)
  })
})

describe('refusals in German', () => {
  const message = async (headers: Record<string, string>) => {
    const response = await fetch(`${at.server.url}/api/v4/teams/${'a'.repeat(26)}`, { headers })
    return ((await response.json()) as { message: string }).message
  }
  const anonymous = 'api.context.session_expired.app_error'

  it.each([
    ['de', faultsDe[anonymous]],
    ['de-AT,de;q=0.9,en;q=0.8', faultsDe[anonymous]],
    ['fr, de;q=0.5, en;q=0.4', faultsDe[anonymous]],
    ['fr, en;q=0.5, de;q=0.4', faults[anonymous].text],
    ['', faults[anonymous].text],
    ['*', faults[anonymous].text],
  ])('follow the browser before signing in: %s', async (language, expected) => {
    expect(await message({ 'accept-language': language })).toBe(expected)
  })

  it('follow the server if neither account nor browser names a supported language', async () => {
    const set = (DefaultServerLocale: string) =>
      at.root.call(settings.patch, { body: { LocalizationSettings: { DefaultServerLocale } } })
    await set('de')
    expect(await message({ 'accept-language': 'fr' })).toBe(faultsDe[anonymous])
    expect(await message({ 'accept-language': 'fr, en;q=0.4' })).toBe(faults[anonymous].text)
    await set('en')
    expect(await message({ 'accept-language': 'fr' })).toBe(faults[anonymous].text)
  })

  it('follow the account after its language changed, from the next request on', async () => {
    const person = await newcomer()
    const headers = { authorization: `Bearer ${person.api.token()}`, 'accept-language': 'de' }
    expect(await message(headers)).toBe(faults['teams.not_found'].text)
    await person.call(users.patch, { params: about(person), body: { locale: 'de' } })
    expect(await message({ ...headers, 'accept-language': 'en' })).toBe(faultsDe['teams.not_found'])
    const fault = await refused(
      'teams.not_found',
      person.call(teams.get, { params: { team_id: 'a'.repeat(26) } }),
    )
    expect(fault.message).toBe(faultsDe['teams.not_found'])
    const socket = await person.listen()
    expect((await socket.act('nonsense')).error?.message).toBe(
      faultsDe['api.web_socket_router.bad_action.app_error'],
    )
  })
})
