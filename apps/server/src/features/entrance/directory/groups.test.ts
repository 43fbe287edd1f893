/** Groups of a real OpenLDAP: linking them, and what a pass makes of them. */
import {
  dnOf,
  hasSlapd,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  refused,
  signIn,
  unique,
} from '@plausch/testkit'
import {
  directory,
  groups,
  type Job,
  jobs,
  settings,
  syncables,
  type Team,
  teams,
  users,
} from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PEOPLE = 60
const PASSWORD = 'directory password'
const uid = (n: number) => `p${n}`
const dn = (n: number) => dnOf({ uid: uid(n) })
const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n)
const groupDn = (cn: string) => `cn=${cn},ou=groups,dc=lab,dc=example`

const base64 = (text: string) => Buffer.from(text).toString('base64')
/** A group with a comma and an umlaut in its name. */
const commaGroup = (members: readonly string[]): string =>
  `dn:: ${base64('cn=Groß\\, FLASH,ou=groups,dc=lab,dc=example')}\nobjectClass: groupOfNames\ncn:: ${base64('Groß, FLASH')}\n` +
  `${members.map((member) => `member: ${member}`).join('\n')}\n\n`

let at: Laboratory
beforeAll(async () => {
  at = await laboratory({ isBis: true })
  await at.root.call(settings.patch, { body: { LdapSettings: { EnableSync: true } } })
  await at.ldap.load(
    from(0, PEOPLE)
      .map((n) => ldifPerson({ uid: uid(n), password: PASSWORD }))
      .join(''),
  )
  await at.ldap.add(
    [
      ldifGroup('flash', from(0, 3).map(dn)),
      commaGroup([groupDn('flash'), dn(5)]),
      // They contain each other.
      ldifGroup('round', [dn(10)]),
      ldifGroup('about', [groupDn('round'), dn(11)]),
      ldifGroup('everybody', from(0, PEOPLE).map(dn)),
      `dn: ${groupDn('posix')}\nobjectClass: groupOfNames\nobjectClass: posixGroup\ncn: posix\n` +
        `member: cn=nobody,dc=lab,dc=example\ngidNumber: 700\nmemberUid: P6\n\n`,
    ].join(''),
  )
  await at.ldap.change(
    `dn: ${dn(7)}\nchangetype: modify\nadd: objectClass\nobjectClass: posixAccount\n-\nadd: uidNumber\nuidNumber: 1007\n` +
      `-\nadd: gidNumber\ngidNumber: 700\n-\nadd: homeDirectory\nhomeDirectory: /home/p7\n\n`,
  )
  await at.ldap.change(
    `dn: ${groupDn('round')}\nchangetype: modify\nadd: member\nmember: ${groupDn('about')}\n\n`,
  )
})
afterAll(() => at.stop())

const rows = <T>(sql: string, values: unknown[] = []) =>
  at.server.app.pool.rows<T & Record<string, unknown>>(sql, values)

const pass = async (start: () => Promise<unknown> = () => at.root.call(directory.sync, {})): Promise<Job> => {
  await start()
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}

const found = async (name: string) => {
  const { groups: list } = await at.root.call(directory.listGroups, { query: { q: name, per_page: 200 } })
  const one = list.find((each) => each.name === name)
  if (!one) throw new Error(`the directory has no group ${name}`)
  return one
}
const link = async (name: string) => {
  const { primary_key: remote_id } = await found(name)
  return await at.root.call(directory.linkGroup, { params: { remote_id } })
}
const membersOf = async (groupId: string): Promise<string[]> =>
  (
    await at.root.call(groups.listMembers, { params: { group_id: groupId }, query: { per_page: 200 } })
  ).members.map(({ username }) => username)
const newTeam = (): Promise<Team> =>
  at.root.call(teams.create, { body: { name: unique('team'), display_name: 'Team', type: 'I' } })
const peopleOf = async (team: Team): Promise<string[]> =>
  (
    await rows<{ username: string }>(
      `select u.username from team_members m join users u on u.id = m.user_id
       where m.team_id = $1 and u.auth_service = 'ldap' order by u.username`,
      [team.id],
    )
  ).map(({ username }) => username)
const tie = (group: { id: string }, team: Team, body = { auto_add: true }) =>
  at.root.call(syncables.linkTeam, { params: { group_id: group.id, team_id: team.id }, body })
const change = (cn: string, lines: string) =>
  at.ldap.change(`dn: ${groupDn(cn)}\nchangetype: modify\n${lines}\n\n`)
const names = (numbers: readonly number[]) => numbers.map(uid).sort()

describe.skipIf(!hasSlapd)('groups of the directory', () => {
  it('are listed, page by page and by filters, and known only to who manages groups', async () => {
    const { count, groups: first } = await at.root.call(directory.listGroups, { query: { per_page: 2 } })
    expect(count).toBe(6)
    expect(first.map(({ name }) => name)).toEqual(['about', 'everybody'])
    const { groups: next } = await at.root.call(directory.listGroups, { query: { per_page: 2, page: 1 } })
    expect(next.map(({ name }) => name)).toEqual(['flash', 'Groß, FLASH'])
    expect(first[0]).toMatchObject({ mattermost_group_id: null, has_syncables: null })
    const linked = await at.root.call(directory.listGroups, { query: { is_linked: true } })
    expect(linked.count).toBe(0)
    await refused('api.context.permissions.app_error', at.ana.call(directory.listGroups, {}))
  })

  it('are linked once, unlinked, and brought back as the same group', async () => {
    const { primary_key: remote_id } = await found('flash')
    const address = `${at.server.url}/api/v4/ldap/groups/${remote_id}/link`
    const headers = { authorization: `Bearer ${at.root.api.token()}` }
    const ask = async () => {
      const answer = await fetch(address, { method: 'POST', headers })
      return { status: answer.status, group: (await answer.json()) as { id: string } }
    }
    const { status, group } = await ask()
    expect(status).toBe(201)
    expect(group).toMatchObject({ source: 'ldap', remote_id, name: null, allow_reference: false })
    expect((await ask()).status).toBe(200)
    expect(await found('flash')).toMatchObject({ mattermost_group_id: group.id, has_syncables: false })
    const params = { remote_id }
    await at.root.call(directory.unlinkGroup, { params })
    await refused('app.group.no_rows', at.root.call(directory.unlinkGroup, { params }))
    const again = await ask()
    expect(again).toMatchObject({ status: 200, group: { id: group.id, delete_at: 0 } })
    const nothing = { params: { remote_id: 'nothing-like-that' } }
    await refused('api.ldap_group.not_found', at.root.call(directory.linkGroup, nothing))
    await refused('app.group.no_rows', at.root.call(directory.unlinkGroup, nothing))
    await at.root.call(directory.unlinkGroup, { params })
  })

  it('have the members that the directory says: nested, in circles, by name and by number', async () => {
    const [nested, circle, posix] = [await link('Groß, FLASH'), await link('round'), await link('posix')]
    const job = await pass()
    expect(job.status).toBe('success')
    expect(job.data).toMatchObject({
      ldap_groups_count: '3',
      total_ldap_groups_count: '6',
      group_member_delete_count: '0',
    })
    expect(await membersOf(nested.id)).toEqual(['p0', 'p1', 'p2', 'p5'])
    expect(await membersOf(circle.id)).toEqual(['p10', 'p11'])
    expect(await membersOf(posix.id)).toEqual(['p6', 'p7'])
    await change('flash', `delete: member\nmember: ${dn(2)}\n-\nadd: member\nmember: ${dn(3)}`)
    expect((await pass()).data).toMatchObject({ group_member_add_count: '1', group_member_delete_count: '1' })
    expect(await membersOf(nested.id)).toEqual(['p0', 'p1', 'p3', 'p5'])
  })

  it('keep their people and places when they are renamed', async () => {
    const group = await at.root.call(directory.listGroups, { query: { q: 'round' } })
    await at.ldap.change(`dn: ${groupDn('round')}\nchangetype: modrdn\nnewrdn: cn=runde\ndeleteoldrdn: 1\n\n`)
    await pass()
    const id = group.groups[0]?.mattermost_group_id ?? ''
    expect(await at.root.call(groups.get, { params: { group_id: id } })).toMatchObject({
      display_name: 'runde',
    })
    expect(await membersOf(id)).toEqual(['p10', 'p11'])
  })

  it('bring people into a team and take them out again, without touching who came by hand', async () => {
    const [group, team] = [await link('flash'), await newTeam()]
    await pass()
    const [two] = await at.root.call(users.search, { body: { term: uid(1) } })
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: { user_id: two?.id ?? '' } })
    await tie(group, team)
    await pass()
    expect(await peopleOf(team)).toEqual(names([0, 1, 3]))
    await change('flash', `delete: member\nmember: ${dn(1)}\nmember: ${dn(3)}`)
    const preview = await at.root.call(directory.preview, {})
    expect(preview.groups).toContainEqual(
      expect.objectContaining({ display_name: 'flash', add_count: 0, remove_count: 2 }),
    )
    await pass()
    expect(await peopleOf(team)).toEqual(names([0, 1]))
  })

  it('write nothing when nothing has changed', async () => {
    const written = () =>
      rows<{ t: string; s: string }>(
        `select 'groups' as t, md5(string_agg(xmin::text || id, '' order by id)) as s from groups
         union all select 'group_members', md5(string_agg(xmin::text || group_id || user_id, '' order by group_id, user_id)) from group_members
         union all select 'syncables', md5(string_agg(xmin::text || group_id || place_id, '' order by group_id, place_id)) from syncables
         union all select 'placements', md5(string_agg(xmin::text || place_id || user_id, '' order by place_id, user_id)) from placements
         union all select 'removals', md5(string_agg(xmin::text || place_id || user_id, '' order by place_id, user_id)) from directory_removals
         union all select 'team_members', md5(string_agg(xmin::text || team_id || user_id, '' order by team_id, user_id)) from team_members
         union all select 'channel_members', md5(string_agg(xmin::text || channel_id || user_id, '' order by channel_id, user_id)) from channel_members`,
      )
    await pass()
    const before = await written()
    expect((await pass()).data).toMatchObject({ placed_count: '0', removed_count: '0' })
    expect(await written()).toEqual(before)
  })

  it('are told before, also for people who are new', async () => {
    const [group, team] = [await link('everybody'), await newTeam()]
    await pass()
    await tie(group, team)
    await hurry(at.server, 'syncables.settle')
    expect(await peopleOf(team)).toHaveLength(PEOPLE)
    await at.ldap.add(ldifPerson({ uid: 'newcomer', password: PASSWORD }))
    await change('everybody', `add: member\nmember: ${dnOf({ uid: 'newcomer' })}`)
    const preview = await at.root.call(directory.preview, {})
    expect(preview.create_count).toBe(1)
    expect(preview.places).toContainEqual(
      expect.objectContaining({ id: team.id, type: 'Team', add_count: 1 }),
    )
    expect(await peopleOf(team)).toHaveLength(PEOPLE)
  })

  it('are applied at sign-in', async () => {
    const { groups: list } = await at.root.call(directory.listGroups, { query: { q: 'everybody' } })
    const newcomer = await signIn(at.server, 'newcomer', PASSWORD)
    expect(await membersOf(list[0]?.mattermost_group_id ?? '')).toContain('newcomer')
    const own = await newcomer.call(teams.listOfUser, { params: { user_id: 'me' } })
    expect(own).toHaveLength(1)
  })

  it('bring back who left, if an administrator wants it', async () => {
    const newcomer = await signIn(at.server, 'newcomer', PASSWORD)
    const [team] = await newcomer.call(teams.listOfUser, { params: { user_id: 'me' } })
    const params = { team_id: team?.id ?? '', user_id: newcomer.id }
    await newcomer.call(teams.removeMember, { params })
    await pass()
    expect(await newcomer.call(teams.listOfUser, { params: { user_id: 'me' } })).toEqual([])
    const about = { params: { user_id: newcomer.id } }
    await at.root.call(directory.syncMemberships, about)
    await hurry(at.server, 'syncables.settle')
    expect(await newcomer.call(teams.listOfUser, { params: { user_id: 'me' } })).toHaveLength(1)
    await refused(
      'api.user.add_user_to_group_syncables.not_ldap_user.app_error',
      at.root.call(directory.syncMemberships, { params: { user_id: at.bo.id } }),
    )
  })
})

describe.skipIf(!hasSlapd)('the brake', () => {
  const going = from(20, 25)
  const held = () => at.root.call(directory.held, {})
  const letGo = async () => at.root.call(directory.release, { body: { seen: (await held()).seen } })
  const everybody = async () => {
    const { groups: list } = await at.root.call(directory.listGroups, { query: { q: 'everybody' } })
    return list[0]?.mattermost_group_id ?? ''
  }
  let team: Team

  it('holds back when a third of a group would go, and lets additions go on', async () => {
    team = await newTeam()
    await tie({ id: await everybody() }, team)
    await hurry(at.server, 'syncables.settle')
    await at.ldap.add(ldifPerson({ uid: 'late' }))
    await change(
      'everybody',
      `delete: member\n${going.map((n) => `member: ${dn(n)}`).join('\n')}\n-\nadd: member\nmember: ${dnOf({ uid: 'late' })}`,
    )
    const job = await pass()
    expect(job).toMatchObject({ status: 'warning', data: { triggers: 'membership', held_count: '25' } })
    const list = await held()
    expect(list).toMatchObject({ job_id: job.id, triggers: ['membership'] })
    expect(list.memberships).toHaveLength(25)
    expect(list.memberships[0]).toMatchObject({ type: 'Group', display_name: 'everybody' })
    const people = await peopleOf(team)
    expect(people).toEqual(expect.arrayContaining([uid(20), 'late']))
  })

  it('lets go what an administrator releases, of the group and then of its teams', async () => {
    await pass(letGo)
    expect(await membersOf(await everybody())).not.toContain(uid(20))
    const waiting = await held()
    expect(new Set(waiting.memberships.map(({ type }) => type))).toEqual(new Set(['Team']))
    expect(await peopleOf(team)).toContain(uid(20))
    expect((await pass(letGo)).status).toBe('success')
    expect(await peopleOf(team)).not.toContain(uid(20))
    expect((await held()).memberships).toEqual([])
  })

  it('counts over a day, so that many small passes do not get past it', async () => {
    // 25 of this group have gone today.
    await change('everybody', `delete: member\nmember: ${dn(0)}`)
    expect(await pass()).toMatchObject({ status: 'warning', data: { held_count: '1' } })
    await rows('update directory_removals set removed_at = 0')
    expect(await pass()).toMatchObject({ status: 'success' })
    expect(await membersOf(await everybody())).not.toContain(uid(0))
  })

  it('takes nothing away because of an answer that is halved', async () => {
    const before = await membersOf(await everybody())
    const filter = (UserFilter: string) =>
      at.root.call(settings.patch, { body: { LdapSettings: { UserFilter } } })
    await filter('(uid=p1*)')
    expect(await pass()).toMatchObject({ status: 'warning' })
    expect(await membersOf(await everybody())).toEqual(before)
    await filter('(objectClass=inetOrgPerson)')
    await pass()
    expect(await membersOf(await everybody())).toEqual(before)
  })

  it('leaves people in their groups who are missing, until that is confirmed', async () => {
    const id = await everybody()
    await at.ldap.change(`dn: ${dn(50)}\nchangetype: delete\n\n`)
    await pass()
    expect(await membersOf(id)).toContain(uid(50))
    expect(await peopleOf(team)).toContain(uid(50))
  })
})

describe.skipIf(!hasSlapd)('a pass that was cut off', () => {
  it('is finished by the next one, and nothing is doubled', async () => {
    const group = await link('flash')
    const team = await newTeam()
    await pass()
    await tie(group, team)
    await hurry(at.server, 'syncables.settle')
    const before = await peopleOf(team)
    await change(
      'flash',
      `add: member\n${from(30, 20)
        .map((n) => `member: ${dn(n)}`)
        .join('\n')}`,
    )
    await rows(`create function cut_off() returns trigger as $$ begin
      if new.user_id = (select id from users where username = 'p45') then raise exception 'cut off'; end if;
      return new; end $$ language plpgsql`)
    await rows('create trigger cut_off before insert on team_members for each row execute function cut_off()')
    // Everybody is in the group by then, but not in the team.
    expect(await pass()).toMatchObject({ status: 'error' })
    expect(await membersOf(group.id)).toContain('p45')
    expect(await peopleOf(team)).toEqual(before)
    await rows('drop trigger cut_off on team_members')
    const job = await pass()
    expect(job).toMatchObject({
      status: 'success',
      data: { group_member_add_count: '0' },
    })
    expect(await peopleOf(team)).toEqual([...before, ...names(from(30, 20))].sort())
  })

  it('archives a group that the directory has deleted, when it is empty', async () => {
    const group = await link('about')
    await pass()
    await at.ldap.change(`dn: ${groupDn('about')}\nchangetype: delete\n\n`)
    const job = await pass()
    expect(job.data).toMatchObject({ group_delete_count: '1' })
    const after = await at.root.call(groups.get, { params: { group_id: group.id } })
    expect(after.delete_at).toBeGreaterThan(0)
  })
})
