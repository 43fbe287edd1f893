import { type Place, place, refused, signUp } from '@plausch/testkit'
import { notices, posts, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('there are no notices, for those who are in the team', async () => {
  const params = { team_id: at.team.id }
  const query = { client: 'web', clientVersion: '11.0.0' }
  expect(await at.bo.call(notices.list, { params, query })).toEqual([])
  await refused('teams.not_found', at.eve.call(notices.list, { params, query }))
  expect(await at.bo.call(notices.markViewed, { body: ['one'] })).toEqual({ status: 'OK' })
})

it('a test of notifications is a message of the system bot to oneself, in one’s language', async () => {
  const heidi = await signUp(at.server, 'heidi', at.team.invite_id)
  await heidi.call(users.patch, { params: { user_id: heidi.id }, body: { locale: 'de' } })
  const [mine, others] = [await heidi.listen(), await at.bo.listen()]
  await heidi.call(notices.sendTest)
  const posted = await mine.next('posted')
  const post = JSON.parse(posted.post)
  expect(post.message).toContain('Benachrichtigungen')
  expect(post.props.force_notification).toEqual(expect.any(String))
  expect(posted).toMatchObject({ channel_type: 'D', sender_name: '@system-bot' })
  expect(JSON.parse(posted.mentions ?? '')).toEqual([heidi.id])
  await others.settle()
  expect(others.all('posted')).toEqual([])
  await refused('posts.not_found', at.eve.call(posts.get, { params: { post_id: post.id } }))
})

it('devices and clients may tell how a notification went, where pushes are on', async () => {
  const body = { id: 'a', type: 'message', platform: 'ios', received_at: 1 }
  await refused('push.off', at.bo.call(notices.acknowledgePush, { body }))
  await at.root.call(settings.patch, { body: { EmailSettings: { SendPushNotifications: true } } })
  expect(await at.bo.call(notices.acknowledgePush, { body })).toEqual({ status: 'OK' })
  const socket = await at.bo.listen()
  const reply = await socket.act('posted_notify_ack', {
    post_id: at.team.id,
    status: 'success',
    reason: '',
    data: '',
  })
  expect(reply).toMatchObject({ status: 'OK' })
})
