/** Groups of a sign-in service, and what follows from them in teams. */
import { type Place, place, refused, signUp, startProvider, unique, visitor } from '@plausch/testkit'
import { directory, sso, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClaims } from '../../../../test/claims.ts'

let at: Place
let there: Awaited<ReturnType<typeof openClaims>>
beforeAll(async () => {
  at = await place()
  there = await openClaims(at)
})
afterAll(async () => {
  await at.stop()
  await there.provider.stop()
})

describe('groups of a sign-in service', () => {
  it('are remembered, linked, and bring people into teams at their next sign-in', async () => {
    const value = unique('/staff/optics')
    const sub = there.person('mia', { groups: [value, unique('/other')] })
    const mia = await there.enter(sub)
    const before = await there.found(value)
    expect(before).toMatchObject({
      service: 'openid',
      name: value.slice(1),
      group_id: null,
      has_syncables: null,
    })
    const group = await there.link(value)
    expect(group).toMatchObject({
      source: 'openid',
      remote_id: value,
      display_name: value.slice(1),
      allow_reference: false,
      name: null,
    })
    const team = await there.newTeam()
    await there.tie(group, team)
    await there.settled()
    expect(await there.peopleOf(team)).not.toContain(mia.id)
    await there.enter(sub)
    expect(await there.membersOf(group)).toEqual([mia.id])
    expect(await there.peopleOf(team)).toContain(mia.id)
    expect(await there.found(value)).toMatchObject({ id: before.id, group_id: group.id, has_syncables: true })
    // A newcomer is there at once.
    const nina = await there.enter(there.person('nina', { groups: [value] }))
    expect(await there.peopleOf(team)).toContain(nina.id)
  })

  it('lose whom the next sign-in does not name, and so do their teams', async () => {
    const { value, sub, group } = await there.linked()
    const team = await there.newTeam()
    await there.tie(group, team)
    const { id } = await there.enter(sub)
    expect(await there.peopleOf(team)).toContain(id)
    there.claims(sub, { groups: [] })
    await there.enter(sub)
    expect(await there.membersOf(group)).toEqual([])
    await there.settled()
    expect(await there.peopleOf(team)).not.toContain(id)
    there.claims(sub, { groups: [value] })
    await there.enter(sub)
    expect(await there.peopleOf(team)).toContain(id)
  })

  it('keep everybody when a sign-in says nothing about groups, or not all', async () => {
    const { value, sub, group } = await there.linked()
    const team = await there.newTeam()
    await there.tie(group, team)
    const { id } = await there.enter(sub)
    const many = Array.from({ length: 501 }, (_, n) => `g${n}`)
    for (const odd of [undefined, { a: 1 }, 7, [1, 2], many]) {
      there.claims(sub, { groups: odd })
      await there.enter(sub)
      await there.settled()
      expect(await there.membersOf(group)).toEqual([id])
      expect(await there.peopleOf(team)).toContain(id)
    }
    // What was cut still adds.
    const second = await there.linked('g7')
    await there.enter(sub)
    expect(await there.membersOf(second.group)).toContain(id)
    there.claims(sub, { groups: value })
    await there.enter(sub)
    expect(await there.membersOf(group)).toEqual([id])
    expect(await there.membersOf(second.group)).not.toContain(id)
  })

  it('are read by the endpoint about the person, if the token does not name them', async () => {
    const quiet = await startProvider({
      redirectUris: [`${at.server.url}/signup/openid/complete`],
      onlyTold: ['groups'],
    })
    await there.config({ OpenIdSettings: quiet.settings })
    const [sub, value] = [unique('quiet'), unique('/quiet')]
    quiet.people.set(sub, {
      email: `${sub}@lab.example`,
      email_verified: true,
      name: 'Q',
      preferred_username: sub,
      groups: [value],
    })
    const browser = visitor()
    const url = `${at.server.url}/oauth/openid/login`
    await browser.open(await quiet.enter(browser, browser.nextOf(url, await browser.open(url)) ?? '', sub))
    expect(await there.found(value)).toMatchObject({ value })
    await there.config({ OpenIdSettings: there.provider.settings })
    await quiet.stop()
  })

  it('are those of this provider only: another service names nothing', async () => {
    const { value, group } = await there.linked()
    const other = unique('/gitlab')
    const lea = await there.enter(there.person('lea', { groups: [value, other] }), 'gitlab')
    expect(lea.auth_service).toBe('gitlab')
    expect(await there.membersOf(group)).not.toContain(lea.id)
    expect((await at.root.call(sso.listGroups, { query: { q: other } })).count).toBe(0)
  })

  it('are entitlements, too, and whoever is in a part is in the whole', async () => {
    const head = `urn:geant:${unique('h')}.example:group`
    const sub = there.person('ent', { groups: [`${head}:lab:optics:role=member#login.example`] })
    const { id } = await there.enter(sub)
    const [whole, part] = [
      await there.link(`${head}:lab#login.example`),
      await there.link(`${head}:lab:optics#login.example`),
    ]
    await there.enter(sub)
    expect([await there.membersOf(whole), await there.membersOf(part)]).toEqual([[id], [id]])
    there.claims(sub, { groups: [`${head}:lab:role=manager#login.example`] })
    await there.enter(sub)
    expect([await there.membersOf(whole), await there.membersOf(part)]).toEqual([[id], []])
    there.claims(sub, { groups: [`${head}:lab#elsewhere.example`] })
    await there.enter(sub)
    expect(await there.membersOf(whole)).toEqual([])
  })

  it('are not touched while the setting is empty', async () => {
    const { sub, group } = await there.linked()
    const { id } = await there.enter(sub)
    await there.config({ PlauschSettings: { OpenIdGroupsClaim: '' } })
    there.claims(sub, { groups: [] })
    await there.enter(sub)
    expect(await there.membersOf(group)).toEqual([id])
    await there.config({ PlauschSettings: { OpenIdGroupsClaim: 'groups' } })
  })

  it('lose whoever signs in by another way from now on', async () => {
    await there.config({ ServiceSettings: { ExperimentalEnableAuthenticationTransfer: true } })
    const { sub, group } = await there.linked()
    const team = await there.newTeam()
    await there.tie(group, team)
    const { browser, id, email } = await there.comeIn(sub, 'openid', '?prove=true')
    expect(await there.membersOf(group)).toEqual([id])
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
    await there.settled()
    expect(await there.membersOf(group)).toEqual([])
    expect(await there.peopleOf(team)).not.toContain(id)
  })
})

describe('the brake', () => {
  it('holds back what takes a third of a team in a day, until an administrator releases it', async () => {
    const { value, group } = await there.linked()
    const team = await there.newTeam()
    await there.tie(group, team)
    const people: { sub: string; id: string }[] = []
    for (let n = 0; n < 12; n += 1) {
      const sub = there.person('crew', { groups: [value] })
      people.push({ sub, id: (await there.enter(sub)).id })
    }
    for (const { sub } of people) {
      there.claims(sub, { groups: [] })
      await there.enter(sub)
      await there.settled()
    }
    const left = async () => {
      const inTeam = new Set(await there.peopleOf(team))
      return people.filter(({ id }) => inTeam.has(id)).length
    }
    const waiting = await left()
    expect(waiting).toBeGreaterThan(5)
    const { seen, memberships } = await at.root.call(directory.held, {})
    expect(memberships.filter(({ place_id }) => place_id === team.id)).toHaveLength(waiting)
    await refused('directory.held_changed', at.root.call(directory.release, { body: { seen: 'other' } }))
    await at.root.call(directory.release, { body: { seen } })
    await there.settled()
    expect(await left()).toBe(0)
    expect((await at.root.call(directory.held, {})).memberships).toEqual([])
  })
})

describe('where groups decide who is in', () => {
  it('nobody goes of whom the service has not spoken since the group is linked', async () => {
    const { value, group, sub } = await there.linked()
    const [waiting, other] = [
      there.person('waiting', { groups: [value] }),
      there.person('other', { groups: [] }),
    ]
    const team = await there.newTeam()
    const [mia, nina, local] = [
      await there.enter(waiting),
      await there.enter(other),
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
    const first = await there.enter(sub)
    await there.tie(group, team)
    await at.root.call(teams.patch, { params: { team_id: team.id }, body: { group_constrained: true } })
    await there.settled()
    const people = await there.peopleOf(team)
    expect(people).toEqual(expect.arrayContaining([first.id, mia.id, nina.id]))
    // The service will never speak of who signs in by a password.
    expect(people).not.toContain(local.id)
    await there.enter(waiting)
    await there.enter(other)
    await there.settled()
    expect(await there.peopleOf(team)).toContain(mia.id)
    expect(await there.peopleOf(team)).not.toContain(nina.id)
  })
})
