import type { Post } from '@plausch/wire'
import { expect, test } from 'vitest'
import { type NoteLine, noteLines } from './lines.ts'

let count = 0
const note = (type: string, user_id: string, props: Record<string, unknown> = {}, message = ''): Post =>
  ({ id: `n${++count}`, create_at: count, type, user_id, props, message }) as Post
const added = (by: string, whom: string) =>
  note('system_add_to_channel', by, { userId: by, addedUserId: whom, addedUsername: whom })
const short = ({ text, who, whom }: NoteLine) =>
  [text, who.map(({ id }) => id).join('+'), whom.map(({ id, name }) => id || name).join('+')].join(' ').trim()
const said = (posts: Post[]) => noteLines(posts).map(short)

test('one person adds several: one line', () => {
  expect(said([added('ada', 'bo'), added('ada', 'mira'), added('ada', 'jan')])).toEqual([
    'system.added ada bo+mira+jan',
  ])
})

test('what different people do stays apart, and what many do alone is said together', () => {
  const posts = [
    added('ada', 'bo'),
    note('system_join_channel', 'cy'),
    added('eve', 'mira'),
    note('system_guest_join_channel', 'dan'),
    note('system_leave_channel', 'cy'),
    added('ada', 'jan'),
    note('system_join_channel', 'cy'),
  ]
  expect(said(posts)).toEqual([
    'system.added ada bo+jan',
    'system.joined cy+dan',
    'system.added eve mira',
    'system.left cy',
  ])
})

test('a removal names who did it, if that is somebody else', () => {
  const removed = { removedUserId: 'bo', removedUsername: 'bo', username: 'bo' }
  expect(said([note('system_remove_from_channel', 'ada', removed)])).toEqual(['system.removed ada bo'])
  expect(said([note('system_remove_from_team', 'bo', { username: 'bo' })])).toEqual([
    'system.removedTeam bo bo',
  ])
})

test('changes of a channel', () => {
  const header = { old_header: 'a', new_header: 'b', username: 'ada' }
  expect(noteLines([note('system_header_change', 'ada', header)])).toMatchObject([
    { text: 'system.header', from: 'a', to: 'b' },
  ])
  expect(said([note('system_purpose_change', 'ada', { old_purpose: 'a', new_purpose: '' })])).toEqual([
    'system.purposeRemoved ada',
  ])
  const privacy = (message: string) => said([note('system_change_chan_privacy', 'ada', {}, message)])
  expect(privacy('ada made the channel private.')).toEqual(['system.madePrivate ada'])
  expect(privacy('ada made the channel public.')).toEqual(['system.madePublic ada'])
})

test('a note of an unknown kind, or without names, shows its own text', () => {
  expect(noteLines([note('system_generic', 'ada', {}, 'Maintenance at noon')])).toMatchObject([
    { text: undefined, message: 'Maintenance at noon' },
  ])
  expect(noteLines([note('system_add_to_channel', 'ada', {}, 'added')])).toMatchObject([{ text: undefined }])
})
