import type { Post } from '@plausch/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFault } from '../../api.ts'
import { memoryDatabases } from '../../local/database.ts'
import {
  caller,
  forget,
  frame,
  home,
  id,
  me,
  post,
  posted,
  stateWith,
  town,
  unread,
} from '../state.fixture.ts'
import { createState, type State } from '../state.ts'

beforeEach(forget)

describe('posts', () => {
  const shown = (state: State) => state.posts.timelines.one(town)?.flatMap(({ ids }) => ids) ?? []

  test('a deleted post disappears with its replies', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120, { root_id: id('p1') })))
    state.apply(posted(post('p3', 130)))
    state.apply(frame('post_deleted', { post: JSON.stringify(post('p1', 110, { delete_at: 140 })) }))
    expect(shown(state)).toEqual([id('p3')])
    expect(state.posts.records.has(id('p2'))).toBe(false)
  })

  test('an edit changes the text, and only forward in time', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(
      frame('post_edited', { post: JSON.stringify(post('p1', 110, { message: 'b', update_at: 200 })) }),
    )
    state.apply(
      frame('post_edited', { post: JSON.stringify(post('p1', 110, { message: 'a', update_at: 150 })) }),
    )
    expect(state.posts.records.one(id('p1'))?.message).toBe('b')
  })

  test.each(['the reply first', 'the event first'])(
    'a pending post is replaced exactly once, %s',
    async (order) => {
      let answer: (created: Post) => void = () => undefined
      const answered = new Promise<Post>((resolve) => {
        answer = resolve
      })
      const state = stateWith({ 'posts.create': () => answered })
      const { pendingId } = state.posts.outbox.send(town, 'hello')
      expect(state.posts.outbox.byChannel.one(town)).toHaveLength(1)
      const created = post('p1', 110, { user_id: me, message: 'hello', pending_post_id: pendingId })
      if (order === 'the event first') state.apply(posted(created))
      answer(created)
      await state.settled()
      if (order === 'the reply first') state.apply(posted(created))
      expect(state.posts.outbox.byChannel.one(town)).toBeUndefined()
      expect(shown(state)).toEqual([id('p1')])
      expect(unread(state).messages).toBe(0)
    },
  )

  test('a post that could not be stored in time is put aside when the page ends, and sent later', async () => {
    const kept = new Map<string, string>()
    const storage = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => void kept.set(key, value),
      remove: (key: string) => void kept.delete(key),
    }
    const first = createState({ call: caller({ 'posts.create': () => new Promise(() => {}) }), storage })
    first.load(home())
    const { pendingId } = first.posts.outbox.send(town, 'almost lost')
    first.writings.putAside()

    const sent: unknown[] = []
    const call = caller({
      'posts.create': ({ body }) => {
        sent.push(body)
        return post('p1', 200, { user_id: me, message: 'almost lost', pending_post_id: pendingId })
      },
    })
    const second = createState({ call, storage, openDatabase: memoryDatabases() })
    await second.device.open(me)
    second.load(home())
    await second.writings.adopt()
    second.writings.resume()
    await second.settled()
    expect(sent).toMatchObject([{ message: 'almost lost', pending_post_id: pendingId }])
    expect([kept.size, (await second.device.readAll('outbox')).size]).toEqual([0, 0])
  })

  test('posts are sent in order; a refused one waits for its author, temporary failures are retried', async () => {
    const sent: string[] = []
    let isDown = true
    const state = stateWith({
      'posts.create': ({ body }) => {
        const { message, pending_post_id } = body as { message: string; pending_post_id: string }
        if (isDown) throw new ApiFault('client.offline', 0, '')
        if (message === 'bad') throw new ApiFault('posts.too_long', 400, 'too long')
        sent.push(message)
        return post(message, 200 + sent.length, { user_id: me, message, pending_post_id })
      },
    })
    for (const message of ['one', 'bad', 'two']) state.posts.outbox.send(town, message)
    await state.settled()
    expect(state.posts.outbox.byChannel.one(town)?.map(({ state: each }) => each)).toEqual([
      'waiting',
      'sending',
      'sending',
    ])
    isDown = false
    state.posts.outbox.resume()
    await state.settled()
    expect(sent).toEqual(['one', 'two'])
    const [left] = state.posts.outbox.byChannel.one(town) ?? []
    expect(left).toMatchObject({ message: 'bad', state: 'failed', problem: 'too long' })
    state.posts.outbox.discard(town, left?.pendingId ?? '')
    expect(state.posts.outbox.byChannel.one(town)).toBeUndefined()
  })

  test('unsent posts survive the end of the client', async () => {
    const openDatabase = memoryDatabases()
    const offline = () => {
      throw new ApiFault('client.offline', 0, '')
    }
    const first = createState({ call: caller({ 'posts.create': offline }), openDatabase })
    await first.device.open(me)
    first.load(home())
    const { pendingId } = first.posts.outbox.send(town, 'later')
    await first.settled()
    await first.device.close()
    const second = createState({
      call: caller({ 'posts.create': () => post('p1', 110, { user_id: me, pending_post_id: pendingId }) }),
      openDatabase,
    })
    await second.device.open(me)
    second.load(home())
    await second.posts.outbox.adopt()
    expect(second.posts.outbox.byChannel.one(town)).toMatchObject([
      { message: 'later', state: 'waiting', pendingId },
    ])
    second.posts.outbox.resume()
    await second.settled()
    expect(shown(second)).toEqual([id('p1')])
    expect((await second.device.readAll('outbox')).size).toBe(0)
  })

  test('after a loss the channel gets new, edited and deleted posts', async () => {
    const list = (posts: Post[], order = posts) => ({
      order: order.map((each) => each.id).reverse(),
      posts: Object.fromEntries(posts.map((each) => [each.id, each])),
      next_post_id: '',
      prev_post_id: '',
      first_inaccessible_post_time: 0,
    })
    const old = [post('p1', 110), post('p2', 120), post('p3', 130)]
    const changed = [
      post('p1', 110, { message: 'edited', update_at: 500 }),
      post('p2', 120, { message: '', delete_at: 510, update_at: 510 }),
      post('p4', 140),
      post('v1', 111, { original_id: id('p1'), delete_at: 500, update_at: 500 }),
    ]
    const answers = [list(old), list(changed)]
    const state = stateWith({ 'posts.listInChannel': () => answers.shift(), 'home.get': () => home() })
    await state.posts.open(town)
    expect(shown(state)).toEqual([id('p1'), id('p2'), id('p3')])
    await state.reload()
    await state.posts.open(town)
    expect(shown(state)).toEqual([id('p1'), id('p3'), id('p4')])
    expect(state.posts.records.one(id('p1'))?.message).toBe('edited')
    expect(state.posts.timelines.one(town)).toHaveLength(1)
  })

  test('an edit that the server refuses is reverted', async () => {
    const state = stateWith({
      'posts.patch': () => {
        throw new ApiFault('posts.edit_time', 400, 'over')
      },
    })
    state.apply(posted(post('p1', 110, { user_id: me, message: 'a' })))
    const editing = state.posts.edit(id('p1'), 'b')
    expect(state.posts.records.one(id('p1'))?.message).toBe('b')
    await expect(editing).rejects.toThrow('over')
    expect(state.posts.records.one(id('p1'))?.message).toBe('a')
  })
})
