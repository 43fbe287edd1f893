import {
  asGuest,
  type Listener,
  type Mailbox,
  mailbox,
  type Person,
  type Place,
  place,
  refused,
  signUp,
  unique,
} from '@plausch/testkit'
import { audit, requests, settings, type TeamRequest, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { about, approve, ask, asker, get, secondAdmin, stepsOf } from '../../../../test/asking.ts'

let at: Place
let box: Mailbox & { stop(): Promise<void> }
/** Leads the group; endorses. */
let lea: Person
/** A second administrator of the server. */
let chief: Person

beforeAll(async () => {
  at = await place()
  box = await mailbox()
  lea = await signUp(at.server, 'lea', at.team.invite_id)
  chief = await secondAdmin(at)
  await at.root.call(settings.patch, {
    body: { ...box.settings, PlauschSettings: { MaxOpenTeamRequests: 100 } },
  })
})
afterAll(async () => {
  await box.stop()
  await at.stop()
})

const withEndorser = (username: string) =>
  at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestEndorser: username } } })

const refuse = (by: Person, request: TeamRequest, reason = 'There is one already') =>
  by.call(requests.refuse, { ...about(request), body: { reason } })
const sql = <T>(text: string, values: unknown[] = []) =>
  at.server.app.pool.rows<T & Record<string, unknown>>(text, values)
const teamsNamed = async (name: string) => (await sql('select id from teams where name = $1', [name])).length
const messageTo = async (listener: Listener, words: string): Promise<string> => {
  const posted = await listener.next('posted', ({ post }) => JSON.parse(post).message.includes(words))
  expect(posted).toMatchObject({ channel_type: 'D', sender_name: '@system-bot' })
  return JSON.parse(posted.post).message as string
}

/** A group of the directory, as the pass keeps it. */
const groupOf = async (people: readonly Person[], isKnown = true): Promise<string> => {
  const [row] = await sql<{ id: string }>(
    `insert into groups (id, name, display_name, source, allow_reference, create_at, update_at)
     values (substr(md5(random()::text), 1, 26), $1, 'FLASH', 'ldap', $2, 1, 1) returning id`,
    [unique('flash'), isKnown],
  )
  for (const { id } of people)
    await sql('insert into group_members (group_id, user_id, create_at) values ($1, $2, 1)', [row?.id, id])
  return row?.id ?? ''
}

describe('a team on request', () => {
  it('is endorsed, approved, and then there with its owners and the people of the group', async () => {
    const [ada, ben, cem] = [await asker(at, 'ada'), await asker(at, 'ben'), await asker(at, 'cem')]
    const group_id = await groupOf([ada, cem, at.eve])
    await withEndorser(lea.username)
    const heard = { lea: await lea.listen(), root: await at.root.listen(), ben: await ben.listen() }
    const asked = await ask(ada, { owner_ids: [ada.id, ben.id], group_id, is_open: true })
    expect(asked).toMatchObject({
      state: 'endorsement',
      requester_id: ada.id,
      endorser_id: lea.id,
      group: { id: group_id, display_name: 'FLASH', member_count: 3 },
      team_id: '',
      can: ['withdraw'],
    })
    expect(await messageTo(heard.lea, 'needs your endorsement')).toContain(
      `https://chat.example.org/_redirect/requests/${asked.id}`,
    )
    await messageTo(heard.ben, 'names you as one of its owners')
    await heard.root.next('team_request_changed', ({ team_request_id }) => team_request_id === asked.id)
    const mail = await box.next(lea.user.email)
    expect(mail.text).toContain('needs your endorsement')
    expect(mail.text).toContain(`https://chat.example.org/_redirect/requests/${asked.id}`)

    // The page that a mail links to only shows: reading endorses nothing.
    expect((await get(lea, asked)).can).toEqual(['endorse', 'refuse'])
    expect((await get(lea, asked)).state).toBe('endorsement')
    await refused('requests.moved', approve(at.root, asked))
    await refused('api.context.permissions.app_error', ben.call(requests.endorse, about(asked)))

    expect(await lea.call(requests.endorse, about(asked))).toMatchObject({ state: 'decision', can: [] })
    await messageTo(heard.root, 'waits for the decision')
    const done = await approve(at.root, asked)
    expect(done).toMatchObject({ state: 'approved', can: [], team_name: asked.name })
    expect(stepsOf(done)).toEqual([
      ['ask', ada.id],
      ['endorse', lea.id],
      ['approve', at.root.id],
    ])
    await messageTo(heard.ben, 'It is there')
    const params = { team_id: done.team_id }
    const people = await at.root.call(teams.listMembers, { params })
    const roles = new Map(people.map(({ user_id, scheme_admin }) => [user_id, scheme_admin]))
    expect(roles).toEqual(
      new Map([
        [ada.id, true],
        [ben.id, true],
        [cem.id, false],
        [at.eve.id, false],
      ]),
    )
    expect(await ada.call(teams.get, { params })).toMatchObject({
      name: asked.name,
      display_name: 'Undulators',
      description: 'To plan the next run',
      allow_open_invite: true,
    })
    const entries = (await at.root.call(audit.list)).filter(({ extra_info }) => extra_info.includes(asked.id))
    expect(entries.map(({ action, user_id }) => [action, user_id])).toEqual([
      ['/api/v4/team_requests/approve', at.root.id],
      ['/api/v4/team_requests/endorse', lea.id],
      ['/api/v4/team_requests/ask', ada.id],
    ])
    await at.root.call(teams.removeMember, { params: { ...params, user_id: at.eve.id } })
    await withEndorser('')
  })

  it('is made once, however many administrators press at the same time', async () => {
    const asked = await ask(await asker(at))
    const answers = await Promise.allSettled(
      [at.root, chief, at.root, chief].map((admin) => approve(admin, asked)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason.id).toBe('requests.moved')
    expect(await teamsNamed(asked.name)).toBe(1)
    expect(stepsOf(await get(at.root, asked)).filter(([step]) => step === 'approve')).toHaveLength(1)
  })

  it('is not made at all if a part of it cannot be: the request stays open', async () => {
    const asker1 = await asker(at)
    const group_id = await groupOf([await asker(at), await asker(at)])
    const asked = await ask(asker1, { group_id })
    const limit = (MaxUsersPerTeam: number) =>
      at.root.call(settings.patch, { body: { TeamSettings: { MaxUsersPerTeam } } })
    await limit(2)
    await refused('teams.full', approve(at.root, asked))
    expect(await teamsNamed(asked.name)).toBe(0)
    expect(await get(at.root, asked)).toMatchObject({ state: 'decision', team_id: '' })
    await limit(100_000)
    expect(await approve(at.root, asked)).toMatchObject({ state: 'approved' })
  })

  it('is refused with a reason, by the endorser or by an administrator', async () => {
    const ada = await asker(at)
    const heard = await ada.listen()
    await withEndorser(lea.username)
    const first = await ask(ada)
    const refusal = await refuse(lea, first, 'Use `FLASH` @all')
    expect(refusal).toMatchObject({ state: 'refused', can: [] })
    expect(refusal.steps.at(-1)).toMatchObject({ step: 'refuse', reason: 'Use `FLASH` @all' })
    // What somebody typed is shown as it is, and mentions nobody.
    expect(await messageTo(heard, 'has refused the team')).toContain('`Use  FLASH  @all`')
    const second = await ask(ada)
    await refused('requests.reason', refuse(at.root, second, ' '))
    await refuse(at.root, second)
    await refused('requests.moved', lea.call(requests.endorse, about(second)))
    await refused('requests.moved', refuse(at.root, second))
    await withEndorser('')
  })

  it('can be withdrawn while it is open, by the requester only', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const asked = await ask(ada, { owner_ids: [ada.id, ben.id] })
    await refused('api.context.permissions.app_error', ben.call(requests.withdraw, about(asked)))
    await refused('api.context.permissions.app_error', at.root.call(requests.withdraw, about(asked)))
    expect(await ada.call(requests.withdraw, about(asked))).toMatchObject({ state: 'withdrawn' })
    await refused('requests.moved', approve(at.root, asked))
  })

  it('needs no endorsement if nobody is named, and has it if the leader asks', async () => {
    expect(await ask(await asker(at))).toMatchObject({ state: 'decision', endorser_id: '' })
    await withEndorser(lea.username)
    const own = await ask(lea)
    expect(own).toMatchObject({ state: 'decision', endorser_id: lea.id })
    expect(stepsOf(own)).toEqual([
      ['ask', lea.id],
      ['endorse', lea.id],
    ])
    await withEndorser('')
  })

  it('goes to the administrators if the endorser leaves', async () => {
    const [leader, ada] = [await asker(at, 'leader'), await asker(at)]
    await withEndorser(leader.username)
    const asked = await ask(ada)
    await at.root.call(users.setActive, { params: { user_id: leader.id }, body: { active: false } })
    const now = await get(ada, asked)
    expect(now.state).toBe('decision')
    expect(stepsOf(now).at(-1)).toEqual(['orphan', ''])
    // Somebody who is not active endorses nothing.
    expect(await ask(ada)).toMatchObject({ state: 'decision', endorser_id: '' })
    await withEndorser('')
  })

  it('is not approved without an owner who is still there', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const asked = await ask(ada, { owner_ids: [ben.id] })
    await at.root.call(users.setActive, { params: { user_id: ben.id }, body: { active: false } })
    await refused('requests.no_owner', approve(at.root, asked))
  })
})

describe('who learns of a request', () => {
  const others = (): Person[] => [at.bo, at.ana, at.eve]

  it('is whom it concerns; for all others it does not exist, and they hear nothing', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    await withEndorser(lea.username)
    const mark = unique('xylophon')
    const sockets = await Promise.all(others().map((person) => person.listen()))
    const asked = await ask(ada, { owner_ids: [ben.id], display_name: mark, purpose: mark })
    for (const person of [ada, ben, lea, at.root, chief]) {
      expect(await get(person, asked)).toMatchObject({ id: asked.id })
      expect((await person.call(requests.list)).map(({ id }) => id)).toContain(asked.id)
    }
    const unknown = { ...asked, id: 'nothing1nothing1nothing1no' }
    for (const person of others()) {
      for (const request of [asked, unknown]) {
        await refused('requests.not_found', get(person, request))
        await refused('requests.not_found', person.call(requests.endorse, about(request)))
        await refused('requests.not_found', approve(person, request))
        await refused('requests.not_found', refuse(person, request))
        await refused('requests.not_found', person.call(requests.withdraw, about(request)))
      }
      expect((await person.call(requests.list)).map(({ id }) => id)).not.toContain(asked.id)
    }
    await lea.call(requests.endorse, about(asked))
    await refuse(at.root, asked, mark)
    for (const socket of sockets) {
      await socket.settle()
      expect(socket.all('team_request_changed')).toEqual([])
      expect(JSON.stringify(socket.events)).not.toContain(mark)
    }
    await withEndorser('')
  })

  it('never the requester, of a hidden team or of another request with the same address', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const hidden = await at.root.call(teams.create, {
      body: { name: unique('hidden'), display_name: 'Hidden', type: 'I' },
    })
    const first = await ask(ada, { name: hidden.name })
    expect(first.is_name_taken).toBe(false)
    expect(await ask(ben, { name: hidden.name })).toMatchObject({ state: 'decision', is_name_taken: false })
    // Administrators see it, and choose another address.
    expect(await get(at.root, first)).toMatchObject({ is_name_taken: true })
    await refused('app.team.save.existing.app_error', approve(at.root, first))
    const name = unique('other')
    expect(await approve(at.root, first, name)).toMatchObject({ name, team_name: name, state: 'approved' })
    // Of a team that they see, people are told at once.
    await refused('app.team.save.existing.app_error', ask(ada, { name: at.team.name }))
  })

  it('neither of a hidden group nor of people beyond their view', async () => {
    const [ada, ben] = [await asker(at), await asker(at)]
    const hidden = await groupOf([ben], false)
    for (const group_id of [hidden, 'nothing1nothing1nothing1no'])
      await refused('groups.not_found', ask(ada, { group_id }))
    const groups = async (person: Person) =>
      (await person.call(requests.listGroups)).map(({ id }) => id).includes(hidden)
    // Not even its members know of it; who manages groups does.
    expect([await groups(ada), await groups(ben), await groups(at.root)]).toEqual([false, false, true])
    await refused('groups.not_found', ask(ben, { group_id: hidden }))
    await refused('requests.owner', ask(ada, { owner_ids: ['nothing1nothing1nothing1no'] }))
  })
})

describe('what can be asked', () => {
  it('has an address that a team can have, a purpose, and people as owners', async () => {
    const ada = await asker(at)
    for (const name of ['Öl', 'a', 'api', 'admin-tools', '-x-', 'two words'])
      await refused('teams.name', ask(ada, { name }))
    await refused('requests.purpose', ask(ada, { purpose: '  ' }))
    const gone = await asker(at)
    await at.root.call(users.setActive, { params: { user_id: gone.id }, body: { active: false } })
    await refused('requests.owner', ask(ada, { owner_ids: [gone.id] }))
    await refused('api.context.invalid_body_param.app_error', ask(ada, { owner_ids: [] }))
    await refused('api.context.invalid_body_param.app_error', ask(ada, { purpose: 'x'.repeat(1001) }))
  })

  it('has limits: open requests of a person, and requests an hour', async () => {
    const ada = await asker(at)
    const most = (MaxOpenTeamRequests: number) =>
      at.root.call(settings.patch, { body: { PlauschSettings: { MaxOpenTeamRequests } } })
    await most(2)
    const both = await Promise.allSettled([ask(ada), ask(ada), ask(ada)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    await refused('requests.too_many', ask(ada))
    await most(100)
    for (let n = 2; n < 10; n += 1) await ask(ada)
    await refused('requests.too_often', ask(ada))
    await sql('update team_requests set create_at = create_at - 3600001 where requester_id = $1', [ada.id])
    await ask(ada)
  })

  it('is for members, where the settings allow it', async () => {
    const guest = await asGuest(at, await asker(at, 'guest'))
    await refused('requests.guest', ask(guest))
    const ada = await asker(at)
    await refused('requests.owner', ask(ada, { owner_ids: [guest.id] }))
    const allow = (EnableTeamRequests: boolean) =>
      at.root.call(settings.patch, { body: { PlauschSettings: { EnableTeamRequests } } })
    await allow(false)
    await refused('requests.off', ask(ada))
    await refused('requests.off', ada.call(requests.listGroups))
    await allow(true)
  })
})
