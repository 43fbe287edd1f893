import {
  asGuest,
  channelOf,
  hurry,
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
import { type Channel, guests, invitations, onboarding, roles, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const DAY_MS = 86_400_000
let at: Place
let box: Mailbox & { stop(): Promise<void> }
let room: Channel

beforeAll(async () => {
  at = await place()
  box = await mailbox()
  await at.root.call(settings.patch, {
    body: {
      ...box.settings,
      ServiceSettings: { ...box.settings.ServiceSettings, EnableEmailInvitations: true },
      GuestAccountsSettings: { Enable: true },
    },
  })
  room = await channelOf(at.ana, at.team, 'O', [at.root])
  // Administrators of teams may invite guests here.
  const role = await at.root.call(roles.getByName, { params: { role_name: 'team_admin' } })
  await at.root.call(roles.patch, {
    params: { role_id: role.id },
    body: { permissions: [...role.permissions, 'invite_guest'] },
  })
})
afterAll(async () => {
  await box.stop()
  await at.stop()
})

/** A guest invited by Ana. */
const invited = async (guest_end_at?: number): Promise<Person> => {
  const email = `${unique('visitor')}@example.org`
  await at.ana.call(invitations.createForGuests, {
    params: { team_id: at.team.id },
    body: { emails: [email], channels: [room.id], ...(guest_end_at === undefined ? {} : { guest_end_at }) },
  })
  const t = (await box.next(email)).link.get('t') ?? ''
  const username = unique('visitor')
  const body = { username, email, password: 'correct horse battery' }
  await stranger(at.server).call(onboarding.signUp, { query: { t }, body })
  return await signIn(at.server, username)
}

const stay = (by: Person, of: Person) => by.call(guests.get, { params: { user_id: of.id } })
const setEnd = (by: Person, of: Person, end_at: number) =>
  by.call(guests.setEnd, { params: { user_id: of.id }, body: { end_at } })
const sql = (text: string, values: unknown[]) => at.server.app.pool.run(text, values)
const isActive = async (person: Person) =>
  (await at.root.call(users.get, { params: { user_id: person.id } })).delete_at === 0
/** Acts as if so much time had passed. */
const pass = async (person: Person, ms: number) => {
  await sql('update guest_stays set end_at = end_at - $2 where user_id = $1', [person.id, ms])
  await hurry(at.server, 'guests.tend')
}

describe('the stay of a guest', () => {
  it('ends when the invitation says, and the inviter is told a week before', async () => {
    const end_at = Date.now() + 30 * DAY_MS
    const visitor = await invited(end_at)
    expect(await stay(at.ana, visitor)).toEqual({ user_id: visitor.id, end_at, inviter_id: at.ana.id })
    const ana = await at.ana.listen()
    const toldAt = async () =>
      (
        await at.server.app.pool.row<{ told_at: number }>(
          'select told_at from guest_stays where user_id = $1',
          [visitor.id],
        )
      )?.told_at
    await pass(visitor, 20 * DAY_MS)
    expect(await toldAt()).toBe(0)
    await pass(visitor, 4 * DAY_MS)
    const first = await toldAt()
    expect(first).toBeGreaterThan(0)
    await pass(visitor, DAY_MS)
    expect(await toldAt()).toBe(first)
    const isTold = ({ post }: { post: string }) => JSON.parse(post).message.includes(`@${visitor.username}`)
    expect(await ana.next('posted', isTold)).toMatchObject({ sender_name: '@system-bot' })
    expect((await box.next(at.ana.user.email)).text).toContain(`@${visitor.username}`)
    expect(await isActive(visitor)).toBe(true)
    await pass(visitor, 6 * DAY_MS)
    expect(await isActive(visitor)).toBe(false)
    await refused(
      'api.context.session_expired.app_error',
      visitor.call(users.get, { params: { user_id: 'me' } }),
    )
    // Whoever activates the account again wants the guest to stay.
    await at.root.call(users.setActive, { params: { user_id: visitor.id }, body: { active: true } })
    await hurry(at.server, 'guests.tend')
    expect(await isActive(visitor)).toBe(true)
    expect(await stay(at.root, visitor)).toMatchObject({ end_at: 0 })
  })

  it('is seen and changed by those who manage guests and by the inviter, and seen by the guest', async () => {
    const visitor = await invited()
    const end_at = Date.now() + 60 * DAY_MS
    for (const person of [at.bo, at.eve]) {
      await refused('guests.not_found', stay(person, visitor))
      await refused('guests.not_found', setEnd(person, visitor, end_at))
      expect(await person.call(guests.listByIds, { body: [visitor.id] })).toEqual([])
    }
    await refused('api.context.permissions.app_error', setEnd(visitor, visitor, 0))
    for (const person of [at.ana, at.root]) {
      expect(await setEnd(person, visitor, end_at)).toMatchObject({ end_at, inviter_id: at.ana.id })
      expect(await person.call(guests.listByIds, { body: [visitor.id, at.bo.id] })).toEqual([
        { user_id: visitor.id, end_at, inviter_id: at.ana.id },
      ])
    }
    expect(await stay(visitor, visitor)).toMatchObject({ end_at })
    await refused('guests.past', setEnd(at.root, visitor, Date.now() - 1))
    await refused('guests.past', invited(Date.now() - 1))
    expect(await setEnd(at.ana, visitor, 0)).toMatchObject({ end_at: 0 })
    await refused('guests.not_found', stay(at.root, at.bo))
  })

  it('is no longer there when the guest becomes a member', async () => {
    const visitor = await asGuest(at, await signUp(at.server, 'visitor', at.team.invite_id))
    await setEnd(at.root, visitor, Date.now() + DAY_MS)
    await at.root.call(users.promote, { params: { user_id: visitor.id } })
    await refused('guests.not_found', stay(at.root, visitor))
    await at.root.call(users.demote, { params: { user_id: visitor.id } })
    expect(await stay(at.root, visitor)).toMatchObject({ end_at: 0 })
  })
})
