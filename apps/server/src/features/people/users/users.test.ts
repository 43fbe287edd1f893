import {
  listen,
  type Person,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  stranger,
  unique,
} from '@plausch/testkit'
import { channels, onboarding, settings, User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (person: Person) => ({ user_id: person.id })
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const newcomer = (name = 'neo') => signUp(at.server, name, at.team.invite_id)

describe('the record of an account', () => {
  it('is complete for its owner and administrators, short for others, and without secrets', async () => {
    const { ana, bo, root } = at
    const own = await ana.call(users.get, { params: { user_id: 'me' } })
    expect(own).toMatchObject({ id: ana.id, notify_props: { push: 'mention' } })
    expect(await root.call(users.get, { params: about(ana) })).toEqual(own)
    const shown = await bo.call(users.get, { params: about(ana) })
    expect(shown).toMatchObject({ username: ana.username, notify_props: {}, email: '' })
    for (const user of [own, shown])
      expect(Object.keys(User.properties)).toEqual(expect.arrayContaining(Object.keys(user)))
    for (const text of [JSON.stringify(own), JSON.stringify(shown)])
      expect(text).not.toMatch(/argon2|password_hash|token/)
  })

  it('hides addresses and names if the settings say so, also from searches', async () => {
    const { bo, root } = at
    const carla = await newcomer('carla')
    const params = about(carla)
    await carla.call(users.patch, { params, body: { last_name: 'Verborgen' } })
    const found = async (person: Person) =>
      (await person.call(users.search, { body: { term: 'verbor' } })).map(({ id }) => id)
    expect(await found(bo)).toEqual([carla.id])
    await config({ PrivacySettings: { ShowEmailAddress: false, ShowFullName: false } })
    expect(await bo.call(users.get, { params })).toMatchObject({ email: '', last_name: '', first_name: '' })
    await refused('users.not_found', bo.call(users.getByEmail, { params: { email: carla.user.email } }))
    expect(await carla.call(users.getByEmail, { params: { email: carla.user.email } })).toMatchObject({
      id: carla.id,
    })
    expect(await found(bo)).toEqual([])
    expect(await found(root)).toEqual([carla.id])
    const completed = await bo.call(users.autocomplete, { query: { name: 'verbor' } })
    expect(completed.users).toEqual([])
    await config({ PrivacySettings: { ShowEmailAddress: true, ShowFullName: true } })
    expect(
      await bo.call(users.getByEmail, { params: { email: carla.user.email.toUpperCase() } }),
    ).toMatchObject({ id: carla.id })
    await config({ PrivacySettings: { ShowEmailAddress: false } })
  })
})

describe('people can be found', () => {
  it('by ids, names and parts of names; unknown ones are left out', async () => {
    const { ana, bo } = at
    const ids = await bo.call(users.listByIds, { body: [ana.id, bo.id, ana.id, 'a'.repeat(26)] })
    expect(ids.map((user) => user.id).sort()).toEqual([ana.id, bo.id].sort())
    const later = await bo.call(users.listByIds, { body: [ana.id], query: { since: Date.now() + 60_000 } })
    expect(later).toEqual([])
    const names = await bo.call(users.listByUsernames, { body: [ana.username.toUpperCase(), 'nobody'] })
    expect(names.map((user) => user.id)).toEqual([ana.id])
    expect(await bo.call(users.getByUsername, { params: { username: ana.username } })).toMatchObject({
      id: ana.id,
    })
    const search = await bo.call(users.search, { body: { term: `@${ana.username.slice(0, 4)}` } })
    expect(search.map((user) => user.id)).toContain(ana.id)
    expect(await bo.call(users.search, { body: { term: '%' } })).toEqual([])
    expect(await bo.call(users.search, { body: { term: '_' } })).toEqual([])
  })

  it('by place, only by people who may see the place', async () => {
    const { ana, bo, eve, team, townSquare } = at
    const list = (person: Person, query: object) => person.call(users.list, { query })
    const inside = await list(bo, { in_team: team.id })
    expect(inside.map((user) => user.id)).toEqual(expect.arrayContaining([ana.id, bo.id]))
    expect(inside.map((user) => user.id)).not.toContain(eve.id)
    expect((await list(bo, { not_in_team: team.id })).map((user) => user.id)).toContain(eve.id)
    await refused('teams.not_found', list(eve, { in_team: team.id }))
    await refused('teams.not_found', list(eve, { not_in_team: team.id }))
    const hidden = await ana.call(channels.create, {
      body: { team_id: team.id, name: unique('hidden'), display_name: 'Hidden', type: 'P' },
    })
    await refused('channels.not_found', list(bo, { in_channel: hidden.id }))
    await refused(
      'channels.not_found',
      bo.call(users.search, { body: { term: 'x', not_in_channel_id: hidden.id } }),
    )
    await refused('channels.not_found', bo.call(users.autocomplete, { query: { in_channel: hidden.id } }))
    const completed = await ana.call(users.autocomplete, {
      query: { name: bo.username, in_team: team.id, in_channel: hidden.id },
    })
    expect(completed).toMatchObject({ users: [], out_of_channel: [{ id: bo.id }] })
    const square = await ana.call(users.autocomplete, {
      query: { name: bo.username, in_channel: townSquare.id },
    })
    expect(square.users.map((user) => user.id)).toEqual([bo.id])
  })

  it('in pages ordered by name, without deactivated ones if asked to', async () => {
    const { bo, root } = at
    const gone = await newcomer('gone')
    await root.call(users.setActive, { params: about(gone), body: { active: false } })
    const all = (await bo.call(users.list, { query: { per_page: 200 } })).map((user) => user.username)
    expect(all).toEqual([...all].sort())
    const pages = await Promise.all(
      [0, 1].map((page) => bo.call(users.list, { query: { page, per_page: 3 } })),
    )
    expect(pages.flat().map((user) => user.username)).toEqual(all.slice(0, 6))
    const ids = async (query: object) =>
      (await bo.call(users.list, { query: { ...query, per_page: 200 } })).map(({ id }) => id)
    expect(await ids({ active: true })).not.toContain(gone.id)
    expect(await ids({ inactive: true })).toEqual([gone.id])
    expect(await ids({ role: 'system_admin' })).toEqual([root.id])
    expect((await bo.call(users.search, { body: { term: gone.username } })).length).toBe(0)
    expect(
      (await bo.call(users.search, { body: { term: gone.username, allow_inactive: true } })).length,
    ).toBe(1)
  })
})

describe('changing an account', () => {
  it('is for its owner and administrators; others see only the public part', async () => {
    const { ana, bo, eve, root } = at
    const [own, others, admins] = [await ana.listen(), await eve.listen(), await root.listen()]
    const body = { nickname: 'Anuschka', notify_props: { desktop: 'all' }, position: 'Physik' }
    const changed = await ana.call(users.patch, { params: about(ana), body })
    expect(changed).toMatchObject({ nickname: 'Anuschka', notify_props: { desktop: 'all', push: 'mention' } })
    const isAna = (data: { user: { id?: unknown } }) => data.user.id === ana.id
    expect((await own.next('user_updated', isAna)).user).toEqual(changed)
    expect((await admins.next('user_updated', isAna)).user).toEqual(changed)
    expect((await others.next('user_updated', isAna)).user).toMatchObject({
      nickname: 'Anuschka',
      notify_props: {},
    })
    await others.settle()
    expect(others.all('user_updated')).toHaveLength(1)
    await refused(
      'api.context.permissions.app_error',
      bo.call(users.patch, { params: about(ana), body: { nickname: 'x' } }),
    )
    expect(await root.call(users.patch, { params: about(ana), body: { nickname: '' } })).toMatchObject({
      nickname: '',
    })
  })

  it('refuses names that are taken, reserved or malformed, and then changes nothing', async () => {
    const { ana, bo } = at
    const rename = (username: string) =>
      ana.call(users.patch, { params: about(ana), body: { username, nickname: 'never' } })
    await refused('app.user.save.username_exists.app_error', rename(bo.username.toUpperCase()))
    for (const name of ['all', 'Channel', 'here', 'system', 'ä', 'a b', 'a@b', `${'a'.repeat(63)}!`, '<b>']) {
      await refused('users.username', rename(name))
    }
    await refused('users.locale', ana.call(users.patch, { params: about(ana), body: { locale: 'xx_YY' } }))
    const fill = Object.fromEntries(Array.from({ length: 3 }, (_, n) => [`k${n}`, 'x'.repeat(4000)]))
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(users.patch, { params: about(ana), body: { props: fill } }),
    )
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(users.patch, { params: about(ana), body: { notify_props: fill } }),
    )
    await refused(
      'api.context.invalid_body_param.app_error',
      ana.call(users.patch, { params: about(ana), body: { props: { a: '\0' } } }),
    )
    const after = await ana.call(users.get, { params: about(ana) })
    expect(after).toMatchObject({ username: ana.username, locale: 'en', props: {} })
    expect(after.nickname).not.toBe('never')
  })

  it('replaces half a character in a text, because it cannot be stored', async () => {
    const { ana } = at
    const changed = await ana.call(users.patch, {
      params: about(ana),
      body: { props: { a: 'x\ud83d' }, nickname: '\udc00' },
    })
    expect(changed).toMatchObject({ props: { a: 'x\ufffd' }, nickname: '\ufffd' })
    await ana.call(users.patch, { params: about(ana), body: { props: {}, nickname: '' } })
  })

  it('gives a name to one person, however many ask for it at the same moment', async () => {
    const [name, people] = [unique('wanted'), await Promise.all([newcomer(), newcomer(), newcomer()])]
    const results = await Promise.allSettled(
      people.map((person) => person.call(users.patch, { params: about(person), body: { username: name } })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })
})

describe('roles of an account', () => {
  it('can be given by administrators only, and take effect at once, on sockets too', async () => {
    const { ana, eve, root } = at
    const dora = await newcomer('dora')
    const listener = await dora.listen()
    const give = (by: Person, roles: string) =>
      by.call(users.setRoles, { params: about(dora), body: { roles } })
    await refused('api.context.permissions.app_error', give(ana, 'system_admin system_user'))
    await refused('api.context.permissions.app_error', give(dora, 'system_admin system_user'))
    await refused('roles.unknown', give(root, 'system_user emperor'))
    await refused('api.context.permissions.app_error', dora.call(settings.get))
    await give(root, 'system_user system_admin')
    await dora.call(settings.get)
    expect(await listener.next('user_role_updated')).toEqual({
      user_id: dora.id,
      roles: 'system_user system_admin',
    })
    await eve.call(users.patch, { params: about(eve), body: { nickname: 'E' } })
    const seen = await listener.next('user_updated', (data) => data.user.id === eve.id)
    expect(seen.user).toHaveProperty('notify_props.push')
    await give(root, 'system_user')
    await refused('api.context.permissions.app_error', dora.call(settings.get))
    await eve.call(users.patch, { params: about(eve), body: { nickname: 'F' } })
    const later = await listener.next('user_updated', (data) => data.user.nickname === 'F')
    expect(later.user).toMatchObject({ notify_props: {} })
  })

  it('always leave one administrator, even if the last two give up the role at once', async () => {
    const { root } = at
    const second = await newcomer('second')
    await root.call(users.setRoles, { params: about(second), body: { roles: 'system_admin system_user' } })
    const demote = (by: Person, whom: Person) =>
      by.call(users.setRoles, { params: about(whom), body: { roles: 'system_user' } })
    const deactivate = (by: Person, whom: Person) =>
      by.call(users.setActive, { params: about(whom), body: { active: false } })
    const results = await Promise.allSettled([
      demote(root, second),
      deactivate(second, second),
      demote(second, root),
    ])
    const admins = await at.server.app.pool.rows<{ id: string }>(
      `select id from users where delete_at = 0 and roles like '%system_admin%'`,
    )
    expect(admins.length).toBe(1)
    expect(results.some((result) => result.status === 'rejected')).toBe(true)
    const [left] = admins
    const last = left?.id === root.id ? root : second
    await refused('roles.last_admin', demote(last, last))
    await refused('roles.last_admin', deactivate(last, last))
    // The other tests of this file need their administrator.
    await at.server.app.pool.run(
      `update users set roles = 'system_admin system_user', delete_at = 0 where id = $1`,
      [root.id],
    )
    at.root = await signIn(at.server, root.username)
  })
})

describe('deactivating an account', () => {
  it('ends all access at once, keeps name and address taken, and can be undone', async () => {
    const { root, bo } = at
    const otto = await newcomer('otto')
    const socket = await otto.listen()
    await refused(
      'api.context.permissions.app_error',
      otto.call(users.setActive, { params: about(otto), body: { active: false } }),
    )
    await refused(
      'api.context.permissions.app_error',
      bo.call(users.setActive, { params: about(otto), body: { active: false } }),
    )
    await root.call(users.setActive, { params: about(otto), body: { active: false } })
    expect(await socket.closed).toBe(4000)
    await refused(
      'api.context.session_expired.app_error',
      otto.call(users.get, { params: { user_id: 'me' } }),
    )
    await expect(listen(at.server.url, otto.api.token())).rejects.toThrow('401')
    await refused('api.user.login.inactive.app_error', signIn(at.server, otto.username))
    expect(await bo.call(users.get, { params: about(otto) })).toMatchObject({ delete_at: expect.any(Number) })
    const again = { username: otto.username, email: 'otto@else.where', password: otto.password }
    await refused(
      'app.user.save.username_exists.app_error',
      stranger(at.server).call(onboarding.signUp, { query: { iid: at.team.invite_id }, body: again }),
    )
    await root.call(users.setActive, { params: about(otto), body: { active: true } })
    await refused(
      'api.context.session_expired.app_error',
      otto.call(users.get, { params: { user_id: 'me' } }),
    )
    expect((await signIn(at.server, otto.username)).id).toBe(otto.id)
  })

  it('is possible for oneself if the settings allow it', async () => {
    const paul = await newcomer('paul')
    await config({ TeamSettings: { EnableUserDeactivation: true } })
    await paul.call(users.setActive, { params: about(paul), body: { active: false } })
    await config({ TeamSettings: { EnableUserDeactivation: false } })
    await refused('api.user.login.inactive.app_error', signIn(at.server, paul.username))
  })

  it('respects the limit of active accounts exactly when many are activated at once', async () => {
    const { total_users_count: active } = await at.root.call(users.stats)
    const gone = await newcomer('limited')
    await at.root.call(users.setActive, { params: about(gone), body: { active: false } })
    await config({ PlauschSettings: { MaxActiveUsers: active + 2 } })
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => newcomer('many')))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2)
    await refused(
      'users.limit',
      at.root.call(users.setActive, { params: about(gone), body: { active: true } }),
    )
    const SupportEmail = 'help@lab.example'
    await config({ SupportSettings: { SupportEmail }, PlauschSettings: { HelpDeskPhone: '+49 40 8998' } })
    const full = await refused('users.limit_ask', newcomer('late'))
    expect(full.message).toContain('help@lab.example · +49 40 8998')
    await config({ SupportSettings: { SupportEmail: '' }, PlauschSettings: { HelpDeskPhone: '' } })
    await config({ PlauschSettings: { MaxActiveUsers: 0 } })
    await at.root.call(users.setActive, { params: about(gone), body: { active: true } })
  })
})
