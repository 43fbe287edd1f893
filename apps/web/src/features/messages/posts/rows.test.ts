import type { Pending } from '@plausch/client'
import type { Post } from '@plausch/wire'
import { expect, test } from 'vitest'
import { keepSame, rowsOf, withEphemeral } from './rows.ts'

const day = new Date(2026, 10, 23, 12).getTime()
const minute = 60_000
let count = 0
const post = (at: number, user = 'ana', more: Partial<Post> = {}): Post =>
  ({
    id: `p${++count}`,
    create_at: day + at,
    user_id: user,
    type: '',
    root_id: '',
    pending_post_id: '',
    props: {},
    metadata: {},
    ...more,
  }) as Post

const kinds = (posts: Post[], newSince?: number) => rowsOf(posts, newSince, 'me').map((row) => row.kind)
const following = (posts: Post[]) =>
  rowsOf(posts, undefined, 'me').flatMap((row) => (row.kind === 'post' ? [row.isFollowing] : []))

test('a day starts with its date', () => {
  expect(kinds([post(0), post(minute), post(24 * 60 * minute)])).toEqual([
    'date',
    'post',
    'post',
    'date',
    'post',
  ])
})

test('messages of one author within five minutes form a group, except replies to another message', () => {
  expect(
    following([
      post(0),
      post(minute),
      post(minute * 7),
      post(minute * 8, 'bo'),
      post(minute * 9, 'bo', { root_id: 'r' }),
    ]),
  ).toEqual([false, true, false, false, false])
})

test('the line is above the first new message of somebody else', () => {
  const posts = [post(0), post(1, 'me'), post(2), post(3)]
  expect(kinds(posts, day)).toEqual(['date', 'post', 'post', 'line', 'post', 'post'])
  expect(kinds(posts, 0)[1]).toBe('line')
  expect(kinds(posts, day + 3)).not.toContain('line')
  expect(kinds(posts)).not.toContain('line')
})

test('after the line, a message shows its author again', () => {
  const rows = rowsOf([post(0), post(1)], day, 'me')
  expect(rows.at(-1)).toMatchObject({ kind: 'post', isFollowing: false })
})

test('consecutive system messages form one row', () => {
  const system = { type: 'system_join_channel' }
  const rows = rowsOf([post(0), post(1, 'bo', system), post(2, 'eve', system), post(3)], undefined, 'me')
  expect(rows.map((row) => (row.kind === 'system' ? row.posts.length : row.kind))).toEqual([
    'date',
    'post',
    2,
    'post',
  ])
  expect(rows.at(-1)).toMatchObject({ isFollowing: false })
})

test('a row keeps its key when the server confirms its message', () => {
  expect(rowsOf([post(0, 'me', { pending_post_id: 'me:1' })], undefined, 'me').at(-1)?.key).toBe('me:1')
})

test('a message that is being sent has the rows that it will have, and is there once', () => {
  const pending = (at: number, more: Partial<Pending> = {}): Pending => ({
    ...{ pendingId: `me:${at}`, channelId: 'c', rootId: '', message: 'hi', at: day + at, state: 'sending' },
    ...more,
  })
  const rows = (sent: Pending[], posts = [post(0, 'me')]) =>
    rowsOf(posts, undefined, 'me', sent).map((row) =>
      row.kind === 'pending' ? [row.key, row.isFollowing] : row.kind,
    )
  expect(rows([pending(1), pending(2)])).toEqual(['date', 'post', ['me:1', true], ['me:2', true]])
  expect(rows([pending(24 * 60 * minute)])).toEqual([
    'date',
    'post',
    'date',
    [`me:${24 * 60 * minute}`, false],
  ])
  expect(rows([pending(1, { priority: { priority: 'urgent', requested_ack: false } })])[2]).toEqual([
    'me:1',
    false,
  ])
  expect(rows([pending(1)], [post(1, 'me', { pending_post_id: 'me:1' })])).toEqual(['date', 'post'])
})

test('a message that only the reader sees is at its time, if that part is shown', () => {
  const [a, b] = [post(0), post(minute)]
  const between = post(30_000, 'bot', { type: 'system_ephemeral' })
  const late = post(2 * minute, 'bot', { type: 'system_ephemeral' })
  expect(withEphemeral([a, b], [late, between], false)).toEqual([a, between, b])
  expect(withEphemeral([a, b], [late], true)).toEqual([a, b, late])
  expect(kinds([a, between])).toEqual(['date', 'post', 'post'])
})

test('an urgent message, and one under another name, begin a group', () => {
  const hook = { props: { from_webhook: 'true', override_username: 'CI' } }
  expect(
    following([
      post(0),
      post(1, 'ana', { metadata: { priority: { priority: 'urgent' } } }),
      post(2, 'ana', hook),
      post(3, 'ana', hook),
      post(4),
    ]),
  ).toEqual([false, false, false, true, false])
})

test('a new message leaves the rows of the others as they are', () => {
  const system = { type: 'system_join_channel' }
  const [a, b, c] = [post(0), post(1, 'bo', system), post(2)]
  const before = keepSame([], rowsOf([a, b, c], undefined, 'me'))
  const after = keepSame(before, rowsOf([a, b, c, post(3)], undefined, 'me'))
  expect(after.slice(0, 4)).toHaveLength(before.length)
  expect(after.slice(0, 4).every((row, i) => row === before[i])).toBe(true)
  const edited = keepSame(after, rowsOf([a, b, { ...c, message: 'else' }, post(3)], undefined, 'me'))
  expect(edited.map((row, i) => row === after[i])).toEqual([true, true, true, false, false])
})
