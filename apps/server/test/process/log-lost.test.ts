/**
 * The server cannot write its log: its disk is full, or nobody reads the pipe. The server continues all the
 * same.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { posts } from '@plausch/wire'
import { expect, it, onTestFinished } from 'vitest'
import { clusterOf } from '../../src/core/postgres/fixture.ts'
import { findSurvivors } from '../../src/core/postgres/survivors.ts'
import { begin, cleanEnv, root, until, usedFolder } from './server-process.ts'

/** A server prints its port, but nobody can read it here. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

it.each(['a full disk', 'a reader who is gone'])(
  'serves, recovers and stops in order while its log goes to %s',
  async (what) => {
    const [data, port] = [await usedFolder(), await freePort()]
    const isFull = what === 'a full disk'
    const command = `exec ${join(root, 'bin/node')} apps/cli/src/main.ts serve${isFull ? ' >/dev/full 2>&1' : ''}`
    const child = spawn('bash', ['-c', command], {
      cwd: root,
      env: cleanEnv({ PLAUSCH_DATA: data, PLAUSCH_LISTEN: `127.0.0.1:${port}` }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    child.stderr.destroy()
    const ended = once(child, 'exit')
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await ended
    })
    const url = `http://127.0.0.1:${port}`
    const answers = () =>
      fetch(`${url}/api/v4/system/ping`).then(
        (reply) => reply.ok,
        () => false,
      )
    await until('it serves', async () => child.exitCode !== null || (await answers()), 90_000)
    expect(child.exitCode).toBe(null)
    const { admin, townSquare } = await begin(url)
    const write = (message: string) =>
      admin.api(url).call(posts.create, { body: { channel_id: townSquare, message } })
    await write('before')
    // Causes a warning.
    const { postmaster } = await findSurvivors(clusterOf(data))
    process.kill(postmaster ?? -1, 'SIGKILL')
    await until('it goes on', () =>
      write('after').then(
        () => true,
        () => false,
      ),
    )
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  },
  180_000,
)
