/** The hub with many connections, on streams in memory instead of sockets. */
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import type { Connection } from './connection.ts'
import { openHub } from './hub.ts'
import { openMetrics } from './metrics.ts'

const begin = () => {
  const told: string[] = []
  const hub = openHub(openMetrics(), pino({ level: 'silent' }), {
    firstOpened: (id) => told.push(`+${id}`),
    lastClosed: (id) => told.push(`-${id}`),
  })
  return { hub, told }
}
type Hub = ReturnType<typeof begin>['hub']

/** The texts of unmasked frames, by RFC 6455, section 5.2. */
const framesIn = (bytes: Buffer): string[] => {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 127
    const [header, length] =
      short === 126
        ? [4, bytes.readUInt16BE(at + 2)]
        : short === 127
          ? [10, bytes.readUIntBE(at + 4, 6)]
          : [2, short]
    texts.push(bytes.toString('utf8', at + header, at + header + length))
    at += header + length
  }
  return texts
}

type Reader = {
  connection: Connection
  frames(): { event: string; seq: number; data: Record<string, unknown> }[]
  reasons: string[]
}

const owner = (userId: string, more = {}) => ({
  userId,
  sessionId: `s-${userId}`,
  expiresAt: Number.POSITIVE_INFINITY,
  isAdmin: false,
  isGuest: false,
  ...more,
})

const connect = async (hub: Hub, userId: string, keys: string[], more = {}): Promise<Reader> => {
  const connection = await hub.open(owner(userId, more), false, async () => keys)
  const [stream, pieces, reasons]: [PassThrough, Buffer[], string[]] = [new PassThrough(), [], []]
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  hub.attach(connection, stream, (reason) => reasons.push(reason))
  return {
    connection,
    frames: () => framesIn(Buffer.concat(pieces)).map((text) => JSON.parse(text)),
    reasons,
  }
}

const say = (hub: Hub, channel: string, text: string) =>
  hub.publish('channel_updated', { channel: text }, { channel })
const texts = (reader: Reader) => reader.frames().map((frame) => frame.data.channel)

describe('W19: large audiences', () => {
  it('keep the order of a channel for everybody, and let small ones overtake', async () => {
    const { hub } = begin()
    const many = await Promise.all(
      Array.from({ length: 1200 }, (_, n) => connect(hub, `u${n}`, ['channel:large'])),
    )
    const [first, last] = [many[0], many.at(-1)]
    const small = await connect(hub, 'small', ['channel:small'])
    for (let n = 0; n < 5; n += 1) say(hub, 'large', `${n}`)
    say(hub, 'small', 'quick')
    await vi.waitFor(() => expect(small.frames()).toHaveLength(1), { interval: 1 })
    expect(first?.frames().length).toBeGreaterThan(0)
    expect(last?.frames()).toEqual([])
    await vi.waitFor(() => expect(last?.frames()).toHaveLength(5), { interval: 1 })
    for (const reader of many) {
      expect(texts(reader)).toEqual(['0', '1', '2', '3', '4'])
      expect(reader.frames().map((frame) => frame.seq)).toEqual([0, 1, 2, 3, 4])
    }
  })

  it('keep the order while people come and go', async () => {
    const { hub } = begin()
    const many = await Promise.all(
      Array.from({ length: 1200 }, (_, n) => connect(hub, `u${n}`, ['channel:large'])),
    )
    say(hub, 'large', 'one')
    // People who were to be served later move up to those who are served at once.
    hub.leave(
      'channel:large',
      Array.from({ length: 400 }, (_, n) => `u${n}`),
    )
    say(hub, 'large', 'two')
    await vi.waitFor(() => expect(many.at(-1)?.frames()).toHaveLength(2), { interval: 1 })
    for (const reader of many.slice(400)) expect(texts(reader)).toEqual(['one', 'two'])
  })

  it('do not wait for members who are away', async () => {
    const { hub } = begin()
    for (let n = 0; n < 1200; n += 1) await hub.open(owner(`u${n}`), false, async () => ['channel:large'])
    const here = await connect(hub, 'here', ['channel:large'])
    say(hub, 'large', 'quick')
    for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(here.frames()).toHaveLength(1)
  })

  it('leave out people who went while the event was being sent', async () => {
    const { hub } = begin()
    const many = await Promise.all(
      Array.from({ length: 1100 }, (_, n) => connect(hub, `u${n}`, ['channel:large'])),
    )
    say(hub, 'large', 'secret')
    hub.leave('channel:large', ['u1099'])
    hub.endUser('u1098')
    await vi.waitFor(() => expect(many[1097]?.frames()).toHaveLength(1), { interval: 1 })
    expect(many[1099]?.frames()).toEqual([])
    expect(many[1098]?.frames()).toEqual([])
    expect(many[1098]?.reasons).toEqual(['ended'])
  })
})

describe('audiences', () => {
  it('are united, less the exceptions', async () => {
    const { hub } = begin()
    const [ana, bo, chief] = [
      await connect(hub, 'ana', ['team:t', 'channel:c']),
      await connect(hub, 'bo', ['team:t']),
      await connect(hub, 'chief', [], { isAdmin: true }),
    ]
    const second = await connect(hub, 'ana', [])
    const deliveries: [object, number[]][] = [
      [{ channel: 'c' }, [1, 1, 0, 0]],
      [{ team: 't' }, [1, 1, 1, 0]],
      [{ team: 't', omitUsers: ['ana'] }, [0, 0, 1, 0]],
      [{ everyone: true }, [1, 1, 1, 1]],
      [{ everyone: true, admins: true }, [0, 0, 0, 1]],
      [{ everyone: true, admins: false }, [1, 1, 1, 0]],
      [{ users: ['bo', 'nobody'] }, [0, 0, 1, 0]],
      [{ users: ['bo'], channel: 'c' }, [0, 0, 1, 0]],
      [{ channel: 'c', omitConnection: second.connection.id }, [1, 0, 0, 0]],
      [{ channel: 'nothing' }, [0, 0, 0, 0]],
    ]
    const readers = [ana, second, bo, chief]
    for (const [audience, expected] of deliveries) {
      const before = readers.map((reader) => reader.frames().length)
      hub.publish('channel_updated', { channel: 'x' }, audience)
      const heard = () => readers.map((reader, index) => reader.frames().length - (before[index] ?? 0))
      await vi.waitFor(() => expect(heard(), JSON.stringify(audience)).toEqual(expected), { interval: 1 })
    }
  })

  it('that change while they are being loaded have the latest state', async () => {
    const { hub } = begin()
    let loaded: (keys: string[]) => void = () => undefined
    const opening = hub.open(owner('ana'), false, () => new Promise((resolve) => (loaded = resolve)))
    hub.join('channel:new', ['ana'])
    hub.leave('channel:old', ['ana'])
    loaded(['channel:old', 'channel:kept'])
    const connection = await opening
    const stream = new PassThrough()
    hub.attach(connection, stream, () => undefined)
    for (const channel of ['new', 'old', 'kept']) say(hub, channel, channel)
    await new Promise((resolve) => setImmediate(resolve))
    expect(framesIn(stream.read() as Buffer).map((text) => JSON.parse(text).data.channel)).toEqual([
      'new',
      'kept',
    ])
  })

  it('of a user who leaves before they are loaded leave nothing behind', async () => {
    const { hub } = begin()
    let loaded: (keys: string[]) => void = () => undefined
    const opening = hub.open(owner('ana'), false, () => new Promise((resolve) => (loaded = resolve)))
    hub.endUser('ana')
    loaded(['channel:c'])
    const connection = await opening
    expect(hub.find(connection.id, 'ana')).toBeUndefined()
    expect(hub.counts()).toEqual({ connections: 0, users: 0, audiences: 0 })
    const again = await connect(hub, 'ana', ['channel:c'])
    say(hub, 'c', 'once')
    await vi.waitFor(() => expect(again.frames()).toHaveLength(1))
  })

  it('that cannot be loaded make the opening fail, and the next one loads them again', async () => {
    const { hub } = begin()
    const broken = async (): Promise<string[]> => {
      throw new Error('no database')
    }
    await expect(hub.open(owner('ana'), false, broken)).rejects.toThrow('no database')
    expect(hub.counts()).toEqual({ connections: 0, users: 0, audiences: 0 })
    const again = await connect(hub, 'ana', ['channel:c'])
    say(hub, 'c', 'x')
    await vi.waitFor(() => expect(again.frames()).toHaveLength(1))
  })
})

describe('presence', () => {
  it("is told of a person's first socket and of the last, not of those between", async () => {
    const { hub, told } = begin()
    const [one, two] = [
      await hub.open(owner('ana'), false, async () => []),
      await hub.open(owner('ana'), false, async () => []),
    ]
    const [first, second, third] = [new PassThrough(), new PassThrough(), new PassThrough()]
    hub.attach(one, first, () => undefined)
    hub.attach(two, second, () => undefined)
    expect(told).toEqual(['+ana'])
    expect(hub.onlineUsers()).toEqual(['ana'])
    hub.detach(one, first)
    hub.attach(two, third, () => undefined)
    hub.detach(two, second)
    expect(hub.isOnline('ana')).toBe(true)
    hub.detach(two, third)
    hub.detach(two, third)
    expect(told).toEqual(['+ana', '-ana'])
    expect(hub.isOnline('ana')).toBe(false)
  })
})
