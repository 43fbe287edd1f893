/** The rules of delivery: who gets which event, in which order. Numbered in docs/develop/protocol.md. */
import {
  channelOf,
  direct,
  type Listener,
  listen,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  write,
} from '@plausch/testkit'
import { type Channel, type EventData, members, type Post, posts, typing } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { helloOf, open } from './plain-socket.ts'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const postOf = (data: EventData<'posted'>) => JSON.parse(data.post) as Post
const about = (channel: Channel, person: Person) => ({ channel_id: channel.id, user_id: person.id })
const postedIn = (listener: Listener, channel: Channel) =>
  listener.all('posted').filter((data) => postOf(data).channel_id === channel.id)

describe('W17: membership', () => {
  it('is checked when an event is written: nothing of the channel follows `user_removed`', async () => {
    const { ana, bo } = at
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    const channel = await channelOf(ana, at.team, 'P', [bo, lea])
    for (let round = 0; round < 5; round += 1) {
      const listener = await lea.listen()
      const writing = Array.from({ length: 16 }, (_, n) => write(n % 2 ? ana : bo, channel, `${round}/${n}`))
      await Promise.all([...writing, ana.call(members.remove, { params: about(channel, lea) })])
      await listener.next('user_removed')
      await write(ana, channel, 'after')
      await listener.settle()
      const out = listener.events.findIndex((frame) => frame.event === 'user_removed')
      expect(listener.events.slice(out).filter((frame) => frame.event === 'posted')).toEqual([])
      await ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: lea.id } })
    }
  })

  it('begins with `user_added`: everything after it arrives', async () => {
    const { ana } = at
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    const channel = await channelOf(ana, at.team, 'P')
    const listener = await lea.listen()
    await ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: lea.id } })
    const written = await Promise.all([1, 2, 3, 4].map((n) => write(ana, channel, `${n}`)))
    await listener.settle()
    const ids = postedIn(listener, channel).map((data) => postOf(data).id)
    expect(ids).toEqual(expect.arrayContaining(written.map((post) => post.id)))
  })

  it('is right for a socket that opens while it changes', async () => {
    const { ana } = at
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    const channel = await channelOf(ana, at.team, 'P')
    for (let round = 0; round < 6; round += 1) {
      const isIn = round % 2 === 0
      const change = isIn
        ? ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: lea.id } })
        : ana.call(members.remove, { params: about(channel, lea) })
      const [listener] = await Promise.all([lea.listen(), change])
      const post = await write(ana, channel, `round ${round}`)
      await listener.settle()
      const heard = postedIn(listener, channel).some((data) => postOf(data).id === post.id)
      expect(heard).toBe(isIn)
    }
  })
})

describe('W18: the order of posts', () => {
  it('is that of create_at, for every reader, however many people write at once', async () => {
    const { ana, bo } = at
    const authors = [
      ana,
      bo,
      await signUp(at.server, 'cy', at.team.invite_id),
      await signUp(at.server, 'di', at.team.invite_id),
    ]
    const channel = await channelOf(ana, at.team, 'O', authors.slice(1))
    const readers = [await ana.listen(), await bo.listen()]
    const written = await Promise.all(
      Array.from({ length: 160 }, (_, n) => write(authors[n % authors.length] ?? ana, channel, `${n}`)),
    )
    const inOrder = written.sort((a, b) => a.create_at - b.create_at).map((post) => post.id)
    for (const reader of readers) {
      await reader.settle()
      expect(postedIn(reader, channel).map((data) => postOf(data).id)).toEqual(inOrder)
    }
  })

  it('includes system messages', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const reader = await bo.listen()
    const comers = await Promise.all([1, 2, 3].map(() => signUp(at.server, 'comer', at.team.invite_id)))
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => write(ana, channel, `${n}`)),
      ...comers.map((person) =>
        person.call(members.add, { params: { channel_id: channel.id }, body: { user_id: person.id } }),
      ),
    ])
    await reader.settle()
    const times = postedIn(reader, channel).map((data) => postOf(data).create_at)
    expect(times).toHaveLength(23)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  })
})

describe('W20: typing', () => {
  it('is sent to the others, except clients that show another channel', async () => {
    const { ana, bo, eve } = at
    const [cy, channel] = [
      await signUp(at.server, 'cy', at.team.invite_id),
      await channelOf(ana, at.team, 'P', [bo]),
    ]
    const [shows, says, elsewhere, thread] = [
      await bo.listen(),
      await bo.listen(),
      await bo.listen(),
      await bo.listen(),
    ]
    const [own, stranger, inTeam] = [await ana.listen(), await eve.listen(), await cy.listen()]
    await shows.act('presence', { channel_id: channel.id })
    await elsewhere.act('presence', { channel_id: at.townSquare.id })
    await thread.act('presence', {
      channel_id: at.townSquare.id,
      thread_channel_id: channel.id,
      is_thread_view: true,
    })
    expect((await own.act('user_typing', { channel_id: channel.id, parent_id: '' })).status).toBe('OK')
    for (const socket of [shows, says, thread]) {
      expect(await socket.next('typing')).toEqual({ user_id: ana.id, parent_id: '' })
    }
    for (const socket of [elsewhere, own, stranger, inTeam]) {
      await socket.settle()
      expect(socket.all('typing')).toEqual([])
    }
    await elsewhere.act('presence', { channel_id: channel.id })
    await own.act('user_typing', { channel_id: channel.id, parent_id: 'a'.repeat(26) })
    expect(await elsewhere.next('typing')).toEqual({ user_id: ana.id, parent_id: 'a'.repeat(26) })
  })

  it('is refused if the person may not write', async () => {
    const { ana, bo, eve, root } = at
    const channel = await channelOf(ana, at.team, 'O')
    for (const person of [bo, root]) {
      const reply = await (await person.listen()).act('user_typing', { channel_id: channel.id })
      expect(reply.error?.id).toBe('api.context.permissions.app_error')
    }
    const reply = await (await eve.listen()).act('user_typing', { channel_id: channel.id })
    expect(reply).toMatchObject({ status: 'FAIL', error: { id: 'channels.not_found', status_code: 404 } })
  })

  it('can also be sent by HTTP, for the caller', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'P', [bo])
    const [own, hears] = [await ana.listen(), await bo.listen()]
    const say = (by: Person, whose = by) =>
      by.call(typing.send, { params: { user_id: whose.id }, body: { channel_id: channel.id } })
    await say(ana)
    expect(await hears.next('typing')).toEqual({ user_id: ana.id, parent_id: '' })
    await own.settle()
    expect(own.all('typing')).toEqual([])
    await refused('api.context.permissions.app_error', say(bo, ana))
    await refused('channels.not_found', say(eve))
  })
})

describe('posted', () => {
  const hear = async (listener: Listener, post: Post) =>
    await listener.next('posted', (data) => data.post.includes(post.id))

  it('W21: asks mentioned people to acknowledge it, on connections that support it', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const talk = await direct(ana, bo)
    const token = (person: Person) => person.api.token()
    const offering = await listen(at.server.url, token(bo), { acknowledges: true })
    const [other, author] = [
      await bo.listen(),
      await listen(at.server.url, token(ana), { acknowledges: true }),
    ]
    const cases: [Channel, string, boolean][] = [
      [channel, 'nothing in particular', false],
      [channel, `@${bo.username} look`, true],
      [channel, '@all look', true],
      [talk, 'between us', true],
    ]
    for (const [place, text, isAsked] of cases) {
      const post = await write(ana, place, text)
      expect((await hear(offering, post)).should_ack, text).toBe(isAsked ? true : undefined)
      expect(await hear(other, post)).not.toHaveProperty('should_ack')
      expect(await hear(author, post)).not.toHaveProperty('should_ack')
    }
  })

  it('W22: contains a mention only for the mentioned person', async () => {
    const { ana, bo } = at
    const cy = await signUp(at.server, 'cy', at.team.invite_id)
    const channel = await channelOf(ana, at.team, 'O', [bo, cy])
    const sockets: [Person, Listener][] = [
      [ana, await ana.listen()],
      [bo, await bo.listen()],
      [bo, await listen(at.server.url, bo.api.token(), { acknowledges: true })],
      [cy, await cy.listen()],
    ]
    const post = await write(ana, channel, `@${bo.username} and @nobody`)
    for (const [person, socket] of sockets) {
      const data = await hear(socket, post)
      if (person === bo) expect(JSON.parse(data.mentions ?? '')).toEqual([bo.id])
      else expect(data).not.toHaveProperty('mentions')
      expect(postOf(data)).toEqual(post)
    }
    const both = await write(ana, channel, '@channel')
    for (const [person, socket] of sockets.slice(1)) {
      expect(JSON.parse((await hear(socket, both)).mentions ?? '')).toEqual([person.id])
    }
  })

  it('is sent once, however often the call was repeated', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const listener = await bo.listen()
    const body = { channel_id: channel.id, message: 'once', pending_post_id: `${ana.id}:once` }
    await Promise.all([1, 2, 3, 4].map(() => ana.call(posts.create, { body })))
    await ana.call(posts.create, { body })
    await listener.settle()
    expect(postedIn(listener, channel)).toHaveLength(1)
  })

  it('names the channel, and no person, in its broadcast', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    const socket = await open(at.server, { token: bo.api.token() })
    await helloOf(socket)
    await write(ana, channel, `@${bo.username}`)
    const frame = await socket.until((each) => 'event' in each && each.event === 'posted')
    expect(frame).toMatchObject({
      broadcast: {
        channel_id: channel.id,
        team_id: '',
        user_id: '',
        omit_users: null,
        connection_id: '',
        omit_connection_id: '',
      },
    })
  })
})
