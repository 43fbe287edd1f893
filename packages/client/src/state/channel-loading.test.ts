import { beforeEach, expect, test } from 'vitest'
import { channel, forget, frame, id, me, member, stateWith, team } from './state.fixture.ts'

beforeEach(forget)

test('a channel that is archived while it is being loaded is archived', async () => {
  const before = channel('lab', { update_at: 10 })
  let archive = (): void => undefined
  const state = stateWith({
    'channels.get': () => {
      // The answer is on its way already when the event comes.
      queueMicrotask(() => archive())
      return before
    },
    'members.get': () => member('lab'),
    'categories.list': () => ({ categories: [], order: [] }),
  })
  await state.channels.fetch(id('lab'))
  archive = () =>
    state.apply(
      frame('channel_deleted', { channel_id: id('lab'), delete_at: 20 }, { team_id: team, user_id: me }),
    )
  await state.channels.fetch(id('lab'))
  expect(state.channels.records.one(id('lab'))?.delete_at).toBe(20)
})
