/**
 * A server that only answers: with a ready page of 20 kB, and with a ready frame of 900 bytes, or a ping,
 * that it writes to every socket as fast as possible. ready.ts starts it as a separate process; it prints its
 * port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { NOW, stamped } from '../load/clock.ts'

const EVENT_BYTES = 900
/** The interval at which Plausch looks for sockets to ping. */
const PINGS_EVERY_MS = 1000

const page = Buffer.from(JSON.stringify({ text: 'x'.repeat(20_000) }))
const http = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length })
  response.end(page)
})
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const raws: Duplex[] = []
const all: WebSocket[] = []

const event = (): string => {
  const text = stamped(JSON.stringify({ event: 'posted', data: NOW, seq: 1 }))
  return text + ' '.repeat(EVENT_BYTES - text.length)
}

const frameOf = (text: string): Buffer => {
  const body = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 255]), body])
}

http.on('upgrade', (request, raw, head) =>
  sockets.handleUpgrade(request, raw, head, (ws) => {
    raws.push(raw)
    all.push(ws)
    ws.on('error', () => undefined)
    ws.send('{"event":"hello"}')
  }),
)

/** Sends one round to all sockets; the next round begins when they have taken this one. */
const rounds = async (count: number, everyMs: number, write: (text: string) => void) => {
  for (let n = 0; n < count; n += 1) {
    write(event())
    if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs))
    else
      while (raws.some((raw) => raw.writableLength > 0)) await new Promise((resolve) => setImmediate(resolve))
    if (everyMs === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

const PING = Buffer.from([0x89, 1, 0x31])

/** Sends a ready ping to one socket after the other, evenly over this time. */
const pings = async (overMs: number) => {
  const began = performance.now()
  for (let done = 0; done < raws.length; ) {
    const due = Math.min(raws.length, ((performance.now() - began) * raws.length) / overMs)
    for (; done < due; done += 1) raws[done]?.write(PING)
    await new Promise((resolve) => setTimeout(resolve, PINGS_EVERY_MS))
  }
}

process.on(
  'message',
  async ({ kind, count, everyMs }: { kind: 'ready' | 'ws' | 'ping'; count: number; everyMs: number }) => {
    const before = process.cpuUsage()
    const began = performance.now()
    if (kind === 'ping') await pings(count * everyMs)
    else
      await rounds(count, everyMs, (text) => {
        if (kind === 'ws') for (const ws of all) ws.send(text)
        else {
          const frame = frameOf(text)
          for (const raw of raws) raw.write(frame)
        }
      })
    const { user, system } = process.cpuUsage(before)
    process.send?.({ cpu: (user + system) / 1e6, seconds: (performance.now() - began) / 1000 })
  },
)
process.on('disconnect', () => process.exit(0))

http.listen(0, '127.0.0.1', () => process.send?.({ port: (http.address() as AddressInfo).port }))
