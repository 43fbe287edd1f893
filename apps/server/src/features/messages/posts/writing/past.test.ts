import { channelOf, type Person, type Place, place, refused, sendFile, write } from '@plausch/testkit'
import { type Channel, channels, type Post, posts, search, threads, unreads } from '@plausch/wire'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())
beforeEach(async () => {
  room = await channelOf(at.ana, at.team, 'O', [at.bo, at.root])
})

const about = () => ({ channel_id: room.id })
const insert = (message: string, create_at: unknown, more: object = {}, by = at.root) =>
  by.call(posts.create, { body: { ...about(), message, create_at, ...more } })
const unreadOf = (person: Person) => person.call(unreads.ofChannel, { params: { user_id: 'me', ...about() } })
const view = (person: Person) => person.call(unreads.view, { params: { user_id: 'me' }, body: about() })
const listed = async (by = at.bo) => {
  const { order, posts: found } = await by.call(posts.listInChannel, { params: about() })
  return order.map((id) => found[id]?.message).filter((message) => !message?.includes('joined'))
}

describe('a post inserted into the past by a person who manages the server', () => {
  it('has its place by time, also in the cached page, and does not replace the last post', async () => {
    const [first, last] = [await write(at.ana, room, 'first'), await write(at.ana, room, 'last')]
    expect((await listed()).slice(0, 2)).toEqual(['last', 'first'])
    const before = await at.bo.call(channels.get, { params: about() })
    const old = await insert('of March', 1_700_000_000_000)
    expect(old).toMatchObject({ create_at: 1_700_000_000_000, edit_at: 0, user_id: at.root.id })
    expect((await listed()).slice(0, 2)).toEqual(['last', 'first'])
    expect((await listed()).at(-1)).toBe('of March')
    const after = await at.bo.call(channels.get, { params: about() })
    expect(after).toMatchObject({
      last_post_at: before.last_post_at,
      last_root_post_at: before.last_root_post_at,
      total_msg_count: before.total_msg_count + 1,
      total_msg_count_root: before.total_msg_count_root + 1,
    })
    // Clients that catch up get it.
    const since = await at.bo.call(posts.listInChannel, { params: about(), query: { since: last.update_at } })
    expect(since.order).toContain(old.id)
    expect(first.create_at).toBeLessThan(last.create_at)
  })

  it('delays no events of the next post if it becomes the last one', async () => {
    const other = await channelOf(at.ana, at.team, 'O', [at.bo])
    const heard = await at.bo.listen()
    await write(at.ana, room, 'before')
    await vi.waitFor(async () => {
      const { last_post_at } = await at.bo.call(channels.get, { params: about() })
      expect(Date.now() - 1).toBeGreaterThan(last_post_at)
    })
    const { create_at } = await insert('a moment ago', Date.now() - 1)
    expect((await at.bo.call(channels.get, { params: about() })).last_post_at).toBe(create_at)
    await write(at.ana, room, 'after')
    await write(at.ana, other, 'elsewhere')
    await heard.next('posted', (data) => data.post.includes('elsewhere'))
    const told = heard.all('posted').map((data) => (JSON.parse(data.post) as Post).message)
    expect(told).toEqual(['before', 'after', 'elsewhere'])
  })

  it('moves to the next free time if its own is taken, one after the other and at once', async () => {
    const time = 1_700_000_000_000
    const times = [(await insert('1', time)).create_at, (await insert('2', time)).create_at]
    const others = await Promise.all([3, 4, 5].map((n) => insert(String(n), time)))
    times.push(...others.map((post) => post.create_at))
    expect(times.toSorted()).toEqual([0, 1, 2, 3, 4].map((more) => time + more))
    expect((await insert('before', time - 1)).create_at).toBe(time - 1)
  })

  it('is unread only for people who have not read that far, and notifies nobody', async () => {
    await write(at.ana, room, 'read')
    await view(at.bo)
    const heard = await at.bo.listen()
    const old = await insert(`@${at.bo.username} long ago`, 1_700_000_000_000)
    const told = await heard.next('post_edited', (data) => data.post.includes(old.id))
    expect(JSON.parse(told.post)).toMatchObject({ id: old.id, create_at: 1_700_000_000_000 })
    await heard.settle()
    expect(heard.all('posted')).toEqual([])
    expect(await unreadOf(at.bo)).toMatchObject({ msg_count: 0, msg_count_root: 0, mention_count: 0 })
    const fresh = await write(at.ana, room, 'unread')
    await insert('just before', fresh.create_at)
    await insert('as long ago', 1_700_000_000_000)
    expect(await unreadOf(at.bo)).toMatchObject({ msg_count: 2, msg_count_root: 2, mention_count: 0 })
    // Counting again from the beginning gives the same result.
    const params = { user_id: 'me', post_id: old.id }
    await at.bo.call(unreads.markUnread, { params, body: {} })
    const { total_msg_count } = await at.bo.call(channels.get, { params: about() })
    expect(await unreadOf(at.bo)).toMatchObject({ msg_count: total_msg_count, mention_count: 1 })
  })

  it('comes after the root it replies to, and is an ordinary reply', async () => {
    const root = await write(at.bo, room, 'question')
    const answer = await write(at.ana, room, 'answer', root.id)
    const ofBo = { user_id: 'me', team_id: at.team.id, thread_id: root.id }
    await at.bo.call(threads.read, { params: { ...ofBo, timestamp: String(answer.create_at) } })
    const early = await insert('of long ago', 1000, { root_id: root.id })
    expect(early.create_at).toBeGreaterThan(root.create_at)
    expect(await at.bo.call(threads.get, { params: ofBo })).toMatchObject({
      reply_count: 2,
      last_reply_at: Math.max(answer.create_at, early.create_at),
      unread_replies: early.create_at > answer.create_at ? 1 : 0,
    })
    await refused('api.post.create_post.root_id.app_error', insert('x', 1000, { root_id: early.id }))
    await at.bo.call(posts.remove, { params: { post_id: root.id } })
    await refused('api.post.create_post.root_id.app_error', insert('x', 1000, { root_id: root.id }))
  })

  it('is written once for repeated requests, brings its files, and appears in the search', async () => {
    const file_ids = [(await sendFile(at.root, room, 'note.txt', 'text')).id]
    const more = { pending_post_id: 'import-1', file_ids }
    const [first, again] = [
      await insert('kryptonlamp', 1_700_000_000_000, more),
      await insert('kryptonlamp', 5, more),
    ]
    expect(again.id).toBe(first.id)
    expect(first.file_ids).toEqual(file_ids)
    await vi.waitFor(async () => {
      const found = await at.bo.call(search.posts, { body: { terms: 'kryptonlamp' } })
      expect(found.order).toEqual([first.id])
    })
  })

  it('is refused for an invalid or future time, and is in the audit log', async () => {
    const before = await listed()
    for (const time of [-1, 1.5, 'then', [], {}, Number.MAX_SAFE_INTEGER, 9e15])
      await refused('api.context.invalid_body_param.app_error', insert('never', time))
    await insert('now', 0)
    expect(await listed()).toEqual(['now', ...before])
    const old = await insert('noted', 1_700_000_000_000)
    const [audit] = await at.server.app.pool.rows<{ user_id: string }>(
      'select user_id from audits where extra_info like $1',
      [`%${old.id}%`],
    )
    expect(audit?.user_id).toBe(at.root.id)
    await at.ana.call(channels.archive, { params: about() })
    await refused('channels.archived', insert('late', 1000))
  })
})
