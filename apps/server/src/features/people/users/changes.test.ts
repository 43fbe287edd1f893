/** Updates of whole accounts, the end of an account, and the people whom somebody knows. */
import {
  asGuest,
  channelOf,
  direct,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
} from '@plausch/testkit'
import { channels, members, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const about = (person: Person) => ({ user_id: person.id })
const newcomer = (name = 'paula') => signUp(at.server, name, at.team.invite_id)
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const me = (person: Person) => person.call(users.get, { params: { user_id: 'me' } })

describe('an update of a whole account', () => {
  it('replaces what its owner may choose and nothing else, and tells everybody', async () => {
    const paula = await newcomer()
    const [own, other] = [await paula.listen(), await at.eve.listen()]
    const before = await me(paula)
    const body = {
      ...before,
      nickname: 'Pau',
      first_name: '',
      roles: 'system_admin',
      delete_at: 5,
      mfa_active: true,
      auth_service: 'ldap',
      email_verified: true,
      notify_props: { desktop: 'all' },
    }
    const saved = await paula.call(users.update, { params: about(paula), body })
    expect(saved).toMatchObject({
      nickname: 'Pau',
      first_name: '',
      username: before.username,
      roles: 'system_user',
      delete_at: 0,
      mfa_active: false,
      auth_service: '',
      email_verified: false,
    })
    expect(saved.notify_props).toMatchObject({ desktop: 'all', push: 'mention' })
    const isPaula = (data: { user: { id?: unknown } }) => data.user.id === paula.id
    expect((await own.next('user_updated', isPaula)).user).toEqual(saved)
    const seen = (await other.next('user_updated', isPaula)).user
    expect(seen).toMatchObject({ nickname: 'Pau', last_password_update: 0 })
    expect(seen.notify_props).toEqual({})
  })

  it('is refused for another person, for nobody, and with values that an account cannot have', async () => {
    const paula = await newcomer()
    const base = { id: paula.id, username: paula.username }
    const put = (by: Person, body: object, params = about(paula)) =>
      by.call(users.update, { params, body: body as typeof base })
    await refused('api.context.permissions.app_error', put(at.bo, base))
    await refused('api.context.invalid_body_param.app_error', put(paula, { ...base, id: at.bo.id }))
    await refused('api.context.invalid_body_param.app_error', put(paula, { id: paula.id }))
    await refused('users.username', put(paula, { ...base, username: 'all' }))
    await refused(
      'app.user.save.username_exists.app_error',
      put(paula, { ...base, username: at.bo.username }),
    )
    const email = `${unique('x')}@example.org`
    await refused('api.context.invalid_body_param.app_error', put(paula, { ...base, email }))
    await refused(
      'app.user.save.email_exists.app_error',
      put(paula, { ...base, email: at.bo.user.email, password: paula.password }),
    )
    const nobody = 'a'.repeat(26)
    await refused('users.not_found', put(at.root, { ...base, id: nobody }, { user_id: nobody }))
    expect(await me(paula)).toMatchObject({ username: paula.username, email: paula.user.email })
    expect((await put(at.root, { ...base, email })).email).toBe(email)
  })
})

describe('a new address', () => {
  it('must be in a domain from which people may sign up', async () => {
    const paula = await newcomer()
    const restrict = (RestrictCreationToDomains: string) =>
      config({ TeamSettings: { RestrictCreationToDomains } })
    await restrict('desy.de')
    const patch = (email: string) =>
      paula.call(users.patch, { params: about(paula), body: { email, password: paula.password } })
    await refused('onboarding.domain', patch(`${unique('x')}@example.org`))
    expect((await me(paula)).email).toBe(paula.user.email)
    expect((await patch(`${unique('x')}@desy.de`)).email).toContain('@desy.de')
    await config({ EmailSettings: { RequireEmailVerification: true } })
    await refused('onboarding.domain', patch(`${unique('x')}@example.org`))
    await config({ EmailSettings: { RequireEmailVerification: false } })
    await restrict('')
  })
})

describe('the end of an account', () => {
  it('is for administrators, and for oneself only if the settings allow it', async () => {
    const paula = await newcomer()
    const end = (by: Person) => by.call(users.deactivate, { params: about(paula) })
    await refused('api.context.permissions.app_error', end(at.bo))
    await refused('api.context.permissions.app_error', end(paula))
    await config({ TeamSettings: { EnableUserDeactivation: true } })
    const socket = await paula.listen()
    await end(paula)
    expect(await socket.closed).toBe(4000)
    await refused('api.context.session_expired.app_error', me(paula))
    expect((await at.bo.call(users.get, { params: about(paula) })).delete_at).toBeGreaterThan(0)
    await config({ TeamSettings: { EnableUserDeactivation: false } })
    await refused('roles.last_admin', at.root.call(users.deactivate, { params: about(at.root) }))
  })

  it('is never permanent, and the refusal says so', async () => {
    const paula = await newcomer()
    const erase = () => at.root.call(users.deactivate, { params: about(paula), query: { permanent: true } })
    await refused('api.user.delete_user.not_enabled.app_error', erase())
    await config({ ServiceSettings: { EnableAPIUserDeletion: true } })
    await refused('api.unsupported', erase())
    await config({ ServiceSettings: { EnableAPIUserDeletion: false } })
    expect((await me(paula)).delete_at).toBe(0)
  })
})

describe('guests', () => {
  it('get events only about accounts of people whom they meet in a channel', async () => {
    const [visitor, paula, other] = [await newcomer('gast'), await newcomer(), await newcomer()]
    const room = await channelOf(paula, at.team, 'P', [visitor])
    const gast = await asGuest(at, visitor)
    for (const { team_id, id } of await gast.call(channels.listOfUserInTeam, {
      params: { user_id: 'me', team_id: at.team.id },
    }))
      if (id !== room.id && team_id !== '')
        await gast.call(members.remove, { params: { channel_id: id, user_id: gast.id } })
    const socket = await gast.listen()
    const rename = (person: Person) =>
      person.call(users.patch, { params: about(person), body: { nickname: unique('n') } })
    await rename(other)
    await newcomer()
    await rename(paula)
    await socket.next('user_updated', ({ user }) => user.id === paula.id)
    await socket.settle()
    expect(socket.all('user_updated').map(({ user }) => user.id)).toEqual([paula.id])
    expect(socket.all('user_updated')[0]?.user.notify_props).toEqual({})
    expect(socket.all('new_user')).toEqual([])
    await rename(gast)
    const own = (await socket.next('user_updated', ({ user }) => user.id === gast.id)).user
    expect(own.notify_props).not.toEqual({})
  })
})

describe('an account that the client already has', () => {
  it('is answered with 304 until it, or the visible part of it, changes', async () => {
    const paula = await newcomer()
    const path = `/api/v4/users/${paula.id}`
    const ask = async (by: Person, tag = '') => {
      const answer = await by.fetch(path, { headers: { 'if-none-match': tag } })
      const body = await answer.text()
      return { status: answer.status, tag: answer.headers.get('etag') ?? '', body }
    }
    await config({ PrivacySettings: { ShowEmailAddress: true } })
    const [first, own] = [await ask(at.bo), await ask(paula)]
    expect(first).toMatchObject({ status: 200 })
    expect(own.tag).not.toBe(first.tag)
    expect(await ask(at.bo, first.tag)).toEqual({ status: 304, tag: first.tag, body: '' })
    await config({ PrivacySettings: { ShowEmailAddress: false } })
    const hidden = await ask(at.bo, first.tag)
    expect(hidden.status).toBe(200)
    expect(hidden.body).not.toContain(paula.user.email)
    await paula.call(users.patch, { params: about(paula), body: { nickname: 'P' } })
    expect((await ask(at.bo, hidden.tag)).status).toBe(200)
  })
})

describe('the people whom somebody knows', () => {
  it('are those whom they meet in a channel or a conversation', async () => {
    const { ana, bo, eve, root, team } = at
    const known = (by: Person) => by.call(users.known)
    expect(await known(eve)).toEqual([])
    await direct(eve, bo)
    expect(await known(eve)).toEqual([bo.id])
    expect(await known(bo)).toContain(eve.id)
    expect(await known(ana)).toContain(bo.id)
    expect(await known(ana)).not.toContain(ana.id)
    const paula = await newcomer()
    await channelOf(paula, team, 'P')
    expect(await known(root)).toEqual(expect.arrayContaining([ana.id, paula.id]))
    expect(await known(root)).not.toContain(eve.id)
  })
})
