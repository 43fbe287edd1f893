import { createApi } from '@plausch/client'
import { type Post, posts, sessions, settings, teams, users } from '@plausch/wire'
import { describe, expect, it } from 'vitest'
import { clusterOf, freshFolder } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, PASSWORD, plausch, signIn, signUp, startServer, usedFolder } from './server-process.ts'

const everywhere = { PLAUSCH_LISTEN: '0.0.0.0:0' }
const adminArgs = ['user', 'create', '--email', 'root@example.org', '--username', 'root', '--admin']

describe('becoming administrator', () => {
  it('needs the one-time code of the start if others can reach the server', async () => {
    const server = await startServer(await usedFolder(), everywhere)
    const code = /one-time code: (\S+)/.exec(server.out())?.[1] ?? ''
    expect(code).toMatch(/^[a-z0-9]{26}$/)
    // People who read the logs must not become administrator.
    expect(server.err()).not.toContain(code)
    await expect(signUp(server.url, 'eve')).rejects.toMatchObject({ id: 'onboarding.code', status: 403 })
    await expect(signUp(server.url, 'eve', { t: 'a'.repeat(26) })).rejects.toMatchObject({
      id: 'onboarding.code',
    })
    const { user } = await signUp(server.url, 'root', { t: code })
    expect(user.roles).toBe('system_admin system_user')
    // The code works only once.
    await expect(signUp(server.url, 'eve', { t: code })).rejects.toMatchObject({
      id: 'api.user.create_user.signup_link_invalid.app_error',
    })
  })

  it('also works by a command, beside the running server or without one', async () => {
    const data = await freshFolder()
    const env = { PLAUSCH_DATA: data }
    const before = await plausch(adminArgs, env)
    expect(before).toMatchObject({ code: 0, err: '' })
    const password = /^Password: (\S+)$/m.exec(before.out)?.[1] ?? ''
    expect((await findSurvivors(clusterOf(data))).all).toEqual([])

    const server = await startServer(data, everywhere)
    expect(server.out()).not.toContain('one-time code')
    const { user } = await signIn(server.url, 'root', password)
    expect(user.roles).toBe('system_admin system_user')
  })

  it('by a command invalidates the code', async () => {
    const data = await usedFolder()
    const server = await startServer(data, everywhere)
    const code = /one-time code: (\S+)/.exec(server.out())?.[1] ?? ''
    const made = await plausch([...adminArgs, '--password-stdin'], { PLAUSCH_DATA: data }, `${PASSWORD}\n`)
    expect(made).toEqual({ code: 0, out: 'The administrator root was created.\n', err: '' })
    await expect(signUp(server.url, 'eve', { t: code })).rejects.toMatchObject({
      id: 'api.user.create_user.signup_link_invalid.app_error',
    })
    expect((await signIn(server.url, 'root')).user.roles).toBe('system_admin system_user')
  })
})

describe('commands beside a running server', () => {
  it('create accounts and tokens that it accepts at once', async () => {
    const data = await usedFolder()
    const env = { PLAUSCH_DATA: data }
    const server = await startServer(data)
    const { admin, team, townSquare } = await begin(server.url)
    const root = admin.api(server.url)
    const patch = {
      TeamSettings: { ExperimentalPrimaryTeam: team.name },
      ServiceSettings: { EnableUserAccessTokens: true },
    }
    await root.call(settings.patch, { body: patch })

    const args = ['user', 'create', '--email', 'Ana@example.org', '--username', 'Ana', '--password-stdin']
    expect(await plausch(args, env, `${PASSWORD}\n`)).toMatchObject({ code: 0, err: '' })
    const ana = await signIn(server.url, 'ana')
    expect(ana.user).toMatchObject({ username: 'ana', email: 'ana@example.org', roles: 'system_user' })
    // As with any other sign-up, she is in the default team, and a system message notes that she joined.
    const own = await ana.api(server.url).call(teams.listOfUser, { params: { user_id: ana.user.id } })
    expect(own.map(({ id }) => id)).toEqual([team.id])

    const made = await plausch(['token', 'create', '--user', 'ana', '--description', 'a script'], env)
    expect(made).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^[a-z0-9]{26}\n$/) })
    const script = createApi({ baseUrl: server.url, token: made.out.trim() })
    expect(await script.call(users.get, { params: { user_id: 'me' } })).toMatchObject({ id: ana.user.id })
    const post: Post = await script.call(posts.create, {
      body: { channel_id: townSquare, message: 'from a script' },
    })
    expect(post.user_id).toBe(ana.user.id)
    expect((await findSurvivors(clusterOf(data))).postmaster).not.toBeNull()
    expect(await server.stop()).toEqual({ code: 0, signal: null })
  })

  it('report errors, and change nothing', async () => {
    const data = await usedFolder()
    const env = { PLAUSCH_DATA: data }
    const server = await startServer(data)
    await begin(server.url)
    const create = (email: string, username: string, password: string) =>
      plausch(['user', 'create', '--email', email, '--username', username, '--password-stdin'], env, password)
    const cases: [Promise<{ code: number | null; out: string; err: string }>, number, RegExp][] = [
      [create('admin@example.org', 'other', PASSWORD), 1, /e-mail/],
      [create('other@example.org', 'admin', PASSWORD), 1, /username/],
      [create('nothing', 'other', PASSWORD), 1, /e-mail/],
      [create('other@example.org', 'other', 'short'), 1, /characters/],
      [create('other@example.org', 'other', 'Password123'), 1, /guessed first/],
      [create('other@example.org', 'other', ''), 1, /no password/],
      [plausch(['user', 'create', '--email', 'x@example.org'], env), 2, /--username is missing/],
      [plausch(['user', 'create', '--mail', 'x@example.org'], env), 2, /--mail/],
      [plausch(['token', 'create', '--user', 'nobody', '--description', 'x'], env), 1, /no account nobody/],
      [plausch(['users'], env), 2, /no command 'users'/],
      [plausch(['version'], { ...env, PLAUSCH_NONSENSE: '1' }), 0, /^$/],
      [
        plausch(['user', 'create', '--email', 'a@b.de', '--username', 'a'], { PLAUSCH_NONSENSE: '1' }),
        1,
        /NONSENSE/,
      ],
    ]
    for (const [attempt, code, message] of cases) {
      const result = await attempt
      expect(result.err).toMatch(message)
      expect(result.code).toBe(code)
      expect(result.err).not.toContain('    at ')
    }
    const api = createApi({ baseUrl: server.url })
    await expect(
      api.call(sessions.login, { body: { login_id: 'other', password: PASSWORD } }),
    ).rejects.toThrow()
  })
})
