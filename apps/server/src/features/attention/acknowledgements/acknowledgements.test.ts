import { channelOf, type Person, type Place, place, refused, write } from '@plausch/testkit'
import { acknowledgements, type Channel, channels, type Post, posts } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let room: Channel
beforeAll(async () => {
  at = await place()
  room = await channelOf(at.ana, at.team, 'P', [at.bo])
})
afterAll(() => at.stop())

const about = (post: Post, user_id = 'me') => ({ params: { user_id, post_id: post.id } })
const again = (person: Person, post: Post) => person.call(posts.get, { params: { post_id: post.id } })

it('acknowledgements are announced and shown with the post; the first one counts', async () => {
  const { ana, bo, eve } = at
  const post = await write(ana, room, 'please note')
  const [author, outsider] = [await ana.listen(), await eve.listen()]
  const noted = await bo.call(acknowledgements.save, about(post))
  expect(noted).toEqual({
    user_id: bo.id,
    post_id: post.id,
    acknowledged_at: expect.any(Number),
    channel_id: room.id,
    remote_id: '',
  })
  expect(JSON.parse((await author.next('post_acknowledgement_added')).acknowledgement)).toEqual(noted)
  expect(await bo.call(acknowledgements.save, about(post))).toEqual(noted)
  expect((await again(ana, post)).metadata.acknowledgements).toEqual([noted])
  for (const listener of [author, outsider]) await listener.settle()
  expect(author.all('post_acknowledgement_added')).toHaveLength(1)
  expect(outsider.all('post_acknowledgement_added')).toEqual([])
})

it('an acknowledgement can be taken back within five minutes, and not later', async () => {
  const { ana, bo, server } = at
  const [early, late] = [await write(ana, room, 'early'), await write(ana, room, 'late')]
  for (const post of [early, late]) await bo.call(acknowledgements.save, about(post))
  const listener = await ana.listen()
  await bo.call(acknowledgements.remove, about(early))
  const told = JSON.parse((await listener.next('post_acknowledgement_removed')).acknowledgement)
  expect(told).toEqual({
    user_id: bo.id,
    post_id: early.id,
    acknowledged_at: 0,
    channel_id: room.id,
    remote_id: '',
  })
  const edited = JSON.parse((await listener.next('post_edited')).post) as Post
  expect(edited).toMatchObject({ id: early.id, edit_at: 0, metadata: {} })
  await server.app.pool.run('update acknowledgements set acknowledged_at = acknowledged_at - 300001')
  await refused('acknowledgements.deadline', bo.call(acknowledgements.remove, about(late)))
  expect((await again(ana, late)).metadata.acknowledgements).toHaveLength(1)
})

it('acknowledgements are for members, in channels that are not archived, and go with the post', async () => {
  const { ana, bo, eve, root, server } = at
  const channel = await channelOf(ana, at.team, 'O', [bo])
  const post = await write(ana, channel, 'old')
  await refused('api.context.permissions.app_error', ana.call(acknowledgements.save, about(post, bo.id)))
  await refused('api.context.permissions.app_error', root.call(acknowledgements.save, about(post)))
  await refused('posts.not_found', eve.call(acknowledgements.save, about(post)))
  await bo.call(acknowledgements.save, about(post))
  await ana.call(channels.archive, { params: { channel_id: channel.id } })
  await refused('channels.archived', bo.call(acknowledgements.remove, about(post)))
  await ana.call(channels.restore, { params: { channel_id: channel.id } })
  await ana.call(posts.remove, { params: { post_id: post.id } })
  expect(await server.app.pool.rows('select from acknowledgements where post_id = $1', [post.id])).toEqual([])
})
