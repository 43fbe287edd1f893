/** Calls of the unmodified client from the registry about people, and how it reads the answers. */
import { Client4 } from '@mattermost/client'
import type { UserProfile } from '@mattermost/types/users'
import { type Mailbox, mailbox, type Place, place, unique } from '@plausch/testkit'
import { settings } from '@plausch/wire'
import { generate } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
let client: Client4
beforeAll(async () => {
  at = await place()
  box = await mailbox()
  await at.root.call(settings.patch, {
    body: {
      EmailSettings: box.settings.EmailSettings,
      ServiceSettings: { ...box.settings.ServiceSettings, EnableMultifactorAuthentication: true },
      SupportSettings: { CustomTermsOfServiceEnabled: true },
    },
  })
  client = await as(at.bo.username, at.bo.password)
})
afterAll(async () => {
  await at.stop()
  await box.stop()
})

const out = () => {
  const made = new Client4()
  made.setUrl(at.server.url)
  return made
}
const as = async (name: string, password: string, code = '') => {
  const made = out()
  await made.login(name, password, code)
  return made
}
const customStatusOf = ({ props }: UserProfile) => JSON.parse(props.customStatus || 'null') as unknown

it('changes its account, as a whole and in part', async () => {
  const me = await client.getMe()
  const changed = await client.updateUser({ ...me, nickname: 'Bodo' })
  expect(changed.nickname).toBe('Bodo')
  expect((await client.patchMe({ position: 'here' })).position).toBe('here')
  expect(await client.getKnownUsers()).toContain(at.ana.id)
  expect((await client.getProfilesByIds([at.ana.id])).map(({ id }) => id)).toEqual([at.ana.id])
})

it('sets and clears a custom status', async () => {
  const status = { emoji: 'tea', text: 'tea time', duration: '' as never }
  await client.updateCustomStatus(status)
  expect(customStatusOf(await client.getMe())).toMatchObject({ emoji: 'tea', text: 'tea time' })
  await client.unsetCustomStatus()
  expect(customStatusOf(await client.getMe())).toBeNull()
  await client.removeRecentCustomStatus(status)
})

it('reads and accepts the terms', async () => {
  const root = await as(at.root.username, at.root.password)
  const made = await root.createTermsOfService('Be kind.')
  expect(await client.getTermsOfService()).toEqual(made)
  expect((await client.getClientConfig()).CustomTermsOfServiceId).toBe(made.id)
  await client.updateMyTermsOfServiceStatus(made.id, true)
  expect((await client.getMe()).terms_of_service_id).toBe(made.id)
})

it('sets up a second factor and signs in with it', async () => {
  const { secret } = await client.generateMfaSecret(at.bo.id)
  const now = Math.floor(Date.now() / 1000)
  await client.updateUserMfa(at.bo.id, true, await generate({ secret, epoch: now - 30 }))
  await expect(as(at.bo.username, at.bo.password)).rejects.toMatchObject({
    server_error_id: 'mfa.validate_token.authenticate.app_error',
  })
  const second = await as(at.bo.username, at.bo.password, await generate({ secret }))
  expect((await second.getMe()).mfa_active).toBe(true)
  await client.updateUserMfa(at.bo.id, false, '')
})

it('verifies an address and resets a forgotten password', async () => {
  const { email } = at.ana.user
  await out().sendVerificationEmail(email)
  const proof = await box.next(email)
  await out().verifyUserEmail(proof.link.get('token') ?? '')
  await out().sendPasswordResetEmail(email)
  const mail = await box.next(email)
  const password = unique('password')
  await out().resetUserPassword(mail.link.get('token') ?? '', password)
  expect(await out().getUserLoginType(email)).toMatchObject({ auth_service: '' })
  const ana = await as(email, password)
  expect((await ana.getUserAudits(at.ana.id))[0]).toMatchObject({ action: '/api/v4/users/login' })
})
