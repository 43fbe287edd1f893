/** Clients that are slow, and clients that only seem slow. */
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { arriving, type Patience } from './incoming.ts'

type Read = { size: number; error?: unknown }

/** A server that reads one body with this patience, and takes `restMs` to process each piece. */
const reading = async (patience: Patience, restMs = 0) => {
  let tell: (read: Read) => void = () => undefined
  const read = new Promise<Read>((resolve) => {
    tell = resolve
  })
  const take = async (message: IncomingMessage): Promise<Read> => {
    let size = 0
    try {
      for await (const bytes of arriving(message, patience)) {
        size += bytes.length
        await sleep(restMs)
      }
      return { size }
    } catch (error) {
      return { size, error }
    }
  }
  const server = createServer((message, answer) => {
    take(message).then((result) => {
      answer.end()
      tell(result)
    }, tell)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const sending = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': '1000' } })
  sending.on('error', () => undefined)
  return { sending, read }
}

const NEVER = 60_000

it('disconnects a client that sends nothing', async () => {
  const { sending, read } = await reading({ idleMs: 50, graceMs: NEVER, leastBytesPerMs: 1 })
  sending.write(Buffer.alloc(10))
  expect(await read).toMatchObject({ size: 10, error: expect.any(Error) })
})

it('disconnects a client that sends too slowly to finish in time', async () => {
  const { sending, read } = await reading({ idleMs: NEVER, graceMs: 100, leastBytesPerMs: 1 })
  const drip = setInterval(() => sending.write('x'), 10)
  const { size, error } = await read
  clearInterval(drip)
  expect(error).toBeInstanceOf(Error)
  expect(size).toBeLessThan(1000)
})

it('does not count the time that the server itself takes', async () => {
  const { sending, read } = await reading({ idleMs: 60, graceMs: 100, leastBytesPerMs: 1000 }, 150)
  sending.write(Buffer.alloc(500))
  sending.end(Buffer.alloc(500))
  expect(await read).toEqual({ size: 1000 })
})

it('distinguishes a body that ends early from a complete one', async () => {
  const { sending, read } = await reading({ idleMs: NEVER, graceMs: NEVER, leastBytesPerMs: 1 })
  sending.write(Buffer.alloc(10))
  await sleep(20)
  sending.destroy()
  expect(await read).toMatchObject({ size: 10, error: expect.any(Error) })
})
