import type { Arrival } from '@plausch/client'
import type { ChannelMember, Post } from '@plausch/wire'
import { describe, expect, test } from 'vitest'
import { hasSound, rings, type Situation } from './decide.ts'

const ME = 'me'
const said = (over: Partial<Post> = {}, mentions: string[] = [], followers: string[] = []): Arrival => ({
  post: { user_id: 'jan', type: '', root_id: '', message: 'Hi', props: {}, ...over } as Post,
  mentions,
  followers,
  sender: 'jan',
})
const member = (notify_props: Record<string, string>): ChannelMember =>
  ({ notify_props: { desktop: 'default', mark_unread: 'all', ...notify_props } }) as unknown as ChannelMember
const when = (
  over: Omit<Partial<Situation>, 'me'> & {
    mine?: Record<string, string>
    here?: Record<string, string>
  } = {},
): Situation => ({
  me: { id: ME, notify_props: { desktop: 'mention', ...over.mine } },
  channel: { type: 'O' },
  member: member(over.here ?? {}),
  status: 'online',
  isThreaded: false,
  isSeen: false,
  ...over,
})
const direct = { channel: { type: 'D' } } as const
const group = { channel: { type: 'G' } } as const

describe('a message rings', () => {
  test.each<[string, boolean, Arrival, Situation]>([
    ['a mention', true, said({}, [ME]), when()],
    ['no mention, though only mentions ring', false, said(), when()],
    ['anything, if all ring', true, said(), when({ mine: { desktop: 'all' } })],
    ['nothing, if none rings', false, said({}, [ME]), when({ mine: { desktop: 'none' } })],
    ['a direct message', true, said(), when(direct)],
    ['a direct message, if none rings', false, said(), when({ ...direct, mine: { desktop: 'none' } })],
    ['a group message', true, said(), when(group)],
    [
      'a group message, where only mentions ring',
      false,
      said(),
      when({ ...group, here: { desktop: 'mention' } }),
    ],
    ['the channel counts before the person: all', true, said(), when({ here: { desktop: 'all' } })],
    [
      'the channel counts before the person: none',
      false,
      said({}, [ME]),
      when({ mine: { desktop: 'all' }, here: { desktop: 'none' } }),
    ],
    ['a muted channel', false, said({}, [ME]), when({ here: { mark_unread: 'mention' } })],
    ['do not disturb', false, said({}, [ME]), when({ status: 'dnd' })],
    [
      'do not disturb, even if it is forced',
      false,
      said({ props: { force_notification: 'x' } }),
      when({ status: 'dnd' }),
    ],
    ['out of office', false, said(), when({ ...direct, status: 'ooo' })],
    ['away', true, said({}, [ME]), when({ status: 'away' })],
    ['the open channel', false, said({}, [ME]), when({ isSeen: true })],
    ['an own message', false, said({ user_id: ME }), when({ mine: { desktop: 'all' } })],
    [
      'a webhook in my name',
      true,
      said({ user_id: ME, props: { from_webhook: 'true' } }),
      when({ mine: { desktop: 'all' } }),
    ],
    ['a system message', false, said({ type: 'system_join_channel' }), when({ mine: { desktop: 'all' } })],
    ['being added', true, said({ type: 'system_add_to_channel', props: { addedUserId: ME } }, [ME]), when()],
    [
      'a forced one, past the mute',
      true,
      said({ props: { force_notification: 'x' } }),
      when({ here: { mark_unread: 'mention' } }),
    ],
  ])('%s: %s', (_, expected, arrival, situation) => {
    expect(rings(arrival, situation)).toBe(expected)
  })

  test.each<[string, boolean, Arrival, Situation]>([
    ['a reply in a followed thread', true, said({ root_id: 'r' }, [], [ME]), when({ isThreaded: true })],
    [
      'a reply in another thread',
      false,
      said({ root_id: 'r' }),
      when({ isThreaded: true, mine: { desktop: 'all' } }),
    ],
    ['a mention in another thread', true, said({ root_id: 'r' }, [ME]), when({ isThreaded: true })],
    [
      'a reply in a followed thread, if only mentions ring there',
      false,
      said({ root_id: 'r' }, [], [ME]),
      when({ isThreaded: true, mine: { desktop_threads: 'mention' } }),
    ],
  ])('%s: %s', (_, expected, arrival, situation) => {
    expect(rings(arrival, situation)).toBe(expected)
  })
})

test('a channel can be silent, or the only one with a sound', () => {
  expect(hasSound(when())).toBe(true)
  expect(hasSound(when({ mine: { desktop_sound: 'false' } }))).toBe(false)
  expect(hasSound(when({ mine: { desktop_sound: 'false' }, here: { desktop_sound: 'on' } }))).toBe(true)
  expect(hasSound(when({ here: { desktop_sound: 'off' } }))).toBe(false)
})
