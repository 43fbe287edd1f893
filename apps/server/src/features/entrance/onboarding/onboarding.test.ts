import { createApi } from '@plausch/client'
import {
  dropDatabase,
  freshDatabase,
  type Person,
  type Place,
  place,
  refused,
  serverForTest,
  signIn,
  signUp,
  startServer,
  stranger,
  type TestServer,
  unique,
} from '@plausch/testkit'
import { accounts, channels, onboarding, settings, type Team, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const PASSWORD = 'correct horse battery'
const account = (more: object = {}) => {
  const username = unique('neu')
  return { username, email: `${username}@example.org`, password: PASSWORD, ...more }
}
const attempt = (server: TestServer, body: ReturnType<typeof account>, query: object = {}) =>
  stranger(server).call(onboarding.signUp, { query, body })
const invited = (body = account(), server = at.server) => attempt(server, body, { iid: at.team.invite_id })
const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const countAccounts = async () => (await at.root.call(users.stats)).total_users_count
const teamsOf = async (person: Person) =>
  (await person.call(teams.listOfUser, { params: { user_id: 'me' } })).map((team) => team.id)

describe('the first account', () => {
  it('becomes the administrator; of several at the same moment exactly one does', async () => {
    const server = await serverForTest()
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => attempt(server, account())))
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(made.map((user) => user.roles)).toEqual(['system_admin system_user'])
    const rows = await server.app.pool.rows<{ roles: string }>('select roles from users')
    expect(rows).toEqual([{ roles: 'system_admin system_user' }])
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ id: 'onboarding.closed', status: 403 })
    }
  })

  it('needs the printed code if others can reach the server, and the code works once', async () => {
    const server = await serverForTest({ isPublic: true })
    const code = server.app.firstCode
    expect(code).toMatch(/^[a-z0-9]{26}$/)
    for (const t of ['', 'guess', code.slice(1), `${code}x`])
      await refused('onboarding.code', attempt(server, account(), { t }))
    expect(await server.app.pool.rows('select from users')).toEqual([])
    const results = await Promise.allSettled([1, 2, 3].map(() => attempt(server, account(), { t: code })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    await refused(
      'api.user.create_user.signup_link_invalid.app_error',
      attempt(server, account(), { t: code }),
    )
    expect(server.logged.join('\n')).not.toContain(code)
  })

  it('of a server that has an account needs no code after the next start either', async () => {
    const databaseUrl = await freshDatabase()
    onTestFinished(() => dropDatabase(databaseUrl))
    const first = await startServer({}, databaseUrl)
    await attempt(first, account())
    await first.stop()
    const again = await startServer({ isPublic: true }, databaseUrl)
    onTestFinished(() => again.stop())
    expect(again.app.firstCode).toBe('')
    await refused('onboarding.closed', attempt(again, account()))
  })
})

describe('signing up', () => {
  it('by a team’s link leads into that team, and everybody gets an event about the person', async () => {
    const { bo, eve, team } = at
    const sockets = [await bo.listen(), await eve.listen()]
    const body = account({ first_name: 'Nova', nickname: 'N', position: 'P', locale: 'de' })
    const user = await invited(body)
    expect(user).toMatchObject({
      username: body.username,
      roles: 'system_user',
      first_name: 'Nova',
      locale: 'de',
      email: body.email,
    })
    expect(JSON.stringify(user)).not.toContain(PASSWORD)
    for (const socket of sockets)
      expect(await socket.next('new_user', (data) => data.user_id === user.id)).toEqual({ user_id: user.id })
    const person = await signIn(at.server, body.username)
    expect(await teamsOf(person)).toEqual([team.id])
    const names = (await person.call(channels.listOfUser, { params: { user_id: 'me' } })).map(
      (channel) => channel.name,
    )
    expect(names).toEqual(['off-topic', 'town-square'])
  })

  it('without a link is refused, unless the settings or an administrator allow it', async () => {
    await refused('onboarding.closed', attempt(at.server, account()))
    await refused('onboarding.invite', attempt(at.server, account(), { iid: 'a'.repeat(26) }))
    await refused('onboarding.invite', attempt(at.server, account(), { iid: 'no id' }))
    await refused('onboarding.closed', at.ana.call(onboarding.signUp, { body: account() }))
    expect((await at.root.call(onboarding.signUp, { body: account() })).roles).toBe('system_user')
    await config({ TeamSettings: { EnableOpenServer: true } })
    expect((await attempt(at.server, account())).roles).toBe('system_user')
    await config({ TeamSettings: { EnableOpenServer: false, EnableUserCreation: false } })
    await refused('onboarding.disabled', invited())
    expect((await at.root.call(onboarding.signUp, { body: account() })).roles).toBe('system_user')
    await config({
      TeamSettings: { EnableUserCreation: true },
      EmailSettings: { EnableSignUpWithEmail: false },
    })
    await refused('onboarding.disabled', invited())
    await config({ EmailSettings: { EnableSignUpWithEmail: true } })
    await invited()
  })

  it('refuses invalid accounts, and creates nothing', async () => {
    const before = await countAccounts()
    const taken = at.bo.user
    const cases: [object, Parameters<typeof refused>[0]][] = [
      [{ username: 'Ä' }, 'users.username'],
      [{ username: 'all' }, 'users.username'],
      [{ username: taken.username.toUpperCase() }, 'app.user.save.username_exists.app_error'],
      [{ email: taken.email.toUpperCase() }, 'app.user.save.email_exists.app_error'],
      [{ email: 'nowhere' }, 'users.email'],
      [{ email: 'a b@c.d' }, 'users.email'],
      [{ email: 'a@b@c.d' }, 'users.email'],
      [{ password: 'short' }, 'model.user.is_valid.pwd_min_length.app_error'],
      [{ password: undefined }, 'model.user.is_valid.pwd_min_length.app_error'],
      [{ password: 'x'.repeat(73) }, 'model.user.is_valid.pwd_max_length.app_error'],
      [{ locale: 'x' }, 'users.locale'],
      [{ username: '' }, 'api.context.invalid_body_param.app_error'],
      [{ first_name: 'x'.repeat(65) }, 'api.context.invalid_body_param.app_error'],
      [{ email: `${'x'.repeat(128)}@example.org` }, 'api.context.invalid_body_param.app_error'],
      [{ nickname: 'a\0b' }, 'api.context.invalid_body_param.app_error'],
      [{ notify_props: { mention_keys: 7 } }, 'api.context.invalid_body_param.app_error'],
      [
        { notify_props: Object.fromEntries([1, 2].map((n) => [n, 'x'.repeat(8000)])) },
        'api.context.invalid_body_param.app_error',
      ],
    ]
    for (const [more, code] of cases) await refused(code, invited(account(more)))
    expect(await countAccounts()).toBe(before)
  })

  it('gives nobody more rights than intended', async () => {
    const more = {
      roles: 'system_admin',
      id: 'a'.repeat(26),
      delete_at: 5,
      is_bot: true,
      email_verified: true,
      auth_service: 'ldap',
    }
    const user = await invited(account(more))
    expect(user).toMatchObject({
      roles: 'system_user',
      delete_at: 0,
      is_bot: false,
      email_verified: false,
      auth_service: '',
    })
    expect(user.id).not.toBe(more.id)
  })

  it('gives a name and an address to one person, however many ask at the same moment', async () => {
    const socket = await at.bo.listen()
    const [one, two] = [account(), account()]
    const sameName = [one, { ...one, email: `x${one.email}` }, one]
    const sameAddress = [two, { ...two, username: unique('zwei') }, two]
    for (const bodies of [sameName, sameAddress]) {
      const results = await Promise.allSettled(bodies.map((body) => invited(body)))
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    }
    await socket.settle()
    expect(socket.all('new_user')).toHaveLength(2)
  })

  it('is refused by the link of a team whose members groups decide', async () => {
    const params = { team_id: at.team.id }
    const decide = (group_constrained: boolean) =>
      at.root.call(teams.patch, { params, body: { group_constrained } })
    await decide(true)
    const before = await countAccounts()
    await refused('app.team.invite_id.group_constrained.error', invited())
    expect(await countAccounts()).toBe(before)
    await decide(false)
    await invited()
  })

  it('respects the domains of the server and of the team', async () => {
    await config({ TeamSettings: { RestrictCreationToDomains: 'desy.de' } })
    await refused('onboarding.domain', invited())
    expect((await invited(account({ email: `${unique('x')}@DESY.de` }))).roles).toBe('system_user')
    await config({ TeamSettings: { RestrictCreationToDomains: '' } })
    const params = { team_id: at.team.id }
    await at.root.call(teams.patch, { params, body: { allowed_domains: 'desy.de' } })
    const before = await countAccounts()
    await refused('onboarding.domain', invited())
    expect(await countAccounts()).toBe(before)
    await at.root.call(teams.patch, { params, body: { allowed_domains: '' } })
  })

  it('with an unverified address does not lead into a team that is bound to a domain', async () => {
    const bound = await at.root.call(teams.create, {
      body: { name: unique('bound'), display_name: 'Bound', type: 'I', allowed_domains: 'example.org' },
    })
    const byLink = (body = account()) => attempt(at.server, body, { iid: bound.invite_id })
    const before = await countAccounts()
    await refused('teams.unproven', byLink())
    await refused('onboarding.domain', byLink(account({ email: `${unique('x')}@desy.de` })))
    expect(await countAccounts()).toBe(before)
    // If addresses are verified before anybody signs in, people follow the link after that.
    await config({ EmailSettings: { RequireEmailVerification: true } })
    const made = account()
    const { id } = await byLink(made)
    await refused('onboarding.domain', byLink(account({ email: `${unique('x')}@desy.de` })))
    await at.root.call(accounts.verifyMember, { params: { user_id: id } })
    await config({ EmailSettings: { RequireEmailVerification: false } })
    const person = await signIn(at.server, made.username)
    expect(await teamsOf(person)).toEqual([])
    await person.call(teams.joinByInvite, { query: { invite_id: bound.invite_id } })
    expect(await teamsOf(person)).toEqual([bound.id])
  })
})

describe('the primary team', () => {
  it('is the first one and exists once; earlier and later people join it', {
    timeout: 15_000,
  }, async () => {
    const server = await serverForTest()
    const root = await signUp(server, 'root')
    const early = account()
    await root.call(onboarding.signUp, { body: early })
    const earlier = await signIn(server, early.username)
    const first = (by: Person, name = unique('first')) =>
      by.call(onboarding.firstTeam, { body: { name, display_name: 'Everybody' } })
    await refused('api.context.permissions.app_error', first(earlier))
    await refused('teams.name', first(root, 'x'))
    const results = await Promise.allSettled([first(root), first(root), first(root)])
    const made = results.flatMap((result): Team[] => (result.status === 'fulfilled' ? [result.value] : []))
    expect(made).toHaveLength(1)
    const [team] = made
    expect(team).toMatchObject({ type: 'I', invite_id: expect.stringMatching(/^[a-z0-9]{26}$/) })
    await refused('api.context.permissions.app_error', first(root))
    const late = account()
    await root.call(onboarding.signUp, { body: late })
    expect(await teamsOf(await signIn(server, late.username))).toEqual([team?.id])
    await vi.waitFor(async () => expect(await teamsOf(earlier)).toEqual([team?.id]), {
      timeout: 10_000,
      interval: 100,
    })
    const invitedToo = createApi({ baseUrl: server.url })
    expect(
      (await invitedToo.call(onboarding.signUp, { query: { iid: team?.invite_id }, body: account() })).roles,
    ).toBe('system_user')
  })

  it('accepts only verified addresses if it is bound to a domain; people join after the verification', {
    timeout: 15_000,
  }, async () => {
    const server = await serverForTest()
    const root = await signUp(server, 'root')
    const make = () =>
      root.call(teams.create, {
        body: { name: unique('all'), display_name: 'All', type: 'I', allowed_domains: 'example.org' },
      })
    const team = await make()
    const set = (body: Record<string, Record<string, unknown>>) => root.call(settings.patch, { body })
    await set({ TeamSettings: { EnableOpenServer: true } })
    const [proven, claimed, elsewhere] = [account(), account(), account({ email: `${unique('x')}@desy.de` })]
    const api = createApi({ baseUrl: server.url })
    const people = []
    for (const body of [proven, claimed, elsewhere]) people.push(await api.call(onboarding.signUp, { body }))
    const verify = (id = '') => root.call(accounts.verifyMember, { params: { user_id: id } })
    await verify(people[0]?.id)
    await verify(people[2]?.id)
    // People who already have accounts: those who fit join, and the others delay nobody.
    await set({ TeamSettings: { ExperimentalPrimaryTeam: team.name } })
    const [first, second] = [await signIn(server, proven.username), await signIn(server, claimed.username)]
    await vi.waitFor(async () => expect(await teamsOf(first)).toEqual([team.id]), {
      timeout: 10_000,
      interval: 100,
    })
    expect(await teamsOf(second)).toEqual([])
    await verify(second.id)
    expect(await teamsOf(second)).toEqual([team.id])
    // People who sign up later.
    const late = account()
    const made = await api.call(onboarding.signUp, { body: late })
    const third = await signIn(server, late.username)
    expect(await teamsOf(third)).toEqual([])
    await verify(made.id)
    expect(await teamsOf(third)).toEqual([team.id])
    const given = account()
    await root.call(onboarding.signUp, { body: given })
    expect(await teamsOf(await signIn(server, given.username))).toEqual([team.id])
  })
})
