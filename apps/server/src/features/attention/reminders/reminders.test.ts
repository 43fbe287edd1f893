import { channelOf, hurry, type Person, type Place, place, refused, write } from '@plausch/testkit'
import { members, type Post, posts, reminders, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const inSeconds = (ms: number) => Math.floor((Date.now() + ms) / 1000)
const remindOf = (person: Person, post: Post, target_time = inSeconds(3_600_000)) =>
  person.call(reminders.save, { params: { user_id: 'me', post_id: post.id }, body: { target_time } })
/** Acts as if the time had come. */
const sendAll = async (times = 1) => {
  await at.server.app.pool.run('update reminders set target_at = 1')
  await Promise.all(Array.from({ length: times }, () => hurry(at.server, 'reminders.send')))
}
const left = () => at.server.app.pool.rows('select from reminders')

it('reminders are confirmed at once and sent once, by the system bot, to the person who asked', async () => {
  const { ana, bo, townSquare } = at
  const [own, foreign] = [await bo.listen(), await ana.listen()]
  const post = await write(ana, townSquare, 'do not forget')
  const target_time = inSeconds(3_600_000)
  await remindOf(bo, post)
  await remindOf(bo, post, target_time)
  const confirmed = own.all('ephemeral_message')
  const props = { team_name: at.team.name, post_id: post.id, username: ana.username }
  await own.next('ephemeral_message', (data) => data.post.includes(`${target_time}`))
  expect(JSON.parse(confirmed[0]?.post ?? own.all('ephemeral_message')[0]?.post ?? '')).toMatchObject({
    type: 'system_ephemeral',
    channel_id: townSquare.id,
    props: { ...props, type: 'reminder' },
  })
  await sendAll(3)
  const told = await own.next('posted', (data) => data.post.includes('"reminder"'))
  expect(told).toMatchObject({ channel_type: 'D', sender_name: '@system-bot' })
  const reminder = JSON.parse(told.post) as Post
  expect(reminder).toMatchObject({ type: 'reminder', props })
  const member = await bo.call(members.get, { params: { channel_id: reminder.channel_id, user_id: 'me' } })
  expect(member.mention_count).toBe(1)
  const list = await bo.call(posts.listInChannel, { params: { channel_id: reminder.channel_id } })
  expect(list.order).toHaveLength(1)
  expect(await left()).toEqual([])
  await foreign.settle()
  expect(foreign.all('ephemeral_message')).toEqual([])
  expect(foreign.all('posted').filter((data) => data.post.includes('"reminder"'))).toEqual([])
})

it('both messages are in the language of the reader', async () => {
  const { ana, bo, townSquare } = at
  await bo.call(users.patch, { params: { user_id: bo.id }, body: { locale: 'de' } })
  const listener = await bo.listen()
  await remindOf(bo, await write(ana, townSquare, 'and this'))
  await sendAll()
  const told = await listener.next('posted', (data) => data.post.includes('"reminder"'))
  expect((JSON.parse(told.post) as Post).message).toContain('Erinnerung')
})

it('reminders of deleted posts, or posts that the person may no longer read, are not sent', async () => {
  const { ana, bo } = at
  const channel = await channelOf(ana, at.team, 'P', [bo])
  const [gone, secret] = [await write(ana, channel, 'gone'), await write(ana, channel, 'secret')]
  await remindOf(bo, gone)
  await remindOf(bo, secret)
  await ana.call(posts.remove, { params: { post_id: gone.id } })
  expect(await left()).toHaveLength(1)
  await ana.call(members.remove, { params: { channel_id: channel.id, user_id: bo.id } })
  const listener = await bo.listen()
  await sendAll()
  await listener.settle()
  expect(listener.all('posted')).toEqual([])
  expect(await left()).toEqual([])
})

it('reminders are refused for a past time, for other people, and for unreadable posts', async () => {
  const { ana, bo, eve, townSquare } = at
  const post = await write(ana, townSquare, 'x')
  await refused('reminders.past', remindOf(bo, post, inSeconds(-10_000)))
  await refused('posts.not_found', remindOf(eve, post))
  await refused(
    'api.context.permissions.app_error',
    ana.call(reminders.save, {
      params: { user_id: bo.id, post_id: post.id },
      body: { target_time: inSeconds(10_000) },
    }),
  )
  expect(await left()).toEqual([])
})
