import { channelOf, type Place, place, write } from '@plausch/testkit'
import { type Channel, type Post, type PostList, posts } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
let root: Post
let replies: Post[]
const REPLIES = 330

beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'O', [at.bo])
  root = await write(at.ana, room, 'root')
  const written = Array.from({ length: REPLIES }, (_, n) =>
    write(n % 2 ? at.ana : at.bo, room, `reply ${n}`, root.id),
  )
  replies = (await Promise.all(written)).sort((a, b) => a.create_at - b.create_at)
}, 60_000)
afterAll(() => at.stop())

type ThreadQuery = Parameters<typeof asked>[0]
const asked = (query: {
  perPage?: number
  direction?: 'up' | 'down'
  fromPost?: string
  fromCreateAt?: number
  fromUpdateAt?: number
  updatesOnly?: boolean
}) => query

const thread = (query: ThreadQuery = {}) => at.bo.call(posts.thread, { params: { post_id: root.id }, query })

/** A list must be exactly these posts in this order, each of them whole. */
const expectList = ({ order, posts: shown }: PostList, expected: readonly Post[]) => {
  expect(order).toEqual(expected.map(({ id }) => id))
  for (const { id, message } of expected)
    expect(shown[id]).toMatchObject({ id, message, channel_id: room.id })
}
const newestFirst = (list: readonly Post[]) => [...list].reverse()

describe('a long thread', () => {
  it('is sent whole, newest reply first and root last', async () => {
    const list = await thread()
    expectList(list, [...newestFirst(replies), root])
    expect(list.posts[root.id]).toMatchObject({ reply_count: REPLIES })
    expect(list.has_next).toBe(false)
  })

  it.each([10, 199, 200, 201, 250])('is read in pages of %i, downwards and upwards', async (perPage) => {
    for (const direction of ['down', 'up'] as const) {
      const line = direction === 'down' ? replies : newestFirst(replies)
      const read: Post[] = []
      for (let hasNext = true, fromPost = ''; hasNext; fromPost = read.at(-1)?.id ?? '') {
        const list = await thread({ perPage, direction, fromPost })
        const page = line.slice(read.length, read.length + perPage)
        expectList(list, [...(direction === 'down' ? newestFirst(page) : page), root])
        read.push(...page)
        hasNext = list.has_next ?? false
        expect(hasNext).toBe(read.length < REPLIES)
      }
      expect(read).toHaveLength(REPLIES)
    }
  })

  it('continues from a time, and has only changed posts if asked to', async () => {
    const middle = replies[100]
    const later = replies.slice(101)
    expectList(await thread({ fromCreateAt: middle?.create_at ?? 0 }), [...newestFirst(later), root])
    expectList(await thread({ fromCreateAt: middle?.create_at ?? 0, direction: 'up' }), [
      ...newestFirst(replies.slice(0, 100)),
      root,
    ])
    const fromUpdateAt = Math.max(...replies.map(({ update_at }) => update_at))
    const changed = replies.find(({ user_id }) => user_id === at.ana.id) as Post
    const edited = await at.ana.call(posts.patch, {
      params: { post_id: changed.id },
      body: { is_pinned: true },
    })
    expectList(await thread({ fromUpdateAt, updatesOnly: true }), [edited, root])
  })

  it('begins at its start if the reply to continue from is in another thread', async () => {
    const other = await write(at.ana, room, 'another')
    expect((await thread({ fromPost: other.id, perPage: 3 })).order).toHaveLength(4)
  })
})

describe('a long list', () => {
  it('of changes has everything, also deleted posts and the roots of replies', async () => {
    const since = root.create_at
    const { id } = await write(at.ana, room, 'to be deleted')
    await at.ana.call(posts.remove, { params: { post_id: id } })
    const list = await at.bo.call(posts.listInChannel, { params: { channel_id: room.id }, query: { since } })
    expect(list.order.length).toBeGreaterThan(REPLIES)
    for (const reply of replies) expect(list.posts[reply.id]?.message).toBe(reply.message)
    expect(list.posts[id]).toMatchObject({ message: '' })
    expect(list.posts[id]?.delete_at).toBeGreaterThan(0)
    expect(list.posts[root.id]?.message).toBe('root')
    const times = list.order.map((each) => list.posts[each]?.create_at ?? 0)
    expect(times).toEqual([...times].sort((a, b) => b - a))
  })

  it('by ids has the posts that the person may read, and nothing else', async () => {
    const secret = await write(at.ana, await channelOf(at.ana, at.team, 'P'), 'secret')
    const ids = [secret.id, ...replies.map(({ id }) => id)]
    const found = await at.bo.call(posts.listByIds, { body: ids })
    expect(found.map(({ message }) => message).sort()).toEqual(replies.map(({ message }) => message).sort())
    expect(await at.eve.call(posts.listByIds, { body: ids })).toEqual([])
  })

  it('of pinned posts has all of them', async () => {
    const pins = replies.slice(0, 210)
    for (const { id } of pins) await at.ana.call(posts.pin, { params: { post_id: id } })
    expectList(await at.bo.call(posts.listPinned, { params: { channel_id: room.id } }), newestFirst(pins))
  })
})
