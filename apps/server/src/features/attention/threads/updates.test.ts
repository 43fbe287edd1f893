import { channelOf, listen, type Place, place, write } from '@plausch/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('is not lost on a follower whose socket comes back', async () => {
  const room = await channelOf(at.ana, at.team, 'O', [at.bo])
  const root = await write(at.ana, room, 'a question')
  await write(at.bo, room, 'an answer', root.id)
  const before = await listen(at.server.url, at.ana.api.token())
  await before.settle()
  const resume = { id: before.connectionId, next: before.events.length }
  before.close()
  await before.closed
  const { hub } = at.server.app.server
  await expect.poll(() => hub.isOnline(at.ana.id)).toBe(false)
  const told = await at.bo.listen()
  await write(at.bo, room, 'another answer', root.id)
  // The followers are told one after the other; Bo is one of them.
  await told.next('thread_updated')
  const after = await listen(at.server.url, at.ana.api.token(), { resume })
  expect(after.connectionId).toBe(resume.id)
  const { thread } = await after.next('thread_updated')
  expect(JSON.parse(thread)).toMatchObject({ id: root.id, reply_count: 2 })
})
