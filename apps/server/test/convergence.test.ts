/** Every operation that changes something, with its people watching: what they saw happen must be what they would find. */
import {
  channelOf,
  converge,
  direct,
  type Person,
  type Place,
  place,
  signUp,
  unique,
  write,
} from '@plausch/testkit'
import { categories, channels, members, posts, preferences, teams, unreads, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, it } from 'vitest'

let at: Place
let all: Person[]
beforeAll(async () => {
  at = await place()
  all = [at.ana, at.bo]
})
afterAll(() => at.stop())

const of = (channel: { id: string }) => ({ params: { channel_id: channel.id } })

describe('posts', () => {
  it('a message, an answer, a mention', async () => {
    const channel = await channelOf(at.ana, at.team, 'O', [at.bo])
    await converge(all, async () => {
      const root = await write(at.ana, channel, 'question')
      await write(at.bo, channel, `answer for @${at.ana.username}`, root.id)
      await write(at.ana, channel, 'to @all of you')
    })
  })

  it('an edit and a deletion', async () => {
    const channel = await channelOf(at.ana, at.team, 'O', [at.bo])
    const post = await write(at.ana, channel, 'first')
    await converge(all, async () => {
      await at.ana.call(posts.patch, { params: { post_id: post.id }, body: { message: 'second' } })
      await at.ana.call(posts.remove, { params: { post_id: post.id } })
    })
  })

  it('the first word in a conversation', async () => {
    await converge(all, async () => {
      const channel = await direct(at.ana, at.bo)
      await write(at.ana, channel, 'hello')
    })
  })
})

describe('moderation', () => {
  it('of a channel, and an end of it', async () => {
    const channel = await channelOf(at.bo, at.team, 'O', [at.ana])
    const moderate = (isAllowed: boolean) =>
      at.root.call(channels.patchModerations, {
        params: { channel_id: channel.id },
        body: [{ name: 'create_post', roles: { members: isAllowed } }],
      })
    await converge(all, () => moderate(false))
    await converge(all, () => moderate(true))
  })
})

describe('reading', () => {
  it('a view, and a post marked as unread', async () => {
    const channel = await channelOf(at.ana, at.team, 'O', [at.bo])
    const first = await write(at.ana, channel, `one for @${at.bo.username}`)
    await write(at.ana, channel, 'two')
    const params = { user_id: 'me' }
    await converge(all, () => at.bo.call(unreads.view, { params, body: { channel_id: channel.id } }))
    await converge(all, () =>
      at.bo.call(unreads.markUnread, { params: { ...params, post_id: first.id }, body: {} }),
    )
    await converge(all, () => at.bo.call(unreads.markRead, { params, body: [channel.id] }))
  })
})

describe('channels', () => {
  it('created, renamed, with a new topic, made private, archived, restored', async () => {
    const name = unique('made')
    const channel = await converge(all, () =>
      at.ana.call(channels.create, { body: { team_id: at.team.id, name, display_name: name, type: 'O' } }),
    )
    await converge(all, () => at.bo.call(members.add, { ...of(channel), body: { user_id: at.bo.id } }))
    const body = { display_name: 'Other', header: 'a topic', purpose: 'a purpose' }
    await converge(all, () => at.ana.call(channels.patch, { ...of(channel), body }))
    await converge(all, () => at.ana.call(channels.setPrivacy, { ...of(channel), body: { privacy: 'P' } }))
    await converge(all, () => at.ana.call(channels.archive, of(channel)))
    await converge(all, () => at.ana.call(channels.restore, of(channel)))
  })

  it('people added, removed, leaving, with other roles and other wishes', async () => {
    const channel = await channelOf(at.ana, at.team, 'P')
    const ofBo = { params: { channel_id: channel.id, user_id: at.bo.id } }
    await converge(all, () => at.ana.call(members.add, { ...of(channel), body: { user_ids: [at.bo.id] } }))
    await converge(all, () =>
      at.ana.call(members.setRoles, { ...ofBo, body: { roles: 'channel_user channel_admin' } }),
    )
    await converge(all, () =>
      at.bo.call(members.setNotifyProps, { ...ofBo, body: { mark_unread: 'mention' } }),
    )
    await converge(all, () => at.ana.call(members.remove, ofBo))
    await at.ana.call(members.add, { ...of(channel), body: { user_id: at.bo.id } })
    await converge(all, () => at.bo.call(members.remove, ofBo))
  })

  it('a group conversation', async () => {
    const third = await signUp(at.server, 'kim', at.team.invite_id)
    await converge([...all, third], () => at.ana.call(channels.createGroup, { body: [at.bo.id, third.id] }))
  })
})

describe('teams', () => {
  it('somebody new, another name, another role, a farewell', async () => {
    const kim = await converge(all, () => signUp(at.server, 'kim', at.team.invite_id))
    const params = { team_id: at.team.id }
    await converge([...all, kim], () =>
      at.ana.call(teams.patch, { params, body: { display_name: 'Renamed' } }),
    )
    const ofKim = { ...params, user_id: kim.id }
    const body = { roles: 'team_user team_admin' }
    await converge([...all, kim], () => at.ana.call(teams.setMemberRoles, { params: ofKim, body }))
    await converge([...all, kim], () => at.ana.call(teams.removeMember, { params: ofKim }))
    await converge([...all, kim], () =>
      at.ana.call(teams.addMember, { params, body: { ...params, user_id: kim.id } }),
    )
  })
})

describe('oneself', () => {
  it('a profile and a preference', async () => {
    const params = { user_id: 'me' }
    await converge(all, () =>
      at.bo.call(users.patch, { params, body: { nickname: 'Bobo', first_name: 'Bo' } }),
    )
    const preference = {
      user_id: at.bo.id,
      category: 'display_settings',
      name: 'name_format',
      value: 'full_name',
    }
    await converge(all, () => at.bo.call(preferences.save, { params, body: [preference] }))
    await converge(all, () => at.bo.call(preferences.remove, { params, body: [preference] }))
  })

  it('a category, another order, and none of it', async () => {
    const params = { user_id: 'me', team_id: at.team.id }
    const channel = await channelOf(at.bo, at.team, 'O')
    const made = await converge(all, () =>
      at.bo.call(categories.create, { params, body: { display_name: 'Mine', channel_ids: [channel.id] } }),
    )
    const one = { ...params, category_id: made.id }
    await converge(all, () =>
      at.bo.call(categories.update, { params: one, body: { id: made.id, collapsed: true } }),
    )
    const order = await at.bo.call(categories.getOrder, { params })
    await converge(all, () => at.bo.call(categories.setOrder, { params, body: order.toReversed() }))
    await converge(all, () => at.bo.call(categories.remove, { params: one }))
  })
})
