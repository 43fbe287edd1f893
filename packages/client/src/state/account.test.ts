import { beforeEach, expect, test } from 'vitest'
import { forget, home, me, post, posted, stateWith, unread, user } from './state.fixture.ts'

beforeEach(forget)

const mine = { desktop: 'mention', email: 'true' }
const bundle = home({ me: user('me', { notify_props: mine, props: {} }) })

test('a notification setting changes at once, and sends the others along', async () => {
  let sent: unknown
  const state = stateWith(
    {
      'users.patch': ({ body }) => {
        sent = body
        expect(state.me.get()?.notify_props.desktop).toBe('all')
        return user('me', { notify_props: { ...mine, desktop: 'all' }, update_at: 9 })
      },
    },
    bundle,
  )
  await state.users.setNotifyProps({ desktop: 'all' })
  expect(sent).toEqual({ notify_props: { ...mine, desktop: 'all' } })
  expect(state.me.get()?.notify_props).toEqual({ ...mine, desktop: 'all' })
})

test('a refused change is taken back, and told', async () => {
  const refuse = () => Promise.reject(new Error('no'))
  const state = stateWith({ 'users.patch': refuse, 'presence.setCustom': refuse }, bundle)
  await expect(state.users.setNotifyProps({ desktop: 'all' })).rejects.toThrow('no')
  expect(state.me.get()?.notify_props).toEqual(mine)
  await expect(state.users.setCustomStatus({ text: 'Here' })).rejects.toThrow('no')
  expect(state.me.get()?.props.customStatus).toBeUndefined()
})

test('a new message is told after it was counted', () => {
  const state = stateWith()
  const told: unknown[] = []
  const end = state.arrivals.listen(({ post: { id: _, ...rest }, mentions }) =>
    told.push([rest.message, mentions, unread(state).mentions]),
  )
  state.apply(posted(post('p1', 110), [me]))
  expect(told).toEqual([['p1', [me], 1]])
  end()
  state.apply(posted(post('p2', 120)))
  expect(told).toHaveLength(1)
})
