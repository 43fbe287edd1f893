import { Duplex, PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Connection } from './connection.ts'
import { encode, nobody } from './frames.ts'

const owner = {
  userId: 'u',
  sessionId: 's',
  expiresAt: Number.POSITIVE_INFINITY,
  isAdmin: false,
  isGuest: false,
}

it('a client that asks and never reads the answers is closed as slow', () => {
  const connection = new Connection('c', owner, false)
  const reasons: string[] = []
  // Bytes written to it stay there: nobody reads at the other end.
  const stalled = new Duplex({ read: () => undefined, write: () => undefined })
  connection.attach(stalled, (reason) => reasons.push(reason))
  const answer = 'x'.repeat(1024 * 1024)
  for (let asked = 0; asked < 3; asked += 1) connection.reply(answer)
  expect(reasons).toEqual([])
  connection.reply(answer)
  expect(reasons).toEqual(['slow'])
})

it('an event that is kept for resume retains no other memory', () => {
  const { body } = encode('hello', { server_version: '', connection_id: '', server_hostname: '' }, nobody)
  expect(body.buffer.byteLength).toBe(body.length)
})

describe('a large event', () => {
  const large = () =>
    encode('preferences_changed', { preferences: 'x'.repeat(100_000) }, { ...nobody, user_id: 'u' })

  it('is sent, and not kept for resume', () => {
    const connection = new Connection('c', owner, false)
    connection.attach(new PassThrough(), () => undefined)
    expect(connection.add(large())).toBe(true)
    expect(connection.canResume(0)).toBe(true)
    connection.write()
    expect(connection.canResume(0)).toBe(false)
    expect(connection.canResume(1)).toBe(true)
  })

  it('does not wait for a client that is away: the client starts afresh', () => {
    const connection = new Connection('c', owner, false)
    const socket = new PassThrough()
    connection.attach(socket, () => undefined)
    connection.detach(socket)
    expect(connection.add(large())).toBe(false)
  })
})

describe('events that a client confirms', () => {
  const hello = () => encode('hello', { server_version: '', connection_id: '', server_hostname: '' }, nobody)
  /** Writes five events; a sixth waits for its turn. */
  const begun = () => {
    const connection = new Connection('c', owner, false)
    connection.attach(new PassThrough(), () => undefined)
    for (let n = 0; n < 5; n += 1) connection.add(hello())
    connection.write()
    connection.add(hello())
    return connection
  }
  const resumable = (connection: Connection) =>
    Array.from({ length: 8 }, (_, seq) => seq).filter((seq) => connection.canResume(seq))

  it('are not kept for it', () => {
    const connection = begun()
    connection.confirm(3)
    expect(resumable(connection)).toEqual([3, 4, 5, 6])
    connection.confirm(connection.written)
    expect(resumable(connection)).toEqual([5, 6])
  })

  it.each([2, 0, -1, 6, 7, 1e9, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'change nothing if they are known already, or invalid: %d',
    (seq) => {
      const connection = begun()
      connection.confirm(2)
      connection.confirm(seq)
      expect(resumable(connection)).toEqual([2, 3, 4, 5, 6])
    },
  )
})
