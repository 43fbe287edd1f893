/** The server counts mentions, and clients highlight them. Both must mean the same messages. */
import { isNamedIn } from '@plausch/client'
import { channelOf, type Person, type Place, place, write } from '@plausch/testkit'
import { type Channel, members, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
let bo: Person
beforeAll(async () => {
  at = await place()
  bo = at.bo
  room = await channelOf(at.ana, at.team, 'P', [bo])
})
afterAll(() => at.stop())

type Settings = { account?: Record<string, string>; channel?: Record<string, string>; first_name?: string }

const messages = [
  ...['hello', '@bo', 'to @Bo, please', 'bo@example.org', '@bob', '@bo.', 'strahl', 'STRAHLEN', 'Strahl!'],
  ...[
    '東京駅で',
    'Bodo was here',
    'bodo was here',
    '`@bo`',
    '@channel',
    '@all',
    '@here',
    '@bo.x strahl-zeit',
  ],
]

const cases: [string, Settings][] = [
  ['a new account', {}],
  ['keywords with spaces and capitals', { account: { mention_keys: ' Strahl ,東京,, @anna. ' } }],
  ['too long a keyword', { account: { mention_keys: 'x'.repeat(65) } }],
  ['the first name', { account: { first_name: 'true' }, first_name: 'Bodo' }],
  ['no mentions of everybody', { account: { channel: 'false' } }],
  ['a muted channel', { channel: { mark_unread: 'mention' } }],
  [
    'a muted channel that asks for everybody',
    { channel: { mark_unread: 'mention', ignore_channel_mentions: 'off' } },
  ],
  ['a channel without everybody', { channel: { ignore_channel_mentions: 'on' } }],
]

const plain = { mention_keys: '', first_name: 'false', channel: 'true' }

describe('the server and a client agree on who is mentioned', () => {
  it.for(cases)('with %s', async ([, { account = {}, channel = {}, first_name = '' }]) => {
    const params = { user_id: 'me' }
    const me = await bo.call(users.patch, {
      params,
      body: { notify_props: { ...plain, ...account }, first_name },
    })
    const about = { channel_id: room.id, user_id: bo.user.id }
    const wanted = { mark_unread: 'all', ignore_channel_mentions: 'default', ...channel }
    await bo.call(members.setNotifyProps, { params: about, body: wanted })
    const member = await bo.call(members.get, { params: about })
    const socket = await bo.listen()
    const counted: string[] = []
    for (const message of messages) {
      const post = await write(at.ana, room, message)
      const told = await socket.next('posted', (data) => data.post.includes(post.id))
      if (told.mentions?.includes(bo.user.id)) counted.push(message)
    }
    expect(messages.filter((message) => isNamedIn(message, me, member))).toEqual(counted)
  })
})
