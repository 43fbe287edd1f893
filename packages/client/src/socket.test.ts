import type { AddressInfo } from 'node:net'
import type { EventFrame } from '@plausch/wire'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket as Peer, WebSocketServer } from 'ws'
import { retryDelay, Socket, type SocketStatus } from './socket.ts'

type Visit = { peer: Peer; query: URLSearchParams; send(event: string, seq: number, data?: object): void }

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A real server that handles each socket as the test says, and answers pings unless told not to. */
const scene = async (onVisit: (visit: Visit, n: number) => void, answersPings = true) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const visits: Visit[] = []
  server.on('connection', (peer, request) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams
    const send = (event: string, seq: number, data: object = {}) =>
      peer.send(JSON.stringify({ event, data, broadcast: {}, seq }))
    peer.on('message', (raw) => {
      const frame = JSON.parse(String(raw)) as { seq: number; action: string; data: { token?: string } }
      if (frame.action === 'ping' && answersPings)
        peer.send(JSON.stringify({ status: 'OK', seq_reply: frame.seq }))
      if (frame.action === 'authentication_challenge') actions.push(frame.data.token ?? '')
    })
    const visit = { peer, query, send }
    onVisit(visit, visits.push(visit))
  })
  const actions: string[] = []
  const events: string[] = []
  const hellos: boolean[] = []
  const statuses: SocketStatus[] = []
  const socket = new Socket({
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4/websocket`,
    token: () => 'secret',
    onEvent: (frame: EventFrame) => events.push(`${frame.event}/${frame.seq}`),
    onStatus: (status) => statuses.push(status),
    onHello: (isFirst) => hellos.push(isFirst),
  })
  ends.push(() => {
    socket.close()
    for (const client of server.clients) client.terminate()
    server.close()
  })
  socket.open()
  return { visits, actions, events, hellos, statuses, socket }
}

const hello = { server_version: '11', connection_id: 'c'.repeat(26), server_hostname: '' }

describe('socket', () => {
  test('sends the token, reports `hello` once, and passes events on', async () => {
    const { events, hellos, statuses, actions } = await scene(({ send }) => {
      send('hello', 0, hello)
      send('posted', 1)
      send('typing', 2)
    })
    await vi.waitFor(() => expect(events).toEqual(['posted/1', 'typing/2']))
    expect(hellos).toEqual([true])
    await vi.waitFor(() => expect(actions).toEqual(['secret']))
    expect(statuses.slice(0, 2)).toEqual(['connecting', 'open'])
  })

  test('resumes with its id and the next number it expects, without a second `hello`', async () => {
    const { visits, events, hellos } = await scene(({ send, peer }, n) => {
      if (n === 1) {
        send('hello', 0, hello)
        send('posted', 1)
        setTimeout(() => peer.terminate(), 20)
      } else send('posted', 2)
    })
    await vi.waitFor(() => expect(events).toEqual(['posted/1', 'posted/2']), 4000)
    expect(visits[1]?.query.get('connection_id')).toBe(hello.connection_id)
    expect(visits[1]?.query.get('sequence_number')).toBe('2')
    expect(hellos).toEqual([true])
  })

  test('reports missed events when the server starts a new stream', async () => {
    const { hellos, events } = await scene(({ send, peer }, n) => {
      send('hello', 0, { ...hello, connection_id: String(n).repeat(26) })
      if (n === 1) setTimeout(() => peer.terminate(), 20)
      else send('posted', 1)
    })
    await vi.waitFor(() => expect(hellos).toEqual([true, false]), 4000)
    await vi.waitFor(() => expect(events).toEqual(['posted/1']))
  })

  test('never ignores a gap: asks for a new stream instead', async () => {
    const { visits, events } = await scene(({ send }, n) => {
      send('hello', 0, hello)
      if (n === 1) send('posted', 2)
    })
    await vi.waitFor(() => expect(visits).toHaveLength(2), 4000)
    expect(visits[1]?.query.get('connection_id')).toBe('')
    expect(events).toEqual([])
  })

  test('does not retry after it was closed', async () => {
    const { socket, statuses } = await scene(({ send }) => send('hello', 0, hello))
    await vi.waitFor(() => expect(statuses).toContain('open'))
    socket.close()
    expect(socket.status).toBe('closed')
    await expect(socket.ask('ping')).rejects.toThrow('not open')
    expect(socket.tell('user_typing')).toBe(false)
  })

  test('an answer that has not come before the connection is lost is a failure', async () => {
    const { socket, visits } = await scene(({ send }) => send('hello', 0, hello), false)
    await vi.waitFor(() => expect(socket.status).toBe('open'))
    const asked = socket.ask('get_statuses')
    visits[0]?.peer.terminate()
    await expect(asked).rejects.toThrow('lost')
  })
})

test('retries come at once, then quickly, then rarely, and not all clients at the same moment', () => {
  expect(retryDelay(0, () => 0.5)).toBe(500)
  for (const random of [() => 0, () => 0.999]) {
    for (let n = 1; n < 12; n++) expect(retryDelay(n, random)).toBeLessThanOrEqual(3000)
    for (let n = 12; n < 40; n++) expect(retryDelay(n, random)).toBeLessThanOrEqual(30_000)
  }
  expect(retryDelay(30, () => 0)).toBe(15_000)
})
