import type { Reaction } from '@plausch/wire'
import { expect, test } from 'vitest'
import { reactionGroups } from './groups.ts'

const by = (user_id: string, emoji_name: string, create_at: number) =>
  ({ user_id, emoji_name, create_at }) as Reaction

test('reactions are counted by emoji, in the order in which the emoji were first used', () => {
  const all = [by('bo', 'tada', 3), by('ana', 'eyes', 2), by('me', 'eyes', 5), by('ana', 'tada', 4)]
  expect(reactionGroups(all, 'me')).toEqual([
    { name: 'eyes', userIds: ['ana', 'me'], isOwn: true },
    { name: 'tada', userIds: ['bo', 'ana'], isOwn: false },
  ])
})
