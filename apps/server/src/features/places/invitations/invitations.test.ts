import {
  channelOf,
  type Mailbox,
  mailbox,
  type Person,
  type Place,
  place,
  refused,
  signIn,
  signUp,
  stranger,
  unique,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  invitations,
  members,
  onboarding,
  settings,
  type TeamMember,
  teams,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PASSWORD = 'correct horse battery'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
beforeAll(async () => {
  at = await place()
  box = await mailbox()
  await at.root.call(settings.patch, {
    body: {
      ...box.settings,
      ServiceSettings: { ...box.settings.ServiceSettings, EnableEmailInvitations: true },
    },
  })
})
afterAll(async () => {
  await box.stop()
  await at.stop()
})

const address = (word = 'new') => `${unique(word)}@example.org`
const inTeam = () => ({ team_id: at.team.id })

const tokenOf = async (email: string) => {
  const { link } = await box.next(email)
  expect(JSON.parse(link.get('d') ?? '{}')).toMatchObject({ email, name: at.team.name })
  return link.get('t') ?? ''
}

const invite = async (
  by: Person,
  email = address(),
  more: { channelIds?: string[]; message?: string } = {},
) => {
  await by.call(invitations.create, { params: inTeam(), body: { emails: [email], ...more } })
  return { email, token: await tokenOf(email) }
}

const come = async (token: string, email = address()) => {
  const username = unique('invited')
  const body = { username, email, password: PASSWORD }
  const user = await stranger(at.server).call(onboarding.signUp, { query: { t: token }, body })
  return { user, person: await signIn(at.server, username) }
}

const channelsOf = async (person: Person) =>
  await person.call(channels.listOfUserInTeam, { params: { user_id: 'me', team_id: at.team.id } })

const runSql = (sql: string, values: unknown[]) => at.server.app.pool.run(sql, values)

describe('an invitation by mail', () => {
  it('adds a new account to the team and its channels, with the address verified', async () => {
    const room = await channelOf(at.ana, at.team, 'P')
    const email = address()
    await at.ana.call(invitations.create, {
      params: inTeam(),
      body: { emails: [email], channelIds: [room.id], message: 'Please <come>!' },
    })
    const mail = await box.next(email)
    expect(mail.text).toContain('Please <come>!')
    expect(mail.text).toContain(`@${at.ana.username}`)
    expect(mail.html).toContain('Please &lt;come&gt;!')
    const socket = await at.ana.listen()
    const { user, person } = await come(mail.link.get('t') ?? '')
    expect(user).toMatchObject({ email, email_verified: true, roles: 'system_user' })
    const names = (await channelsOf(person)).map((channel) => channel.name)
    expect(names.sort()).toEqual(['off-topic', 'town-square', room.name].sort())
    await socket.next('user_added', (data) => data.user_id === person.id)
    // The server stores only the hash.
    const token = mail.link.get('t') ?? ''
    const found = await at.server.app.pool.rows(
      `select from invitations where token_hash = $1 or invitations::text like '%' || $1 || '%'`,
      [token],
    )
    expect(found).toEqual([])
  })

  it('lets the person in without a channel whose members groups decide', async () => {
    const [room, tied] = [await channelOf(at.ana, at.team, 'P'), await channelOf(at.ana, at.team, 'P')]
    const { token, email } = await invite(at.ana, address(), { channelIds: [tied.id, room.id] })
    const body = { group_constrained: true }
    await at.ana.call(channels.patch, { params: { channel_id: tied.id }, body })
    const { person } = await come(token, email)
    const ids = (await channelsOf(person)).map(({ id }) => id)
    expect(ids).toContain(room.id)
    expect(ids).not.toContain(tied.id)
  })

  it('accepts the bare list of addresses that old clients send', async () => {
    const emails = [address(), address()]
    await at.bo.call(invitations.create, { params: inTeam(), body: emails })
    for (const email of emails) expect(await tokenOf(email)).toMatch(/^[a-z0-9]{26}$/)
  })

  it('works once, for new and for existing accounts', async () => {
    const { token } = await invite(at.ana)
    await come(token)
    await refused('api.user.create_user.signup_link_invalid.app_error', come(token))
    const second = await invite(at.ana)
    const member: TeamMember = await at.eve.call(teams.joinByInvite, { query: { token: second.token } })
    expect(member).toMatchObject({ team_id: at.team.id, user_id: at.eve.id, roles: 'team_user' })
    await refused(
      'api.user.create_user.signup_link_invalid.app_error',
      at.eve.call(teams.joinByInvite, { query: { token: second.token } }),
    )
    await at.root.call(teams.removeMember, { params: { ...inTeam(), user_id: at.eve.id } })
  })

  it('stays valid after a failed attempt', async () => {
    const { token } = await invite(at.ana)
    const call = (body: { username: string; email: string; password: string }) =>
      stranger(at.server).call(onboarding.signUp, { query: { t: token }, body })
    await refused(
      'app.user.save.username_exists.app_error',
      call({ username: at.bo.username, email: address(), password: PASSWORD }),
    )
    await refused(
      'model.user.is_valid.pwd_min_length.app_error',
      call({ username: unique('short'), email: address(), password: 'x' }),
    )
    await come(token)
  })

  it('expires after 48 hours, and ends when all are revoked', async () => {
    const { email, token } = await invite(at.ana)
    await runSql('update invitations set expires_at = $2 where email = $1', [email, Date.now() - 1])
    await refused('api.user.create_user.signup_link_expired.app_error', come(token))
    const other = await invite(at.ana)
    await refused('api.context.permissions.app_error', at.ana.call(invitations.removeAll, {}))
    await at.root.call(invitations.removeAll, {})
    await refused('api.user.create_user.signup_link_invalid.app_error', come(other.token))
  })

  it('is refused to people who may not invite; outside the team as if the team did not exist', async () => {
    const body = [address()]
    await refused('teams.not_found', at.eve.call(invitations.create, { params: inTeam(), body }))
    const room = await channelOf(at.ana, at.team, 'P')
    const call = (by: Person, channelIds: string[]) =>
      by.call(invitations.create, { params: inTeam(), body: { emails: body, channelIds } })
    await refused('channels.not_found', call(at.bo, [room.id]))
    const elsewhere = await at.root.call(teams.create, {
      body: { name: unique('other'), display_name: 'Other', type: 'I' },
    })
    const foreign = await channelOf(at.root, elsewhere, 'P')
    await refused('channels.not_found', call(at.root, [foreign.id]))
    await settled(body[0] ?? '')
  })

  it('answers for each address if the request asks for that, and otherwise refuses all', async () => {
    const restrict = (RestrictCreationToDomains: string) =>
      at.root.call(settings.patch, { body: { TeamSettings: { RestrictCreationToDomains } } })
    const [good, bad] = [address(), `${unique('far')}@example.com`]
    await restrict('example.org')
    const emails = [good, bad, 'nothing', good.toUpperCase()]
    await refused(
      'api.team.invite_members.invalid_email.app_error',
      at.ana.call(invitations.create, { params: inTeam(), body: emails }),
    )
    const answers = await at.ana.call(invitations.create, {
      params: inTeam(),
      query: { graceful: true },
      body: { emails },
    })
    await restrict('')
    expect(answers).toMatchObject([
      { email: good.toUpperCase() },
      { email: bad, error: { id: 'api.team.invite_members.invalid_email.app_error', status_code: 400 } },
      { email: 'nothing', error: { id: 'api.team.invite_members.invalid_email.app_error' } },
    ])
    expect(await tokenOf(good)).not.toBe('')
    expect(box.all(good)).toHaveLength(1)
    await settled(bad)
  })

  it('is limited to twenty an hour per person, without a limit for administrators', async () => {
    const mia = await signUp(at.server, 'mia', at.team.invite_id)
    const many = (n: number) => Array.from({ length: n }, () => address('many'))
    const send = (by: Person, n: number) => by.call(invitations.create, { params: inTeam(), body: many(n) })
    await refused('app.email.rate_limit_exceeded.app_error', send(mia, 21))
    const results = await Promise.allSettled([send(mia, 12), send(mia, 12)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await send(mia, 8)
    await refused('app.email.rate_limit_exceeded.app_error', send(mia, 1))
    await send(at.root, 30)
  })

  it('is impossible if administrators have switched it off, or if the server sends no mail', async () => {
    const body = [address()]
    const call = () => at.ana.call(invitations.create, { params: inTeam(), body })
    await at.root.call(settings.patch, { body: { ServiceSettings: { EnableEmailInvitations: false } } })
    await refused('api.team.invite_members.disabled.app_error', call())
    await at.root.call(settings.patch, {
      body: { ServiceSettings: { EnableEmailInvitations: true, SiteURL: '' } },
    })
    await refused('mail.off', call())
    await at.root.call(settings.patch, { body: { ServiceSettings: box.settings.ServiceSettings } })
  })
})

/** Waits until another mail has arrived, and checks that none came to this address. */
const settled = async (email: string) => {
  await invite(at.root)
  expect(box.all(email)).toEqual([])
}

describe('an invitation for guests', () => {
  const allow = (Enable: boolean, RestrictCreationToDomains = '') =>
    at.root.call(settings.patch, { body: { GuestAccountsSettings: { Enable, RestrictCreationToDomains } } })
  const inviteGuest = async (rooms: Channel[], email = address('guest')) => {
    const body = { emails: [email], channels: rooms.map((room) => room.id) }
    await at.root.call(invitations.createForGuests, { params: inTeam(), body })
    return { email, token: await tokenOf(email) }
  }

  it('creates a guest, who is a member of these channels and of no other', async () => {
    await allow(true)
    const [room, open] = [await channelOf(at.ana, at.team, 'P'), await channelOf(at.ana, at.team, 'O')]
    const { token, email } = await inviteGuest([room, open])
    const { user, person } = await come(token)
    expect(user).toMatchObject({ email, roles: 'system_guest', email_verified: true })
    const ids = (await channelsOf(person)).map((channel) => channel.id)
    expect(ids.sort()).toEqual([room.id, open.id].sort())
    const params = { ...inTeam(), user_id: person.id }
    expect(await at.ana.call(teams.getMember, { params })).toMatchObject({ roles: 'team_guest' })
    const member = await at.ana.call(members.get, { params: { channel_id: room.id, user_id: person.id } })
    expect(member).toMatchObject({ roles: 'channel_guest', scheme_guest: true, scheme_user: false })
    const stats = await at.ana.call(channels.stats, { params: { channel_id: room.id } })
    expect(stats).toMatchObject({ member_count: 2, guest_count: 1 })
    await refused(
      'channels.not_found',
      person.call(channels.get, { params: { channel_id: at.townSquare.id } }),
    )
    await refused(
      'api.team.add_user_to_team_from_invite.guest.app_error',
      person.call(teams.joinByInvite, { query: { invite_id: at.team.invite_id } }),
    )
  })

  it('is not for members, and guests cannot use one for members', async () => {
    await allow(true)
    const room = await channelOf(at.ana, at.team, 'P')
    const { person } = await come((await inviteGuest([room])).token)
    const forGuests = await inviteGuest([room])
    const forMembers = await invite(at.ana)
    const join = (by: Person, token: string) => by.call(teams.joinByInvite, { query: { token } })
    await refused('api.user.create_user.invalid_invitation_type.app_error', join(at.eve, forGuests.token))
    await refused('api.user.create_user.invalid_invitation_type.app_error', join(person, forMembers.token))
    // A refused attempt leaves the invitation valid.
    const second = await channelOf(at.ana, at.team, 'P')
    const more = await inviteGuest([second])
    expect(await join(person, more.token)).toMatchObject({ roles: 'team_guest' })
    expect((await channelsOf(person)).map((channel) => channel.id)).toContain(second.id)
    await come(forGuests.token)
  })

  it('needs the setting for guests, the permission, a channel, and an allowed domain', async () => {
    const room = await channelOf(at.ana, at.team, 'P')
    const call = (by: Person, body: { emails: string[]; channels: string[] }) =>
      by.call(invitations.createForGuests, { params: inTeam(), body })
    const body = { emails: [address()], channels: [room.id] }
    await allow(true)
    const waiting = await inviteGuest([room])
    await allow(false)
    await refused('api.team.invite_guests_to_channels.disabled.error', call(at.root, body))
    await refused('api.team.invite_guests_to_channels.disabled.error', come(waiting.token))
    await allow(true, 'guests.example.org')
    await refused('api.team.invite_members.invalid_email.app_error', call(at.root, body))
    await refused('onboarding.domain', come(waiting.token))
    await allow(true)
    await refused('api.context.permissions.app_error', call(at.ana, body))
    await refused('teams.not_found', call(at.eve, body))
    await refused('api.context.invalid_body_param.app_error', call(at.root, { ...body, channels: [] }))
  })
})
