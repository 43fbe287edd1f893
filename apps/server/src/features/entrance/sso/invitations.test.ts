/** Invitations of people who come by a provider. */
import {
  type Mailbox,
  mailbox,
  type OidcProvider,
  type Place,
  place,
  startProvider,
  unique,
  type Visitor,
  visitor,
} from '@plausch/testkit'
import { invitations, settings, teams, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
let provider: OidcProvider
beforeAll(async () => {
  at = await place()
  box = await mailbox()
  provider = await startProvider({ redirectUris: [`${at.server.url}/signup/openid/complete`] })
  await config({
    ...box.settings,
    ServiceSettings: {
      ...box.settings.ServiceSettings,
      SiteURL: at.server.url,
      EnableEmailInvitations: true,
    },
    OpenIdSettings: provider.settings,
    GuestAccountsSettings: { Enable: true },
  })
})
afterAll(async () => {
  await at.stop()
  await box.stop()
  await provider.stop()
})

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })

const person = (name: string, claims: Record<string, unknown> = {}): string => {
  const sub = unique(name)
  provider.people.set(sub, { email: `${sub}@lab.example`, email_verified: true, ...claims })
  return sub
}

const leave = async (browser: Visitor, path: string): Promise<string> => {
  const url = `${at.server.url}${path}`
  return browser.nextOf(url, await browser.open(url)) ?? expect.fail('no redirect')
}

const enter = async (browser: Visitor, path: string, sub: string): Promise<Response> =>
  await browser.open(await provider.enter(browser, await leave(browser, path), sub))

const locationOf = (response: Response) => response.headers.get('location') ?? ''
const problem = (response: Response) => new URLSearchParams(locationOf(response).split('?')[1]).get('id')

describe('invitations', () => {
  const inviteGuest = async (email: string) => {
    await at.root.call(invitations.createForGuests, {
      params: { team_id: at.team.id },
      body: { emails: [email], channels: [at.townSquare.id] },
    })
    return (await box.next(email)).link.get('t') ?? ''
  }

  it('make a guest of a new person, once', async () => {
    const sub = person('guest', { email_verified: false })
    const t = await inviteGuest(`${sub}@lab.example`)
    const browser = visitor()
    await enter(browser, `/oauth/openid/signup?t=${t}`, sub)
    const guest = (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User
    expect(guest).toMatchObject({ roles: 'system_guest', auth_service: 'openid' })
    // The token came by mail to this address.
    expect(guest.email_verified).toBe(true)
    const own = await at.root.call(teams.listOfUser, { params: { user_id: guest.id } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
    const again = await enter(visitor(), `/oauth/openid/signup?t=${t}`, person('second'))
    expect(problem(again)).toBe('api.user.create_user.signup_link_invalid.app_error')
  })

  it('prove the address where domains count, and lead to no other team', async () => {
    await config({ GuestAccountsSettings: { RestrictCreationToDomains: 'lab.example' } })
    const other = await at.root.call(teams.create, {
      body: { name: unique('other'), display_name: 'Other', type: 'I' },
    })
    const sub = person('proven', { email_verified: false })
    const t = await inviteGuest(`${sub}@lab.example`)
    const stranger = person('claims', { email_verified: false })
    expect(problem(await enter(visitor(), `/oauth/openid/signup?t=${t}`, stranger))).toBe(
      'sso.unproven_address',
    )
    await enter(visitor(), `/oauth/openid/signup?t=${t}&id=${other.invite_id}`, sub)
    const guest = await at.root.call(users.getByEmail, { params: { email: `${sub}@lab.example` } })
    const own = await at.root.call(teams.listOfUser, { params: { user_id: guest.id } })
    expect(own.map(({ id }) => id)).toEqual([at.team.id])
    await config({ GuestAccountsSettings: { RestrictCreationToDomains: '' } })
  })

  it('change nothing for people who have an account, and stay for whom they are', async () => {
    const sub = person('member')
    await enter(visitor(), '/oauth/openid/login', sub)
    const t = await inviteGuest(`${unique('friend')}@other.example`)
    const browser = visitor()
    await enter(browser, `/oauth/openid/signup?t=${t}`, sub)
    const member = (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User
    expect(member.roles).toBe('system_user')
    const friend = visitor()
    expect(locationOf(await enter(friend, `/oauth/openid/signup?t=${t}`, person('friend')))).toBe('/')
  })
})
