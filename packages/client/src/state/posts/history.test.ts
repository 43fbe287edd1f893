import type { Post } from '@plausch/wire'
import { beforeEach, expect, test } from 'vitest'
import { memoryDatabases } from '../../local/database.ts'
import {
  caller,
  channel,
  forget,
  frame,
  home,
  id,
  me,
  member,
  post,
  posted,
  stateWith,
  town,
} from '../state.fixture.ts'
import { createState } from '../state.ts'

beforeEach(forget)

const list = (posts: Post[]) => ({
  order: posts.map((each) => each.id).reverse(),
  posts: Object.fromEntries(posts.map((each) => [each.id, each])),
  next_post_id: '',
  prev_post_id: '',
  first_inaccessible_post_time: 0,
})

const now = 1_000_000
const reaction = { user_id: id('bo'), post_id: id('p1'), emoji_name: 'tada', create_at: now }

test('after a loss, `since` starts where events stopped, not where the channel is shown again', async () => {
  const sinces: unknown[] = []
  const answers = [list([post('p1', now)]), list([post('p2', now + 5000), post('p3', now + 90_000)])]
  const state = stateWith({
    'posts.listInChannel': ({ query }) => {
      sinces.push(query?.since)
      return answers.shift()
    },
    'home.get': () => home(),
  })
  await state.posts.open(town)
  await state.reload()
  state.apply(posted(post('p3', now + 90_000)))
  await state.posts.open(town)
  expect(sinces).toEqual([undefined, now - 10_000])
  expect(state.posts.timelines.one(town)?.flatMap(({ ids }) => ids)).toEqual([id('p1'), id('p2'), id('p3')])
})

test('a channel that was not shown gets the reactions whose events went to other clients', async () => {
  const other = id('other')
  const answers = [
    list([post('p1', now)]),
    list([]),
    list([post('p1', now, { update_at: now + 9, metadata: { reactions: [reaction as never] } })]),
  ]
  const state = stateWith(
    { 'posts.listInChannel': () => answers.shift() },
    home({
      channels: [channel('town'), channel('other')],
      channel_members: [member('town'), member('other')],
    }),
  )
  await state.posts.open(town)
  await state.posts.open(other)
  await state.posts.open(town)
  await state.settled()
  expect(state.posts.records.one(id('p1'))?.metadata.reactions).toEqual([reaction])
  expect(state.posts.timelines.one(town)).toMatchObject([{ hasEnd: true }])
})

test('a repeated reaction event counts once, and an older list does not remove the reaction', () => {
  const state = stateWith()
  state.apply(posted(post('p1', now)))
  const added = frame('reaction_added', { reaction: JSON.stringify(reaction) })
  state.apply(added)
  state.apply(added)
  state.posts.put(post('p1', now))
  expect(state.posts.records.one(id('p1'))).toMatchObject({
    has_reactions: true,
    metadata: { reactions: [reaction] },
  })
  state.apply(frame('reaction_removed', { reaction: JSON.stringify(reaction) }))
  expect(state.posts.records.one(id('p1'))?.metadata).toEqual({})
})

const shownIn = (state: ReturnType<typeof stateWith>) =>
  state.posts.timelines.one(town)?.flatMap(({ ids }) => ids) ?? []

test('a history that was asked for before events stopped is asked for again', async () => {
  const answers: ((posts: Post[]) => void)[] = []
  const state = stateWith({
    'posts.listInChannel': () => new Promise((resolve) => answers.push((posts) => resolve(list(posts)))),
    'home.get': () => home(),
  })
  const first = state.posts.open(town)
  await expect.poll(() => answers.length).toBe(1)
  await state.reload()
  const second = state.posts.open(town)
  answers[0]?.([])
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.([post('p1', now), post('p2', now + 1)])
  await Promise.all([first, second])
  state.apply(posted(post('p3', now + 2)))
  expect(shownIn(state)).toEqual([id('p1'), id('p2'), id('p3')])
})

test('two losses in a row: the second answer counts, for both, and the reader goes on reading', async () => {
  const sinces: unknown[] = []
  const answers: ((posts: Post[]) => void)[] = []
  const state = stateWith({
    'posts.listInChannel': ({ query }) => {
      sinces.push(query?.since)
      if (query?.since === undefined) return list([post('p1', now)])
      return new Promise((resolve) => answers.push((posts) => resolve(list(posts))))
    },
    'home.get': () => home(),
  })
  await state.posts.open(town)
  await state.reload()
  const first = state.posts.open(town)
  expect(shownIn(state)).toEqual([id('p1')])
  state.apply(posted(post('p3', now + 90_000)))
  await state.reload()
  const second = state.posts.open(town)
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.([post('p2', now + 5000), post('p3', now + 90_000)])
  await second
  answers[0]?.([post('gone', now + 4000)])
  await first
  expect(sinces).toEqual([undefined, now - 10_000, now - 10_000])
  expect(shownIn(state)).toEqual([id('p1'), id('p2'), id('p3')])
})

test('a post that is sent while no events come does not hide what others wrote before it', async () => {
  const sinces: unknown[] = []
  const own = post('own', now + 60_000, { user_id: id('me') })
  const answers = [list([post('p1', now)]), list([post('p2', now + 5000), own])]
  const state = stateWith({
    'posts.listInChannel': ({ query }) => {
      sinces.push(query?.since)
      return answers.shift()
    },
    'posts.create': () => own,
    'home.get': () => home(),
  })
  await state.posts.open(town)
  state.posts.pause()
  state.posts.outbox.send(town, 'own')
  await state.settled()
  expect(shownIn(state)).toEqual([id('p1'), id('own')])
  await state.reload()
  await state.posts.open(town)
  expect(sinces).toEqual([undefined, now - 10_000])
  expect(shownIn(state)).toEqual([id('p1'), id('p2'), id('own')])
})

test('a late list neither brings a deleted message back nor a former text', async () => {
  let answer: ((_: unknown) => void) | undefined
  const state = stateWith({ 'posts.listInChannel': () => new Promise((resolve) => (answer = resolve)) })
  const opened = state.posts.open(town)
  await expect.poll(() => answer).toBeDefined()
  const [goes, changes] = [post('goes', now), post('changes', now + 1)]
  state.apply(frame('post_deleted', { post: JSON.stringify(goes) }))
  const edited = { ...changes, message: 'new', update_at: now + 9, edit_at: now + 9 }
  state.apply(frame('post_edited', { post: JSON.stringify(edited) }))
  answer?.(list([goes, post('reply', now + 2, { root_id: goes.id }), changes]))
  await opened
  expect(state.posts.timelines.one(town)?.flatMap(({ ids }) => ids)).toEqual([changes.id])
  expect(state.posts.records.get().map(({ message }) => message)).toEqual(['new'])
})

test('a stored copy counts only while replies are shown in the way it was stored for', async () => {
  const openDatabase = memoryDatabases()
  /** Opens the channel after a start; returns from when on it asked the server, or `undefined` for all. */
  const start = async (CollapsedThreads: string): Promise<unknown> => {
    let since: unknown
    const answers = {
      'posts.listInChannel': ({ query }: { query?: Record<string, unknown> }) => {
        since = query?.since
        return list([post('p1', now)])
      },
    }
    const state = createState({ call: caller(answers), openDatabase, now: () => now })
    await state.device.open(me)
    state.load(home({ config: { TeammateNameDisplay: 'username', CollapsedThreads } }))
    await state.posts.open(town)
    await state.settled()
    await state.device.flush()
    await state.device.close()
    return since
  }
  expect(await start('disabled')).toBeUndefined()
  expect(await start('disabled')).toBeGreaterThan(0)
  expect(await start('always_on')).toBeUndefined()
  expect(await start('always_on')).toBeGreaterThan(0)
})
