import { channelOf, direct, type Person, type Place, place, refused, signUp, write } from '@plausch/testkit'
import {
  type Channel,
  members,
  type Post,
  posts,
  settings,
  type Thread,
  threads,
  unreads,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let lea: Person
let room: Channel
beforeAll(async () => {
  at = await place()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  room = await channelOf(at.ana, at.team, 'O', [at.bo, lea])
})
afterAll(() => at.stop())

const inTeam = (person: Person) => ({ user_id: person.id, team_id: at.team.id })
const about = (person: Person, root: Post) => ({ ...inTeam(person), thread_id: root.id })
const list = (person: Person, query: Record<string, unknown> = {}) =>
  person.call(threads.list, { params: inTeam(person), query })
const threadOf = (person: Person, root: Post): Promise<Thread> =>
  person.call(threads.get, { params: about(person, root) })
const follow = (person: Person, root: Post) => person.call(threads.follow, { params: about(person, root) })
const unfollow = (person: Person, root: Post) =>
  person.call(threads.unfollow, { params: about(person, root) })
const isFollowing = (person: Person, root: Post): Promise<boolean> =>
  threadOf(person, root).then(
    () => true,
    () => false,
  )
const remove = (person: Person, post: Post) => person.call(posts.remove, { params: { post_id: post.id } })

describe('who follows a thread', () => {
  it('is a person who replies, and the author of the root', async () => {
    const root = await write(at.ana, room, 'a question')
    expect(await isFollowing(at.ana, root)).toBe(false)
    const reply = await write(at.bo, room, 'an answer', root.id)
    expect(await threadOf(at.ana, root)).toMatchObject({
      id: root.id,
      reply_count: 1,
      last_reply_at: reply.create_at,
      participants: [{ id: at.bo.id }],
      unread_replies: 1,
      unread_mentions: 0,
      is_following: true,
      is_urgent: false,
      delete_at: 0,
      post: { id: root.id, message: 'a question', reply_count: 1 },
    })
    expect(await threadOf(at.bo, root)).toMatchObject({ unread_replies: 0, last_viewed_at: reply.create_at })
    expect(await isFollowing(lea, root)).toBe(false)
  })

  it('is a person whom a reply mentions, even if they took no part in the thread before', async () => {
    const root = await write(at.ana, room, 'nothing')
    await write(at.bo, room, `@${lea.username} look`, root.id)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1, unread_mentions: 1 })
  })

  it('is a person whom the root mentions, from the first reply on', async () => {
    const root = await write(at.ana, room, `@${lea.username} what about it?`)
    expect(await isFollowing(lea, root)).toBe(false)
    expect((await list(lea)).threads.map((each) => each.id)).not.toContain(root.id)
    await write(at.bo, room, 'I do not know', root.id)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1, unread_mentions: 0 })
  })

  it('is a member who follows all threads of the channel', async () => {
    const all = await channelOf(at.ana, at.team, 'P', [at.bo, lea])
    await lea.call(members.setNotifyProps, {
      params: { channel_id: all.id, user_id: lea.id },
      body: { channel_auto_follow_threads: 'on' },
    })
    const root = await write(at.ana, all, 'a question')
    await write(at.bo, all, 'an answer', root.id)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1 })
  })

  it('is not a person who stopped following, until a mention or their own reply', async () => {
    const root = await write(lea, room, 'mine')
    await write(at.bo, room, 'one', root.id)
    await unfollow(lea, root)
    await write(at.bo, room, 'two', root.id)
    expect(await isFollowing(lea, root)).toBe(false)
    await write(at.bo, room, `three @${lea.username}`, root.id)
    expect(await threadOf(lea, root)).toMatchObject({ unread_mentions: 1 })
    await unfollow(lea, root)
    await write(lea, room, 'four', root.id)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 0, unread_mentions: 0 })
  })

  it('is nobody automatically while that setting is off', async () => {
    const { root: admin } = at
    await admin.call(settings.patch, { body: { ServiceSettings: { ThreadAutoFollow: false } } })
    const root = await write(at.ana, room, 'a question')
    await follow(lea, root)
    await write(at.bo, room, 'an answer', root.id)
    expect(await isFollowing(at.ana, root)).toBe(false)
    expect(await isFollowing(at.bo, root)).toBe(false)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1 })
    await admin.call(settings.patch, { body: { ServiceSettings: { ThreadAutoFollow: true } } })
  })

  it('is nobody who has left the channel', async () => {
    const left = await channelOf(at.ana, at.team, 'O', [at.bo, lea])
    const root = await write(lea, left, 'mine')
    await write(at.bo, left, 'yours', root.id)
    await lea.call(members.remove, { params: { channel_id: left.id, user_id: lea.id } })
    expect(await isFollowing(lea, root)).toBe(false)
    expect((await list(lea)).threads.map((each) => each.id)).not.toContain(root.id)
    await refused('api.context.permissions.app_error', follow(lea, root))
  })
})

describe('the list of threads', () => {
  let eva: Person
  let first: Post
  let second: Post
  let talk: Post
  beforeAll(async () => {
    eva = await signUp(at.server, 'eva', at.team.invite_id)
    const own = await channelOf(eva, at.team, 'P', [at.bo])
    first = await write(eva, own, 'first')
    await write(at.bo, own, 'answer', first.id)
    second = await write(eva, own, 'second')
    await write(at.bo, own, `@${eva.username} answer`, second.id)
    await write(at.bo, own, 'and more', second.id)
    const conversation = await direct(eva, at.bo)
    talk = await write(eva, conversation, 'talk')
    await write(at.bo, conversation, 'yes', talk.id)
  })
  const ids = async (query: Record<string, unknown>) =>
    (await list(eva, query)).threads.map((each) => each.id)

  it('has the latest reply first, includes conversations, and has totals of everything', async () => {
    expect(await ids({})).toEqual([talk.id, second.id, first.id])
    expect(await list(eva, { totalsOnly: true })).toEqual({
      total: 3,
      total_unread_threads: 3,
      // A message in a conversation mentions everybody else in it.
      total_unread_mentions: 2,
      total_unread_urgent_mentions: 0,
      threads: [],
    })
    expect(await list(eva, { threadsOnly: true })).toMatchObject({ total: 0, total_unread_threads: 0 })
    expect(await ids({ excludeDirect: true })).toEqual([second.id, first.id])
    expect(await list(eva, { excludeDirect: true })).toMatchObject({ total: 2, total_unread_mentions: 1 })
  })

  it('can be limited by before, after and since', async () => {
    expect(await ids({ per_page: 1 })).toEqual([talk.id])
    expect(await ids({ per_page: 1, before: talk.id })).toEqual([second.id])
    expect(await ids({ per_page: 1, after: first.id })).toEqual([second.id])
    expect(await ids({ since: (await threadOf(eva, second)).last_reply_at })).toEqual([talk.id, second.id])
  })

  it('does not reveal when somebody last replied to threads of others', async () => {
    const secret = await channelOf(at.ana, at.team, 'P', [at.bo])
    const foreign = await write(at.ana, secret, 'secret')
    await write(at.bo, secret, 'answer', foreign.id)
    expect(await ids({ before: foreign.id })).toEqual([])
    expect(await ids({ after: foreign.id })).toEqual([])
  })

  it('has only the ids of people, in the form of user records, by default', async () => {
    const [thread] = (await list(eva, {})).threads
    const nothing = { username: '', email: '', position: '', roles: '', timezone: null, delete_at: 0 }
    expect(thread?.participants).toEqual([expect.objectContaining({ id: at.bo.id, ...nothing })])
  })

  it('has full user records if the request asks for them', async () => {
    const [thread] = (await list(eva, { extended: true })).threads
    expect(thread?.participants).toEqual([
      expect.objectContaining({ id: at.bo.id, username: at.bo.username }),
    ])
    expect(thread?.participants[0]).toMatchObject({ notify_props: {} })
  })

  it('has only unread threads on request, and drops those that were read', async () => {
    const time = (await threadOf(eva, second)).last_reply_at
    await eva.call(threads.read, { params: { ...about(eva, second), timestamp: String(time) } })
    expect(await ids({ unread: true })).toEqual([talk.id, first.id])
    expect(await list(eva)).toMatchObject({ total: 3, total_unread_threads: 2, total_unread_mentions: 1 })
  })

  it('counts in the unread totals of teams', async () => {
    const [team] = await eva.call(unreads.ofTeams, {
      params: { user_id: 'me' },
      query: { include_collapsed_threads: true },
    })
    expect(team).toMatchObject({ team_id: at.team.id, thread_count: 1, thread_mention_count: 0 })
  })

  it('drops a thread when its root is deleted, and has its tombstone on request', async () => {
    await remove(eva, first)
    expect(await ids({})).toEqual([talk.id, second.id])
    const gone = (await list(eva, { deleted: true, since: 1 })).threads.map((each) => each.id)
    expect(gone).not.toContain(second.root_id)
    expect(await list(eva)).toMatchObject({ total: 2, total_unread_threads: 1 })
  })
})

describe('reading', () => {
  it('up to a reply leaves later replies unread, with their mentions', async () => {
    const root = await write(lea, room, 'mine')
    const one = await write(at.bo, room, `one @${lea.username}`, root.id)
    await write(at.bo, room, `two @${lea.username}`, root.id)
    await write(at.bo, room, 'three', root.id)
    const socket = await lea.listen()
    const read = await lea.call(threads.read, {
      params: { ...about(lea, root), timestamp: String(one.create_at) },
    })
    expect(read).toMatchObject({ unread_replies: 2, unread_mentions: 1, last_viewed_at: one.create_at })
    expect(await socket.next('thread_read_changed')).toEqual({
      thread_id: root.id,
      channel_id: room.id,
      timestamp: one.create_at,
      unread_mentions: 1,
      unread_replies: 2,
      previous_unread_mentions: 2,
      previous_unread_replies: 3,
    })
    socket.close()
  })

  it('can be undone from a reply on, and from the root on', async () => {
    const root = await write(lea, room, 'mine')
    await write(at.bo, room, 'one', root.id)
    const two = await write(at.bo, room, `two @${lea.username}`, root.id)
    await lea.call(threads.readAll, { params: inTeam(lea) })
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 0, unread_mentions: 0 })
    const unread = (post: Post) =>
      lea.call(threads.markUnread, { params: { ...about(lea, root), post_id: post.id } })
    expect(await unread(two)).toMatchObject({ unread_replies: 1, unread_mentions: 1 })
    expect(await unread(root)).toMatchObject({ unread_replies: 2, unread_mentions: 1 })
    await refused('posts.not_found', unread(await write(at.bo, room, 'elsewhere')))
  })

  it('of everything sends one event that names no thread', async () => {
    const socket = await lea.listen()
    await lea.call(threads.readAll, { params: inTeam(lea) })
    const told = await socket.next('thread_read_changed')
    expect(told).toEqual({ timestamp: expect.any(Number) })
    expect(await list(lea)).toMatchObject({ total_unread_threads: 0, total_unread_mentions: 0 })
    socket.close()
  })

  it('happens with the channel, on clients that do not collapse threads', async () => {
    const root = await write(lea, room, 'mine')
    await write(at.bo, room, 'one', root.id)
    const view = (collapsed_threads_supported: boolean) =>
      lea.call(unreads.view, {
        params: { user_id: 'me' },
        body: { channel_id: room.id, collapsed_threads_supported },
      })
    await view(true)
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1 })
    const socket = await lea.listen()
    await view(false)
    await socket.next('thread_read_changed')
    const frame = socket.events.find(({ event }) => event === 'thread_read_changed')
    expect(frame?.broadcast).toMatchObject({ channel_id: room.id })
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 0 })
    socket.close()
  })

  it('is undone with the channel, on such clients', async () => {
    const root = await write(lea, room, 'mine')
    const reply = await write(at.bo, room, 'one', root.id)
    await lea.call(threads.readAll, { params: inTeam(lea) })
    const params = { user_id: 'me', post_id: reply.id }
    await lea.call(unreads.markUnread, { params, body: { collapsed_threads_supported: true } })
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 0 })
    await lea.call(unreads.markUnread, { params, body: {} })
    expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1 })
  })

  it('refuses an invalid time', async () => {
    const root = await write(lea, room, 'mine')
    await follow(lea, root)
    const params = { ...about(lea, root), timestamp: 'yesterday' }
    await refused('api.context.invalid_url_param.app_error', lea.call(threads.read, { params }))
  })
})

describe('a reply', () => {
  it('is announced to followers only, with their unread counts', async () => {
    const eve = await signUp(at.server, 'eve', at.team.invite_id)
    const secret = await channelOf(at.ana, at.team, 'P', [at.bo, lea])
    const root = await write(at.ana, secret, 'a question')
    const [followers, others, outside] = [await at.ana.listen(), await lea.listen(), await eve.listen()]
    await write(at.bo, secret, 'one', root.id)
    const first = await followers.next('thread_updated')
    expect(first).toMatchObject({ previous_unread_replies: 0, previous_unread_mentions: 0 })
    const thread = JSON.parse(first.thread) as Thread
    expect(thread).toMatchObject({
      id: root.id,
      reply_count: 1,
      unread_replies: 1,
      is_following: true,
      post: { id: root.id, message: 'a question' },
      participants: [{ id: at.bo.id, username: at.bo.username, notify_props: {} }],
    })
    await write(at.bo, secret, `two @${at.ana.username}`, root.id)
    const second = await followers.next('thread_updated', (data) => data.previous_unread_replies === 1)
    expect(JSON.parse(second.thread)).toMatchObject({ unread_replies: 2, unread_mentions: 1 })
    const frame = followers.events.find(({ event }) => event === 'thread_updated')
    expect(frame?.broadcast).toMatchObject({ user_id: at.ana.id, team_id: at.team.id })
    const posted = followers.all('posted').at(-1)
    expect(posted?.followers).toBe(JSON.stringify([at.ana.id]))
    for (const socket of [others, outside]) {
      await socket.settle()
      expect(socket.all('thread_updated')).toEqual([])
      socket.close()
    }
    expect(others.all('posted').every((data) => data.followers === undefined)).toBe(true)
    followers.close()
  })

  it('is no longer unread after it is deleted, and followers get the thread again', async () => {
    const root = await write(lea, room, 'mine')
    await write(at.bo, room, 'one', root.id)
    const two = await write(at.bo, room, `two @${lea.username}`, root.id)
    const socket = await lea.listen()
    await remove(at.bo, two)
    const told = await socket.next('thread_updated', (data) => data.previous_unread_replies === 2)
    expect(JSON.parse(told.thread)).toMatchObject({ reply_count: 1, unread_replies: 1, unread_mentions: 0 })
    expect(await threadOf(lea, root)).toMatchObject({
      reply_count: 1,
      unread_replies: 1,
      unread_mentions: 0,
    })
    socket.close()
  })

  it('that was read and then deleted makes nothing unread', async () => {
    const root = await write(lea, room, 'mine')
    const one = await write(at.bo, room, 'one', root.id)
    await write(lea, room, 'two', root.id)
    await remove(at.bo, one)
    expect(await threadOf(lea, root)).toMatchObject({ reply_count: 1, unread_replies: 0 })
    await write(at.bo, room, 'three', root.id)
    expect(await threadOf(lea, root)).toMatchObject({ reply_count: 2, unread_replies: 1 })
  })
})

it('people can follow and unfollow a thread themselves, and their other clients get an event', async () => {
  const root = await write(at.ana, room, 'a question')
  const socket = await lea.listen()
  await follow(lea, root)
  const inTeam = (_: unknown, { broadcast }: { broadcast: { team_id: string } }) =>
    broadcast.team_id === at.team.id
  expect(await socket.next('thread_follow_changed', inTeam)).toEqual({
    thread_id: root.id,
    state: true,
    reply_count: 0,
  })
  await write(at.bo, room, 'one', root.id)
  expect(await threadOf(lea, root)).toMatchObject({ unread_replies: 1 })
  await unfollow(lea, root)
  expect(await socket.next('thread_follow_changed', (data) => !data.state)).toMatchObject({ reply_count: 1 })
  await refused('threads.not_followed', threadOf(lea, root))
  socket.close()
})

it('collapsed lists say which threads the person follows', async () => {
  const quiet = await channelOf(lea, at.team, 'O', [at.bo])
  const [mine, other] = [await write(lea, quiet, 'mine'), await write(at.bo, quiet, 'other')]
  const reply = await write(at.bo, quiet, 'one', mine.id)
  const page = await lea.call(posts.listInChannel, {
    params: { channel_id: quiet.id },
    query: { collapsedThreads: true, collapsedThreadsExtended: true },
  })
  expect(page.order).not.toContain(reply.id)
  expect(page.posts[mine.id]).toMatchObject({
    is_following: true,
    reply_count: 1,
    last_reply_at: reply.create_at,
    participants: [{ id: at.bo.id, username: at.bo.username }],
  })
  expect(page.posts[other.id]).toMatchObject({ is_following: false, participants: null })
})

it('threads that the person may not read, and those of other teams, are hidden', async () => {
  const eve = await signUp(at.server, 'eve', at.team.invite_id)
  const secret = await channelOf(at.ana, at.team, 'P', [at.bo])
  const root = await write(at.ana, secret, 'secret')
  const reply = await write(at.bo, secret, 'more', root.id)
  await refused('posts.not_found', threadOf(eve, root))
  await refused('posts.not_found', follow(eve, root))
  await refused('posts.not_found', threadOf(at.ana, reply))
  await refused('api.context.permissions.app_error', eve.call(threads.list, { params: inTeam(at.ana) }))
})
