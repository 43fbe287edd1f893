import { write } from '@plausch/testkit'
import { acknowledgements, emoji, members, posts, preferences, reactions } from '@plausch/wire'
import { describe, expect, it } from 'vitest'
import { about, type Cast, mine, of, roomOf } from './cast.ts'
import { drawn } from './emoji.ts'

export const marks = (cast: () => Cast) => {
  describe('reactions', () => {
    it('added by several people, and removed', async () => {
      const { ana, bo, gil, probe } = cast()
      const channel = await roomOf(cast())
      const post = await write(ana, channel, 'done')
      const save = (by: typeof ana, emoji_name: string) =>
        by.call(reactions.save, { body: { user_id: by.id, post_id: post.id, emoji_name } })
      const takeBack = (by: typeof ana, emoji_name: string) =>
        by.call(reactions.remove, { params: { user_id: by.id, post_id: post.id, emoji_name } })
      await probe([channel], () => save(bo, 'tada'))
      await probe([channel], async () => {
        await save(gil, 'tada')
        await save(ana, 'heart')
        await save(ana, 'heart')
      })
      await probe([channel], () => takeBack(bo, 'tada'))
      await probe([channel], async () => {
        await takeBack(gil, 'tada')
        await takeBack(ana, 'heart')
        await save(bo, 'tada')
        await ana.call(posts.patch, { ...about(post), body: { message: 'really done' } })
        await takeBack(bo, 'tada')
      })
    })

    it('with an emoji that is deleted', async () => {
      const { ana, bo, root, probe } = cast()
      const channel = await roomOf(cast())
      const post = await write(ana, channel, 'done')
      const own = await drawn(ana)
      await probe([channel], () =>
        bo.call(reactions.save, { body: { user_id: bo.id, post_id: post.id, emoji_name: own.name } }),
      )
      // As in v4, no event says that an emoji is gone, but events say that the reactions with it are.
      const listener = await bo.listen()
      await root.call(emoji.remove, { params: { emoji_id: own.id } })
      const told = await listener.next('reaction_removed')
      expect(JSON.parse(told.reaction)).toMatchObject({ post_id: post.id, emoji_name: own.name })
    })
  })

  it('an acknowledgement, given and withdrawn', async () => {
    const { ana, bo, gil, probe } = cast()
    const channel = await roomOf(cast(), 'P')
    const post = await write(ana, channel, 'please note')
    await probe([channel], async () => {
      await bo.call(acknowledgements.save, mine(post))
      await gil.call(acknowledgements.save, mine(post))
    })
    await probe([channel], () => bo.call(acknowledgements.remove, mine(post)))
    await probe([channel], () => gil.call(acknowledgements.remove, mine(post)))
  })

  it('posts pinned and unpinned, edited and deleted meanwhile', async () => {
    const { ana, bo, probe } = cast()
    const channel = await roomOf(cast())
    const [first, second] = [await write(ana, channel, 'first'), await write(bo, channel, 'second')]
    await probe([channel], () => ana.call(posts.pin, about(second)))
    await probe([channel], () => bo.call(posts.pin, about(first)))
    await probe([channel], () => bo.call(posts.patch, { ...about(second), body: { message: 'other' } }))
    await probe([channel], () => ana.call(posts.unpin, about(second)))
    await probe([channel], () => ana.call(posts.remove, about(first)))
  })

  it('posts saved and unsaved, edited, deleted, and in a channel that the person is removed from', async () => {
    const { ana, bo, gil, probe } = cast()
    const channel = await roomOf(cast(), 'P')
    const [first, second, third] = [
      await write(ana, channel, 'first'),
      await write(ana, channel, 'second'),
      await write(ana, channel, 'third'),
    ]
    const params = { user_id: 'me' }
    const flag = (by: typeof ana, post: { id: string }, value = 'true') => [
      { user_id: by.id, category: 'flagged_post', name: post.id, value },
    ]
    for (const post of [first, second, third])
      await probe([channel], () => bo.call(preferences.save, { params, body: flag(bo, post) }))
    await gil.call(preferences.save, { params, body: flag(gil, second) })
    await probe([channel], () => bo.call(preferences.remove, { params, body: flag(bo, first) }))
    await probe([channel], () => ana.call(posts.patch, { ...about(second), body: { message: 'other' } }))
    await probe([channel], () => bo.call(preferences.save, { params, body: flag(bo, third, 'false') }))
    const out = (by: typeof ana) => ({ params: { channel_id: channel.id, user_id: by.id } })
    await probe([channel], () => ana.call(members.remove, out(gil)))
    await probe([channel], () => ana.call(members.add, { ...of(channel), body: { user_id: gil.id } }))
    await ana.call(members.remove, out(gil))
    await probe([channel], () => ana.call(posts.remove, about(second)))
  })
}
