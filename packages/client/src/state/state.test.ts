import type { Home } from '@plausch/wire'
import { beforeEach, describe, expect, test } from 'vitest'
import {
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
  problems,
  stateWith,
  team,
  town,
  unread,
  user,
} from './state.fixture.ts'
import { nameOf } from './users.ts'

beforeEach(forget)

describe('a start bundle and events', () => {
  test('events that come while the bundle is being loaded are applied after it, and count once', async () => {
    let answer: (bundle: Home) => void = () => undefined
    const state = stateWith({ 'home.get': () => new Promise((resolve) => (answer = resolve)) })
    const loading = state.reload()
    state.apply(posted(post('p1', 110)))
    state.apply(posted(post('p2', 120)))
    answer(
      home({
        channels: [channel('town', { last_post_at: 110, total_msg_count: 6, total_msg_count_root: 5 })],
      }),
    )
    await loading
    expect(unread(state).messages).toBe(2)
  })

  test('an earlier version of a record never replaces a later one', () => {
    const state = stateWith()
    state.apply(frame('user_updated', { user: user('bo', { nickname: 'new', update_at: 5 }) }))
    state.apply(frame('user_updated', { user: user('bo', { nickname: 'old', update_at: 4 }) }))
    expect(state.users.records.one(bo)?.nickname).toBe('new')
    state.apply(
      frame('channel_updated', { channel: JSON.stringify(channel('town', { header: 'h', update_at: 0 })) }),
    )
    expect(state.channels.records.one(town)?.header).toBeUndefined()
  })

  test('an edit of a channel keeps its counters', () => {
    const state = stateWith()
    state.apply(posted(post('p1', 110)))
    state.apply(
      frame('channel_updated', { channel: JSON.stringify(channel('town', { header: 'h', update_at: 9 })) }),
    )
    expect(state.channels.records.one(town)).toMatchObject({
      header: 'h',
      total_msg_count: 6,
      last_post_at: 110,
    })
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

  test('a channel in which posts never stop coming is loaded all the same', async () => {
    let at = 100
    const state = stateWith({
      'channels.get': () => channel('new', { last_post_at: at++ }),
      'members.get': () => member('new'),
    })
    state.apply(frame('user_added', { user_id: me, team_id: team }, { channel_id: id('new') }))
    await state.settled()
    expect(state.channels.records.one(id('new'))?.last_post_at).toBe(at - 1)
  })

  test('an event is reported once, whatever it changed', () => {
    const state = stateWith()
    const seen: string[] = []
    const note = () => {
      const { messages, mentions } = state.unreads.ofTeam(team).get()
      seen.push(`${messages} ${mentions}`)
    }
    state.unreads.ofTeam(team).subscribe(note)
    state.apply(posted(post('p1', 110), [me]))
    expect(seen).toEqual(['1 1'])
  })

  test('the removal of somebody else leaves me in', () => {
    const state = stateWith()
    state.apply(frame('user_removed', { user_id: bo, remover_id: me }, { channel_id: town }))
    expect(state.channels.records.has(town)).toBe(true)
  })

  test('invalid JSON is reported and harms nothing', () => {
    const state = stateWith()
    state.apply(frame('posted', { post: '{' }))
    expect(problems).toHaveLength(1)
    state.apply(posted(post('p1', 110)))
    expect(unread(state).messages).toBe(1)
  })
})

describe('permissions', () => {
  const role = (name: string, permissions: string[]) =>
    ({ id: id(name), name, permissions }) as Home['roles'][number]

  test('of the system, the team and the channel add up', () => {
    const roles = [role('system_user', ['a']), role('team_user', ['b']), role('channel_user', ['c'])]
    const state = stateWith(
      {},
      home({
        roles,
        team_members: [{ team_id: team, user_id: me, roles: 'team_user' } as Home['team_members'][number]],
      }),
    )
    expect([...state.roles.permissions(team, town).get()]).toEqual(['a', 'b', 'c'])
    expect([...state.roles.permissions('').get()]).toEqual(['a'])
  })
})

test('people are shown by the name that the setting asks for, or by their username', () => {
  const ana = user('ana', { first_name: 'Ana', last_name: 'Roth', nickname: 'Nan' })
  expect(nameOf(ana, 'username')).toBe('ana')
  expect(nameOf(ana, 'full_name')).toBe('Ana Roth')
  expect(nameOf(ana, 'nickname_full_name')).toBe('Nan')
  expect(nameOf(user('bo'), 'full_name')).toBe('bo')
})

test('the number of people in a channel follows those who come and go, once it was asked for', async () => {
  let member_count = 2
  const state = stateWith({ 'channels.stats': () => ({ channel_id: town, member_count }) })
  const went = frame('user_removed', { user_id: id('bo') }, { channel_id: town })
  state.apply(went)
  await state.settled()
  expect(state.members.counts.one(town)).toBeUndefined()
  await state.members.count(town)
  expect(state.members.counts.one(town)).toBe(2)
  member_count = 14
  state.apply(frame('members_joined', { count: 12 }, { channel_id: town }))
  await state.settled()
  expect(state.members.counts.one(town)).toBe(14)
  member_count = 13
  state.apply(went)
  state.apply(went)
  await state.settled()
  expect(state.members.counts.one(town)).toBe(13)
  state.load(home())
  expect(state.members.counts.one(town)).toBeUndefined()
})
