/** Important and urgent posts. */
import { channelOf, converge, direct, type Person, type Place, place, refused, write } from '@plausch/testkit'
import { type AskedPriority, type Channel, members, type Post, posts, settings, unreads } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const say = (by: Person, channel: Channel, message: string, priority: AskedPriority, root_id = '') =>
  by.call(posts.create, { body: { channel_id: channel.id, message, root_id, metadata: { priority } } })
const urgent = { priority: 'urgent' } as const
const setting = (ServiceSettings: Record<string, unknown>) =>
  at.root.call(settings.patch, { body: { ServiceSettings } })
const counters = async (person: Person, channel: Channel) => {
  const member = await person.call(members.get, { params: { channel_id: channel.id, user_id: 'me' } })
  return [member.mention_count, member.urgent_mention_count]
}

describe('priority', () => {
  it('is in the event and in lists, and is left out of ordinary posts', async () => {
    const { ana, bo, townSquare } = at
    const listener = await bo.listen()
    const asked = { priority: 'important', requested_ack: true } as const
    const post = await say(ana, townSquare, 'look', asked)
    const metadata = { priority: { ...asked, persistent_notifications: false } }
    expect(post.metadata).toEqual(metadata)
    const told = await listener.next('posted', (data) => data.post.includes(post.id))
    expect((JSON.parse(told.post) as Post).metadata).toEqual(metadata)
    const list = await bo.call(posts.listInChannel, { params: { channel_id: townSquare.id } })
    expect(list.posts[post.id]?.metadata).toEqual(metadata)
    const plain = await say(ana, townSquare, 'plain', { priority: '', requested_ack: false })
    expect(plain.metadata).toEqual({})
  })

  it('is only for roots, only with known values, and only if the server has it on', async () => {
    const { ana, townSquare } = at
    const root = await write(ana, townSquare, 'root')
    await refused('posts.priority_root', say(ana, townSquare, 'x', urgent, root.id))
    await refused(
      'api.context.invalid_body_param.app_error',
      say(ana, townSquare, 'x', { priority: 'huge' as 'urgent' }),
    )
    await setting({ PostPriority: false })
    await refused('posts.priority_off', say(ana, townSquare, 'x', urgent))
    await setting({ PostPriority: true })
  })

  it('counts urgent mentions; reading and marking as unread change them like other mentions', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O', [bo])
    await bo.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: channel.id } })
    const first = await converge([bo], () => say(ana, channel, `@${bo.username} now`, urgent))
    await write(ana, channel, `@${bo.username} later`)
    await say(ana, channel, 'urgent, but not for anybody', urgent)
    expect(await counters(bo, channel)).toEqual([2, 1])
    await bo.call(unreads.view, { params: { user_id: 'me' }, body: { channel_id: channel.id } })
    expect(await counters(bo, channel)).toEqual([0, 0])
    await bo.call(unreads.markUnread, { params: { user_id: 'me', post_id: first.id }, body: {} })
    expect(await counters(bo, channel)).toEqual([2, 1])
    const talk = await direct(ana, bo)
    await say(ana, talk, 'quick', urgent)
    expect(await counters(bo, talk)).toEqual([1, 1])
  })
})
