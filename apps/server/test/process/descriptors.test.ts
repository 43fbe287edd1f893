/** A server that has no file descriptors left: the system refuses connections, and the log says why. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { freshFolder } from '../../src/core/postgres/fixture.ts'
import { startServer, until } from './server-process.ts'

const SPARE = 10

it('says so with the cure, and serves again when there are some', async () => {
  const server = await startServer(await freshFolder())
  const open = readdirSync(`/proc/${server.pid}/fd`).length
  execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${open + SPARE}:`])
  const { hostname, port } = new URL(server.url)
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  for (let n = 0; n < 3 * SPARE; n += 1) {
    const socket = connect(Number(port), hostname).on('error', () => undefined)
    sockets.push(socket)
    await once(socket, 'connect')
  }
  const said = () => server.out() + server.err()
  await until('the log says it', () => said().includes('no file descriptors are left'))
  for (const socket of sockets) socket.destroy()
  await until('the log says that it is over', () => said().includes('there are file descriptors again'))
  expect((await fetch(`${server.url}/api/v4/system/ping`)).status).toBe(200)
  expect(said().match(/no file descriptors are left/g)).toHaveLength(1)
})
