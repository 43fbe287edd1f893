/** Rules that make teams, channels and groups to mention out of a real OpenLDAP. */
import { hurry, ldifGroup, ldifPerson, refused, signIn, signUp, unique } from '@plausch/testkit'
import { type Channel, channels, groups, members, type NewNamespace, namespaces, teams } from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { BASE, type Branches, branches, dnIn, person, rule, STAFF, unit } from '../../../../test/branches.ts'

let lab: Branches
beforeAll(async () => {
  lab = await branches()
})
afterAll(() => lab.at.stop())
afterEach(() => lab.removeRules())

describe('units', () => {
  it('are previewed, and become teams with the people below them and their leaders', async () => {
    const body = rule({ pattern: 'op*' })
    const seen = await lab.at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ found_count: 1, new_count: 1, problem_count: 0, person_count: 2 })
    expect(seen.places).toMatchObject([
      { name: 'optics', address: 'optics', state: 'new', person_count: 2, owner_count: 1, place_id: '' },
    ])
    await refused('teams.not_found', lab.teamNamed('optics'))

    const { id, job } = await lab.made({ ...body, allowed_count: 1 })
    expect(job.data).toMatchObject({ namespace_made_count: '1', namespace_waiting_count: '0' })
    const team = await lab.teamNamed('optics')
    expect(team).toMatchObject({ type: 'I', display_name: 'optics', allow_open_invite: false })
    expect(await lab.peopleIn(team)).toEqual(['o1', 'o2'])
    expect(await lab.adminsOf(team)).toEqual(['o1'])
    expect(await lab.placesOf(id)).toMatchObject([{ name: 'optics', place_id: team.id, problem: '' }])

    // The next pass finds everything as it is.
    expect((await lab.pass()).data).toMatchObject({
      namespace_made_count: '0',
      placed_count: '0',
      removed_count: '0',
    })
    expect((await lab.at.root.call(namespaces.preview, { body })).places).toMatchObject([{ state: 'made' }])
  })

  it('keep their team when they are renamed or get another leader, and when the rule ends', async () => {
    await lab.at.ldap.add(unit('beams') + person('b1', 'beams') + person('b2', 'beams'))
    const { id } = await lab.made({ pattern: 'beams' })
    const team = await lab.teamNamed('beams')
    await lab.at.ldap.change(
      `dn: ou=beams,${STAFF}\nchangetype: modrdn\nnewrdn: ou=Beams and Optics\ndeleteoldrdn: 1\nnewsuperior: ${STAFF}\n\n`,
    )
    await lab.updated(id, rule({ pattern: 'beams*' }))
    expect(await lab.at.root.call(teams.get, { params: { team_id: team.id } })).toMatchObject({
      name: 'beams',
      display_name: 'Beams and Optics',
    })
    expect(await lab.peopleIn(team)).toEqual(['b1', 'b2'])
    await lab.at.root.call(namespaces.remove, { params: { namespace_id: id } })
    await lab.at.ldap.add(person('b3', 'Beams and Optics'))
    await lab.pass()
    expect(await lab.peopleIn(team)).toEqual(['b1', 'b2', 'b3'])
  })

  it('have somebody who comes into them as soon as this person signs in', async () => {
    const password = 'directory password'
    await lab.at.ldap.add(ldifPerson({ uid: 'o3', password, unit: 'ou=optics,ou=staff' }))
    await signIn(lab.at.server, 'o3', password)
    expect(await lab.peopleIn(await lab.teamNamed('optics'))).toContain('o3')
  })

  it('are known again to a second rule', async () => {
    const body = rule({ pattern: 'optics' })
    expect((await lab.at.root.call(namespaces.preview, { body })).places).toMatchObject([
      { state: 'made', problem: '', place_id: (await lab.teamNamed('optics')).id },
    ])
    const { id, job } = await lab.made(body)
    expect(job.data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '0' })
    expect(await lab.placesOf(id)).toMatchObject([{ name: 'optics', problem: '' }])
  })

  it('with the name of a team that exists come into it only if an administrator says so', async () => {
    const secret = await lab.at.root.call(teams.create, {
      body: { name: 'vacuum', display_name: 'Vacuum', type: 'I' },
    })
    const guest = await signUp(lab.at.server, 'stranger', secret.invite_id)
    const body = rule({ pattern: 'vacuum', is_constrained: true, has_owners: false })
    const seen = await lab.at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ new_count: 0, problem_count: 1 })
    // Root and the newcomer are not of the unit.
    expect(seen.places).toMatchObject([
      { problem: 'taken', state: 'stopped', place_id: secret.id, person_count: 2, leaving_count: 2 },
    ])
    const { id, job } = await lab.made(body)
    expect(job.data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '1' })
    expect(await lab.placesOf(id)).toMatchObject([{ problem: 'taken', group_id: '' }])
    expect(await lab.peopleIn(secret)).not.toContain('v1')

    const [place] = seen.places
    const wanted = { remote_id: place?.remote_id ?? '', place_id: place?.place_id ?? '' }
    await refused(
      'namespaces.take_over',
      lab.at.root.call(namespaces.update, {
        params: { namespace_id: id },
        body: { ...body, take_over: [{ ...wanted, place_id: lab.at.team.id }] },
      }),
    )
    // What was said is shown, and can be taken back before a pass.
    await lab.at.root.call(namespaces.update, {
      params: { namespace_id: id },
      body: { ...body, is_on: false, take_over: [wanted] },
    })
    const about = { body: { ...body, id } }
    expect((await lab.at.root.call(namespaces.preview, about)).places).toMatchObject([
      { is_taken_over: true },
    ])
    await lab.updated(id, body)
    expect(await lab.peopleIn(secret)).not.toContain('v1')
    await lab.updated(id, { ...body, take_over: [wanted] })
    expect(await lab.peopleIn(secret)).toEqual(expect.arrayContaining(['v1', 'v2']))
    await hurry(lab.at.server, 'syncables.settle')
    await lab.pass()
    expect(await lab.peopleIn(secret)).not.toContain(guest.username)
  })

  it('come at most ten a day, unless an administrator has seen more', async () => {
    await lab.at.ldap.add(
      unit('many') + Array.from({ length: 12 }, (_, n) => unit(`many-${n}`, `ou=many,${STAFF}`)).join(''),
    )
    const base = `ou=many,${STAFF}`
    const { id, job } = await lab.made({ base })
    expect(job.data).toMatchObject({ namespace_made_count: '10', namespace_waiting_count: '2' })
    expect((await lab.placesOf(id)).filter(({ problem }) => problem === 'too_many')).toHaveLength(2)
    expect((await lab.pass()).data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '2' })
    const body = rule({ base })
    const seen = await lab.at.root.call(namespaces.preview, { body: { ...body, id } })
    expect(seen.new_count).toBe(2)
    const after = await lab.updated(id, { ...body, allowed_count: seen.new_count })
    expect(after.data).toMatchObject({ namespace_made_count: '2', namespace_waiting_count: '0' })
  })
})

describe('groups', () => {
  it('of the same name cannot both have the address', async () => {
    await lab.at.ldap.add(unit('one') + unit('two', `ou=one,${STAFF}`))
    const groupIn = (ou: string) => ldifGroup('twin', [dnIn('h1', 'hidden')], ou)
    await lab.at.ldap.add(groupIn('ou=one,ou=staff') + groupIn('ou=two,ou=one,ou=staff'))
    const body = rule({ source: 'groups', base: STAFF, pattern: 'twin', has_owners: false })
    const seen = await lab.at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ found_count: 2, new_count: 1, problem_count: 1 })
    expect(seen.places.map(({ problem }) => problem)).toEqual(['taken', ''])
  })

  it('become channels of a team, and groups to mention', async () => {
    const team = await lab.at.root.call(teams.create, {
      body: { name: unique('exp'), display_name: 'Experiments', type: 'I' },
    })
    const base = `ou=groups,${BASE}`
    const { job } = await lab.made({
      base,
      source: 'groups',
      pattern: 'EXP-*',
      makes: 'channel',
      team_id: team.id,
      is_mentionable: true,
      has_owners: false,
    })
    expect(job.data).toMatchObject({ namespace_made_count: '2' })
    const channel: Channel = await lab.at.root.call(channels.getByName, {
      params: { team_id: team.id, channel_name: 'exp-p01' },
    })
    expect(channel).toMatchObject({ type: 'P', display_name: 'exp-p01' })
    const inside = await lab.at.root.call(members.list, { params: { channel_id: channel.id } })
    expect(await lab.namesOf(inside.map(({ user_id }) => user_id))).toEqual(['o1', 'v1'])
    const known = await lab.at.root.call(groups.list, {
      query: { q: 'exp-p0', filter_allow_reference: true },
    })
    expect(known.map(({ name }) => name).sort()).toEqual(['exp-p01', 'exp-p02'])
  })

  it('can be only groups to mention', async () => {
    const { id } = await lab.made({
      base: `ou=groups,${BASE}`,
      source: 'groups',
      pattern: 'oth*r',
      makes: 'nothing',
      is_mentionable: true,
      has_owners: false,
    })
    expect(await lab.placesOf(id)).toMatchObject([{ name: 'other', place_id: '', problem: '' }])
    expect(
      await lab.at.root.call(groups.list, { query: { q: 'other', filter_allow_reference: true } }),
    ).toHaveLength(1)
  })
})

describe('a rule', () => {
  it('that cannot work is refused, and nothing is stored', async () => {
    const wrong: [Parameters<typeof refused>[0], Partial<NewNamespace>][] = [
      ['namespaces.base', { base: 'dc=elsewhere,dc=example' }],
      ['namespaces.base', { base: `ou=x,x${BASE}` }],
      ['namespaces.nothing', { makes: 'nothing' }],
      ['namespaces.team', { makes: 'channel' }],
      ['namespaces.name', { name: '  ' }],
      ['namespaces.take_over', { take_over: [{ remote_id: 'unknown', place_id: '' }] }],
    ]
    const old = await lab.at.root.call(teams.create, {
      body: { name: unique('old'), display_name: 'Old', type: 'I' },
    })
    await lab.at.root.call(teams.archive, { params: { team_id: old.id } })
    wrong.push(['namespaces.team', { makes: 'channel', team_id: old.id }])
    for (const [code, change] of wrong) await refused(code, lab.create({ is_on: false, ...change }))
    expect(await lab.at.root.call(namespaces.list, {})).toEqual([])
  })

  it('is not changed by somebody who has seen an older one', async () => {
    const old = await lab.create({ pattern: 'nobody has it', is_on: false })
    const change = (update_at: number) =>
      lab.at.root.call(namespaces.update, {
        params: { namespace_id: old.id },
        body: { ...rule({ pattern: 'nobody has it', is_on: false }), update_at },
      })
    const next = await change(old.update_at)
    await refused('namespaces.changed', change(old.update_at))
    await change(next.update_at)
  })

  it('that is off makes nothing', async () => {
    await lab.create({ pattern: 'hidden', is_on: false })
    expect((await lab.pass()).data.namespace_made_count).toBeUndefined()
    await refused('teams.not_found', lab.teamNamed('hidden'))
  })

  it('is nothing that other people learn of', async () => {
    const { api } = await signUp(lab.at.server, 'eve', (await lab.teamNamed('optics')).invite_id)
    const denied = 'api.context.permissions.app_error'
    await refused(denied, api.call(namespaces.list, {}))
    await refused(denied, api.call(namespaces.tree, {}))
    await refused(denied, api.call(namespaces.preview, { body: rule() }))
  })
})

it('shows the tree of the directory, with what follows from its entries', async () => {
  const top = await lab.at.root.call(namespaces.tree, {})
  expect(top.dn).toBe(BASE)
  expect(top.entries.map(({ name }) => name)).toEqual(['groups', 'people', 'policies', 'services', 'staff'])
  const staff = await lab.at.root.call(namespaces.tree, { query: { base: STAFF } })
  const optics = staff.entries.find(({ name }) => name === 'optics')
  expect(optics).toMatchObject({ kind: 'unit', places: [{ type: 'Team', display_name: 'optics' }] })
  await refused('namespaces.base', lab.at.root.call(namespaces.tree, { query: { base: 'dc=example' } }))
})
