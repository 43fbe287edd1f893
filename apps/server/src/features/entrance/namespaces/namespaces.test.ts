/** Rules that make teams, channels and groups to mention out of a real OpenLDAP. */
import {
  dnOf,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  refused,
  signIn,
  signUp,
  unique,
} from '@plausch/testkit'
import {
  type Channel,
  channels,
  directory,
  groups,
  type Job,
  jobs,
  members,
  type NamespaceRule,
  type NewNamespace,
  namespaces,
  settings,
  type Team,
  teams,
  users,
} from '@plausch/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const BASE = 'dc=lab,dc=example'
const STAFF = `ou=staff,${BASE}`

const unit = (ou: string, above = STAFF, more = ''): string =>
  `dn: ou=${ou},${above}\nobjectClass: organizationalUnit\nobjectClass: extensibleObject\nou: ${ou}\n${more}\n`
const person = (uid: string, ou: string): string => ldifPerson({ uid, unit: `ou=${ou},ou=staff` })
const dnIn = (uid: string, ou: string): string => dnOf({ uid, unit: `ou=${ou},ou=staff` })

let at: Laboratory
beforeAll(async () => {
  at = await laboratory({ isBis: true })
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { EnableSync: true },
      PlauschSettings: { TeamRequestLeaderAttribute: 'owner' },
    },
  })
  await at.ldap.add(
    [
      unit('staff', BASE),
      unit('optics'),
      unit('lasers', `ou=optics,${STAFF}`),
      unit('vacuum'),
      unit('hidden'),
      person('o1', 'optics'),
      person('o2', 'lasers,ou=optics'),
      person('v1', 'vacuum'),
      person('v2', 'vacuum'),
      person('h1', 'hidden'),
      ldifGroup('exp-p01', [dnIn('o1', 'optics'), dnIn('v1', 'vacuum')]),
      ldifGroup('exp-p02', [dnIn('v2', 'vacuum')]),
      ldifGroup('other', [dnIn('h1', 'hidden')]),
    ].join(''),
  )
  await at.ldap.change(
    `dn: ou=optics,${STAFF}\nchangetype: modify\nadd: owner\nowner: ${dnIn('o1', 'optics')}\n\n`,
  )
})
afterAll(() => at.stop())
afterEach(async () => {
  for (const { id } of await at.root.call(namespaces.list, {}))
    await at.root.call(namespaces.remove, { params: { namespace_id: id } })
})

/** The pass that is started: by hand, or by a rule that is saved. */
const pass = async (start: () => Promise<unknown> = () => at.root.call(directory.sync, {})): Promise<Job> => {
  await start()
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}

const rule = (change: Partial<NamespaceRule> = {}): NamespaceRule => ({
  name: unique('rule'),
  base: STAFF,
  source: 'units',
  pattern: '',
  makes: 'team',
  team_id: '',
  is_open: false,
  is_constrained: false,
  is_mentionable: false,
  has_owners: true,
  is_on: true,
  ...change,
})
const create = (change: Partial<NewNamespace> = {}) =>
  at.root.call(namespaces.create, { body: { ...rule(change), ...change } })
const made = async (change: Partial<NewNamespace> = {}) => {
  let id = ''
  const job = await pass(async () => {
    id = (await create(change)).id
  })
  return { id, job }
}
const updated = (namespace_id: string, body: NewNamespace) =>
  pass(() => at.root.call(namespaces.update, { params: { namespace_id }, body }))
const placesOf = (namespace_id: string) => at.root.call(namespaces.listPlaces, { params: { namespace_id } })

const teamNamed = (name: string): Promise<Team> =>
  at.root.call(teams.getByName, { params: { team_name: name } })
const namesOf = async (ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? []
    : (await at.root.call(users.listByIds, { body: [...ids] })).map(({ username }) => username).sort()
const peopleIn = async (team: Team): Promise<string[]> =>
  namesOf(
    (await at.root.call(teams.listMembers, { params: { team_id: team.id } })).map(({ user_id }) => user_id),
  )
const adminsOf = async (team: Team): Promise<string[]> =>
  namesOf(
    (await at.root.call(teams.listMembers, { params: { team_id: team.id } }))
      .filter(({ scheme_admin }) => scheme_admin)
      .map(({ user_id }) => user_id),
  )

describe('units', () => {
  it('are previewed, and become teams with the people below them and their leaders', async () => {
    const body = rule({ pattern: 'op*' })
    const seen = await at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ found_count: 1, new_count: 1, problem_count: 0, person_count: 2 })
    expect(seen.places).toMatchObject([
      { name: 'optics', address: 'optics', state: 'new', person_count: 2, owner_count: 1, place_id: '' },
    ])
    await refused('teams.not_found', teamNamed('optics'))

    const { id, job } = await made({ ...body, allowed_count: 1 })
    expect(job.data).toMatchObject({ namespace_made_count: '1', namespace_waiting_count: '0' })
    const team = await teamNamed('optics')
    expect(team).toMatchObject({ type: 'I', display_name: 'optics', allow_open_invite: false })
    expect(await peopleIn(team)).toEqual(['o1', 'o2'])
    expect(await adminsOf(team)).toEqual(['o1'])
    expect(await placesOf(id)).toMatchObject([{ name: 'optics', place_id: team.id, problem: '' }])

    // The next pass finds everything as it is.
    expect((await pass()).data).toMatchObject({
      namespace_made_count: '0',
      placed_count: '0',
      removed_count: '0',
    })
    expect((await at.root.call(namespaces.preview, { body })).places).toMatchObject([{ state: 'made' }])
  })

  it('keep their team when they are renamed or get another leader, and when the rule ends', async () => {
    await at.ldap.add(unit('beams') + person('b1', 'beams') + person('b2', 'beams'))
    const { id } = await made({ pattern: 'beams' })
    const team = await teamNamed('beams')
    await at.ldap.change(
      `dn: ou=beams,${STAFF}\nchangetype: modrdn\nnewrdn: ou=Beams and Optics\ndeleteoldrdn: 1\nnewsuperior: ${STAFF}\n\n`,
    )
    await updated(id, rule({ pattern: 'beams*' }))
    expect(await at.root.call(teams.get, { params: { team_id: team.id } })).toMatchObject({
      name: 'beams',
      display_name: 'Beams and Optics',
    })
    expect(await peopleIn(team)).toEqual(['b1', 'b2'])
    await at.root.call(namespaces.remove, { params: { namespace_id: id } })
    await at.ldap.add(person('b3', 'Beams and Optics'))
    await pass()
    expect(await peopleIn(team)).toEqual(['b1', 'b2', 'b3'])
  })

  it('have somebody who comes into them as soon as this person signs in', async () => {
    const password = 'directory password'
    await at.ldap.add(ldifPerson({ uid: 'o3', password, unit: 'ou=optics,ou=staff' }))
    await signIn(at.server, 'o3', password)
    expect(await peopleIn(await teamNamed('optics'))).toContain('o3')
  })

  it('are known again to a second rule', async () => {
    const body = rule({ pattern: 'optics' })
    expect((await at.root.call(namespaces.preview, { body })).places).toMatchObject([
      { state: 'made', problem: '', place_id: (await teamNamed('optics')).id },
    ])
    const { id, job } = await made(body)
    expect(job.data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '0' })
    expect(await placesOf(id)).toMatchObject([{ name: 'optics', problem: '' }])
  })

  it('with the name of a team that exists come into it only if an administrator says so', async () => {
    const secret = await at.root.call(teams.create, {
      body: { name: 'vacuum', display_name: 'Vacuum', type: 'I' },
    })
    const guest = await signUp(at.server, 'stranger', secret.invite_id)
    const body = rule({ pattern: 'vacuum', is_constrained: true, has_owners: false })
    const seen = await at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ new_count: 0, problem_count: 1 })
    // Root and the newcomer are not of the unit.
    expect(seen.places).toMatchObject([
      { problem: 'taken', state: 'stopped', place_id: secret.id, person_count: 2, leaving_count: 2 },
    ])
    const { id, job } = await made(body)
    expect(job.data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '1' })
    expect(await placesOf(id)).toMatchObject([{ problem: 'taken', group_id: '' }])
    expect(await peopleIn(secret)).not.toContain('v1')

    const [place] = seen.places
    const wanted = { remote_id: place?.remote_id ?? '', place_id: place?.place_id ?? '' }
    await refused(
      'namespaces.take_over',
      at.root.call(namespaces.update, {
        params: { namespace_id: id },
        body: { ...body, take_over: [{ ...wanted, place_id: at.team.id }] },
      }),
    )
    // What was said is shown, and can be taken back before a pass.
    await at.root.call(namespaces.update, {
      params: { namespace_id: id },
      body: { ...body, is_on: false, take_over: [wanted] },
    })
    const about = { body: { ...body, id } }
    expect((await at.root.call(namespaces.preview, about)).places).toMatchObject([{ is_taken_over: true }])
    await updated(id, body)
    expect(await peopleIn(secret)).not.toContain('v1')
    await updated(id, { ...body, take_over: [wanted] })
    expect(await peopleIn(secret)).toEqual(expect.arrayContaining(['v1', 'v2']))
    await hurry(at.server, 'syncables.settle')
    await pass()
    expect(await peopleIn(secret)).not.toContain(guest.username)
  })

  it('come at most ten a day, unless an administrator has seen more', async () => {
    await at.ldap.add(
      unit('many') + Array.from({ length: 12 }, (_, n) => unit(`many-${n}`, `ou=many,${STAFF}`)).join(''),
    )
    const base = `ou=many,${STAFF}`
    const { id, job } = await made({ base })
    expect(job.data).toMatchObject({ namespace_made_count: '10', namespace_waiting_count: '2' })
    expect((await placesOf(id)).filter(({ problem }) => problem === 'too_many')).toHaveLength(2)
    expect((await pass()).data).toMatchObject({ namespace_made_count: '0', namespace_waiting_count: '2' })
    const body = rule({ base })
    const seen = await at.root.call(namespaces.preview, { body: { ...body, id } })
    expect(seen.new_count).toBe(2)
    const after = await updated(id, { ...body, allowed_count: seen.new_count })
    expect(after.data).toMatchObject({ namespace_made_count: '2', namespace_waiting_count: '0' })
  })
})

describe('what a rule has made', () => {
  it('is not taken for what another rule makes', async () => {
    const base = `ou=groups,${BASE}`
    await at.ldap.add(ldifGroup('both', [dnIn('h1', 'hidden')]))
    const mention = { source: 'groups' as const, base, pattern: 'both', has_owners: false }
    await made({ ...mention, makes: 'nothing', is_mentionable: true })
    const body = rule(mention)
    const seen = await at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ new_count: 1, person_count: 1 })
    await made({ ...mention, allowed_count: 1 })
    expect(await peopleIn(await teamNamed('both'))).toEqual(['h1'])
  })

  it('stays as it is while nobody can say who leads it', async () => {
    await at.ldap.add(unit('led') + person('l1', 'led') + person('l2', 'led'))
    await at.ldap.change(
      `dn: ou=led,${STAFF}\nchangetype: modify\nadd: owner\nowner: ${dnIn('l1', 'led')}\nowner: ${dnIn('h1', 'hidden')}\n\n`,
    )
    await made({ pattern: 'led' })
    const team = await teamNamed('led')
    const before = [await peopleIn(team), await adminsOf(team)]
    expect(before).toEqual([
      ['h1', 'l1', 'l2'],
      ['h1', 'l1'],
    ])
    const leaders = (TeamRequestLeaderAttribute: string) =>
      at.root.call(settings.patch, { body: { PlauschSettings: { TeamRequestLeaderAttribute } } })
    for (const attribute of ['', 'manager']) {
      await leaders(attribute)
      await pass()
      expect([await peopleIn(team), await adminsOf(team)]).toEqual(before)
    }
    await leaders('owner')
    await pass()
    expect([await peopleIn(team), await adminsOf(team)]).toEqual(before)
  })

  it('is not for people of another unit that has got its name', async () => {
    const password = 'directory password'
    await at.ldap.add(unit('east') + person('e1', 'east'))
    await made({ pattern: 'east', has_owners: false })
    const team = await teamNamed('east')
    await at.ldap.change(
      `dn: ou=east,${STAFF}\nchangetype: modrdn\nnewrdn: ou=far east\ndeleteoldrdn: 1\nnewsuperior: ${STAFF}\n\n`,
    )
    await at.ldap.add(unit('east') + ldifPerson({ uid: 'e2', password, unit: 'ou=east,ou=staff' }))
    await signIn(at.server, 'e2', password)
    expect(await peopleIn(team)).toEqual(['e1'])
  })

  it('and was unlinked comes back only if an administrator says so', async () => {
    await at.ldap.add(unit('west') + person('w1', 'west'))
    const body = rule({ pattern: 'west', has_owners: false })
    const { id } = await made(body)
    const team = await teamNamed('west')
    const [place] = await placesOf(id)
    await at.root.call(directory.unlinkGroup, { params: { remote_id: place?.remote_id ?? '' } })
    await at.ldap.add(person('w2', 'west'))
    await pass()
    expect(await placesOf(id)).toMatchObject([{ problem: 'unlinked', place_id: team.id }])
    expect(await peopleIn(team)).not.toContain('w2')
    const wanted = { remote_id: place?.remote_id ?? '', place_id: team.id }
    await updated(id, { ...body, take_over: [wanted] })
    expect(await peopleIn(team)).toEqual(['w1', 'w2'])
    expect(await placesOf(id)).toMatchObject([{ problem: '', place_id: team.id }])
  })

  it('does not bring its people into groups that only name the unit', async () => {
    await at.ldap.add(unit('nest') + person('n1', 'nest') + ldifGroup('naming', [`ou=nest,${STAFF}`]))
    await made({ pattern: 'nest', has_owners: false })
    const group = {
      source: 'groups' as const,
      base: `ou=groups,${BASE}`,
      pattern: 'naming',
      has_owners: false,
    }
    await made(group)
    expect(await peopleIn(await teamNamed('nest'))).toEqual(['n1'])
    expect(await peopleIn(await teamNamed('naming'))).toEqual([])
  })
})

describe('groups', () => {
  it('of the same name cannot both have the address', async () => {
    await at.ldap.add(unit('one') + unit('two', `ou=one,${STAFF}`))
    const groupIn = (ou: string) => ldifGroup('twin', [dnIn('h1', 'hidden')], ou)
    await at.ldap.add(groupIn('ou=one,ou=staff') + groupIn('ou=two,ou=one,ou=staff'))
    const body = rule({ source: 'groups', base: STAFF, pattern: 'twin', has_owners: false })
    const seen = await at.root.call(namespaces.preview, { body })
    expect(seen).toMatchObject({ found_count: 2, new_count: 1, problem_count: 1 })
    expect(seen.places.map(({ problem }) => problem)).toEqual(['taken', ''])
  })

  it('become channels of a team, and groups to mention', async () => {
    const team = await at.root.call(teams.create, {
      body: { name: unique('exp'), display_name: 'Experiments', type: 'I' },
    })
    const base = `ou=groups,${BASE}`
    const { job } = await made({
      base,
      source: 'groups',
      pattern: 'EXP-*',
      makes: 'channel',
      team_id: team.id,
      is_mentionable: true,
      has_owners: false,
    })
    expect(job.data).toMatchObject({ namespace_made_count: '2' })
    const channel: Channel = await at.root.call(channels.getByName, {
      params: { team_id: team.id, channel_name: 'exp-p01' },
    })
    expect(channel).toMatchObject({ type: 'P', display_name: 'exp-p01' })
    const inside = await at.root.call(members.list, { params: { channel_id: channel.id } })
    expect(await namesOf(inside.map(({ user_id }) => user_id))).toEqual(['o1', 'v1'])
    const known = await at.root.call(groups.list, { query: { q: 'exp-p0', filter_allow_reference: true } })
    expect(known.map(({ name }) => name).sort()).toEqual(['exp-p01', 'exp-p02'])
  })

  it('can be only groups to mention', async () => {
    const { id } = await made({
      base: `ou=groups,${BASE}`,
      source: 'groups',
      pattern: 'oth*r',
      makes: 'nothing',
      is_mentionable: true,
      has_owners: false,
    })
    expect(await placesOf(id)).toMatchObject([{ name: 'other', place_id: '', problem: '' }])
    expect(
      await at.root.call(groups.list, { query: { q: 'other', filter_allow_reference: true } }),
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
    const old = await at.root.call(teams.create, {
      body: { name: unique('old'), display_name: 'Old', type: 'I' },
    })
    await at.root.call(teams.archive, { params: { team_id: old.id } })
    wrong.push(['namespaces.team', { makes: 'channel', team_id: old.id }])
    for (const [code, change] of wrong) await refused(code, create({ is_on: false, ...change }))
    expect(await at.root.call(namespaces.list, {})).toEqual([])
  })

  it('is not changed by somebody who has seen an older one', async () => {
    const old = await create({ pattern: 'nobody has it', is_on: false })
    const change = (update_at: number) =>
      at.root.call(namespaces.update, {
        params: { namespace_id: old.id },
        body: { ...rule({ pattern: 'nobody has it', is_on: false }), update_at },
      })
    const next = await change(old.update_at)
    await refused('namespaces.changed', change(old.update_at))
    await change(next.update_at)
  })

  it('that is off makes nothing', async () => {
    await create({ pattern: 'hidden', is_on: false })
    expect((await pass()).data.namespace_made_count).toBeUndefined()
    await refused('teams.not_found', teamNamed('hidden'))
  })

  it('is nothing that other people learn of', async () => {
    const { api } = await signUp(at.server, 'eve', (await teamNamed('optics')).invite_id)
    for (const call of [
      api.call(namespaces.list, {}),
      api.call(namespaces.tree, {}),
      api.call(namespaces.preview, { body: rule() }),
    ])
      await refused('api.context.permissions.app_error', call)
  })
})

it('shows the tree of the directory, with what follows from its entries', async () => {
  const top = await at.root.call(namespaces.tree, {})
  expect(top.dn).toBe(BASE)
  expect(top.entries.map(({ name }) => name)).toEqual(['groups', 'people', 'policies', 'services', 'staff'])
  const staff = await at.root.call(namespaces.tree, { query: { base: STAFF } })
  const optics = staff.entries.find(({ name }) => name === 'optics')
  expect(optics).toMatchObject({ kind: 'unit', places: [{ type: 'Team', display_name: 'optics' }] })
  await refused('namespaces.base', at.root.call(namespaces.tree, { query: { base: 'dc=example' } }))
})
