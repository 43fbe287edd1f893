/**
 * The official web app, call by call: its requests, in order, when it is opened and after signing in, and
 * every field that it needs (protocol: boot). Plain requests, as a browser sends them, without our own
 * client.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelOf, direct, type Person, type Place, place, signUp } from '@plausch/testkit'
import type { Channel } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  aChannel,
  aChannelMember,
  aTeam,
  aTeamMember,
  aUser,
  type Browser,
  bool,
  browser,
  num,
  str,
  text,
} from './browser.ts'

let at: Place
let folder: string
let lea: Person
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plausch-web-'))
  await mkdir(join(folder, 'static'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(folder, 'static', 'main.1234.js'), 'void 0')
  at = await place({ webFolder: folder })
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  await channelOf(at.ana, at.team, 'O', [lea])
})
afterAll(async () => {
  await at.stop()
  await rm(folder, { recursive: true })
})

const signedIn = async (person: Person): Promise<Browser> => {
  const app = browser(at.server.url)
  await app.post('/users/login', {
    login_id: person.username,
    password: person.password,
    token: '',
    deviceId: '',
  })
  return app
}

describe('the sign-in page', () => {
  it('is the app at any path, and browsers keep its files for good', async () => {
    for (const path of ['/login', '/signup_user_complete', '/some-team/channels/town-square']) {
      const response = await fetch(`${at.server.url}${path}`)
      expect(response.headers.get('content-type')).toContain('text/html')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
    const script = await fetch(`${at.server.url}/static/main.1234.js`)
    expect(script.headers.get('cache-control')).toContain('immutable')
    expect((await fetch(`${at.server.url}/static/missing.js`)).status).toBe(404)
  })

  it('gets what it needs before anybody has signed in, all of it text', async () => {
    const app = browser(at.server.url)
    const config = await app.get('/config/client?format=old')
    text(config)
    expect(config).toMatchObject({
      SiteName: 'Plausch',
      EnableSignInWithEmail: 'true',
      EnableSignInWithUsername: 'true',
      EnableSignUpWithEmail: str,
      EnableOpenServer: str,
      EnableUserCreation: str,
      PasswordMinimumLength: str,
      DefaultClientLocale: str,
      NoAccounts: 'false',
      PluginsEnabled: str,
      DiagnosticId: str,
      EnableLdap: str,
      EnableSaml: str,
      Version: str,
      BuildNumber: str,
      WebsocketPort: str,
      WebsocketSecurePort: str,
      FeatureFlagWebSocketEventScope: 'true',
    })
    const license = await app.get('/license/client?format=old')
    text(license)
    expect(license).toHaveProperty('IsLicensed')
    expect((await app.ask('GET', '/license/client')).status).toBe(400)
    expect(await app.get('/plugins/webapp')).toEqual([])
    expect((await app.get('/system/ping')).status).toBe('OK')
  })

  it('shows v4’s texts for errors', async () => {
    const app = browser(at.server.url)
    const response = await app.ask('POST', '/users/login', { login_id: lea.username, password: 'wrong' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      id: 'api.user.login.invalid_credentials_email_username',
      status_code: 401,
      message: str,
      detailed_error: '',
      request_id: str,
    })
  })

  it('gets three cookies, of which the app reads two', async () => {
    const app = browser(at.server.url)
    const response = await app.ask('POST', '/users/login', { login_id: lea.username, password: lea.password })
    const lines = response.headers.getSetCookie()
    expect(lines.find((line) => line.startsWith('MMAUTHTOKEN='))).toMatch(/HttpOnly/i)
    expect(lines.find((line) => line.startsWith('MMUSERID='))).not.toMatch(/HttpOnly/i)
    expect(lines.find((line) => line.startsWith('MMCSRF='))).not.toMatch(/HttpOnly/i)
    expect(app.cookies.get('MMUSERID')).toBe(lea.id)
    expect(response.headers.get('token')).toBe(app.cookies.get('MMAUTHTOKEN'))
    expect(await response.json()).toMatchObject({ ...aUser, id: lea.id })
  })
})

describe('after signing in', () => {
  it('loads settings, person, preferences and teams', async () => {
    const app = await signedIn(lea)
    const config = await app.get('/config/client?format=old')
    text(config)
    for (const key of [
      'CollapsedThreads',
      'MaxPostSize',
      'MaxFileSize',
      'TeammateNameDisplay',
      'EnableUserTypingMessages',
      'TimeBetweenUserTypingUpdatesMilliseconds',
      'MaxNotificationsPerChannel',
      'EnableEmojiPicker',
      'EnableLinkPreviews',
      'PostEditTimeLimit',
      'RestrictDirectMessage',
      'EnableCustomUserStatuses',
      'EnableLastActiveTime',
      'UniqueEmojiReactionLimitPerPost',
      'CustomUrlSchemes',
      'MaxMarkdownNodes',
      'UsersStatusAndProfileFetchingPollIntervalMilliseconds',
      'EnableJoinLeaveMessageByDefault',
    ])
      expect(config, key).toHaveProperty(key)
    expect(config.CollapsedThreads).toBe('always_on')
    expect(await app.get('/users/me')).toMatchObject({ ...aUser, id: lea.id })
    expect(Array.isArray(await app.get('/users/me/preferences'))).toBe(true)
    expect(await app.get('/users/me/teams')).toEqual([expect.objectContaining(aTeam)])
    expect(await app.get('/users/me/teams/members')).toEqual([expect.objectContaining(aTeamMember)])
    const [unread] = await app.get('/users/me/teams/unread?include_collapsed_threads=true')
    expect(unread).toMatchObject({
      team_id: at.team.id,
      msg_count: num,
      mention_count: num,
      msg_count_root: num,
      mention_count_root: num,
      thread_count: num,
      thread_mention_count: num,
      thread_urgent_mention_count: num,
    })
    expect(await app.get('/limits/server')).toMatchObject({
      maxUsersLimit: num,
      maxUsersHardLimit: num,
      activeUserCount: num,
      postHistoryLimit: num,
      lastAccessiblePostTime: num,
    })
  })

  it('finds every role that its records name', async () => {
    const app = await signedIn(lea)
    const me = await app.get('/users/me')
    const [team] = await app.get('/users/me/teams/members')
    const lines = (await (await app.ask('GET', `/users/${lea.id}/channel_members?page=-1`)).text())
      .trim()
      .split('\n')
    const names = new Set(
      [me, team, ...lines.map((line) => JSON.parse(line))].flatMap(({ roles }) => roles.split(' ')),
    )
    const found = await app.post('/roles/names', [...names])
    expect(found.map((role: { name: string }) => role.name).sort()).toEqual([...names].sort())
    for (const role of found)
      expect(role).toMatchObject({ id: str, name: str, permissions: expect.any(Array) })
  })

  it('loads all channels at once, and all memberships as NDJSON', async () => {
    const app = await signedIn(lea)
    await direct(lea, at.bo)
    const all = await app.get('/users/me/channels')
    for (const channel of all) expect(channel).toMatchObject(aChannel)
    expect(all.find((channel: Channel) => channel.type === 'D')).toMatchObject({ team_id: '' })
    const response = await app.ask('GET', `/users/${lea.id}/channel_members?page=-1`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(all.length)
    for (const line of lines) {
      expect(line).toMatchObject({
        ...aChannelMember,
        team_display_name: str,
        team_name: str,
        team_update_at: num,
      })
    }
  })

  it('builds its sidebar, with threads, drafts and scheduled posts', async () => {
    const app = await signedIn(lea)
    const sidebar = await app.get(`/users/me/teams/${at.team.id}/channels/categories`)
    expect(sidebar.categories.map((each: { type: string }) => each.type)).toEqual([
      'favorites',
      'channels',
      'direct_messages',
    ])
    expect(sidebar.order).toEqual(sidebar.categories.map((each: { id: string }) => each.id))
    for (const category of sidebar.categories) {
      expect(category).toMatchObject({
        id: str,
        user_id: lea.id,
        team_id: at.team.id,
        sort_order: num,
        sorting: str,
        display_name: str,
        muted: bool,
        collapsed: bool,
        channel_ids: expect.any(Array),
      })
    }
    const threads = `/users/me/teams/${at.team.id}/threads`
    expect(await app.get(`${threads}?totalsOnly=true&threadsOnly=false`)).toMatchObject({
      total: num,
      total_unread_threads: num,
      total_unread_mentions: num,
      threads: [],
    })
    expect(await app.get(`/users/me/teams/${at.team.id}/drafts`)).toEqual([])
    const scheduled = await app.get(`/posts/scheduled/team/${at.team.id}?includeDirectChannels=true`)
    expect(typeof scheduled).toBe('object')
  })

  it('loads the people it shows, and their statuses', async () => {
    const app = await signedIn(lea)
    const [bo] = await app.post('/users/ids', [at.bo.id])
    expect(bo).toMatchObject({ ...aUser, id: at.bo.id, notify_props: {} })
    expect(await app.post('/users/group_channels', ['a'.repeat(26)])).toEqual({})
    expect((await app.get('/users?page=0&per_page=60')).length).toBeGreaterThan(0)
    expect(await app.post('/users/status/ids', [at.bo.id])).toEqual([
      expect.objectContaining({
        user_id: at.bo.id,
        status: str,
        manual: bool,
        last_activity_at: num,
        dnd_end_time: num,
      }),
    ])
    const image = await app.ask('GET', `/users/${at.bo.id}/image?_=0`)
    expect(image.headers.get('content-type')).toMatch(/^image\//)
    expect(await app.get('/teams?page=0&per_page=200')).toEqual([expect.objectContaining(aTeam)])
    await app.put('/users/me/preferences', [
      { user_id: lea.id, category: 'direct_channel_show', name: at.bo.id, value: 'true' },
    ])
    await app.put('/users/me/patch', {
      timezone: { useAutomaticTimezone: 'true', automaticTimezone: 'Europe/Berlin', manualTimezone: '' },
    })
    expect(await app.post('/emoji/names', ['no-such-emoji'])).toEqual([])
    expect(
      Array.isArray(await app.get(`/system/notices/${at.team.id}?client=web&clientVersion=11.6.0`)),
    ).toBe(true)
    expect(Array.isArray(await app.get('/custom_profile_attributes/fields'))).toBe(true)
    expect(Array.isArray(await app.get('/groups?page=0&per_page=60&filter_allow_reference=true'))).toBe(true)
    expect(
      await app.get(`/teams/${at.team.id}/groups_by_channels?paginate=false&filter_allow_reference=true`),
    ).toHaveProperty('groups')
  })
})
