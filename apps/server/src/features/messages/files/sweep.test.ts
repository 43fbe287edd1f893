import { channelOf, type Place, place, sendFile } from '@plausch/testkit'
import { bookmarks, type Channel, drafts, posts, scheduled } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepUnused } from './sweep.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const send = async (name: string) => (await sendFile(at.ana, room, name, `what is in ${name}`)).id
const DAY_MS = 86_400_000

it('deletes files that nobody has used for a week, with their bytes, and no others', async () => {
  const { pool, server } = at.server.app
  const [unused, young] = [await send('unused.txt'), await send('young.txt')]
  const [inPost, inDraft, inScheduled] = [
    await send('post.txt'),
    await send('draft.txt'),
    await send('later.txt'),
  ]
  const body = { channel_id: room.id, message: 'with a file' }
  await at.ana.call(posts.create, { body: { ...body, file_ids: [inPost] } })
  await at.ana.call(drafts.save, { body: { ...body, file_ids: [inDraft] } })
  const scheduled_at = Date.now() + DAY_MS
  await at.ana.call(scheduled.create, { body: { ...body, file_ids: [inScheduled], scheduled_at } })
  const makeOld = (id: string, days: number) =>
    pool.run('update files set create_at = $2 where id = $1', [id, Date.now() - days * DAY_MS])
  const inBookmark = await send('bookmark.txt')
  await at.ana.call(bookmarks.create, {
    params: { channel_id: room.id },
    body: { type: 'file', display_name: 'kept', file_id: inBookmark },
  })
  for (const id of [unused, inPost, inDraft, inScheduled, inBookmark]) await makeOld(id, 8)
  await makeOld(young, 6)

  await sweepUnused(server)
  const status = async (id: string) => (await at.ana.fetch(`/api/v4/files/${id}`)).status
  expect(await status(unused)).toBe(404)
  for (const id of [young, inPost, inDraft, inScheduled, inBookmark]) expect(await status(id)).toBe(200)
  await expect.poll(() => server.blobs.exists(`files/${unused}`), { timeout: 10_000 }).toBe(false)
  const late = at.ana.call(posts.create, { body: { ...body, file_ids: [unused] } })
  await expect(late).rejects.toMatchObject({ id: 'files.not_yours' })
})
