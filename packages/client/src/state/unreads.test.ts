import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFault } from '../api.ts'
import type { Source } from '../source.ts'
import {
  asked,
  bo,
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
  unread,
} from './state.fixture.ts'

beforeEach(forget)

describe('unreads', () => {
  test('count posts of others once, however often and late their events come', () => {
    const state = stateWith()
    const first = posted(post('p1', 110))
    state.apply(first)
    state.apply(first)
    state.apply(posted(post('p0', 90)))
    expect(unread(state)).toEqual({ messages: 1, mentions: 0, isMuted: false })
  })

  test('count mentions of me, and not of others', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110), [me]))
    state.apply(posted(post('p2', 120), [bo]))
    expect(unread(state)).toEqual({ messages: 2, mentions: 1, isMuted: false })
  })

  test('my own post marks the channel as read', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110), [me]))
    state.apply(posted(post('p2', 120, { user_id: me })))
    expect(unread(state)).toEqual({ messages: 0, mentions: 0, isMuted: false })
    expect(state.members.mine.one(town)?.last_viewed_at).toBe(120)
  })

  test('join and leave notes are no messages', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110, { type: 'system_join_channel' })))
    expect(unread(state).messages).toBe(0)
    expect(state.channels.records.one(town)?.last_post_at).toBe(110)
  })

  test('where replies are collapsed, only root posts and their mentions count', () => {
    const collapsed = { config: { TeammateNameDisplay: 'username', CollapsedThreads: 'always_on' } }
    const state = stateWith({}, home(collapsed))
    state.apply(posted(post('p1', 110, { root_id: id('root') }), [me]))
    expect(unread(state)).toEqual({ messages: 0, mentions: 0, isMuted: false })
    state.apply(posted(post('p2', 120), [me]))
    expect(unread(state)).toEqual({ messages: 1, mentions: 1, isMuted: false })
    expect(state.posts.timelines.one(town)?.flatMap(({ ids }) => ids)).toEqual([id('p2')])
  })

  test.each([
    ['disabled', 'on', false],
    ['default_off', undefined, false],
    ['default_off', 'on', true],
    ['default_on', undefined, true],
    ['default_on', 'off', false],
    ['always_on', 'off', true],
  ])('with %s and the choice %s, replies are collapsed: %s', (CollapsedThreads, value, expected) => {
    const preference = {
      user_id: me,
      category: 'display_settings',
      name: 'collapsed_reply_threads',
      value: value ?? '',
    }
    const config = { TeammateNameDisplay: 'username', CollapsedThreads }
    const state = stateWith({}, home({ config, preferences: value ? [preference] : [] }))
    expect(state.isCollapsed.get()).toBe(expected)
  })

  test('in a muted channel only mentions count', () => {
    const state = stateWith(
      {},
      home({ channel_members: [member('town', { notify_props: { mark_unread: 'mention' } })] }),
    )
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120), [me]))
    expect(unread(state)).toEqual({ messages: 0, mentions: 1, isMuted: true })
  })

  test('reading in another window marks as read here, unless something came after it', async () => {
    const state = stateWith({
      'channels.get': () => channel('town', { total_msg_count: 7, last_post_at: 120 }),
      'members.get': () => member('town', { msg_count: 6, last_viewed_at: 110 }),
    })
    state.apply(posted(post('p1', 110)))
    state.apply(frame('multiple_channels_viewed', { channel_times: { [town]: 110 } }))
    expect(unread(state).messages).toBe(0)
    state.apply(posted(post('p2', 120)))
    state.apply(frame('multiple_channels_viewed', { channel_times: { [town]: 110 } }))
    await state.settled()
    expect(unread(state).messages).toBe(1)
    // The membership between two loads of the channel: no post came meanwhile.
    expect(asked).toEqual(['channels.get', 'members.get', 'channels.get'])
  })

  test("viewing shows at once, and takes the server's state if it fails", async () => {
    const state = stateWith({
      'unreads.view': () => {
        throw new ApiFault('internal', 500, 'no')
      },
      'channels.get': () => channel('town', { total_msg_count: 6, last_post_at: 110 }),
      'members.get': () => member('town', { msg_count: 5 }),
    })
    state.apply(posted(post('p1', 110)))
    const viewing = state.unreads.view(town)
    expect(unread(state).messages).toBe(0)
    await expect(viewing).rejects.toThrow('no')
    expect(unread(state).messages).toBe(1)
  })

  test("marking unread takes the server's counters", () => {
    const state = stateWith()
    const counters = {
      msg_count: 2,
      msg_count_root: 2,
      mention_count: 1,
      mention_count_root: 1,
      urgent_mention_count: 0,
      last_viewed_at: 50,
    }
    state.apply(frame('post_unread', { ...counters, post_id: id('p') }, { channel_id: town }))
    expect(unread(state)).toEqual({ messages: 3, mentions: 1, isMuted: false })
  })
})

describe('who draws a channel or its messages', () => {
  test('hears of new messages and of reading only what changes there', () => {
    const state = stateWith()
    const heard: string[] = []
    const follow = (name: string, source: Source<unknown>): void =>
      void source.subscribe(() => heard.push(name))
    follow('channel', state.channels.described(town))
    follow('notify props', state.members.notifyProps(town))
    follow('muted', state.unreads.muted(town))
    state.apply(posted(post('p1', 110), [me]))
    state.apply(frame('multiple_channels_viewed', { channel_times: { [town]: 115 } }))
    expect(unread(state).messages).toBe(0)
    expect(heard).toEqual([])
    state.apply(frame('channel_updated', { channel: channel('town', { header: 'new', update_at: 130 }) }))
    const notify_props = { ...member('town').notify_props, mark_unread: 'mention' }
    state.members.put(member('town', { notify_props }))
    expect(heard.toSorted()).toEqual(['channel', 'muted', 'notify props'])
    expect(state.channels.described(town).get()?.header).toBe('new')
  })
})
