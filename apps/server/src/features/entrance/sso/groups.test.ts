/** Groups of a real provider of OpenID Connect, and what follows from them in teams. */
import {
  hurry,
  type OidcProvider,
  type Place,
  place,
  refused,
  signUp,
  startProvider,
  unique,
  visitor,
} from '@plausch/testkit'
import {
  type ClaimedGroup,
  directory,
  groups,
  settings,
  sso,
  syncables,
  type Team,
  teams,
  type User,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
let provider: OidcProvider
beforeAll(async () => {
  at = await place()
  provider = await startProvider({
    redirectUris: ['openid', 'gitlab'].map((service) => `${at.server.url}/signup/${service}/complete`),
  })
  await config({
    OpenIdSettings: provider.settings,
    GitLabSettings: provider.settings,
    PlauschSettings: { OpenIdGroupsClaim: 'groups' },
  })
})
afterAll(async () => {
  await at.stop()
  await provider.stop()
})

const config = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })

/** A person at the provider, with what it says about their groups. */
const person = (name: string, claims: Record<string, unknown> = {}): string => {
  const sub = unique(name)
  provider.people.set(sub, {
    email: `${sub}@lab.example`,
    email_verified: true,
    name: `${name} Test`,
    preferred_username: sub,
    ...claims,
  })
  return sub
}
const claims = (sub: string, some: Record<string, unknown>) =>
  provider.people.set(sub, { ...provider.people.get(sub), ...some })

const comeIn = async (sub: string, service: string, query = '') => {
  const browser = visitor()
  const url = `${at.server.url}/oauth/${service}/login${query}`
  const to = browser.nextOf(url, await browser.open(url)) ?? expect.fail('no redirect')
  const response = await browser.open(await provider.enter(browser, to, sub))
  expect(response.headers.get('location')).not.toContain('error')
  const me = (await (await browser.open(`${at.server.url}/api/v4/users/me`)).json()) as User
  return { ...me, browser }
}
const enter = (sub: string, service = 'openid'): Promise<User> => comeIn(sub, service)

const found = async (value: string): Promise<ClaimedGroup> => {
  const { groups: list } = await at.root.call(sso.listGroups, { query: { q: value, per_page: 200 } })
  return list.find((each) => each.value === value) ?? expect.fail(`nobody has named ${value}`)
}
const about = ({ id }: ClaimedGroup) => ({ params: { claimed_group_id: id } })
const link = async (value: string) => await at.root.call(sso.linkGroup, about(await found(value)))
const newTeam = (): Promise<Team> =>
  at.root.call(teams.create, { body: { name: unique('team'), display_name: 'Team', type: 'I' } })
const tie = (group: { id: string }, team: Team, body = { auto_add: true }) =>
  at.root.call(syncables.linkTeam, { params: { group_id: group.id, team_id: team.id }, body })
const settled = () => hurry(at.server, 'syncables.settle')
const membersOf = async ({ id }: { id: string }) =>
  (await at.root.call(groups.listMembers, { params: { group_id: id } })).members.map((user) => user.id)
const peopleOf = async ({ id }: { id: string }) =>
  (await at.root.call(teams.listMembers, { params: { team_id: id }, query: { per_page: 200 } })).map(
    ({ user_id }) => user_id,
  )

/** A linked group whose first member has just signed in. */
const linked = async (value = unique('/staff/group')) => {
  const sub = person('first', { groups: [value] })
  await enter(sub)
  return { value, sub, group: await link(value) }
}

describe('groups of a sign-in service', () => {
  it('are remembered, linked, and bring people into teams at their next sign-in', async () => {
    const value = unique('/staff/optics')
    const sub = person('mia', { groups: [value, unique('/other')] })
    const mia = await enter(sub)
    const before = await found(value)
    expect(before).toMatchObject({
      service: 'openid',
      name: value.slice(1),
      group_id: null,
      has_syncables: null,
    })
    const group = await link(value)
    expect(group).toMatchObject({
      source: 'openid',
      remote_id: value,
      display_name: value.slice(1),
      allow_reference: false,
      name: null,
    })
    const team = await newTeam()
    await tie(group, team)
    await settled()
    expect(await peopleOf(team)).not.toContain(mia.id)
    await enter(sub)
    expect(await membersOf(group)).toEqual([mia.id])
    expect(await peopleOf(team)).toContain(mia.id)
    expect(await found(value)).toMatchObject({ id: before.id, group_id: group.id, has_syncables: true })
    // A newcomer is there at once.
    const nina = await enter(person('nina', { groups: [value] }))
    expect(await peopleOf(team)).toContain(nina.id)
  })

  it('lose whom the next sign-in does not name, and so do their teams', async () => {
    const { value, sub, group } = await linked()
    const team = await newTeam()
    await tie(group, team)
    const { id } = await enter(sub)
    expect(await peopleOf(team)).toContain(id)
    claims(sub, { groups: [] })
    await enter(sub)
    expect(await membersOf(group)).toEqual([])
    await settled()
    expect(await peopleOf(team)).not.toContain(id)
    claims(sub, { groups: [value] })
    await enter(sub)
    expect(await peopleOf(team)).toContain(id)
  })

  it('keep everybody when a sign-in says nothing about groups, or not all', async () => {
    const { value, sub, group } = await linked()
    const team = await newTeam()
    await tie(group, team)
    const { id } = await enter(sub)
    const many = Array.from({ length: 501 }, (_, n) => `g${n}`)
    for (const odd of [undefined, { a: 1 }, 7, [1, 2], many]) {
      claims(sub, { groups: odd })
      await enter(sub)
      await settled()
      expect(await membersOf(group)).toEqual([id])
      expect(await peopleOf(team)).toContain(id)
    }
    // What was cut still adds.
    const second = await linked('g7')
    await enter(sub)
    expect(await membersOf(second.group)).toContain(id)
    claims(sub, { groups: value })
    await enter(sub)
    expect(await membersOf(group)).toEqual([id])
    expect(await membersOf(second.group)).not.toContain(id)
  })

  it('are read by the endpoint about the person, if the token does not name them', async () => {
    const quiet = await startProvider({
      redirectUris: [`${at.server.url}/signup/openid/complete`],
      isTaciturn: true,
    })
    await config({ OpenIdSettings: quiet.settings })
    const [sub, value] = [unique('quiet'), unique('/quiet')]
    quiet.people.set(sub, { email: `${sub}@lab.example`, email_verified: true, groups: [value] })
    const browser = visitor()
    const url = `${at.server.url}/oauth/openid/login`
    await browser.open(await quiet.enter(browser, browser.nextOf(url, await browser.open(url)) ?? '', sub))
    expect(await found(value)).toMatchObject({ value })
    await config({ OpenIdSettings: provider.settings })
    await quiet.stop()
  })

  it('are those of this provider only: another service names nothing', async () => {
    const { value, group } = await linked()
    const other = unique('/gitlab')
    const lea = await enter(person('lea', { groups: [value, other] }), 'gitlab')
    expect(lea.auth_service).toBe('gitlab')
    expect(await membersOf(group)).not.toContain(lea.id)
    expect((await at.root.call(sso.listGroups, { query: { q: other } })).count).toBe(0)
  })

  it('are entitlements, too, and whoever is in a part is in the whole', async () => {
    const head = `urn:geant:${unique('h')}.example:group`
    const sub = person('ent', { groups: [`${head}:lab:optics:role=member#login.example`] })
    const { id } = await enter(sub)
    const [whole, part] = [
      await link(`${head}:lab#login.example`),
      await link(`${head}:lab:optics#login.example`),
    ]
    await enter(sub)
    expect([await membersOf(whole), await membersOf(part)]).toEqual([[id], [id]])
    claims(sub, { groups: [`${head}:lab:role=manager#login.example`] })
    await enter(sub)
    expect([await membersOf(whole), await membersOf(part)]).toEqual([[id], []])
    claims(sub, { groups: [`${head}:lab#elsewhere.example`] })
    await enter(sub)
    expect(await membersOf(whole)).toEqual([])
  })

  it('are not touched while the setting is empty', async () => {
    const { sub, group } = await linked()
    const { id } = await enter(sub)
    await config({ PlauschSettings: { OpenIdGroupsClaim: '' } })
    claims(sub, { groups: [] })
    await enter(sub)
    expect(await membersOf(group)).toEqual([id])
    await config({ PlauschSettings: { OpenIdGroupsClaim: 'groups' } })
  })

  it('lose whoever signs in by another way from now on', async () => {
    await config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: true } })
    const { sub, group } = await linked()
    const team = await newTeam()
    await tie(group, team)
    const { browser, id, email } = await comeIn(sub, 'openid', '?prove=true')
    expect(await membersOf(group)).toEqual([id])
    const response = await browser.open(`${at.server.url}/api/v4/users/login/switch`, {
      method: 'POST',
      headers: { 'x-csrf-token': browser.cookies.get('MMCSRF') ?? '' },
      body: JSON.stringify({
        current_service: 'openid',
        new_service: 'email',
        email,
        new_password: 'another horse battery',
      }),
    })
    expect(response.status).toBe(200)
    await settled()
    expect(await membersOf(group)).toEqual([])
    expect(await peopleOf(team)).not.toContain(id)
  })
})

describe('the brake', () => {
  it('holds back what takes a third of a team in a day, until an administrator releases it', async () => {
    const { value, group } = await linked()
    const team = await newTeam()
    await tie(group, team)
    const people: { sub: string; id: string }[] = []
    for (let n = 0; n < 12; n += 1) {
      const sub = person('crew', { groups: [value] })
      people.push({ sub, id: (await enter(sub)).id })
    }
    for (const { sub } of people) {
      claims(sub, { groups: [] })
      await enter(sub)
      await settled()
    }
    const left = async () => {
      const there = new Set(await peopleOf(team))
      return people.filter(({ id }) => there.has(id)).length
    }
    const waiting = await left()
    expect(waiting).toBeGreaterThan(5)
    const { seen, memberships } = await at.root.call(directory.held, {})
    expect(memberships.filter(({ place_id }) => place_id === team.id)).toHaveLength(waiting)
    await refused('directory.held_changed', at.root.call(directory.release, { body: { seen: 'other' } }))
    await at.root.call(directory.release, { body: { seen } })
    await settled()
    expect(await left()).toBe(0)
    expect((await at.root.call(directory.held, {})).memberships).toEqual([])
  })
})

describe('where groups decide who is in', () => {
  it('nobody goes of whom the service has not spoken since the group is linked', async () => {
    const { value, group, sub } = await linked()
    const [waiting, other] = [person('waiting', { groups: [value] }), person('other', { groups: [] })]
    const team = await newTeam()
    const [mia, nina, local] = [
      await enter(waiting),
      await enter(other),
      await signUp(at.server, 'local', at.team.invite_id),
    ]
    // Both have been here before the group was linked.
    await at.server.app.pool.run('delete from group_members where group_id = $1', [group.id])
    await at.server.app.pool.run('update group_readings set read_at = 1 where user_id = any($1)', [
      [mia.id, nina.id],
    ])
    for (const { id } of [mia, nina, local])
      await at.root.call(teams.addMember, {
        params: { team_id: team.id },
        body: { team_id: team.id, user_id: id },
      })
    const first = await enter(sub)
    await tie(group, team)
    await at.root.call(teams.patch, { params: { team_id: team.id }, body: { group_constrained: true } })
    await settled()
    const people = await peopleOf(team)
    expect(people).toEqual(expect.arrayContaining([first.id, mia.id, nina.id]))
    // The service will never speak of who signs in by a password.
    expect(people).not.toContain(local.id)
    await enter(waiting)
    await enter(other)
    await settled()
    expect(await peopleOf(team)).toContain(mia.id)
    expect(await peopleOf(team)).not.toContain(nina.id)
  })
})

describe('linking', () => {
  it('tells what is new, may be ended, and begins empty when it is made again', async () => {
    const { value, sub, group } = await linked()
    const { id } = await enter(sub)
    const one = await found(value)
    const send = async () =>
      (await at.root.fetch(`/api/plausch/sso/groups/${one.id}/link`, { method: 'POST' })).status
    expect(await send()).toBe(200)
    expect(await membersOf(group)).toEqual([id])
    await at.root.call(sso.unlinkGroup, about(one))
    expect(await found(value)).toMatchObject({ group_id: null, has_syncables: null })
    await refused('app.group.no_rows', at.root.call(sso.unlinkGroup, about(one)))
    await enter(sub)
    expect((await at.root.call(sso.linkGroup, about(one))).id).toBe(group.id)
    expect(await membersOf(group)).toEqual([])
    await enter(sub)
    expect(await membersOf(group)).toEqual([id])
    await refused(
      'sso.group_not_found',
      at.root.call(sso.linkGroup, { params: { claimed_group_id: 'x'.repeat(26) } }),
    )
  })

  it('lists by words, service and state, page by page', async () => {
    const word = unique('word')
    await enter(person('many', { groups: [`/${word}/b`, `/${word}/a`, `/${word}/c%`] }))
    const list = async (query: Record<string, unknown>) =>
      await at.root.call(sso.listGroups, { query: { q: word.toUpperCase(), ...query } })
    const { count, groups: first } = await list({ per_page: 2 })
    expect([count, first.map(({ name }) => name)]).toEqual([3, [`${word}/a`, `${word}/b`]])
    expect((await list({ per_page: 2, page: 1 })).groups.map(({ name }) => name)).toEqual([`${word}/c%`])
    await link(`/${word}/a`)
    expect((await list({ is_linked: true })).count).toBe(1)
    expect((await list({ is_linked: false })).count).toBe(2)
    expect((await list({ service: 'saml' })).count).toBe(0)
    expect((await list({ service: 'openid' })).count).toBe(3)
  })

  it('shows groups in the lists of v4 by their source, and lets them be linked to places', async () => {
    const { group } = await linked()
    const ids = async (query: Record<string, unknown>) =>
      (await at.root.call(groups.list, { query: { per_page: 200, ...query } })).map(({ id }) => id)
    expect(await ids({ group_source: 'openid' })).toContain(group.id)
    expect(await ids({ only_syncable_sources: true })).toContain(group.id)
    for (const group_source of ['ldap', 'saml', 'custom'])
      expect(await ids({ group_source })).not.toContain(group.id)
    // There is something to see, also without groups that people make.
    await config({ ServiceSettings: { EnableCustomGroups: false } })
    expect(await ids({})).toContain(group.id)
    await config({ PlauschSettings: { OpenIdGroupsClaim: '' } })
    await refused('groups.off', ids({}))
    await config({
      ServiceSettings: { EnableCustomGroups: true },
      PlauschSettings: { OpenIdGroupsClaim: 'groups' },
    })
  })

  it('never takes a group of another source for this one', async () => {
    const value = unique('same')
    await at.server.app.pool.run(
      `insert into sso_groups (id, service, value, name, seen_at) values ($1, 'saml', $2, $2, 1)`,
      [unique('saml').padEnd(26, 'x').slice(0, 26), value],
    )
    const { groups: rows } = await at.root.call(sso.listGroups, { query: { q: value } })
    const ofSaml = await at.root.call(sso.linkGroup, { params: { claimed_group_id: rows[0]?.id ?? '' } })
    const { id } = await enter(person('both', { groups: [value] }))
    expect(await membersOf(ofSaml)).toEqual([])
    const list = await at.root.call(sso.listGroups, { query: { q: value, service: 'openid' } })
    const ofOpenId = await at.root.call(sso.linkGroup, {
      params: { claimed_group_id: list.groups[0]?.id ?? '' },
    })
    expect(ofOpenId.id).not.toBe(ofSaml.id)
    await enter(person('third', { groups: [value] }))
    expect(await membersOf(ofSaml)).toEqual([])
    expect(await membersOf(ofOpenId)).not.toContain(id)
  })
})

describe('eve', () => {
  it('learns nothing of groups that nobody may mention, and adds nobody to them', async () => {
    const { value, group, sub } = await linked()
    const eve = await signUp(at.server, 'eve', at.team.invite_id)
    const one = await found(value)
    const forbidden = 'api.context.permissions.app_error'
    await refused(forbidden, eve.call(sso.listGroups, {}))
    await refused(forbidden, eve.call(sso.linkGroup, about(one)))
    await refused(forbidden, eve.call(sso.unlinkGroup, about(one)))
    await refused('groups.not_found', eve.call(groups.get, { params: { group_id: group.id } }))
    expect(
      (await eve.call(groups.list, { query: { group_source: 'openid' } })).map(({ id }) => id),
    ).not.toContain(group.id)
    const socket = await eve.listen()
    await enter(sub)
    await socket.settle()
    expect(socket.all('group_member_add')).toEqual([])
    socket.close()
    // Nor does an administrator by hand: only the service says who is in.
    await refused(
      'app.group.crud_permission',
      at.root.call(groups.addMembers, { params: { group_id: group.id }, body: { user_ids: [eve.id] } }),
    )
  })

  it('cannot name so many groups that the list of administrators has no end', async () => {
    await enter(
      person('flood', { groups: Array.from({ length: 3000 }, (_, n) => `flood${n}${'x'.repeat(200)}`) }),
    )
    const { count } = await at.root.call(sso.listGroups, { query: { q: 'flood' } })
    expect(count).toBe(500)
    await at.server.app.pool.run(`update sso_groups set seen_at = 1 where value like 'flood%'`)
    const { value } = await linked()
    await at.server.app.pool.run('update sso_groups set seen_at = 1 where value = $1', [value])
    await hurry(at.server, 'sso.forget_groups')
    expect((await at.root.call(sso.listGroups, { query: { q: 'flood' } })).count).toBe(0)
    // What is linked can be unlinked.
    expect((await found(value)).group_id).not.toBeNull()
  })
})
