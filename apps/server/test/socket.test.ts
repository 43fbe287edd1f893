/** The rules of the socket: handshake, authentication, frames, end. Numbered in docs/develop/protocol.md. */
import { type Person, type Place, place, serverForTest, signIn, signUp, startServer } from '@plausch/testkit'
import { type EventFrame, sessions, settings, users } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { addressOf, helloOf, open, openRaw, type PlainSocket } from './plain-socket.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
afterEach(() => vi.useRealTimers())

const asBo = () => ({ token: at.bo.api.token() })
const hub = () => at.server.app.server.hub
const tell = (userId: string, text = '[]') =>
  hub().publish('preferences_changed', { preferences: text }, { users: [userId] })
const ping = (seq = 1) => ({ seq, action: 'ping' })

describe('the beginning', () => {
  it('W1: is hello, with number 0', async () => {
    const socket = await open(at.server, asBo())
    const hello = await helloOf(socket)
    expect(socket.frames[0]).toEqual(hello)
    expect(hello).toMatchObject({ seq: 0, broadcast: { user_id: at.bo.id }, data: { server_hostname: '' } })
    expect(hello.data.connection_id).toMatch(/^[a-z0-9]{26}$/)
    expect(hello.data.server_version).toBe(
      (await at.bo.fetch('/api/v4/system/ping')).headers.get('x-version-id'),
    )
    const other = await helloOf(await open(at.server, asBo()))
    expect(other.data.connection_id).not.toBe(hello.data.connection_id)
  })

  it('W2 W3: numbers every event of a connection without a gap, and no reply', async () => {
    const [one, two] = [await open(at.server, asBo()), await open(at.server, asBo())]
    await Promise.all([helloOf(one), helloOf(two)])
    for (let n = 1; n <= 30; n += 1) {
      tell(at.bo.id)
      if (n % 3 === 0)
        expect(await one.ask(ping(n))).toMatchObject({
          status: 'OK',
          seq_reply: n,
          data: { text: 'pong', node_id: '' },
        })
    }
    for (const socket of [one, two]) {
      await vi.waitFor(() =>
        expect(socket.events().filter((frame) => frame.event === 'preferences_changed')).toHaveLength(30),
      )
      expect(socket.events().map((frame) => frame.seq)).toEqual(socket.events().map((_, index) => index))
    }
    const replies = one.frames.filter((frame) => 'seq_reply' in frame)
    expect(replies).toHaveLength(10)
    for (const reply of replies) expect(reply).not.toHaveProperty('seq')
  })
})

describe('authentication', () => {
  const challenge = (token: unknown, seq = 1) => ({
    seq,
    action: 'authentication_challenge',
    data: { token },
  })

  it('W4: comes with the header, the cookie, or the first frame', async () => {
    const token = at.bo.api.token()
    const ways: (() => Promise<PlainSocket>)[] = [
      () => open(at.server, { headers: { authorization: `bearer ${token}` } }),
      () => open(at.server, { headers: { cookie: `MMAUTHTOKEN=${token}` } }),
      async () => {
        const socket = await open(at.server)
        expect(await socket.ask(challenge(token))).toMatchObject({ status: 'OK', seq_reply: 1 })
        return socket
      },
    ]
    for (const way of ways) {
      const socket = await way()
      expect((await helloOf(socket)).broadcast.user_id).toBe(at.bo.id)
      expect((await socket.ask(ping(2))).status).toBe('OK')
      expect((await socket.ask(challenge('whatever', 3))).status).toBe('OK')
    }
  })

  it('W4: is answered after the `hello`, or without one if a connection resumes', async () => {
    const token = at.bo.api.token()
    const first = await open(at.server)
    expect(await first.ask(challenge(token))).toEqual({ status: 'OK', seq_reply: 1 })
    expect(first.frames).toMatchObject([{ event: 'hello', seq: 0 }, { seq_reply: 1 }])
    const query = { connection_id: (await helloOf(first)).data.connection_id, sequence_number: '1' }
    const again = await open(at.server, { query })
    expect(await again.ask(challenge(token))).toEqual({ status: 'OK', seq_reply: 1 })
    expect(again.events()).toEqual([])
    expect((await again.ask(ping(2))).status).toBe('OK')
  })

  it('W4: must come within five seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const [silent, said] = [await open(at.server), await open(at.server)]
    expect(await said.ask(challenge(at.bo.api.token()))).toMatchObject({ status: 'OK' })
    vi.advanceTimersByTime(4900)
    expect(await silent.ask(ping())).toMatchObject({
      error: { id: 'api.web_socket_router.not_authenticated.app_error', status_code: 401 },
    })
    vi.advanceTimersByTime(10_000)
    expect(await silent.closed).toBe(4001)
    expect(silent.events()).toEqual([])
    expect((await said.ask(ping(2))).status).toBe('OK')
  })

  it('W5: with a bad token closes the socket, at once', async () => {
    for (const token of ['bad', '', 7, null, 'x'.repeat(3000)]) {
      const socket = await open(at.server)
      socket.send(challenge(token))
      expect(await socket.closed).toBe(4001)
      expect(socket.events()).toEqual([])
    }
    await expect(open(at.server, { token: 'bad' })).rejects.toThrow('refused with 401')
    const stale = await open(at.server, { headers: { cookie: 'MMAUTHTOKEN=stale' } })
    expect(await stale.ask(challenge(at.bo.api.token()))).toMatchObject({ status: 'OK' })
  })

  it('W6: from a page of another site is refused', async () => {
    const host = new URL(at.server.url).host
    const from = (origin: string) => open(at.server, { ...asBo(), headers: { origin } })
    await helloOf(await from(`http://${host}`))
    await helloOf(await from(`https://${host}`))
    for (const origin of [
      'https://evil.example',
      'null',
      `http://${host}.evil.example`,
      'http://127.0.0.1:1',
      'nonsense',
    ]) {
      await expect(from(origin), origin).rejects.toThrow('refused with 403')
    }
    const ServiceSettings = {
      SiteURL: 'https://chat.example.org',
      AllowCorsFrom: 'https://a.example https://b.example',
    }
    await at.root.call(settings.patch, { body: { ServiceSettings } })
    for (const origin of ['https://chat.example.org', 'https://b.example']) await helloOf(await from(origin))
    for (const origin of ['http://chat.example.org', 'https://example.org', 'https://b.example.evil']) {
      await expect(from(origin), origin).rejects.toThrow('refused with 403')
    }
    await at.root.call(settings.patch, { body: { ServiceSettings: { SiteURL: '', AllowCorsFrom: '' } } })
  })

  it('works at one path only', async () => {
    const url = addressOf(at.server).replace('/api/v4/websocket', '/api/v4/websockets')
    const status = await new Promise((resolve) => {
      const ws = new WebSocket(url, { headers: { authorization: `Bearer ${at.bo.api.token()}` } })
      ws.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      ws.once('error', () => undefined)
    })
    expect(status).toBe(404)
  })
})

describe('frames', () => {
  it('W7: that are too long, binary or too many close the socket', async () => {
    const fits = await open(at.server, asBo())
    await helloOf(fits)
    expect((await fits.ask({ ...ping(), data: { pad: 'x'.repeat(8192 - 60) } })).status).toBe('OK')
    fits.send('x'.repeat(8193))
    expect(await fits.closed).toBe(1009)
    const binary = await open(at.server, asBo())
    binary.ws.send(Buffer.from(JSON.stringify(ping())))
    expect(await binary.closed).toBe(1003)
    const many = await open(at.server, asBo())
    for (let n = 1; n <= 301; n += 1) many.send(ping(n))
    expect(await many.closed).toBe(1008)
    expect(many.frames.filter((frame) => 'seq_reply' in frame).length).toBeLessThanOrEqual(300)
  })

  it.each<[string, object | string, string, number]>([
    ['no JSON', 'hello?', 'api.web_socket_router.no_action.app_error', 0],
    ['no object', '[1]', 'api.web_socket_router.no_action.app_error', 0],
    ['no action', { seq: 4 }, 'api.web_socket_router.no_action.app_error', 4],
    ['number 0', { seq: 0, action: 'ping' }, 'api.web_socket_router.bad_seq.app_error', 0],
    ['a number below 0', { seq: -5, action: 'ping' }, 'api.web_socket_router.bad_seq.app_error', -5],
    ['no number', { action: 'ping' }, 'api.web_socket_router.bad_seq.app_error', 0],
    ['a number that is none', { seq: '1', action: 'ping' }, 'api.web_socket_router.bad_seq.app_error', 0],
    ['an unknown action', { seq: 2, action: 'fly' }, 'api.web_socket_router.bad_action.app_error', 2],
    [
      'a name that objects have',
      { seq: 3, action: 'constructor' },
      'api.web_socket_router.bad_action.app_error',
      3,
    ],
    [
      'data of the wrong shape',
      { seq: 9, action: 'user_typing', data: { channel_id: 7 } },
      'api.context.invalid_body_param.app_error',
      9,
    ],
  ])('W8: with %s are refused, and the socket stays', async (_, frame, id, seq) => {
    const socket = await open(at.server, asBo())
    await helloOf(socket)
    socket.send(frame)
    const refused = await socket.until((each) => 'seq_reply' in each)
    expect(refused).toMatchObject({
      status: 'FAIL',
      seq_reply: seq,
      error: { id, detailed_error: '', status_code: 400 },
    })
    expect((await socket.ask(ping(10))).status).toBe('OK')
  })

  it('of any length arrive unchanged', async () => {
    const socket = await open(at.server, asBo())
    await helloOf(socket)
    const lengths = [0, 1, 60, 125, 126, 127, 300, 65_000, 65_535, 65_536, 70_000, 200_000]
    for (const length of lengths) tell(at.bo.id, 'ä'.repeat(length))
    await vi.waitFor(() => expect(socket.events().at(-1)?.seq).toBe(lengths.length))
    const texts = socket
      .events()
      .slice(1)
      .map((frame) => (frame as EventFrame<'preferences_changed'>).data.preferences)
    expect(texts.map((text) => text.length)).toEqual(lengths)
    expect(texts.every((text) => /^ä*$/.test(text))).toBe(true)
  })
})

describe('the end', () => {
  it('W16: of the session closes the socket at once, whatever the client does', async () => {
    const person = await signUp(at.server, 'ends', at.team.invite_id)
    const ends: ((fresh: Person) => Promise<unknown>)[] = [
      (fresh) => fresh.call(sessions.logout),
      () => at.root.call(sessions.revokeAll, { params: { user_id: person.id } }),
      () => at.root.call(users.setActive, { params: { user_id: person.id }, body: { active: false } }),
    ]
    for (const end of ends) {
      const fresh = await signIn(at.server, person.username)
      const socket = await open(at.server, { token: fresh.api.token() })
      await helloOf(socket)
      await end(fresh)
      expect(await socket.closed).toBe(4000)
      tell(person.id)
      expect(socket.events().filter((frame) => frame.event === 'preferences_changed')).toEqual([])
    }
  })

  it('W16: is final: the server ignores a client that keeps sending', async () => {
    const person = await signUp(at.server, 'talker', at.team.invite_id)
    const raw = await openRaw(at.server, person.api.token())
    raw.sendText(JSON.stringify(ping(1)))
    await vi.waitFor(() => expect(raw.received()).toContain('"seq_reply":1'))
    const ana = await at.ana.listen()
    await at.root.call(sessions.revokeAll, { params: { user_id: person.id } })
    raw.sendText(JSON.stringify(ping(2)))
    raw.sendText(JSON.stringify({ seq: 3, action: 'user_typing', data: { channel_id: at.townSquare.id } }))
    await ana.settle()
    expect(raw.received()).not.toContain('"seq_reply":2')
    expect(ana.all('typing')).toEqual([])
  })

  it('W16: of a session also ends a socket that is just opening', async () => {
    const person = await signUp(at.server, 'opener', at.team.invite_id)
    for (let round = 0; round < 5; round += 1) {
      const { api } = await signIn(at.server, person.username)
      const openings = [1, 2, 3].map(() => open(at.server, { token: api.token() }).catch(() => undefined))
      await Promise.all([...openings, at.root.call(sessions.revokeAll, { params: { user_id: person.id } })])
      for (const opening of openings) await (await opening)?.closed
      expect(hub().isOnline(person.id)).toBe(false)
    }
  })

  it('W23: comes for a silent client, not for one that answers pings', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'performance'] })
    const server = await serverForTest()
    const root = await signUp(server, 'root')
    const [alive, dead] = [
      await open(server, { token: root.api.token() }),
      await openRaw(server, root.api.token()),
    ]
    await helloOf(alive)
    let pings = 0
    alive.ws.on('ping', () => {
      pings += 1
    })
    const gone = new Promise((resolve) => dead.socket.once('close', resolve))
    for (let round = 1; round <= 2; round += 1) {
      vi.advanceTimersByTime(66_000)
      await vi.waitFor(() => expect(pings).toBe(round), { interval: 5 })
      expect((await alive.ask(ping(round))).status).toBe('OK')
    }
    await gone
    expect(dead.received()).toContain('\x89')
    expect((await alive.ask(ping(3))).status).toBe('OK')
  })

  it('W23: does not come through a proxy with a time-out of a minute, because pings come sooner', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'performance'] })
    const server = await serverForTest()
    const root = await signUp(server, 'root')
    const socket = await open(server, { token: root.api.token() })
    await helloOf(socket)
    let pings = 0
    socket.ws.on('ping', () => {
      pings += 1
    })
    for (let minute = 1; minute <= 3; minute += 1) {
      vi.advanceTimersByTime(59_000)
      await vi.waitFor(() => expect(pings).toBeGreaterThanOrEqual(minute), { interval: 5 })
      expect((await socket.ask(ping(minute))).status).toBe('OK')
    }
  })

  it('of the server closes sockets with 1001, and leaves nothing of their connections', async () => {
    const server = await startServer()
    const root = await signUp(server, 'root')
    const socket = await open(server, { token: root.api.token() })
    await helloOf(socket)
    expect(server.app.server.hub.counts()).toMatchObject({ connections: 1, users: 1 })
    await server.stop()
    expect(await socket.closed).toBe(1001)
    expect(server.app.server.hub.counts()).toEqual({ connections: 0, users: 0, audiences: 0 })
  })
})
