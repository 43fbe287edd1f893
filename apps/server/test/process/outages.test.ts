/** What a server logs and does during an outage, and when another server takes its database. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { channels } from '@plausch/wire'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { freshFolder, start } from '../../src/core/postgres/fixture.ts'
import { begin, root, run, said, startServer, until, usedFolder } from './server-process.ts'

/** Log lines with a message, parsed. */
const lines = (text: string, words: string): { times?: number }[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(words))
    .map((line) => JSON.parse(line) as { times?: number })

it('the job queue logs once that the database is away, and once that it works again', async () => {
  const folder = await usedFolder()
  const postgres = await start(folder)
  const server = await startServer(await freshFolder(), { PLAUSCH_DATABASE_URL: postgres.url })
  const { admin, townSquare } = await begin(server.url)
  const problems = () => lines(server.err(), 'the queue of jobs could not be looked at')
  await postgres.stop()
  await until('the queue has a problem', () => problems().length > 0)
  // The queue asks every five seconds.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  expect(problems()).toHaveLength(1)
  await start(folder)
  await until('it works again', () => lines(server.err(), 'the queue of jobs works again').length > 0)
  expect(lines(server.err(), 'the queue of jobs works again')[0]?.times).toBeGreaterThan(1)
  await admin.api(server.url).call(channels.get, { params: { channel_id: townSquare } })
  expect(await server.stop()).toEqual({ code: 0, signal: null })
}, 120_000)

it('stops with a clear message when another server has taken its database', async () => {
  const { url } = await start(await usedFolder())
  const server = await startServer(await freshFolder(), { PLAUSCH_DATABASE_URL: url })
  const open = async () => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    onTestFinished(() => client.end().catch(() => undefined))
    return client
  }
  const [rival, other] = [await open(), await open()]
  const taken = rival.query("select pg_advisory_lock(hashtext('plausch'), hashtext('server'))")
  const locks = (isGranted: boolean) =>
    other.query<{ pid: number }>(
      "select pid from pg_locks where locktype = 'advisory' and objsubid = 2 and granted = $1",
      [isGranted],
    )
  await until('the rival waits', async () => (await locks(false)).rowCount === 1)
  for (const { pid } of (await locks(true)).rows) await other.query('select pg_terminate_backend($1)', [pid])
  await taken
  expect(await server.ended).toEqual({ code: 1, signal: null })
  expect(server.err()).toMatch(/^Another Plausch server has taken this database while this one had lost/m)
}, 60_000)

it('says how to raise the limit when no file descriptors are left, and continues when some are free', async () => {
  const data = await freshFolder()
  const postgres = await start(await usedFolder())
  const command = `ulimit -n 150; exec ${join(root, 'bin/node')} apps/cli/src/main.ts serve`
  const program = run('bash', ['-c', command], {
    env: { PLAUSCH_DATABASE_URL: postgres.url, PLAUSCH_DATA: data, PLAUSCH_LISTEN: '127.0.0.1:0' },
  })
  const url = new URL(await said(program, /Plausch is at (http:\S+)/))
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  for (let n = 0; n < 300; n += 1) {
    const socket = connect(Number(url.port), url.hostname).on('error', () => undefined)
    sockets.push(socket)
    await Promise.race([once(socket, 'connect'), once(socket, 'close')])
  }
  await until('it says so', () => program.err().includes('no file descriptors are left'))
  expect(program.err()).toContain('LimitNOFILE')
  for (const socket of sockets) socket.destroy()
  await until('it says that there are some', () => program.err().includes('there are file descriptors again'))
  expect((await fetch(`${url.origin}/api/v4/system/ping`)).status).toBe(200)
  expect(lines(program.err(), 'no file descriptors are left')).toHaveLength(1)
  program.process.kill('SIGTERM')
  expect(await program.ended).toEqual({ code: 0, signal: null })
}, 60_000)
