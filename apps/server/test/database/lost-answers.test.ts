/**
 * The database runs a statement or not, and its answer is lost: everything that was committed is announced
 * once, and nothing else.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  channelOf,
  type Listener,
  type Person,
  type Place,
  place,
  refused,
  type ServerOptions,
  unique,
  type Way,
  wayTo,
} from '@plausch/testkit'
import { type Channel, channels, members, type Post, posts, sessions } from '@plausch/wire'
import { describe, expect, it, onTestFinished } from 'vitest'

let at: Place
let way: Way
let room: Channel
let other: Channel
let bo: Listener
/** People on a server of the test's own; `patience` is for what the test waits for. */
const begin = async (patience: ServerOptions['patience'] = {}) => {
  at = await place({
    patience,
    async through(databaseUrl) {
      way = await wayTo(databaseUrl)
      return way.url
    },
  })
  onTestFinished(() => at.stop())
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
  other = await channelOf(at.ana, at.team, 'P', [at.bo])
  bo = await at.bo.listen()
}

/** Waits as long as a slow machine may take. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 15_000 })

const say = (by: Person, channel: Channel, message: string, more: object = {}) =>
  by.call(posts.create, { body: { channel_id: channel.id, message, ...more } })

/** The `posted` events that Bo got in a channel. */
const told = (channel: Channel): Post[] =>
  bo
    .all('posted')
    .map(({ post }) => JSON.parse(post) as Post)
    .filter(({ channel_id }) => channel_id === channel.id)

const increasing = (list: readonly Post[]) =>
  list.every((post, index) => index === 0 || post.create_at > (list[index - 1]?.create_at ?? 0))

describe('a post whose answer is lost', () => {
  it('is answered and announced once with its mentions; a repeated call announces nothing', async () => {
    await begin()
    const message = `@${at.bo.username} ${unique('written')}`
    const lost = way.lose('answer', message)
    const pending_post_id = unique('pending')
    const post = await say(at.ana, room, message, { pending_post_id })
    await lost
    expect(await say(at.ana, room, message, { pending_post_id })).toMatchObject({ id: post.id })
    const event = bo.events.filter(
      (frame) => frame.event === 'posted' && JSON.stringify(frame.data).includes(post.id),
    )
    await bo.settle()
    expect(told(room).map(({ id }) => id)).toEqual([post.id])
    expect(event[0]?.data).toMatchObject({
      mentions: JSON.stringify([at.bo.id]),
      channel_type: 'P',
      channel_name: room.name,
      sender_name: `@${at.ana.username}`,
      team_id: at.team.id,
    })
    const unread = await at.bo.call(channels.get, { params: { channel_id: room.id } })
    expect(unread.total_msg_count).toBe(1)
  })

  it('is not announced if it was not written, and a repeated call writes a normal post', async () => {
    await begin()
    const message = unique('unwritten')
    const lost = way.lose('question', message)
    const pending_post_id = unique('pending')
    await refused('unavailable', say(at.ana, room, message, { pending_post_id }))
    await lost
    await bo.settle()
    expect(told(room)).toEqual([])
    const post = await say(at.ana, room, message, { pending_post_id })
    await bo.settle()
    expect(told(room).map(({ id }) => id)).toEqual([post.id])
  })

  it('updates its thread for its followers', async () => {
    await begin()
    const root = await say(at.bo, room, 'the root')
    await say(at.ana, room, 'the first answer', { root_id: root.id })
    await bo.next('thread_updated', ({ thread }) => JSON.parse(thread).reply_count === 1)
    const message = unique('reply')
    void way.lose('answer', message)
    const reply = await say(at.ana, room, message, { root_id: root.id })
    const update = await bo.next('thread_updated', ({ thread }) => JSON.parse(thread).reply_count === 2)
    expect(JSON.parse(update.thread)).toMatchObject({ unread_replies: 2, last_reply_at: reply.create_at })
    expect(update.previous_unread_replies).toBe(1)
  })

  it('comes before later posts of its channel, while other channels continue', async () => {
    await begin({ writingSilentMs: 5000 })
    const message = unique('silent')
    const lost = way.lose('word', message)
    const silent = say(at.ana, room, message)
    await lost
    const later = Array.from({ length: 5 }, (_, n) => say(at.bo, room, `later ${n}`))
    const elsewhere: Post[] = []
    for (let n = 0; n < 20; n += 1) elsewhere.push(await say(at.ana, other, `elsewhere ${n}`))
    await bo.settle()
    expect(told(other).map(({ id }) => id)).toEqual(elsewhere.map(({ id }) => id))
    expect(told(room)).toEqual([])
    // The server gives up the silent connection after some seconds.
    const all = [await silent, ...(await Promise.all(later))]
    await bo.settle()
    const seen = told(room)
    expect(seen.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort())
    expect(seen[0]?.id).toBe(all[0]?.id)
    expect(increasing(seen)).toBe(true)
  }, 60_000)

  it('of many authors, while connections break: none is lost, doubled or out of order', async () => {
    await begin()
    let isOver = false
    const breaking = (async () => {
      for (let n = 0; !isOver; n += 1) {
        const word = `round-${n % 7}`
        await Promise.race([
          way.lose(n % 2 === 0 ? 'answer' : 'question', word, 'insert into posts'),
          sleep(50),
        ])
        await sleep(20)
      }
    })()
    const write = async (by: Person, channel: Channel, name: string) => {
      const ids: string[] = []
      for (let n = 0; n < 30; n += 1) {
        const body = {
          channel_id: channel.id,
          message: `${name} round-${n % 7}`,
          pending_post_id: `${name}-${n}`,
        }
        for (;;) {
          const post = await by.call(posts.create, { body }).catch(() => undefined)
          if (post) {
            ids.push(post.id)
            break
          }
        }
      }
      return ids
    }
    const written = await Promise.all([
      write(at.ana, room, 'a'),
      write(at.bo, room, 'b'),
      write(at.ana, other, 'c'),
      write(at.bo, other, 'd'),
    ])
    isOver = true
    await breaking
    for (const [channel, first, second] of [
      [room, 0, 1],
      [other, 2, 3],
    ] as const) {
      const ids = [...(written[first] ?? []), ...(written[second] ?? [])]
      await soon(() => told(channel).length).toBe(ids.length)
      await bo.settle()
      expect(
        told(channel)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...new Set(ids)].sort())
      expect(increasing(told(channel))).toBe(true)
    }
  }, 120_000)
})

describe('a commit whose answer is lost', () => {
  it('is answered and announced if it happened', async () => {
    await begin()
    const post = await say(at.ana, room, 'before')
    const message = unique('edited')
    const lost = way.lose('answer', message, 'commit')
    const edited = await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message } })
    await lost
    expect(edited.message).toBe(message)
    await bo.next('post_edited', ({ post: text }) => JSON.parse(text).message === message)
    await bo.settle()
    expect(bo.all('post_edited')).toHaveLength(1)
  })

  it('is refused and not announced if it did not happen', async () => {
    await begin()
    const post = await say(at.ana, room, 'before')
    const message = unique('unedited')
    const lost = way.lose('question', message, 'commit')
    await refused(
      'unavailable',
      at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message } }),
    )
    await lost
    await bo.settle()
    expect(bo.all('post_edited')).toEqual([])
    const found = await at.bo.call(posts.get, { params: { post_id: post.id } })
    expect(found.message).toBe('before')
  })

  it('has its effects in memory: a removed person gets nothing more, and an ended session is ended', async () => {
    await begin()
    // The words stand in the statement that removes a member; its values are the ids.
    const lost = way.lose('answer', `${room.id}`, 'commit')
    await at.ana.call(members.remove, { params: { channel_id: room.id, user_id: at.bo.id } })
    await lost
    const before = told(room).length
    await say(at.ana, room, 'not for Bo')
    await bo.settle()
    expect(told(room).length).toBe(before)

    const own = way.lose('answer', at.bo.id, 'commit')
    await at.bo.call(sessions.revokeAll, { params: { user_id: at.bo.id } })
    await own
    expect(await bo.closed).toBeGreaterThan(0)
    await refused(
      'api.context.session_expired.app_error',
      at.bo.call(channels.get, { params: { channel_id: other.id } }),
    )
  })

  it('and stays lost for long, is looked up by another connection', async () => {
    await begin({ commitMs: 500 })
    const lost = way.lose('word', room.id, 'commit')
    const header = unique('header')
    const renamed = at.ana.call(channels.patch, { params: { channel_id: room.id }, body: { header } })
    await lost
    expect(await renamed).toMatchObject({ header })
    await bo.settle()
    expect(told(room).map(({ type }) => type)).toEqual(['system_header_change'])
  }, 30_000)

  it('delays later events of its channel until it is announced, and no others', async () => {
    await begin()
    const doubt = Promise.withResolvers<void>()
    at.server.app.server.doubts.hold([room.id], doubt.promise)
    const root = await say(at.ana, other, 'elsewhere')
    const post = say(at.ana, room, 'in doubt')
    await at.ana.call(channels.patch, { params: { channel_id: room.id }, body: { header: unique('header') } })
    await at.ana.call(posts.patch, { params: { post_id: root.id }, body: { message: 'edited' } })
    await bo.next('post_edited')
    await bo.settle()
    expect(told(room)).toEqual([])
    doubt.resolve()
    const { id } = await post
    await bo.next('posted', (data) => data.post.includes(id))
    await bo.settle()
    expect(told(room).map(({ type }) => type)).toEqual(['system_header_change', ''])
    expect(increasing(told(room))).toBe(true)
  })
})
