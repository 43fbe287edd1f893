import { mailbox, type Place, place, refused, signUp, unique } from '@plausch/testkit'
import { notices, passwords, posts, settings, tokens, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('the list of notices is empty for members of the team', async () => {
  const params = { team_id: at.team.id }
  const query = { client: 'web', clientVersion: '11.0.0' }
  expect(await at.bo.call(notices.list, { params, query })).toEqual([])
  await refused('teams.not_found', at.eve.call(notices.list, { params, query }))
  expect(await at.bo.call(notices.markViewed, { body: ['one'] })).toEqual({ status: 'OK' })
})

it('a test notification is a message of the system bot to the actor, in their language', async () => {
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

it('clients may report the result of a notification while push notifications are on', async () => {
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

it('the system bot tells people about changes of their account if the server sends no mail', async () => {
  const heidi = await signUp(at.server, 'heidi', at.team.invite_id)
  await heidi.call(users.patch, { params: { user_id: heidi.id }, body: { locale: 'de' } })
  const [mine, others] = [await heidi.listen(), await at.bo.listen()]
  const told = async (words: string) => {
    const posted = await mine.next('posted', ({ post }) => JSON.parse(post).message.includes(words))
    expect(posted).toMatchObject({ channel_type: 'D', sender_name: '@system-bot' })
  }
  const about = { user_id: heidi.id }
  const email = `${unique('heidi')}@example.org`
  await heidi.call(users.patch, { params: about, body: { email, password: heidi.password } })
  await told(`die E-Mail-Adresse Ihres Kontos ist jetzt \`${email}\`.`)
  await at.root.call(settings.patch, {
    body: {
      ServiceSettings: { EnableUserAccessTokens: true },
      PlauschSettings: { AdministratorsMayCreateTokensForOthers: true },
    },
  })
  // Text from an administrator is shown as plain text.
  const description = 'backup` [here](https://example.com) @all'
  await at.root.call(tokens.create, { params: about, body: { description } })
  await told('Namen handelt: `backup  [here](https://example.com) @all`.')
  const body = { current_password: heidi.password, new_password: 'another horse battery' }
  await heidi.call(passwords.change, { params: about, body })
  await told('Ihr Passwort wurde geändert.')
  await others.settle()
  expect(others.all('posted')).toEqual([])
})

it('people are told about changes of their account by mail only, if the server sends mail', async () => {
  const box = await mailbox()
  await at.root.call(settings.patch, { body: box.settings })
  const heidi = await signUp(at.server, 'heidi', at.team.invite_id)
  const socket = await heidi.listen()
  await at.root.call(tokens.create, { params: { user_id: heidi.id }, body: { description: 'backup' } })
  const mail = await box.next(heidi.user.email)
  expect(mail.text).toContain('an administrator made a personal access token that acts as you: backup.')
  const email = `${unique('heidi')}@example.org`
  await heidi.call(users.patch, { params: { user_id: heidi.id }, body: { email, password: heidi.password } })
  expect((await box.next(heidi.user.email)).text).toContain(email)
  await socket.settle()
  expect(socket.all('posted')).toEqual([])
  await box.stop()
})
