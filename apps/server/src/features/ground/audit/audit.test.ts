import { type Person, type Place, place, refused, signIn, signUp } from '@plausch/testkit'
import { audit, passwords, sessions, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const newcomer = () => signUp(at.server, 'olga', at.team.invite_id)
const of = (by: Person, whom = by, query: { page?: number; per_page?: number } = {}) =>
  by.call(audit.listOfUser, { params: { user_id: whom.id }, query })
const NEW = 'another horse battery'

describe('the audit log', () => {
  it('contains what a person did with their account, newest first, and no secrets', async () => {
    const olga = await newcomer()
    await signIn(at.server, olga.username, 'wrong password').catch(() => undefined)
    const body = { current_password: olga.password, new_password: NEW }
    await olga.call(passwords.change, { params: { user_id: 'me' }, body })
    const second = await signIn(at.server, olga.username, NEW)
    await second.call(sessions.logout)
    const entries = await of(olga)
    expect(entries.map(({ action, extra_info }) => [action, extra_info.split(' ')[0]])).toEqual([
      ['/api/v4/users/logout', ''],
      ['/api/v4/users/login', 'success'],
      ['/api/v4/users/newpassword', 'completed'],
      ['/api/v4/users/login', 'FAILED'],
      ['/api/v4/users/login', 'success'],
    ])
    for (const entry of entries) {
      expect(entry).toMatchObject({ user_id: olga.id, ip_address: '127.0.0.1' })
      expect(JSON.stringify(entry)).not.toContain('battery')
    }
    expect(entries[0]?.session_id).toMatch(/^[a-z0-9]{26}$/)
    expect(await of(olga, olga, { page: 1, per_page: 2 })).toEqual(entries.slice(2, 4))
  })

  it('can be read by the person and by people with the permission', async () => {
    const olga = await newcomer()
    await refused('api.context.permissions.app_error', of(at.bo, olga))
    await refused('api.context.permissions.app_error', olga.call(audit.list))
    expect(await of(at.root, olga)).toEqual(await of(olga))
    expect((await at.root.call(audit.list)).map((entry) => entry.user_id)).toContain(olga.id)
  })

  it('contains what administrators do; of settings only the names', async () => {
    const olga = await newcomer()
    const params = { user_id: olga.id }
    await at.root.call(users.setRoles, { params, body: { roles: 'system_user system_manager' } })
    await at.root.call(users.setActive, { params, body: { active: false } })
    await at.root.call(settings.patch, { body: { EmailSettings: { SMTPPassword: 'geheim-geheim' } } })
    const [changed, ended, roles] = await at.root.call(audit.list)
    expect(changed).toMatchObject({ user_id: at.root.id, extra_info: 'EmailSettings.SMTPPassword' })
    expect(ended).toMatchObject({ extra_info: `user_id=${olga.id} active=false` })
    expect(roles).toMatchObject({ extra_info: `user=${olga.id} new_roles=system_user system_manager` })
  })

  it('does not grow when somebody guesses at a locked account', async () => {
    const olga = await newcomer()
    for (let n = 1; n <= 15; n += 1)
      await signIn(at.server, olga.username, 'wrong password').catch(() => undefined)
    expect((await of(olga)).filter(({ extra_info }) => extra_info.startsWith('FAILED'))).toHaveLength(10)
  })
})
