import { rm } from 'node:fs/promises'
import {
  channelOf,
  deliversTwice,
  dropDatabase,
  type Person,
  type Place,
  place,
  startServer,
  type TestServer,
  write,
} from '@plausch/testkit'
import { type Channel, commands, members, posts } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const give = (by: Person, { id }: Channel, command: string, root_id = '') =>
  by.call(commands.execute, { body: { command, channel_id: id, root_id } })

describe('/echo with a delay', () => {
  const waiting = (server: TestServer) =>
    server.app.pool.rows("select payload from queue_jobs where queue = 'echo.asked/commands'")
  /** Acts as if the time had come. */
  const hurry = async (server: TestServer) => {
    await server.app.pool.run("update queue_jobs set run_at = 1 where queue = 'echo.asked/commands'")
    server.app.server.queues.wake('echo.asked/commands')
  }

  it.each(['/echo tea is ready 600', '/echo "tea is ready" 600', '/echo "tea is ready"600'])(
    'is said when its time has come: %s',
    async (command) => {
      const { bo, server } = at
      const room = await channelOf(at.ana, at.team, 'P', [bo])
      const root = await write(bo, room, 'tea?')
      const socket = await at.ana.listen()
      const answer = await give(bo, room, command, root.id)
      expect(answer).toMatchObject({ response_type: 'ephemeral', text: '' })
      const list = await bo.call(posts.listInChannel, { params: { channel_id: room.id } })
      expect(list.order).toContain(root.id)
      expect(Object.values(list.posts).map((post) => post.message)).not.toContain('tea is ready')
      await hurry(server)
      const { post } = await socket.next('posted')
      expect(JSON.parse(post)).toMatchObject({
        message: 'tea is ready',
        user_id: bo.id,
        channel_id: room.id,
        root_id: root.id,
      })
    },
  )

  it('survives a restart, and the permission is checked again then', async () => {
    const there = await place()
    const { ana, bo, server } = there
    const [room, left] = [
      await channelOf(ana, there.team, 'P', [bo]),
      await channelOf(ana, there.team, 'P', [bo]),
    ]
    await give(bo, left, '/echo too late 600')
    await give(bo, room, '/echo after the restart 600')
    await ana.call(members.remove, { params: { channel_id: left.id, user_id: bo.id } })
    await server.app.stop()
    const again = await startServer({ blobFolder: server.blobFolder }, server.databaseUrl)
    onTestFinished(async () => {
      await again.stop()
      await rm(server.blobFolder, { recursive: true })
      await dropDatabase(server.databaseUrl)
    })
    expect(await waiting(again)).toHaveLength(2)
    await hurry(again)
    await vi.waitFor(
      async () => {
        const rows = await again.app.pool.rows<{ channel_id: string; message: string }>(
          'select channel_id, message from posts where message in ($1, $2)',
          ['too late', 'after the restart'],
        )
        expect(rows).toEqual([{ channel_id: room.id, message: 'after the restart' }])
        // Each delivery says it.
        expect(again.logged.filter((line) => line.includes('an echo was not said'))).toHaveLength(
          deliversTwice ? 2 : 1,
        )
      },
      { timeout: 10_000 },
    )
    await expect.poll(() => waiting(again), { timeout: 10_000 }).toEqual([])
  })

  it('is refused at once where the person may not post, and if the delay is too long', async () => {
    const open = await channelOf(at.ana, at.team, 'O')
    expect((await give(at.bo, open, '/echo x 600')).text).toContain('permission')
    expect((await give(at.ana, open, `/echo ${'x'.repeat(17_000)} 600`)).text).toContain('longer')
    expect((await give(at.ana, open, '/echo x 10001')).text).toContain('10000')
    expect(await waiting(at.server)).toEqual([])
  })
})
