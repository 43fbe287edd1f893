import { channelOf, direct, type Person, type Place, place, refused, write } from '@plausch/testkit'
import { type Channel, channels, type Post, posts, reactions, settings } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const react = (person: Person, post: Post, emoji_name: string) =>
  person.call(reactions.save, { body: { user_id: person.id, post_id: post.id, emoji_name } })
const takeBack = (person: Person, post: Post, emoji_name: string, user_id = 'me') =>
  person.call(reactions.remove, { params: { user_id, post_id: post.id, emoji_name } })
const again = (person: Person, post: Post) => person.call(posts.get, { params: { post_id: post.id } })

describe('reacting', () => {
  it('sends one event to the channel, and the post shows the reaction once', async () => {
    const { ana, bo, eve, root } = at
    const post = await write(ana, room, 'nice?')
    const [member, outsider, admin] = [await ana.listen(), await eve.listen(), await root.listen()]
    const reaction = await react(bo, post, '+1')
    expect(reaction).toEqual({
      user_id: bo.id,
      post_id: post.id,
      emoji_name: '+1',
      create_at: expect.any(Number),
      update_at: reaction.create_at,
      delete_at: 0,
      remote_id: '',
      channel_id: room.id,
    })
    const told = await member.next('reaction_added')
    expect(Object.keys(told)).toEqual(['reaction'])
    expect(JSON.parse(told.reaction)).toEqual(reaction)
    expect(await react(bo, post, '+1')).toEqual(reaction)
    await member.settle()
    expect(member.all('reaction_added')).toHaveLength(1)
    expect(member.all('post_edited')).toEqual([])
    const shown = await again(ana, post)
    expect(shown.metadata.reactions).toEqual([reaction])
    expect(shown.update_at).toBeGreaterThan(post.update_at)
    expect(shown.edit_at).toBe(0)
    for (const listener of [outsider, admin]) {
      await listener.settle()
      expect(listener.all('reaction_added')).toEqual([])
    }
  })

  it('sends nothing to clients that show another channel', async () => {
    const { ana, bo } = at
    const post = await write(ana, room, 'here')
    const [elsewhere, here] = [await ana.listen(), await ana.listen()]
    await elsewhere.act('presence', { channel_id: at.townSquare.id })
    await here.act('presence', { channel_id: room.id })
    await react(bo, post, 'eyes')
    await here.next('reaction_added')
    await elsewhere.settle()
    expect(elsewhere.all('reaction_added')).toEqual([])
  })

  it('accepts system emoji in every skin tone, up to the limit', async () => {
    const { ana, bo, root } = at
    const post = await write(ana, room, 'many')
    await react(bo, post, 'wave_medium_dark_skin_tone')
    await refused('reactions.unknown_emoji', react(bo, post, 'no_such_emoji'))
    await refused('reactions.unknown_emoji', react(bo, post, 'tada_dark_skin_tone'))
    for (const name of ['', 'a b', 'ä', 'x'.repeat(65)]) {
      await refused('api.context.invalid_body_param.app_error', react(bo, post, name))
    }
    await root.call(settings.patch, { body: { ServiceSettings: { UniqueEmojiReactionLimitPerPost: 2 } } })
    const tries = await Promise.allSettled(['tada', 'smile', 'heart'].map((name) => react(bo, post, name)))
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    await react(ana, post, 'wave_medium_dark_skin_tone')
    await refused('reactions.limit', react(ana, post, 'rocket'))
    await root.call(settings.patch, { body: { ServiceSettings: { UniqueEmojiReactionLimitPerPost: 50 } } })
  })

  it('is refused in archived channels, for somebody else, and for people who may only read', async () => {
    const { ana, bo } = at
    const channel = await channelOf(ana, at.team, 'O')
    const post = await write(ana, channel, 'old')
    await refused('api.context.permissions.app_error', react(bo, post, 'tada'))
    const body = { user_id: bo.id, post_id: post.id, emoji_name: 'tada' }
    await refused('api.context.permissions.app_error', ana.call(reactions.save, { body }))
    await ana.call(channels.archive, { params: { channel_id: channel.id } })
    await refused('channels.archived', react(ana, post, 'tada'))
  })
})

describe('removing a reaction', () => {
  it('sends an event, and may be repeated', async () => {
    const { ana, bo } = at
    const post = await write(ana, room, 'hm')
    const reaction = await react(bo, post, 'tada')
    const listener = await ana.listen()
    await takeBack(bo, post, 'tada')
    await takeBack(bo, post, 'tada')
    expect(JSON.parse((await listener.next('reaction_removed')).reaction)).toEqual(reaction)
    await listener.settle()
    expect(listener.all('reaction_removed')).toHaveLength(1)
    expect((await again(ana, post)).metadata).toEqual({})
    expect(await ana.call(reactions.list, { params: { post_id: post.id } })).toEqual([])
  })

  it('of somebody else needs the permission', async () => {
    const { ana, bo, root } = at
    const post = await write(ana, room, 'hm')
    await react(bo, post, 'tada')
    await refused(
      'api.context.permissions.app_error',
      ana.call(reactions.remove, { params: { user_id: bo.id, post_id: post.id, emoji_name: 'tada' } }),
    )
    await takeBack(root, post, 'tada', bo.id)
    expect((await again(ana, post)).metadata.reactions).toBeUndefined()
  })
})

describe('listing reactions', () => {
  it('of several posts leaves out those that the person may not read', async () => {
    const { ana, bo, root, eve } = at
    const talk = await direct(ana, bo)
    const [first, second, secret] = [
      await write(ana, room, 'one'),
      await write(ana, room, 'two'),
      await write(ana, talk, 'three'),
    ]
    await react(ana, first, 'tada')
    await react(bo, first, 'tada')
    await react(bo, secret, 'heart')
    const body = [first.id, second.id, secret.id]
    const seen = await bo.call(reactions.listOfPosts, { body })
    expect(Object.keys(seen).sort()).toEqual([first.id, second.id, secret.id].sort())
    expect(seen[second.id]).toEqual([])
    expect(seen[first.id]?.map((each) => each.user_id)).toEqual([ana.id, bo.id])
    expect(Object.keys(await root.call(reactions.listOfPosts, { body })).sort()).toEqual(
      [first.id, second.id].sort(),
    )
    expect(await eve.call(reactions.listOfPosts, { body })).toEqual({})
  })

  it('finds none on a deleted post', async () => {
    const { ana, bo, server } = at
    const post = await write(ana, room, 'gone')
    await react(bo, post, 'tada')
    await ana.call(posts.remove, { params: { post_id: post.id } })
    await refused('posts.not_found', bo.call(reactions.list, { params: { post_id: post.id } }))
    expect(await bo.call(reactions.listOfPosts, { body: [post.id] })).toEqual({})
    await refused('posts.not_found', react(bo, post, 'tada'))
    expect(await server.app.pool.rows('select from reactions where post_id = $1', [post.id])).toEqual([])
  })
})
