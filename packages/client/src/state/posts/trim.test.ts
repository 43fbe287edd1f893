import type { Post } from '@plausch/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import { forget, frame, home, id, post, posted, stateWith, town } from '../state.fixture.ts'
import type { State } from '../state.ts'
import type { Timeline } from './timeline.ts'
import { trimmed } from './trim.ts'

beforeEach(forget)

const named = (n: number): string => `p${String(n).padStart(5, '0')}`
const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => id(named(from + n)))
const say = (state: State, from: number, to: number, more: Partial<Post> = {}): void => {
  for (let n = from; n < to; n++) state.apply(posted(post(named(n), 1000 + n, more)))
}
const known = (state: State, channel = town): string[] =>
  state.posts.timelines.one(channel)?.flatMap(({ ids }) => ids) ?? []
/** What is unused is forgotten by the second pass. */
const tidy = async (state: State): Promise<void> => {
  await state.posts.tidy()
  await state.posts.tidy()
}
const watch = (state: State, channel = town) => state.posts.timelines.at(channel).subscribe(() => undefined)

describe('a timeline', () => {
  const line: Timeline = [{ ids: range(0, 400), hasStart: true, hasEnd: true }]

  test('keeps its newest part, and is the same if nothing is dropped', () => {
    expect(trimmed(line, 100, new Set())).toEqual([{ ids: range(300, 400), hasStart: false, hasEnd: true }])
    expect(trimmed(line, 400, new Set())).toBe(line)
    const empty: Timeline = [{ ids: [], hasStart: true, hasEnd: true }]
    expect(trimmed(empty, 100, new Set())).toBe(empty)
  })

  test('keeps the surroundings of a place, with holes between', () => {
    expect(trimmed(line, 100, new Set([id(named(10)), id(named(150))]))).toEqual([
      { ids: range(0, 71), hasStart: true, hasEnd: false },
      { ids: range(90, 211), hasStart: false, hasEnd: false },
      { ids: range(300, 400), hasStart: false, hasEnd: true },
    ])
    expect(trimmed(line, 100, new Set([id(named(320))]))).toEqual([
      { ids: range(260, 400), hasStart: false, hasEnd: true },
    ])
  })

  test('drops a part of the history that nobody reads', () => {
    const old = { ids: range(0, 50), hasStart: false, hasEnd: false }
    const end = { ids: range(90, 100), hasStart: false, hasEnd: true }
    expect(trimmed([old, end], 100, new Set())).toEqual([end])
  })
})

test('an open channel that follows its end keeps a bounded part, however long it is open', async () => {
  const state = stateWith()
  watch(state)
  state.posts.follow(town, true)
  for (let n = 0; n < 3000; n += 500) {
    say(state, n, n + 500)
    await tidy(state)
  }
  expect(known(state)).toEqual(range(2700, 3000))
  expect(state.posts.records.keys()).toHaveLength(300)
})

test('a reader in the history keeps all of it; once the channel is closed, a small part', async () => {
  const state = stateWith()
  const end = watch(state)
  say(state, 0, 700)
  await tidy(state)
  expect(known(state)).toEqual(range(0, 700))
  end()
  await tidy(state)
  expect(known(state)).toEqual(range(600, 700))
  expect(state.posts.records.keys()).toHaveLength(100)
})

test('what was dropped is loaded again, without a hole and without doubles', async () => {
  const asked: unknown[] = []
  const state = stateWith({
    'posts.listInChannel': ({ query }) => {
      asked.push(query?.before)
      const first = Number(String(query?.before).slice(1, 6))
      const page = Array.from({ length: 60 }, (_, n) => post(named(first - 60 + n), 1000 + first - 60 + n))
      return {
        order: page.map((each) => each.id).reverse(),
        posts: Object.fromEntries(page.map((each) => [each.id, each])),
        prev_post_id: id(named(first - 61)),
        next_post_id: '',
      }
    },
  })
  say(state, 0, 500)
  await tidy(state)
  expect(known(state)).toEqual(range(400, 500))
  await state.posts.loadOlder(town, id(named(400)))
  expect(asked).toEqual([id(named(400))])
  expect(state.posts.timelines.one(town)).toEqual([{ ids: range(340, 500), hasStart: false, hasEnd: true }])
  expect(range(340, 500).every((each) => state.posts.records.has(each))).toBe(true)
})

test('posts that something refers to stay, wherever they are', async () => {
  const pinned = post(named(3), 1003, { is_pinned: true })
  const state = stateWith({
    'posts.listPinned': () => ({ order: [pinned.id], posts: { [pinned.id]: pinned } }),
    'threads.get': () => ({
      id: id(named(5)),
      post: post(named(5), 1005),
      participants: [],
      is_following: true,
    }),
    'reactions.save': () => new Promise(() => undefined),
    'posts.thread': () => ({
      order: [id('answer')],
      posts: { [id('answer')]: post('answer', 5000, { root_id: id(named(6)) }) },
      has_next: false,
    }),
  })
  say(state, 0, 500)
  await state.marked.openPinned(town)
  await state.threads.fetch('', id(named(5)))
  await state.posts.replies.open(id(named(6)))
  void state.posts.react(id(named(7)), 'tada', true)
  const end = state.posts.records.at(id(named(8))).subscribe(() => undefined)
  state.posts.hold(() => [id(named(9))])
  await tidy(state)
  const old = state.posts.records.keys().filter((each) => each < id(named(400)) && each !== id('answer'))
  expect(old.sort()).toEqual([3, 5, 6, 7, 8, 9].map((n) => id(named(n))))
  end()
  await tidy(state)
  expect(state.posts.records.has(id(named(8)))).toBe(false)
})

test('the root of a reply that is kept stays', async () => {
  const state = stateWith()
  say(state, 0, 300)
  state.apply(posted(post('reply', 5000, { root_id: id(named(2)) })))
  await tidy(state)
  expect(state.posts.records.has(id(named(2)))).toBe(true)
  expect(state.posts.records.has(id(named(3)))).toBe(false)
})

test('the surroundings of a place stay in a closed channel', async () => {
  const state = stateWith()
  state.posts.hold(() => [id(named(100))], true)
  say(state, 0, 500)
  await tidy(state)
  expect(state.posts.timelines.one(town)).toEqual([
    { ids: range(40, 161), hasStart: false, hasEnd: false },
    { ids: range(400, 500), hasStart: false, hasEnd: true },
  ])
})

test('a post that is touched between two passes stays until it is unused again', async () => {
  const state = stateWith()
  say(state, 0, 200)
  await state.posts.tidy()
  const found = post(named(4), 1004, { message: 'found' })
  state.posts.put(found)
  await state.posts.tidy()
  expect(state.posts.records.one(found.id)?.message).toBe('found')
  expect(state.posts.records.has(id(named(5)))).toBe(false)
  await state.posts.tidy()
  expect(state.posts.records.has(found.id)).toBe(false)
})

test('events about forgotten posts change nothing that is shown', async () => {
  const state = stateWith({}, home())
  say(state, 0, 300)
  await tidy(state)
  const edited = post(named(4), 1004, { message: 'edited', update_at: 9000 })
  state.apply(frame('post_edited', { post: JSON.stringify(edited) }))
  state.apply(frame('post_deleted', { post: JSON.stringify(post(named(6), 1006, { delete_at: 9001 })) }))
  expect(known(state)).toEqual(range(200, 300))
  await tidy(state)
  expect(state.posts.records.keys().sort()).toEqual(range(200, 300))
})
