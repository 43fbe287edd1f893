/** The rules for reconnecting: resume, loss, slow readers. Numbered in docs/develop/protocol.md. */
import { type Person, type Place, place, serverForTest, signIn, signUp } from '@plausch/testkit'
import { type EventFrame, presence } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { helloOf, open, openRaw, type PlainSocket, PONG } from './plain-socket.ts'

let at: Place
let lea: Person
let token: string
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  token = lea.api.token()
  // A manual status does not change when sockets connect and disconnect, and sends no event.
  await lea.call(presence.set, { params: { user_id: lea.id }, body: { user_id: lea.id, status: 'dnd' } })
})
afterAll(() => at.stop())

const hub = () => at.server.app.server.hub
let told = 0
/** Sends events with rising numbers in them; returns the last number. */
const tell = (count: number, to = lea.id): number => {
  for (let n = 0; n < count; n += 1) {
    told += 1
    hub().publish('preferences_changed', { preferences: String(told) }, { users: [to] })
  }
  return told
}
const texts = (socket: PlainSocket) =>
  socket
    .events()
    .filter((frame): frame is EventFrame<'preferences_changed'> => frame.event === 'preferences_changed')
    .map((frame) => Number(frame.data.preferences))
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)
const heard = (socket: PlainSocket, number: number) =>
  vi.waitFor(() => expect(texts(socket)).toContain(number), { timeout: 5000, interval: 5 })

type Known = { id: string; next: number }

/** A connection that has got `hello` and `count` events, and then lost its socket. */
const gone = async (count = 0): Promise<Known & { last: number }> => {
  const socket = await open(at.server, { token })
  const id = (await helloOf(socket)).data.connection_id
  const last = tell(count)
  if (count > 0) await heard(socket, last)
  socket.ws.terminate()
  await vi.waitFor(() => expect(hub().find(id, lea.id)?.isAttached).toBe(false), { interval: 2 })
  return { id, next: count + 1, last }
}
const back = ({ id, next }: Known, as = token) =>
  open(at.server, { token: as, query: { connection_id: id, sequence_number: String(next) } })

/** Checks that it resumed: no `hello`, and the next event has the next number. */
const expectResumed = async (socket: PlainSocket, known: Known, missed: number[]) => {
  const last = tell(1)
  await heard(socket, last)
  expect(texts(socket)).toEqual([...missed, last])
  expect(socket.events().map((frame) => frame.seq)).toEqual(numbers(known.next, missed.length + 1))
  expect(socket.events().some((frame) => frame.event === 'hello')).toBe(false)
}

const expectAfresh = async (socket: PlainSocket, known: Known) => {
  const hello = await helloOf(socket)
  expect(hello).toMatchObject({ seq: 0 })
  expect(hello.data.connection_id).not.toBe(known.id)
  const last = tell(1)
  await heard(socket, last)
  expect(texts(socket)).toEqual([last])
  expect(socket.events().map((frame) => frame.seq)).toEqual([0, 1])
}

describe('reconnecting', () => {
  it('W9: continues without `hello` if nothing was missed', async () => {
    const known = await gone(3)
    await expectResumed(await back(known), known, [])
  })

  it.each([1, 127, 128, 129, 255])('W11: gets %i events that happened meanwhile', async (count) => {
    const known = await gone()
    const last = tell(count)
    await expectResumed(await back(known), known, numbers(last - count + 1, count))
  })

  it.each([1, 127, 128])(
    'W10: gets the last %i events again that were sent but not received',
    async (count) => {
      const known = await gone(200)
      const earlier = { id: known.id, next: known.next - count }
      await expectResumed(await back(earlier), earlier, numbers(known.last - count + 1, count))
    },
  )

  it('W10 W11: gets both kinds in one sequence', async () => {
    const known = await gone(150)
    const earlier = { id: known.id, next: known.next - 100 }
    const last = tell(200)
    await expectResumed(await back(earlier), earlier, numbers(last - 299, 300))
  })

  it('W10 W12: starts afresh after 129 events that were sent but not received', async () => {
    const known = await gone(200)
    await expectAfresh(await back({ id: known.id, next: known.next - 129 }), known)
  })

  it('W12: starts afresh after 10,000 events, and nothing was kept for it', async () => {
    const known = await gone()
    tell(10_000)
    expect(hub().find(known.id, lea.id)).toBeUndefined()
    await expectAfresh(await back(known), known)
  })

  it('W11: misses low-value events, without a gap in the numbers', async () => {
    const known = await gone()
    const first = tell(1)
    for (let n = 0; n < 500; n += 1)
      hub().publish('status_change', { user_id: lea.id, status: 'away' }, { users: [lea.id] })
    tell(1)
    await expectResumed(await back(known), known, [first, first + 1])
  })

  it('W11: starts afresh after five minutes', async () => {
    const known = await gone()
    hub().sweep(Date.now(), performance.now() + 4 * 60_000)
    expect(hub().find(known.id, lea.id)).toBeDefined()
    hub().sweep(Date.now(), performance.now() + 6 * 60_000)
    expect(hub().find(known.id, lea.id)).toBeUndefined()
    await expectAfresh(await back(known), known)
  })

  it('W12: starts afresh with a future number, an unknown id, another person or session', async () => {
    const known = await gone(2)
    const others = [
      { known: { id: 'a'.repeat(26), next: 3 }, as: token, to: lea.id },
      { known, as: at.bo.api.token(), to: at.bo.id },
      { known, as: (await signIn(at.server, lea.username)).api.token(), to: lea.id },
    ]
    for (const { known: claimed, as, to } of others) {
      const secret = tell(1)
      const socket = await back(claimed, as)
      const hello = await helloOf(socket)
      expect(hello.data.connection_id).not.toBe(known.id)
      await heard(socket, tell(1, to))
      expect(texts(socket)).not.toContain(secret)
    }
    const later = await gone(2)
    await expectAfresh(await back({ id: later.id, next: later.next + 1 }), later)
  })

  it('W13: closes with a malformed id, or without a number', async () => {
    const known = await gone()
    const queries: Record<string, string>[] = [
      { connection_id: 'short', sequence_number: '1' },
      { connection_id: known.id.toUpperCase(), sequence_number: '1' },
      { connection_id: known.id },
      { connection_id: known.id, sequence_number: 'x' },
      { connection_id: known.id, sequence_number: '-1' },
      { connection_id: known.id, sequence_number: '1e3' },
    ]
    for (const query of queries) {
      const socket = await open(at.server, { token, query })
      expect(await socket.closed, JSON.stringify(query)).toBe(4001)
      expect(socket.events()).toEqual([])
    }
    await expectResumed(await back(known), known, [])
  })

  it('W14: on a second socket takes the connection from the first, whose end no longer matters', async () => {
    const first = await open(at.server, { token })
    const id = (await helloOf(first)).data.connection_id
    const second = await back({ id, next: 1 })
    expect(await first.closed).toBe(4000)
    await vi.waitFor(() => expect(hub().find(id, lea.id)?.isAttached).toBe(true))
    const last = tell(2)
    await heard(second, last)
    expect(texts(second)).toEqual([last - 1, last])
    expect(texts(first)).toEqual([])
    expect(hub().isOnline(lea.id)).toBe(true)
  })

  it('W14: leaves the older socket unheard, even if its client ignores the close', async () => {
    const [raw, ana] = [await openRaw(at.server, token), await at.ana.listen()]
    const id = /"connection_id":"(\w{26})"/.exec(raw.received())?.[1] ?? ''
    await back({ id, next: 1 })
    await vi.waitFor(() => expect(raw.received()).toContain('the connection ended'), { interval: 2 })
    const data = { channel_id: at.townSquare.id }
    raw.sendText(JSON.stringify({ seq: 1, action: 'user_typing', data }))
    await ana.settle()
    expect(ana.all('typing')).toEqual([])
    expect(raw.received()).not.toContain('seq_reply')
  })

  it('works with a challenge as with a header', async () => {
    const known = await gone(1)
    const missed = tell(2)
    const socket = await open(at.server, {
      query: { connection_id: known.id, sequence_number: String(known.next) },
    })
    expect((await socket.ask({ seq: 1, action: 'authentication_challenge', data: { token } })).status).toBe(
      'OK',
    )
    await expectResumed(socket, known, [missed - 1, missed])
  })
})

describe('events that a pong confirms', () => {
  /** A client of a separate server gets 1, 2 and 3, a ping, and then 4 and 5. */
  const pinged = async (autoPong: boolean) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const server = await serverForTest()
    const root = await signUp(server, 'root')
    await root.call(presence.set, { params: { user_id: root.id }, body: { user_id: root.id, status: 'dnd' } })
    const tell = (...texts: string[]) => {
      for (const preferences of texts)
        server.app.server.hub.publish('preferences_changed', { preferences }, { users: [root.id] })
    }
    const socket = await open(server, { token: root.api.token(), autoPong })
    const id = (await helloOf(socket)).data.connection_id
    tell('1', '2', '3')
    await heard(socket, 3)
    const ping = new Promise((resolve) => socket.ws.once('ping', resolve))
    vi.advanceTimersByTime(66_000)
    const said = String(await ping)
    // Answered after everything that was sent before: after the pong, if there was one.
    await socket.ask({ seq: 1, action: 'ping' })
    tell('4', '5')
    await heard(socket, 5)
    /** The events that a reconnecting client gets if it expects this number. */
    const got = async (next: number) => {
      const query = { connection_id: id, sequence_number: String(next) }
      const again = await open(server, { token: root.api.token(), query })
      await again.ask({ seq: 1, action: 'ping' })
      tell('6')
      await heard(again, 6)
      return again.events().map(({ event, seq }) => (event === 'hello' ? event : seq))
    }
    return { said, got }
  }

  it('W10: are not sent again; later events are', async () => {
    const { said, got } = await pinged(true)
    expect(said).toBe('4')
    expect(await got(4)).toEqual([4, 5, 6])
  })

  it('W12: are lost to a client that asks for them all the same, and it starts afresh', async () => {
    const { got } = await pinged(true)
    expect(await got(3)).toEqual(['hello', 1])
  })

  it('W10: are sent again if nothing confirmed them', async () => {
    const { got } = await pinged(false)
    expect(await got(1)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('W14: on an abandoned socket do not count as confirmed', async () => {
    const raw = await openRaw(at.server, token)
    const id = /"connection_id":"(\w{26})"/.exec(raw.received())?.[1] ?? ''
    const last = tell(3)
    const known = { id, next: 1 }
    const second = await back(known)
    await heard(second, last)
    const gone = new Promise((resolve) => raw.socket.once('close', resolve))
    raw.sendText('4', PONG)
    raw.socket.end()
    await gone
    await expectResumed(await back(known), known, numbers(last - 2, 3))
  })
})

describe('W15: a slow reader', () => {
  const KIB = 'x'.repeat(1024)
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const tellMuch = (text: string) =>
    hub().publish('preferences_changed', { preferences: text }, { users: [lea.id] })
  const tellLittle = () =>
    hub().publish('status_change', { user_id: lea.id, status: 'away' }, { users: [lea.id] })

  /** Two readers of the same events, one of which has stopped reading. */
  const two = async () => {
    const fast = await open(at.server, { token })
    const slow = await open(at.server, { token })
    const id = (await helloOf(slow)).data.connection_id
    await helloOf(fast)
    slow.ws.pause()
    onTestFinished(() => slow.ws.terminate())
    const connection = hub().find(id, lea.id)
    if (!connection) throw new Error('the slow one is not there')
    return { fast, slow, connection }
  }

  type Readers = Awaited<ReturnType<typeof two>>

  /**
   * Sends events to both until the slow one lags, and one more event; returns how many there were when both
   * have got it, and the last.
   */
  const untilSlowLags = async (
    { fast, slow, connection }: Readers,
    text: (n: number) => string,
    most: number,
  ) => {
    let sent = 0
    let isLeftOut = false
    while (!isLeftOut && sent < most) {
      sent += 1
      tellMuch(text(sent))
      await turn()
      const before = connection.next
      tellLittle()
      isLeftOut = connection.next === before
    }
    expect(isLeftOut).toBe(true)
    const last = tell(1)
    await heard(fast, last)
    slow.ws.resume()
    await heard(slow, last)
    return { sent, last }
  }

  it('misses low-value events first, without a gap in the numbers', async () => {
    const readers = await two()
    const { fast, slow } = readers
    const { sent } = await untilSlowLags(readers, () => KIB.repeat(32), 400)
    for (const { events } of [fast, slow])
      expect(events().map((frame) => frame.seq)).toEqual(numbers(0, events().length))
    const count = (socket: PlainSocket, event: string) =>
      socket.events().filter((frame) => frame.event === event).length
    expect(count(fast, 'status_change')).toBe(sent)
    expect(count(slow, 'status_change')).toBeLessThan(sent)
    expect(count(slow, 'preferences_changed')).toBe(sent + 1)
  })

  it('gets everything if it reads slowly', async () => {
    const readers = await two()
    const { fast, slow } = readers
    const { sent, last } = await untilSlowLags(readers, (n) => String(-n).padEnd(1500), 4000)
    for (const socket of [fast, slow])
      expect(texts(socket)).toEqual([...numbers(1, sent).map((n) => -n), last])
  })

  it('is closed when too much waits for it; others do not notice', async () => {
    const { fast, slow, connection } = await two()
    let sent = 0
    while (connection.isAttached && sent < 2000) {
      sent += 1
      tellMuch(KIB.repeat(64))
      await turn()
    }
    const figures = await at.server.app.server.metrics.registry.metrics()
    expect(figures).toContain('plausch_sockets_closed_slow_total 1\n')
    // Our 4 MiB and the kernel's buffers on both sides hold only a part of it.
    expect(sent).toBeLessThan(400)
    slow.ws.resume()
    await slow.closed
    const last = tell(1)
    await heard(fast, last)
    expect(fast.events().filter((frame) => frame.event === 'preferences_changed')).toHaveLength(sent + 1)
    expect(fast.events().map((frame) => frame.seq)).toEqual(numbers(0, fast.events().length))
  })

  it('shares a budget: forty that do not read are closed before each reaches its own limit', async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, () => open(at.server, { token })))
    onTestFinished(() => {
      for (const socket of sockets) socket.ws.terminate()
    })
    const connections = []
    for (const socket of sockets) {
      const connection = hub().find((await helloOf(socket)).data.connection_id, lea.id)
      if (connection) connections.push(connection)
      socket.ws.pause()
    }
    expect(connections).toHaveLength(40)
    let most = 0
    for (let sent = 0; sent < 400 && connections.every(({ isAttached }) => isAttached); sent += 1) {
      tellMuch(KIB.repeat(60))
      await turn()
      most = Math.max(
        most,
        connections.reduce((sum, { unsent }) => sum + unsent, 0),
      )
    }
    expect(connections.some(({ isAttached }) => !isAttached)).toBe(true)
    // Each of them alone could have 4 MiB: 160 MiB together.
    expect(most).toBeLessThan(100 * 1024 * 1024)
  })
})
