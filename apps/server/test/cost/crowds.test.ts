/** Many requests at once, and large pages: no turn of the event loop takes longer than the limit. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { mentionWords } from '@plausch/markdown'
import { channelOf, type Place, place, unlimited, write } from '@plausch/testkit'
import { type Channel, type Post, posts, search, threads, unreads } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filled, longestShare } from './measure.ts'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place({ checksReplies: false, fixed: unlimited })
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const DEAR = ['(![', '[www..', '@ana. ', '_*`~', '# a']
let serial = 0
const dear = (n: number): string => {
  serial += 1
  return `${serial} ${filled(DEAR[n % DEAR.length] ?? 'a', 16_000)}`
}

const expectShort = async (work: () => Promise<unknown>, prepare?: () => unknown) =>
  expect(await longestShare(work, prepare)).toBeLessThan(1)

/** The longest messages in every alphabet, and in characters that expand to many others. */
const ALPHABETS = ['😀', '我家在上海东边', 'ä', 'ab ', 'สวัสดี', '\uFDFA', 'e\u0301 ', '한국어', 'a', '👩‍👩‍👧']
/** Words that are all different. */
const different = (n: number): string =>
  Array.from({ length: 2300 }, (_, k) => (n * 2300 + k + 60_466_176).toString(36)).join(' ')

/** Empties the cache of parsed messages, as time would. */
const forgetMessages = () => {
  for (let n = 0; n < 300; n += 1) mentionWords(`${n} ${'a'.repeat(15_000)}`)
}

/** Reads an answer and drops it: parsing it is the client's cost, not the server's. */
const drain = async (path: string): Promise<void> => {
  const headers = { authorization: `Bearer ${at.bo.api.token()}` }
  const [response] = (await once(request(`${at.server.url}${path}`, { headers }).end(), 'response')) as [
    IncomingMessage,
  ]
  expect(response.statusCode).toBe(200)
  await once(response.resume(), 'end')
}

const many = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))

it('writing a hundred expensive messages at once', { timeout: 60_000 }, async () => {
  await write(at.ana, room, 'first')
  await expectShort(() => many(100, (n) => write(at.ana, room, dear(n))))
})

it('marking a thread of sixty expensive replies as unread, and a channel', { timeout: 60_000 }, async () => {
  const root = await write(at.bo, room, 'root')
  const replies: Post[] = await many(60, (n) => write(at.ana, room, dear(n), root.id))
  const [first] = replies.toSorted((a, b) => a.create_at - b.create_at)
  const params = { user_id: at.bo.id, team_id: at.team.id, thread_id: root.id }
  await at.bo.call(threads.follow, { params })
  const post_id = first?.id ?? ''
  await expectShort(() => at.bo.call(threads.markUnread, { params: { ...params, post_id } }), forgetMessages)
  await expectShort(
    () => at.bo.call(unreads.markUnread, { params: { user_id: at.bo.id, post_id: root.id }, body: {} }),
    forgetMessages,
  )
})

it('reading a page of the longest messages', { timeout: 60_000 }, async () => {
  const hall = await channelOf(at.ana, at.team, 'P', [at.bo])
  await many(200, (n) => write(at.ana, hall, `${n} ${'😀'.repeat(16_000)}`))
  // This waits for the indexing of the posts, which has a separate test.
  await at.bo.call(search.posts, { body: { terms: 'nothing' } })
  for (const query of ['per_page=200', 'since=1', 'per_page=200&collapsedThreads=true'])
    await expectShort(() => drain(`/api/v4/channels/${hall.id}/posts?${query}`))
})

it('indexing two hundred of the longest messages of any alphabet, and finding them', {
  timeout: 120_000,
}, async () => {
  const hall = await channelOf(at.ana, at.team, 'P', [at.bo])
  const { pool } = at.server.app
  await at.bo.call(search.posts, { body: { terms: 'nothing' } })
  await many(180, (n) =>
    write(at.ana, hall, `${n} ${filled(ALPHABETS[n % ALPHABETS.length] ?? 'a', 16_000)}`),
  )
  await many(20, (n) => write(at.ana, hall, different(n)))
  for (const text of [filled('我家在', 60_000), different(1000).repeat(3)])
    await at.ana.call(posts.create, {
      body: { channel_id: hall.id, message: 'attached', props: { attachments: [{ text }] } },
    })
  await at.bo.call(search.posts, { body: { terms: 'nothing' } })
  const queueAgain = () =>
    pool.run(
      `insert into queue_jobs (queue, payload) select 'search.posts', jsonb_build_object('ids', jsonb_agg(id)) from posts where channel_id = $1`,
      [hall.id],
    )
  await expectShort(() => at.bo.call(search.posts, { body: { terms: 'nothing' } }), queueAgain)
  const { order } = await at.bo.call(search.posts, { body: { terms: '上海', per_page: 100 } })
  expect(order.length).toBeGreaterThan(10)
})
