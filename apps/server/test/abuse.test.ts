/** Abuse: excessive input, and ways around a guard. The numbers in brackets are those of the abuse tests. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { mentionWords } from '@plausch/markdown'
import {
  channelOf,
  direct,
  listen,
  type Place,
  place,
  refused,
  serverForTest,
  signUp,
  write,
} from '@plausch/testkit'
import { channels, home, members, posts, preferences, sessions, unreads, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

describe('becoming the first administrator of a server on loopback (19, 28)', () => {
  const account = { username: 'root', email: 'root@example.org', password: 'correct horse battery' }

  /** Signs up with headers that `fetch` would not send. */
  const attempt = (url: string, headers: Record<string, string>, code = '') =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const sent = request(`${url}/api/v4/users?t=${code}`, { method: 'POST', headers }, (response) => {
        let body = ''
        response.on('data', (part) => {
          body += String(part)
        })
        response.on('end', () => resolve({ status: response.statusCode, body }))
      })
      sent.on('error', reject)
      sent.end(JSON.stringify(account))
    })

  it('needs the code of the start if somebody else could be asking', async () => {
    const server = await serverForTest()
    const { host } = new URL(server.url)
    const others: Record<string, string>[] = [
      // Through a proxy on this machine.
      { 'x-forwarded-for': '203.0.113.9' },
      { host: 'chat.example.org' },
      // From a page of another site, which may send JSON as text.
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      { origin: 'null' },
      // From a page of another site whose host name resolves to this machine.
      {
        host: `evil.example:${new URL(server.url).port}`,
        origin: `http://evil.example:${new URL(server.url).port}`,
      },
    ]
    for (const headers of others) {
      for (const code of ['', 'guess']) {
        const { status, body } = await attempt(server.url, headers, code)
        expect([status, JSON.parse(body).id], JSON.stringify(headers)).toEqual([403, 'onboarding.code'])
      }
    }
    expect(await server.app.pool.rows('select from users')).toEqual([])
    const { status, body } = await attempt(
      server.url,
      { 'x-forwarded-for': '203.0.113.9', host },
      server.app.firstCode,
    )
    expect([status, JSON.parse(body).roles]).toEqual([201, 'system_admin system_user'])
  })

  it('needs no code for a page of ours, or a program, on this machine', async () => {
    for (const isPage of [true, false]) {
      const server = await serverForTest()
      const { status } = await attempt(server.url, isPage ? { origin: server.url } : {})
      expect(status).toBe(201)
    }
  })
})

describe('signing out (28)', () => {
  const logout = (headers: Record<string, string>) =>
    fetch(`${at.server.url}/api/v4/users/logout`, { method: 'POST', body: 'a=b', headers })

  it('by a form on another site does not make the browser drop its cookies', async () => {
    const forged = await logout({ origin: 'https://evil.example', 'content-type': 'text/plain' })
    expect(forged.headers.getSetCookie()).toEqual([])
    const own = await logout({ 'x-requested-with': 'XMLHttpRequest' })
    expect(own.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual([
      'MMAUTHTOKEN',
      'MMUSERID',
      'MMCSRF',
    ])
  })
})

describe('conversations of others (1, A1)', () => {
  it('tell an administrator who brings two people together nothing of their messages', async () => {
    const channel = await direct(at.ana, at.bo)
    await at.ana.call(channels.patch, { params: { channel_id: channel.id }, body: { header: 'between us' } })
    await write(at.ana, channel, 'psst')
    const seen = await at.root.call(channels.createDirect, { body: [at.bo.id, at.ana.id] })
    expect(seen).toMatchObject({
      id: channel.id,
      header: '',
      total_msg_count: 0,
      total_msg_count_root: 0,
      last_post_at: 0,
      last_root_post_at: 0,
      update_at: channel.create_at,
    })
    expect(await direct(at.bo, at.ana)).toMatchObject({ header: 'between us' })
  })
})

describe('a removed member (11)', () => {
  it('who was away does not get later what was waiting for them', async () => {
    const member = await signUp(at.server, 'gone', at.team.invite_id)
    const channel = await channelOf(at.ana, at.team, 'P', [member])
    const token = member.api.token()
    const before = await listen(at.server.url, token)
    await before.settle()
    const resume = { id: before.connectionId, next: before.events.length }
    before.close()
    await before.closed
    await write(at.ana, channel, 'xylophon')
    await at.ana.call(members.remove, { params: { channel_id: channel.id, user_id: member.id } })
    const after = await listen(at.server.url, token, { resume })
    // The client gets the other waiting events.
    await after.next('user_removed')
    await after.settle()
    expect(JSON.stringify(after.events)).not.toContain('xylophon')
  })

  it('who was connected does not get events again', async () => {
    const member = await signUp(at.server, 'gone', at.team.invite_id)
    const channel = await channelOf(at.ana, at.team, 'P', [member])
    const token = member.api.token()
    const before = await listen(at.server.url, token)
    await write(at.ana, channel, 'xylophon')
    await before.next('posted', (data) => data.post.includes('xylophon'))
    await at.ana.call(members.remove, { params: { channel_id: channel.id, user_id: member.id } })
    await before.next('user_removed')
    before.close()
    await before.closed
    const after = await listen(at.server.url, token, { resume: { id: before.connectionId, next: 1 } })
    await after.settle()
    expect(JSON.stringify(after.events)).not.toContain('xylophon')
  })

  it('who misses nothing resumes, and hears of the removal', async () => {
    const member = await signUp(at.server, 'gone', at.team.invite_id)
    const channel = await channelOf(at.ana, at.team, 'P', [member])
    const before = await listen(at.server.url, member.api.token())
    await before.settle()
    const resume = { id: before.connectionId, next: before.events.length }
    before.close()
    await before.closed
    await at.ana.call(members.remove, { params: { channel_id: channel.id, user_id: member.id } })
    const after = await listen(at.server.url, member.api.token(), { resume })
    expect(await after.next('user_removed')).toMatchObject({ channel_id: channel.id })
    expect(after.connectionId).toBe(resume.id)
  })
})

describe('words that mention (A5)', () => {
  it('cannot be hidden by the keyword of somebody else', async () => {
    const channel = await channelOf(at.ana, at.team, 'P', [at.bo])
    const params = { user_id: 'me' }
    await at.eve.call(users.patch, {
      params,
      body: { notify_props: { mention_keys: `@${at.bo.username}.,@${at.bo.username}` } },
    })
    const read = () => at.bo.call(members.get, { params: { channel_id: channel.id, user_id: at.bo.id } })
    const { mention_count } = await read()
    await write(at.ana, channel, `Thank you, @${at.bo.username}.`)
    expect((await read()).mention_count).toBe(mention_count + 1)
  })
})

describe('too much (31, 32)', () => {
  it('text is not read again to mark a post as unread', async () => {
    const channel = await channelOf(at.ana, at.team, 'P', [at.bo])
    const first = await write(at.ana, channel, 'first')
    const long = `@${at.bo.username} ${'x'.repeat(16_000)}`
    for (let each = 0; each < 20; each += 1) await write(at.ana, channel, long)
    const total = (await at.bo.call(channels.get, { params: { channel_id: channel.id } })).total_msg_count
    const unread = await at.bo.call(unreads.markUnread, {
      params: { user_id: 'me', post_id: first.id },
      body: {},
    })
    expect(total - unread.msg_count).toBe(21)
    // The newest 200,000 characters.
    expect(unread.mention_count).toBe(12)
  })

  it('data in preferences is refused, and keeps the existing ones', async () => {
    const person = await signUp(at.server, 'hoarder', at.team.invite_id)
    const params = { user_id: 'me' }
    const some = (serial: number, length: number) =>
      Array.from({ length: 14 }, (_, index) => ({
        user_id: person.id,
        category: 'hoard',
        name: `${serial}-${index}`,
        value: 'v'.repeat(length),
      }))
    const save = (serial: number) => person.call(preferences.save, { params, body: some(serial, 20_000) })
    for (let serial = 0; serial < 14; serial += 1) await save(serial)
    await refused('preferences.limit', save(14))
    expect(await person.call(preferences.list, { params })).toHaveLength(14 * 14)
    // Existing preferences can still be changed and removed.
    await person.call(preferences.save, { params, body: some(0, 1) })
    await person.call(preferences.remove, { params, body: some(1, 1) })
    await save(14)
    expect((await person.call(home.get)).preferences).toHaveLength(14 * 14)
  })

  it('data in a body is refused before it is read', async () => {
    const body = `[${'[],'.repeat(800_000)}0]`
    const response = await at.bo.fetch('/api/v4/users/me/preferences', { method: 'PUT', body })
    expect(response.status).toBe(413)
  })

  it('nesting is refused or stored, and breaks nothing', async () => {
    for (const depth of [100, 1000, 3000, 10_000, 100_000]) {
      const props = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
      const body = `{"channel_id":"${at.townSquare.id}","message":"deep","props":${props}}`
      const response = await at.bo.fetch('/api/v4/posts', { method: 'POST', body })
      expect([201, 400]).toContain(response.status)
    }
    const page = await at.ana.call(posts.listInChannel, { params: { channel_id: at.townSquare.id } })
    expect(page.order.length).toBeGreaterThan(0)
  })

  it('alternative readings of names are not looked up', () => {
    const repeated = `@bo${'.'.repeat(120)} `.repeat(130)
    const different = Array.from({ length: 120 }, (_, index) => `@bo${index}${'.'.repeat(120)}`).join(' ')
    for (const message of [repeated, different]) {
      const { words, exact, readings } = mentionWords(message)
      expect(words.length + exact.length + readings.flat().length).toBeLessThan(3500)
    }
    expect(mentionWords(repeated).words).toContain('@bo')
  })

  it('connections of one person end the oldest, first those whose client is away', async () => {
    const person = await signUp(at.server, 'many', at.team.invite_id)
    const token = person.api.token()
    const { counts } = at.server.app.server.hub
    const before = counts().connections
    const left = await listen(at.server.url, token)
    const first = await listen(at.server.url, token)
    left.close()
    await left.closed
    for (let each = 2; each < 100; each += 1) await listen(at.server.url, token)
    expect(counts().connections - before).toBe(100)
    await listen(at.server.url, token)
    expect(counts().connections - before).toBe(100)
    await first.settle()
    await listen(at.server.url, token)
    expect(await first.closed).toBe(4000)
    expect(counts().connections - before).toBe(100)
  })

  it('sessions end the one that was unused for longest', async () => {
    const person = await signUp(at.server, 'many', at.team.invite_id)
    await at.server.app.pool.run(
      `insert into sessions (id, token_hash, csrf, user_id, create_at, expires_at, last_activity_at, props)
       select lpad(n::text, 26, '0'), 'abuse' || n, '', $1, 1, $2, n, '{}' from generate_series(1, 499) as n`,
      [person.id, Date.now() + 3_600_000],
    )
    const params = { user_id: 'me' }
    const list = async () => (await person.call(sessions.list, { params })).map((session) => session.id)
    expect(await list()).toContain('1'.padStart(26, '0'))
    await person.call(sessions.login, { body: { login_id: person.username, password: person.password } })
    const ids = await list()
    expect(ids).toHaveLength(500)
    expect(ids).not.toContain('1'.padStart(26, '0'))
    expect(ids).toContain('2'.padStart(26, '0'))
  })
})

describe('a hostile address (13)', () => {
  it('in a socket request is refused, and is no fault of the server', async () => {
    const { port } = new URL(at.server.url)
    const logged = at.server.logged.length
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET // HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
      )
      socket.once('data', (bytes) => resolve(String(bytes)))
      socket.once('error', reject)
      socket.once('close', () => resolve('closed'))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 404/)
    expect(at.server.logged.slice(logged).filter((line) => line.includes('"level":50'))).toEqual([])
  })
})
