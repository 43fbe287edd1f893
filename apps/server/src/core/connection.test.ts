import { Duplex } from 'node:stream'
import { expect, it } from 'vitest'
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
  // What is written to it stays: nobody reads at the other end.
  const stalled = new Duplex({ read: () => undefined, write: () => undefined })
  connection.attach(stalled, (reason) => reasons.push(reason))
  const answer = 'x'.repeat(1024 * 1024)
  for (let asked = 0; asked < 3; asked += 1) connection.reply(answer)
  expect(reasons).toEqual([])
  connection.reply(answer)
  expect(reasons).toEqual(['slow'])
})

it('an event that is kept for resume keeps no other memory', () => {
  const { body } = encode('hello', { server_version: '', connection_id: '', server_hostname: '' }, nobody)
  expect(body.buffer.byteLength).toBe(body.length)
})
