import { createApi } from '@plausch/client'
import { listen, type Person, type Place, place, refused, signUp } from '@plausch/testkit'
import { settings, tokens, type UserAccessToken, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
/** A person who may have tokens. */
let scripter: Person
beforeAll(async () => {
  at = await place()
  scripter = await signUp(at.server, 'scripter', at.team.invite_id)
  const roles = 'system_user system_user_access_token'
  await at.root.call(users.setRoles, { params: { user_id: scripter.id }, body: { roles } })
  await enable(true)
})
afterAll(() => at.stop())

const enable = (isOn: boolean) =>
  at.root.call(settings.patch, { body: { ServiceSettings: { EnableUserAccessTokens: isOn } } })
const forOthers = (isOn: boolean) =>
  at.root.call(settings.patch, {
    body: { PlauschSettings: { AdministratorsMayCreateTokensForOthers: isOn } },
  })
const about = (person: Person) => ({ user_id: person.id })
const create = (by: Person, whom = by): Promise<UserAccessToken> =>
  by.call(tokens.create, { params: about(whom), body: { description: 'nightly backup' } })
const withToken = (token = '') => createApi({ baseUrl: at.server.url, token })
const me = (token: UserAccessToken) => withToken(token.token).call(users.get, { params: { user_id: 'me' } })

describe('creating a token', () => {
  it('returns it once, stores only its hash, and gives access to what its person may do', async () => {
    const made = await create(scripter)
    expect(made.token).toMatch(/^[a-z0-9]{26}$/)
    const listed = await scripter.call(tokens.list, { params: about(scripter) })
    const { token, ...rest } = made
    expect(listed).toContainEqual(rest)
    expect(JSON.stringify(listed)).not.toContain(token)
    const stored = await at.server.app.pool.rows('select tokens::text from tokens')
    expect(JSON.stringify(stored)).not.toContain(token)
    expect((await me(made)).id).toBe(scripter.id)
    await refused('api.context.permissions.app_error', withToken(token).call(settings.get))
  })

  it('H30: needs the permission; administrators can do it for others if a setting allows it', async () => {
    await refused('api.context.permissions.app_error', create(at.bo))
    await refused('api.context.permissions.app_error', create(scripter, at.ana))
    const refusal = await refused('tokens.for_others', create(at.root, at.bo))
    expect(refusal.status).toBe(403)
    expect(refusal.message).toContain('PlauschSettings.AdministratorsMayCreateTokensForOthers')
    expect(await at.root.call(tokens.list, { params: about(at.bo) })).toEqual([])
    expect((await me(await create(at.root))).id).toBe(at.root.id)
    await forOthers(true)
    const given = await create(at.root, at.bo)
    const [audit] = await at.server.app.pool.rows<{ user_id: string }>(
      'select user_id from audits where extra_info like $1',
      [`%user=${at.bo.id} token_id=${given.id}%`],
    )
    expect(audit?.user_id).toBe(at.root.id)
    await refused('api.context.permissions.app_error', create(scripter, at.ana))
    expect((await me(given)).id).toBe(at.bo.id)
    const nobody = { user_id: 'a'.repeat(26) }
    await refused(
      'users.not_found',
      at.root.call(tokens.create, { params: nobody, body: { description: 'x' } }),
    )
    await forOthers(false)
    expect((await me(given)).id).toBe(at.bo.id)
    const empty = { params: about(scripter), body: { description: '' } }
    await refused('api.context.invalid_body_param.app_error', scripter.call(tokens.create, empty))
  })

  it('is refused with a token, because the new one would outlive its end', async () => {
    const made = await create(scripter)
    await refused(
      'api.context.permissions.app_error',
      withToken(made.token).call(tokens.create, { params: about(scripter), body: { description: 'child' } }),
    )
  })
})

describe('using a token', () => {
  it('works by header, by cookie and by challenge, never in the URL', async () => {
    const { token = '' } = await create(scripter)
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${at.server.url}${path}`, { headers })
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `BEARER ${token}`, `Token ${token}`]) {
      expect((await ask('/api/v4/users/me', { authorization })).status).toBe(200)
    }
    expect((await ask('/api/v4/users/me', { cookie: `MMAUTHTOKEN=${token}` })).status).toBe(200)
    expect((await ask(`/api/v4/users/me?access_token=${token}`)).status).toBe(401)
    const listener = await listen(at.server.url, token)
    expect((await listener.act('ping')).status).toBe('OK')
  })

  it('H9: in a cookie needs the same proof as a session, and has no CSRF value for it', async () => {
    const { token = '' } = await create(scripter)
    const post = async (headers: Record<string, string>) => {
      const response = await fetch(`${at.server.url}/api/v4/users/ids`, {
        method: 'POST',
        headers: { cookie: `MMAUTHTOKEN=${token}`, ...headers },
        body: JSON.stringify([scripter.id]),
      })
      return response.status
    }
    const strict = (ExperimentalStrictCSRFEnforcement: boolean) =>
      at.root.call(settings.patch, { body: { ServiceSettings: { ExperimentalStrictCSRFEnforcement } } })
    const forged: Record<string, string>[] = [
      {},
      { 'x-csrf-token': '' },
      { 'x-csrf-token': token },
      { authorization: `Bearer ${token}` },
    ]
    const shown = { 'x-requested-with': 'XMLHttpRequest' }
    for (const headers of forged) expect(await post(headers), JSON.stringify(headers)).toBe(403)
    expect(await post(shown)).toBe(200)
    await strict(true)
    for (const headers of [...forged, shown]) expect(await post(headers)).toBe(403)
    await strict(false)
  })

  it('needs no CSRF proof in a header, because no other site can make a browser send that', async () => {
    const { token = '' } = await create(scripter)
    const response = await fetch(`${at.server.url}/api/v4/users/ids`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify([scripter.id]),
    })
    expect(response.status).toBe(200)
  })
})

describe('the end of a token', () => {
  it('comes at once with its revocation, on the socket too', async () => {
    const made = await create(scripter)
    expect((await me(made)).id).toBe(scripter.id)
    const listener = await listen(at.server.url, made.token ?? '')
    await refused(
      'api.context.permissions.app_error',
      at.bo.call(tokens.revoke, { body: { token_id: made.id } }),
    )
    await scripter.call(tokens.revoke, { body: { token_id: made.id } })
    expect(await listener.closed).toBe(4000)
    await refused('api.context.session_expired.app_error', me(made))
    await refused('tokens.not_found', scripter.call(tokens.revoke, { body: { token_id: made.id } }))
  })

  it('of somebody else’s is for administrators only', async () => {
    const other = await signUp(at.server, 'other', at.team.invite_id)
    await at.root.call(users.setRoles, {
      params: about(other),
      body: { roles: 'system_user system_user_access_token' },
    })
    const made = await create(other)
    await refused('tokens.not_found', scripter.call(tokens.revoke, { body: { token_id: made.id } }))
    await refused('api.context.permissions.app_error', scripter.call(tokens.list, { params: about(other) }))
    await refused('api.context.permissions.app_error', at.bo.call(tokens.list, { params: about(at.bo) }))
    expect((await me(made)).id).toBe(other.id)
    await at.root.call(tokens.revoke, { body: { token_id: made.id } })
    await refused('api.context.session_expired.app_error', me(made))
  })

  it('comes with the deactivation of its person', async () => {
    const short = await signUp(at.server, 'short', at.team.invite_id)
    await forOthers(true)
    const made = await create(at.root, short)
    await forOthers(false)
    const listener = await listen(at.server.url, made.token ?? '')
    await at.root.call(users.setActive, { params: about(short), body: { active: false } })
    expect(await listener.closed).toBe(4000)
    await refused('api.context.session_expired.app_error', me(made))
  })

  it('comes when tokens are switched off, on the socket with its next action', async () => {
    const made = await create(scripter)
    const listener = await listen(at.server.url, made.token ?? '')
    await enable(false)
    await refused('api.context.session_expired.app_error', me(made))
    await refused('tokens.disabled', create(scripter))
    listener.act('ping').catch(() => undefined)
    expect(await listener.closed).toBe(4001)
    await enable(true)
    expect((await me(made)).id).toBe(scripter.id)
  })

  it('is listed in pages', async () => {
    const params = about(scripter)
    const all = await scripter.call(tokens.list, { params, query: { per_page: 200 } })
    const pages = [
      ...(await scripter.call(tokens.list, { params, query: { page: 0, per_page: 2 } })),
      ...(await scripter.call(tokens.list, { params, query: { page: 1, per_page: 2 } })),
    ]
    expect(all.length).toBeGreaterThan(3)
    expect(pages).toEqual(all.slice(0, 4))
  })
})
