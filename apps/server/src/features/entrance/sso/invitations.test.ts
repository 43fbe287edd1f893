/** Invitations of people who come by a provider. */
import { unique, visitor } from '@plausch/testkit'
import { invitations, teams, type User, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locationOf, type Providing, problemIn, providing } from '../../../../test/providers.ts'

let lab: Providing
beforeAll(async () => {
  lab = await providing()
})
afterAll(() => lab.stop())

const problem = (response: Response) => problemIn(locationOf(response))

describe('invitations', () => {
  const inviteGuest = async (email: string) => {
    await lab.at.root.call(invitations.createForGuests, {
      params: { team_id: lab.at.team.id },
      body: { emails: [email], channels: [lab.at.townSquare.id] },
    })
    return (await lab.box.next(email)).link.get('t') ?? ''
  }

  it('make a guest of a new person, once', async () => {
    const sub = lab.person('guest', { email_verified: false })
    const t = await inviteGuest(`${sub}@lab.example`)
    const browser = visitor()
    await lab.enter(browser, `/oauth/openid/signup?t=${t}`, sub)
    const guest = (await (await browser.open(`${lab.at.server.url}/api/v4/users/me`)).json()) as User
    expect(guest).toMatchObject({ roles: 'system_guest', auth_service: 'openid' })
    // The token came by mail to this address.
    expect(guest.email_verified).toBe(true)
    const own = await lab.at.root.call(teams.listOfUser, { params: { user_id: guest.id } })
    expect(own.map(({ id }) => id)).toEqual([lab.at.team.id])
    const again = await lab.enter(visitor(), `/oauth/openid/signup?t=${t}`, lab.person('second'))
    expect(problem(again)).toBe('api.user.create_user.signup_link_invalid.app_error')
  })

  it('prove the address where domains count, and lead to no other team', async () => {
    await lab.config({ GuestAccountsSettings: { RestrictCreationToDomains: 'lab.example' } })
    const other = await lab.at.root.call(teams.create, {
      body: { name: unique('other'), display_name: 'Other', type: 'I' },
    })
    const sub = lab.person('proven', { email_verified: false })
    const t = await inviteGuest(`${sub}@lab.example`)
    const stranger = lab.person('claims', { email_verified: false })
    expect(problem(await lab.enter(visitor(), `/oauth/openid/signup?t=${t}`, stranger))).toBe(
      'sso.unproven_address',
    )
    await lab.enter(visitor(), `/oauth/openid/signup?t=${t}&id=${other.invite_id}`, sub)
    const guest = await lab.at.root.call(users.getByEmail, { params: { email: `${sub}@lab.example` } })
    const own = await lab.at.root.call(teams.listOfUser, { params: { user_id: guest.id } })
    expect(own.map(({ id }) => id)).toEqual([lab.at.team.id])
    await lab.config({ GuestAccountsSettings: { RestrictCreationToDomains: '' } })
  })

  it('change nothing for people who have an account, and stay for whom they are', async () => {
    const sub = lab.person('member')
    await lab.enter(visitor(), '/oauth/openid/login', sub)
    const t = await inviteGuest(`${unique('friend')}@other.example`)
    const browser = visitor()
    await lab.enter(browser, `/oauth/openid/signup?t=${t}`, sub)
    const member = (await (await browser.open(`${lab.at.server.url}/api/v4/users/me`)).json()) as User
    expect(member.roles).toBe('system_user')
    const friend = visitor()
    expect(locationOf(await lab.enter(friend, `/oauth/openid/signup?t=${t}`, lab.person('friend')))).toBe('/')
  })
})
