import { channelOf, direct, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import {
  type Channel,
  channels,
  members,
  posts,
  presence,
  settings,
  teams,
  unreads,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const newcomer = (name = 'lea') => signUp(at.server, name, at.team.invite_id)
const own = (person: Person, channel: Channel) =>
  person.call(members.get, { params: { channel_id: channel.id, user_id: 'me' } })
const total = async (person: Person, channel: Channel) =>
  (await person.call(channels.get, { params: { channel_id: channel.id } })).total_msg_count
const unread = async (person: Person, channel: Channel) => {
  const member = await own(person, channel)
  return { messages: (await total(person, channel)) - member.msg_count, mentions: member.mention_count }
}
const view = (person: Person, channel: Channel) =>
  person.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: channel.id } })
const mark = (person: Person, postId: string) =>
  person.call(unreads.markUnread, { params: { user_id: 'me', post_id: postId }, body: {} })
const notify = (person: Person, notify_props: Record<string, string>) =>
  person.call(users.patch, { params: { user_id: person.id }, body: { notify_props } })
const notifyIn = (person: Person, channel: Channel, body: Record<string, string>) =>
  person.call(members.setNotifyProps, { params: { channel_id: channel.id, user_id: person.id }, body })

describe('the people whom a message mentions', () => {
  let lea: Person
  let room: Channel
  beforeAll(async () => {
    lea = await newcomer()
    await lea.call(users.patch, {
      params: { user_id: lea.id },
      body: { first_name: 'Lea', username: 'lea.m-1_x' },
    })
    const mention_keys = 'Neutrino, beam-line,Größe,  ,日本'
    await notify(lea, { mention_keys, first_name: 'true' })
    room = await channelOf(at.ana, at.team, 'O', [lea])
    await signUp(at.server, 'other', at.team.invite_id)
  })

  /** The rules of v4's server (semantics, section 13). */
  it.each<[string, boolean]>([
    ['@lea.m-1_x', true],
    ['hello @LEA.M-1_X!', true],
    ['(@lea.m-1_x)', true],
    ['ask @lea.m-1_x.', true],
    ['ask @lea.m-1_x...', true],
    ['...@lea.m-1_x', true],
    ['@lea.m-1_xy', false],
    ['@lea', false],
    ['lea.m-1_x', false],
    ['mail@lea.m-1_x', false],
    ['@@lea.m-1_x', false],
    ['`@lea.m-1_x`', false],
    ['```\n@lea.m-1_x\n```', false],
    ['**@lea.m-1_x**', true],
    ['> @lea.m-1_x', true],
    ['[text](https://example.invalid/@lea.m-1_x)', false],
    ['[@lea.m-1_x](https://example.invalid)', true],
    ['a neutrino', true],
    ['NEUTRINO', true],
    ['neutrinos', false],
    ['neutrino-beam', true],
    ['neutrino:', true],
    [':neutrino:', false],
    ['the beam-line is on', true],
    ['beam line', false],
    ['Größe', true],
    ['Größenordnung', true],
    ['grössen', false],
    ['`Größe`', false],
    ['これは日本です', true],
    ['Lea', true],
    ['lea', false],
    ['Leas', false],
    ['Lea!', true],
    ['', false],
    ['   ', false],
  ])('%j: %s', async (message, isMention) => {
    await view(lea, room)
    await write(at.ana, room, message)
    const expected = { messages: 1, mentions: isMention ? 1 : 0 }
    expect(await unread(lea, room)).toEqual(expected)
    const [first] = (await lea.call(posts.listInChannel, { params: { channel_id: room.id } })).order
    await view(lea, room)
    // Counting again must give the same result.
    expect(await mark(lea, first ?? '')).toMatchObject({ mention_count: expected.mentions })
  })

  it('are counted once per message, however often it mentions them', async () => {
    await view(lea, room)
    await write(at.ana, room, '@lea.m-1_x @lea.m-1_x neutrino Lea @all @channel @here Größe')
    expect(await unread(lea, room)).toEqual({ messages: 1, mentions: 1 })
  })

  it('are those with the longer of two names that differ in a full stop at the end', async () => {
    const [plain, dotted] = [await newcomer('dot'), await newcomer('dot')]
    await plain.call(users.patch, { params: { user_id: plain.id }, body: { username: 'dotty' } })
    await dotted.call(users.patch, { params: { user_id: dotted.id }, body: { username: 'dotty.' } })
    const channel = await channelOf(at.ana, at.team, 'O', [plain, dotted])
    const post = await write(at.ana, channel, 'ask @dotty.')
    expect((await unread(plain, channel)).mentions).toBe(1)
    expect((await unread(dotted, channel)).mentions).toBe(2)
    expect(await mark(plain, post.id)).toMatchObject({ mention_count: 0 })
    expect(await mark(dotted, post.id)).toMatchObject({ mention_count: 1 })
  })

  it('are never outside the channel, and never the author', async () => {
    const channel = await channelOf(at.ana, at.team, 'O', [lea])
    const socket = await at.bo.listen()
    await write(at.ana, channel, `@${at.ana.username} @${at.bo.username} @all`)
    expect(await unread(at.ana, channel)).toEqual({ messages: 0, mentions: 0 })
    await refused('channels.member_not_found', own(at.bo, channel))
    await socket.settle()
    expect(socket.all('posted')).toEqual([])
  })

  it('follow a new username, and the old one is free', async () => {
    const [kim, channel] = [await newcomer('kim'), await channelOf(at.ana, at.team, 'O')]
    await kim.call(members.add, { params: { channel_id: channel.id }, body: { user_id: kim.id } })
    const username = `${kim.username}-new`
    await kim.call(users.patch, { params: { user_id: kim.id }, body: { username } })
    await write(at.ana, channel, `@${kim.username}`)
    expect(await unread(kim, channel)).toEqual({ messages: 1, mentions: 0 })
    await write(at.ana, channel, `@${username}`)
    expect(await unread(kim, channel)).toEqual({ messages: 2, mentions: 1 })
  })
})

describe('mentions of everybody', () => {
  const counts = async (set: (person: Person, channel: Channel) => Promise<unknown>, message: string) => {
    const kim = await newcomer('kim')
    const channel = await channelOf(at.ana, at.team, 'O')
    await kim.call(members.add, { params: { channel_id: channel.id }, body: { user_id: kim.id } })
    await set(kim, channel)
    const post = await write(at.ana, channel, message)
    const counted = (await unread(kim, channel)).mentions
    expect(await mark(kim, post.id)).toMatchObject({ mention_count: message.includes('@here') ? 1 : counted })
    return counted
  }
  const nothing = async () => undefined

  it.each<[string, (person: Person, channel: Channel) => Promise<unknown>, number]>([
    ['count', nothing, 1],
    ['do not count for a person who has switched them off', (kim) => notify(kim, { channel: 'false' }), 0],
    [
      'do not count for a person who ignores them in this channel',
      (kim, room) => notifyIn(kim, room, { ignore_channel_mentions: 'on' }),
      0,
    ],
    [
      'do not count for a person who has muted the channel',
      (kim, room) => notifyIn(kim, room, { mark_unread: 'mention' }),
      0,
    ],
    [
      'count for a person who has muted the channel but wants them',
      (kim, room) => notifyIn(kim, room, { mark_unread: 'mention', ignore_channel_mentions: 'off' }),
      1,
    ],
  ])('%s', async (_, set, expected) => {
    for (const word of ['@all', '@channel', 'Hallo @ALL!'])
      expect(await counts(set, word), word).toBe(expected)
  })

  it('with @here count for people who are online', async () => {
    expect(await counts(nothing, '@here')).toBe(0)
    const online = async (kim: Person) => {
      await kim.listen()
      const sql = 'select status from statuses where user_id = $1'
      await vi.waitFor(async () =>
        expect(await at.server.app.pool.row(sql, [kim.id])).toEqual({ status: 'online' }),
      )
    }
    expect(await counts(online, '@here')).toBe(1)
    const away = async (kim: Person) => {
      await online(kim)
      await kim.call(presence.set, { params: { user_id: kim.id }, body: { user_id: kim.id, status: 'away' } })
    }
    expect(await counts(away, '@here')).toBe(0)
  })

  it('do not count in code, while they are off, and in channels larger than the setting allows', async () => {
    expect(await counts(nothing, '`@all`')).toBe(0)
    const guest = await newcomer('guest')
    const channel = await channelOf(at.ana, at.team, 'O', [guest])
    await view(at.ana, channel)
    const silent = { channel_id: channel.id, message: '@all', props: { mentionHighlightDisabled: true } }
    const quiet = await guest.call(posts.create, { body: silent })
    expect((await unread(at.ana, channel)).mentions).toBe(0)
    expect(await mark(at.ana, quiet.id)).toMatchObject({ mention_count: 0 })
    await at.root.call(settings.patch, { body: { TeamSettings: { MaxNotificationsPerChannel: 3 } } })
    await write(guest, channel, '@all')
    expect((await unread(at.ana, channel)).mentions).toBe(1)
    await view(at.ana, channel)
    await at.ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: at.bo.id } })
    const post = await write(guest, channel, '@all')
    expect((await unread(at.ana, channel)).mentions).toBe(0)
    expect(await mark(at.ana, post.id)).toMatchObject({ mention_count: 0 })
    await at.root.call(settings.patch, { body: { TeamSettings: { MaxNotificationsPerChannel: 1000 } } })
  })
})

describe('conversations', () => {
  it('every message mentions the other members', async () => {
    const { ana, bo, eve } = at
    const [talk, group] = [
      await direct(ana, bo),
      await ana.call(channels.createGroup, { body: [bo.id, eve.id] }),
    ]
    for (const channel of [talk, group]) {
      await write(ana, channel, 'one')
      await write(ana, channel, 'two')
      expect(await unread(bo, channel)).toEqual({ messages: 2, mentions: 2 })
      expect(await unread(ana, channel)).toEqual({ messages: 0, mentions: 0 })
    }
    const notes = await ana.call(channels.createDirect, { body: [ana.id] })
    await write(ana, notes, 'to myself')
    expect(await unread(ana, notes)).toEqual({ messages: 0, mentions: 0 })
  })
})

describe('reading', () => {
  it('marks several channels as read at once, and tells the person’s other clients', async () => {
    const { ana, bo } = at
    const lea = await newcomer()
    const rooms = [await channelOf(ana, at.team, 'O', [lea]), await channelOf(ana, at.team, 'O', [lea])]
    const [one, two] = rooms.map((room) => room.id)
    for (const room of rooms) await write(ana, room, `@${lea.username}`)
    const [socket, other] = [await lea.listen(), await bo.listen()]
    const body = { channel_id: one ?? '', prev_channel_id: two ?? '' }
    const viewed = await lea.call(unreads.view, { params: { user_id: 'me' }, body })
    expect(Object.keys(viewed.last_viewed_at_times).sort()).toEqual([one, two].sort())
    expect((await socket.next('multiple_channels_viewed')).channel_times).toEqual(viewed.last_viewed_at_times)
    for (const room of rooms) expect(await unread(lea, room)).toEqual({ messages: 0, mentions: 0 })
    await other.settle()
    expect(other.all('multiple_channels_viewed')).toEqual([])
  })

  it('skips channels of which the person is no member, and nobody can do it for others', async () => {
    const { ana, bo, root } = at
    const secret = await channelOf(ana, at.team, 'P')
    const params = { user_id: 'me' }
    const body = [secret.id, 'a'.repeat(26)]
    expect(await bo.call(unreads.markRead, { params, body })).toEqual({
      status: 'OK',
      last_viewed_at_times: {},
    })
    const mine = await ana.call(unreads.markRead, { params, body })
    expect(Object.keys(mine.last_viewed_at_times)).toEqual([secret.id])
    for (const by of [bo, root]) {
      await refused(
        'api.context.permissions.app_error',
        by.call(unreads.markRead, { params: { user_id: ana.id }, body }),
      )
      await refused(
        'api.context.permissions.app_error',
        by.call(unreads.ofTeams, { params: { user_id: ana.id } }),
      )
      const around = { user_id: ana.id, channel_id: at.townSquare.id }
      await refused('api.context.permissions.app_error', by.call(unreads.postsAround, { params: around }))
    }
  })

  it('never leaves a message unread while its mention is lost, however close both happen', async () => {
    const lea = await newcomer()
    const room = await channelOf(at.ana, at.team, 'O', [lea])
    await view(lea, room)
    for (let round = 0; round < 12; round += 1) {
      const writing = Promise.all([1, 2, 3].map(() => write(at.ana, room, `@${lea.username}`)))
      await Promise.all([writing, view(lea, room), view(lea, room), writing.then(() => undefined)])
      const { messages, mentions } = await unread(lea, room)
      expect(mentions).toBe(messages)
    }
    const [first] = (
      await lea.call(posts.listInChannel, { params: { channel_id: room.id }, query: { per_page: 200 } })
    ).order.slice(-1)
    for (let round = 0; round < 8; round += 1) {
      await Promise.all([
        write(at.ana, room, `@${lea.username}`),
        mark(lea, first ?? ''),
        write(at.ana, room, `@${lea.username}`),
      ])
      const { messages, mentions } = await unread(lea, room)
      expect(mentions).toBe(messages)
    }
  })
})

describe('marking unread', () => {
  it('starts at the post, tells the person’s other clients, and ends by reading', async () => {
    const { ana, bo } = at
    const room = await channelOf(ana, at.team, 'O', [bo])
    await write(ana, room, 'one')
    const two = await write(ana, room, `two @${bo.username}`)
    await write(ana, room, 'reply', two.id)
    await view(bo, room)
    const [socket, other] = [await bo.listen(), await ana.listen()]
    const marked = await mark(bo, two.id)
    expect(marked).toMatchObject({
      channel_id: room.id,
      user_id: bo.id,
      team_id: at.team.id,
      msg_count: 1,
      msg_count_root: 1,
    })
    expect(marked).toMatchObject({
      mention_count: 1,
      mention_count_root: 1,
      last_viewed_at: two.create_at - 1,
    })
    expect(await socket.next('post_unread')).toMatchObject({
      post_id: two.id,
      msg_count: 1,
      mention_count: 1,
    })
    await other.settle()
    expect(other.all('post_unread')).toEqual([])
    await view(bo, room)
    expect(await unread(bo, room)).toEqual({ messages: 0, mentions: 0 })
  })

  it('is for members of the channel, and for posts that exist', async () => {
    const { ana, bo } = at
    const [open, secret] = [await channelOf(ana, at.team, 'O'), await channelOf(ana, at.team, 'P')]
    const [here, there] = [await write(ana, open, 'x'), await write(ana, secret, 'x')]
    await refused('channels.member_not_found', mark(bo, here.id))
    await refused('posts.not_found', mark(bo, there.id))
    await ana.call(posts.remove, { params: { post_id: here.id } })
    await refused('posts.not_found', mark(ana, here.id))
  })
})

describe('the totals of a team', () => {
  it('exclude messages (but not mentions) of muted channels, and archived channels', async () => {
    const { root } = at
    const lea = await newcomer()
    const team = await root.call(teams.create, { body: { name: 'sums', display_name: 'Sums', type: 'O' } })
    await root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: lea.id } })
    const rooms = []
    for (let n = 0; n < 3; n += 1) rooms.push(await channelOf(root, team, 'O', [lea]))
    const [loud, muted, archived] = rooms
    if (!loud || !muted || !archived) throw new Error('three channels were made')
    for (const room of rooms) await view(lea, room)
    await notifyIn(lea, muted, { mark_unread: 'mention' })
    for (const room of rooms) {
      const post = await write(root, room, `@${lea.username}`)
      await write(root, room, 'reply', post.id)
    }
    await root.call(channels.archive, { params: { channel_id: archived.id } })
    const params = { user_id: 'me' }
    const all = await lea.call(unreads.ofTeams, { params })
    expect(all.find((each) => each.team_id === team.id)).toMatchObject({
      msg_count: 2,
      msg_count_root: 1,
      mention_count: 2,
      mention_count_root: 2,
      thread_count: 0,
    })
    const others = await lea.call(unreads.ofTeams, { params, query: { exclude_team: team.id } })
    expect(others.map((each) => each.team_id)).toEqual([at.team.id])
  })
})
