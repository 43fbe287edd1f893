/** Automatic replies of absent people, and hints about people outside the channel. */
import { channelOf, direct, type Place, place, signUp, write } from '@plausch/testkit'
import { members, type Post, posts, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

describe('a hint about people outside the channel', () => {
  it('reaches the author only, with the data that clients need to add them', async () => {
    const { ana, bo, eve } = at
    const channel = await channelOf(ana, at.team, 'P', [])
    const cy = await signUp(at.server, 'cy', at.team.invite_id)
    await ana.call(members.add, { params: { channel_id: channel.id }, body: { user_id: cy.id } })
    const [author, member, named] = [await ana.listen(), await cy.listen(), await bo.listen()]
    const post = await write(ana, channel, `@${bo.username}. @${cy.username} @${eve.username} @nobody \`@x\``)
    const told = JSON.parse((await author.next('ephemeral_message')).post) as Post
    expect(told).toMatchObject({ type: 'system_ephemeral', channel_id: channel.id, user_id: ana.id })
    expect(told.message).toContain(`@${bo.username}`)
    expect(told.props).toEqual({
      add_channel_member: {
        post_id: post.id,
        usernames: [bo.username],
        not_in_channel_usernames: [bo.username],
        user_ids: [bo.id],
        not_in_channel_user_ids: [bo.id],
        not_in_groups_usernames: [],
        not_in_groups_user_ids: [],
      },
    })
    for (const listener of [member, named]) {
      await listener.settle()
      expect(listener.all('ephemeral_message')).toEqual([])
    }
  })
})

describe('an automatic reply', () => {
  it('is sent once a day, only if the server allows it, and leaves the message unread', async () => {
    const { ana, bo, root } = at
    const talk = await direct(ana, bo)
    const notify_props = { auto_responder_active: 'true', auto_responder_message: 'Back on Monday' }
    await bo.call(users.patch, { params: { user_id: bo.id }, body: { notify_props } })
    const listener = await ana.listen()
    await write(ana, talk, 'switched off')
    await root.call(settings.patch, { body: { TeamSettings: { ExperimentalEnableAutomaticReplies: true } } })
    const post = await write(ana, talk, 'are you there?')
    const told = await listener.next('posted', (data) => data.post.includes('Back on Monday'))
    expect(JSON.parse(told.post)).toMatchObject({
      type: 'system_auto_responder',
      user_id: bo.id,
      root_id: post.id,
    })
    const params = { channel_id: talk.id, user_id: 'me' }
    expect((await bo.call(members.get, { params })).mention_count).toBe(2)
    await write(ana, talk, 'again')
    await write(bo, talk, 'my own word')
    await listener.settle()
    const answers = listener.all('posted').filter((data) => data.post.includes('Back on Monday'))
    expect(answers).toHaveLength(1)
    expect((await ana.call(posts.thread, { params: { post_id: post.id } })).order).toHaveLength(2)
  })
})
