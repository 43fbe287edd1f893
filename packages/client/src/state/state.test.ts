import type { Channel, ChannelMember, EventFrame, Home, Post, User } from '@plausch/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import { ApiFault, type Call } from '../api.ts'
import { createState, type State } from './state.ts'
import { nameOf } from './users.ts'

const id = (name: string): string => name.padEnd(26, '0')
const me = id('me')
const bo = id('bo')
const team = id('team')
const town = id('town')

const user = (name: string, more: Partial<User> = {}) =>
  ({ id: id(name), username: name, update_at: 1, first_name: '', last_name: '', nickname: '', email: `${name}@x.de`, roles: 'system_user', notify_props: {}, ...more }) as User

const channel = (name: string, more: Partial<Channel> = {}) =>
  ({ id: id(name), name, display_name: name, team_id: team, type: 'O', update_at: 1, delete_at: 0, last_post_at: 100, last_root_post_at: 100, total_msg_count: 5, total_msg_count_root: 4, ...more }) as Channel

const member = (name: string, more: Partial<ChannelMember> = {}) =>
  ({ channel_id: id(name), user_id: me, roles: 'channel_user', msg_count: 5, msg_count_root: 4, mention_count: 0, mention_count_root: 0, urgent_mention_count: 0, last_viewed_at: 100, last_update_at: 1, notify_props: { mark_unread: 'all' }, ...more }) as ChannelMember

const home = (more: Partial<Home> = {}): Home => ({
  config: { TeammateNameDisplay: 'username' },
  license: {},
  me: user('me'),
  preferences: [],
  roles: [],
  teams: [],
  team_members: [],
  channels: [channel('town')],
  channel_members: [member('town')],
  categories: {},
  users: [user('bo')],
  direct: {},
  statuses: [],
  ...more,
})

const post = (name: string, at: number, more: Partial<Post> = {}) =>
  ({ id: id(name), create_at: at, update_at: at, edit_at: 0, delete_at: 0, user_id: bo, channel_id: town, root_id: '', original_id: '', message: name, type: '', props: {}, hashtags: '', pending_post_id: '', is_pinned: false, reply_count: 0, last_reply_at: 0, participants: null, metadata: {}, ...more }) as Post

const frame = (event: string, data: object, broadcast: object = {}) =>
  ({ event, data, seq: 1, broadcast: { channel_id: '', user_id: '', team_id: '', ...broadcast } }) as unknown as EventFrame

const posted = (each: Post, mentions?: string[]) =>
  frame('posted', { post: JSON.stringify(each), set_online: true, ...(mentions ? { mentions: JSON.stringify(mentions) } : {}) }, { channel_id: each.channel_id })

/** Answers calls by operation id; what is not listed is a failure of the test. */
type Answers = Record<string, (input: { params?: Record<string, string>; body?: unknown }) => unknown>
let asked: string[] = []
const caller = (answers: Answers): Call =>
  (async (operation: { id: string }, input: object = {}) => {
    asked.push(operation.id)
    const answer = answers[operation.id]
    if (!answer) throw new Error(`not expected: ${operation.id}`)
    return await answer(input)
  }) as Call

let problems: unknown[] = []
const stateWith = (answers: Answers = {}, bundle: Home = home()): State => {
  const state = createState({ call: caller(answers), onProblem: (problem) => problems.push(problem), now: () => 1000 })
  state.load(bundle)
  return state
}

beforeEach(() => {
  asked = []
  problems = []
})

const unread = (state: State) => state.unreads.ofChannel(town).get()

describe('unreads', () => {
  test('count what others write, once, however often and late it is told', () => {
    const state = stateWith()
    const first = posted(post('p1', 110))
    state.apply(first)
    state.apply(first)
    state.apply(posted(post('p0', 90)))
    expect(unread(state)).toEqual({ messages: 1, mentions: 0, isMuted: false })
  })

  test('count a mention of me, and none of others', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110), [me]))
    state.apply(posted(post('p2', 120), [bo]))
    expect(unread(state)).toEqual({ messages: 2, mentions: 1, isMuted: false })
  })

  test('my own post reads the channel', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110), [me]))
    state.apply(posted(post('p2', 120, { user_id: me })))
    expect(unread(state)).toEqual({ messages: 0, mentions: 0, isMuted: false })
    expect(state.members.mine.one(town)?.last_viewed_at).toBe(120)
  })

  test('coming and going is no message', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110, { type: 'system_join_channel' })))
    expect(unread(state).messages).toBe(0)
    expect(state.channels.records.one(town)?.last_post_at).toBe(110)
  })

  test('in a muted channel only mentions count', () => {
    const state = stateWith({}, home({ channel_members: [member('town', { notify_props: { mark_unread: 'mention' } })] }))
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120), [me]))
    expect(unread(state)).toEqual({ messages: 0, mentions: 1, isMuted: true })
  })

  test('a look in another window reads here, unless something came after it', async () => {
    const state = stateWith({ 'members.get': () => member('town', { msg_count: 6, last_viewed_at: 110 }) })
    state.apply(posted(post('p1', 110)))
    state.apply(frame('multiple_channels_viewed', { channel_times: { [town]: 110 } }))
    expect(unread(state).messages).toBe(0)
    state.apply(posted(post('p2', 120)))
    state.apply(frame('multiple_channels_viewed', { channel_times: { [town]: 110 } }))
    await state.settled()
    expect(unread(state).messages).toBe(1)
    expect(asked).toEqual(['members.get'])
  })

  test('viewing shows at once and believes the server when it fails', async () => {
    const state = stateWith({
      'unreads.view': () => {
        throw new ApiFault('internal', 500, 'no')
      },
      'members.get': () => member('town', { msg_count: 5 }),
    })
    state.apply(posted(post('p1', 110)))
    const viewing = state.unreads.view(town)
    expect(unread(state).messages).toBe(0)
    await expect(viewing).rejects.toThrow('no')
    expect(unread(state).messages).toBe(1)
  })

  test('marking unread takes the counters of the server', () => {
    const state = stateWith()
    const counters = { msg_count: 2, msg_count_root: 2, mention_count: 1, mention_count_root: 1, urgent_mention_count: 0, last_viewed_at: 50 }
    state.apply(frame('post_unread', { ...counters, post_id: id('p') }, { channel_id: town }))
    expect(unread(state)).toEqual({ messages: 3, mentions: 1, isMuted: false })
  })
})

describe('a start bundle and events', () => {
  test('events that come while it is loaded are applied after it, and count once', async () => {
    let answer: (bundle: Home) => void = () => undefined
    const state = stateWith({ 'home.get': () => new Promise((resolve) => (answer = resolve)) })
    const loading = state.reload()
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120)))
    answer(home({ channels: [channel('town', { last_post_at: 110, total_msg_count: 6, total_msg_count_root: 5 })] }))
    await loading
    expect(unread(state).messages).toBe(2)
  })

  test('an earlier version of a record never replaces a later one', () => {
    const state = stateWith()
    state.apply(frame('user_updated', { user: user('bo', { nickname: 'new', update_at: 5 }) }))
    state.apply(frame('user_updated', { user: user('bo', { nickname: 'old', update_at: 4 }) }))
    expect(state.users.records.one(bo)?.nickname).toBe('new')
    state.apply(frame('channel_updated', { channel: JSON.stringify(channel('town', { header: 'h', update_at: 0 })) }))
    expect(state.channels.records.one(town)?.header).toBeUndefined()
  })

  test('an edit of a channel keeps its counters', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(frame('channel_updated', { channel: JSON.stringify(channel('town', { header: 'h', update_at: 9 })) }))
    expect(state.channels.records.one(town)).toMatchObject({ header: 'h', total_msg_count: 6, last_post_at: 110 })
  })

  test('a channel that I am added to is loaded, one that I am removed from is forgotten', async () => {
    const state = stateWith({
      'channels.get': () => channel('new'),
      'members.get': () => member('new'),
    })
    state.apply(frame('user_added', { user_id: me, team_id: team }, { channel_id: id('new') }))
    await state.settled()
    expect(state.channels.records.has(id('new'))).toBe(true)
    state.apply(frame('user_removed', { channel_id: id('new'), remover_id: bo }, { user_id: me }))
    expect(state.channels.records.has(id('new'))).toBe(false)
    expect(problems).toEqual([])
  })

  test('the removal of somebody else leaves me in', () => {
    const state = stateWith()
    state.apply(frame('user_removed', { user_id: bo, remover_id: me }, { channel_id: town }))
    expect(state.channels.records.has(town)).toBe(true)
  })

  test('what is no JSON is reported and harms nothing', () => {
    const state = stateWith()
    state.apply(frame('posted', { post: '{' }))
    expect(problems).toHaveLength(1)
    state.apply(posted(post('p1', 110)))
    expect(unread(state).messages).toBe(1)
  })
})

describe('posts', () => {
  const shown = (state: State) => state.posts.timelines.one(town)?.flatMap(({ ids }) => ids) ?? []

  test('a deleted post goes, and its replies with it', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120, { root_id: id('p1') })))
    state.apply(posted(post('p3', 130)))
    state.apply(frame('post_deleted', { post: JSON.stringify(post('p1', 110, { delete_at: 140 })) }))
    expect(shown(state)).toEqual([id('p3')])
    expect(state.posts.records.has(id('p2'))).toBe(false)
  })

  test('an edit changes the text, and only forward', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(frame('post_edited', { post: JSON.stringify(post('p1', 110, { message: 'b', update_at: 200 })) }))
    state.apply(frame('post_edited', { post: JSON.stringify(post('p1', 110, { message: 'a', update_at: 150 })) }))
    expect(state.posts.records.one(id('p1'))?.message).toBe('b')
  })

  test.each(['the reply first', 'the event first'])('an optimistic post is replaced exactly once, %s', async (order) => {
    let answer: (created: Post) => void = () => undefined
    const state = stateWith({ 'posts.create': () => new Promise((resolve) => (answer = resolve)) })
    const { pendingId } = state.posts.outbox.send(town, 'hello')
    expect(state.posts.outbox.byChannel.one(town)).toHaveLength(1)
    const created = post('p1', 110, { user_id: me, message: 'hello', pending_post_id: pendingId })
    if (order === 'the event first') state.apply(posted(created))
    answer(created)
    await state.settled()
    if (order === 'the reply first') state.apply(posted(created))
    expect(state.posts.outbox.byChannel.one(town)).toBeUndefined()
    expect(shown(state)).toEqual([id('p1')])
    expect(unread(state).messages).toBe(0)
  })

  test('posts leave in order; what fails waits for its author, what passes is tried again', async () => {
    const sent: string[] = []
    let isDown = true
    const state = stateWith({
      'posts.create': ({ body }) => {
        const { message, pending_post_id } = body as { message: string; pending_post_id: string }
        if (isDown) throw new ApiFault('client.offline', 0, '')
        if (message === 'bad') throw new ApiFault('posts.too_long', 400, 'too long')
        sent.push(message)
        return post(message, 200 + sent.length, { user_id: me, message, pending_post_id })
      },
    })
    for (const message of ['one', 'bad', 'two']) state.posts.outbox.send(town, message)
    await state.settled()
    expect(state.posts.outbox.byChannel.one(town)?.map(({ state: each }) => each)).toEqual(['waiting', 'sending', 'sending'])
    isDown = false
    state.posts.outbox.resume()
    await state.settled()
    expect(sent).toEqual(['one', 'two'])
    const [left] = state.posts.outbox.byChannel.one(town) ?? []
    expect(left).toMatchObject({ message: 'bad', state: 'failed', problem: 'too long' })
    state.posts.outbox.discard(town, left?.pendingId ?? '')
    expect(state.posts.outbox.byChannel.one(town)).toBeUndefined()
  })

  test('what was unsent survives the end of the client', async () => {
    const kept = new Map<string, string>()
    const storage = { get: (key: string) => kept.get(key) ?? null, set: (key: string, value: string) => void kept.set(key, value), remove: (key: string) => void kept.delete(key) }
    const offline = () => {
      throw new ApiFault('client.offline', 0, '')
    }
    const first = createState({ call: caller({ 'posts.create': offline }), storage })
    first.load(home())
    const { pendingId } = first.posts.outbox.send(town, 'later')
    await first.settled()
    first.clear()
    const second = createState({ call: caller({ 'posts.create': () => post('p1', 110, { user_id: me, pending_post_id: pendingId }) }), storage })
    second.load(home())
    second.posts.outbox.restore()
    expect(second.posts.outbox.byChannel.one(town)).toMatchObject([{ message: 'later', state: 'waiting', pendingId }])
    second.posts.outbox.resume()
    await second.settled()
    expect(shown(second)).toEqual([id('p1')])
    expect(kept.size).toBe(0)
  })

  test('after a loss the channel is brought up to date: new, edited and deleted ones', async () => {
    const list = (posts: Post[], order = posts) => ({
      order: order.map((each) => each.id).reverse(),
      posts: Object.fromEntries(posts.map((each) => [each.id, each])),
      next_post_id: '',
      prev_post_id: '',
      first_inaccessible_post_time: 0,
    })
    const old = [post('p1', 110), post('p2', 120), post('p3', 130)]
    const changed = [
      post('p1', 110, { message: 'edited', update_at: 500 }),
      post('p2', 120, { message: '', delete_at: 510, update_at: 510 }),
      post('p4', 140),
      post('v1', 111, { original_id: id('p1'), delete_at: 500, update_at: 500 }),
    ]
    const answers = [list(old), list(changed)]
    const state = stateWith({ 'posts.listInChannel': () => answers.shift(), 'home.get': () => home() })
    await state.posts.open(town)
    expect(shown(state)).toEqual([id('p1'), id('p2'), id('p3')])
    await state.reload()
    await state.posts.open(town)
    expect(shown(state)).toEqual([id('p1'), id('p3'), id('p4')])
    expect(state.posts.records.one(id('p1'))?.message).toBe('edited')
    expect(state.posts.timelines.one(town)).toHaveLength(1)
  })

  test('an edit that the server refuses is taken back', async () => {
    const state = stateWith({
      'posts.patch': () => {
        throw new ApiFault('posts.edit_time', 400, 'over')
      },
    })
    state.apply(posted(post('p1', 110, { user_id: me, message: 'a' })))
    const editing = state.posts.edit(id('p1'), 'b')
    expect(state.posts.records.one(id('p1'))?.message).toBe('b')
    await expect(editing).rejects.toThrow('over')
    expect(state.posts.records.one(id('p1'))?.message).toBe('a')
  })
})

describe('permissions', () => {
  const role = (name: string, permissions: string[]) => ({ id: id(name), name, permissions }) as Home['roles'][number]

  test('add up over the system, the team and the channel', () => {
    const roles = [role('system_user', ['a']), role('team_user', ['b']), role('channel_user', ['c'])]
    const state = stateWith({}, home({ roles, team_members: [{ team_id: team, user_id: me, roles: 'team_user' } as Home['team_members'][number]] }))
    expect([...state.roles.permissions(team, town).get()]).toEqual(['a', 'b', 'c'])
    expect([...state.roles.permissions('').get()]).toEqual(['a'])
  })
})

test('people are called as the form asks, or by their username', () => {
  const ana = user('ana', { first_name: 'Ana', last_name: 'Roth', nickname: 'Nan' })
  expect(nameOf(ana, 'username')).toBe('ana')
  expect(nameOf(ana, 'full_name')).toBe('Ana Roth')
  expect(nameOf(ana, 'nickname_full_name')).toBe('Nan')
  expect(nameOf(user('bo'), 'full_name')).toBe('bo')
})
