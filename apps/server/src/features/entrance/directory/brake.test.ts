/** What the brake holds back of the groups of a real OpenLDAP, and how it lets go. */
import {
  dnOf,
  hasSlapd,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  refused,
  unique,
} from '@plausch/testkit'
import { directory, type Group, groups, type Job, jobs, settings, syncables, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PEOPLE = 40
const uid = (n: number) => `p${n}`
const dn = (n: number) => dnOf({ uid: uid(n) })
const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n)
const groupDn = (cn: string) => `cn=${cn},ou=groups,dc=lab,dc=example`

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
  await at.root.call(settings.patch, {
    body: {
      // A group that is deleted and made again is the same one.
      LdapSettings: { EnableSync: true, GroupIdAttribute: 'cn' },
      PlauschSettings: { LdapConfirmMissingMinutes: 0 },
    },
  })
  await at.ldap.load(
    from(0, PEOPLE)
      .map((n) => ldifPerson({ uid: uid(n) }))
      .join(''),
  )
})
afterAll(() => at.stop())

const rows = <T>(sql: string, values: unknown[] = []) =>
  at.server.app.pool.rows<T & Record<string, unknown>>(sql, values)
const sync = () => at.root.call(directory.sync, {})
const held = () => at.root.call(directory.held, {})
const release = (seen: string) => at.root.call(directory.release, { body: { seen } })
const letGo = async () => release((await held()).seen)
const pass = async (start: () => Promise<unknown> = sync): Promise<Job> => {
  await start()
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}
const add = (cn: string, members: readonly number[]) => at.ldap.add(ldifGroup(cn, members.map(dn)))
const drop = (cn: string) => at.ldap.change(`dn: ${groupDn(cn)}\nchangetype: delete\n\n`)
const link = (remote_id: string) => at.root.call(directory.linkGroup, { params: { remote_id } })
const groupOf = (group: Group) => at.root.call(groups.get, { params: { group_id: group.id } })
const membersOf = async (group: Group): Promise<string[]> =>
  (
    await at.root.call(groups.listMembers, { params: { group_id: group.id }, query: { per_page: 200 } })
  ).members.map(({ username }) => username)
const names = (numbers: readonly number[]) => numbers.map(uid).sort()

/** A team of which a group decides who is in it. */
const tied = async (group: Group) => {
  const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
  const team = await at.root.call(teams.create, { body })
  const params = { group_id: group.id, team_id: team.id }
  await at.root.call(syncables.linkTeam, { params, body: { auto_add: true } })
  await hurry(at.server, 'syncables.settle')
  await at.root.call(teams.patch, { params: { team_id: team.id }, body: { group_constrained: true } })
  await hurry(at.server, 'syncables.settle')
  return team
}
const peopleOf = async ({ id }: { id: string }): Promise<string[]> =>
  (
    await rows<{ username: string }>(
      `select u.username from team_members m join users u on u.id = m.user_id
       where m.team_id = $1 and u.auth_service = 'ldap' order by u.username`,
      [id],
    )
  ).map(({ username }) => username)

describe.skipIf(!hasSlapd)('a linked group', () => {
  it('takes nobody out of its team before a pass has read it', async () => {
    await add('early', from(0, 2))
    const params = { group_id: (await link('early')).id }
    await pass()
    const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
    const team = await at.root.call(teams.create, { body })
    const [three] = await rows<{ id: string }>(`select id from users where username = 'p3'`)
    const user = { user_id: three?.id ?? '' }
    await at.root.call(teams.addMember, { params: { team_id: team.id }, body: user })
    // As if the pass that linking started still waited.
    await rows(`update groups set read_at = 0 where id = $1`, [params.group_id])
    await rows(`delete from group_members where group_id = $1`, [params.group_id])
    const about = { params: { ...params, team_id: team.id } }
    await at.root.call(syncables.linkTeam, { ...about, body: { auto_add: true } })
    await at.root.call(teams.patch, { params: { team_id: team.id }, body: { group_constrained: true } })
    await hurry(at.server, 'syncables.settle')
    expect(await peopleOf(team)).toEqual(['p3'])
    const settle = async () => {
      await at.root.call(syncables.patchTeam, { ...about, body: { auto_add: true } })
      await hurry(at.server, 'syncables.settle')
    }
    // An answer that is not believed has read nothing.
    const filter = (UserFilter: string) =>
      at.root.call(settings.patch, { body: { LdapSettings: { UserFilter } } })
    await filter('(uid=p1*)')
    expect(await pass()).toMatchObject({ status: 'warning' })
    await settle()
    expect(await peopleOf(team)).toContain('p3')
    await filter('(objectClass=inetOrgPerson)')
    await pass()
    expect(await peopleOf(team)).toEqual(['p0', 'p1'])
  })

  it('that the directory has deleted takes its people out of its team, and is archived then', async () => {
    await add('small', from(0, 5))
    const group = await link('small')
    await pass()
    const team = await tied(group)
    expect(await peopleOf(team)).toEqual(names(from(0, 5)))
    await drop('small')
    expect((await pass()).data).toMatchObject({ group_delete_count: '1' })
    expect(await peopleOf(team)).toEqual([])
    expect((await groupOf(group)).delete_at).toBeGreaterThan(0)
  })

  it('that was large is archived only when the brake has let the people of its team go', async () => {
    await add('large', from(0, 15))
    const group = await link('large')
    await pass()
    const team = await tied(group)
    await drop('large')
    expect(await pass()).toMatchObject({ status: 'warning' })
    expect(await membersOf(group)).toHaveLength(15)
    expect(await pass(letGo)).toMatchObject({ status: 'warning' })
    expect(await membersOf(group)).toEqual([])
    expect(await peopleOf(team)).toHaveLength(15)
    expect((await groupOf(group)).delete_at).toBe(0)
    expect(await pass(letGo)).toMatchObject({ status: 'success' })
    expect(await peopleOf(team)).toEqual([])
    expect((await groupOf(group)).delete_at).toBeGreaterThan(0)
  })

  it('is archived although one of its people was switched off', async () => {
    await add('left', [30, 31])
    const group = await link('left')
    await pass()
    await at.ldap.change(`dn: ${dn(31)}\nchangetype: delete\n\n`)
    await pass()
    await pass()
    await drop('left')
    await pass()
    expect((await groupOf(group)).delete_at).toBeGreaterThan(0)
  })
})

describe.skipIf(!hasSlapd)('many groups that are gone at once', () => {
  const four = ['north', 'east', 'south', 'west']
  const linked: Group[] = []
  let team: { id: string }

  it('take nothing away until they are back', async () => {
    await rows('update directory_removals set removed_at = 0')
    for (const cn of four) {
      await add(cn, from(10, 15))
      linked.push(await link(cn))
    }
    await pass()
    team = await tied(linked[0] as Group)
    for (const { id } of linked.slice(1, 3))
      await at.root.call(syncables.linkTeam, {
        params: { group_id: id, team_id: team.id },
        body: { auto_add: true },
      })
    await hurry(at.server, 'syncables.settle')
    for (const cn of four) await drop(cn)
    for (let n = 0; n < 2; n += 1)
      expect(await pass()).toMatchObject({ status: 'warning', data: { triggers: 'groups_gone' } })
    expect((await held()).triggers).toEqual(['groups_gone'])
    for (const group of linked) expect(await membersOf(group)).toEqual(names(from(10, 15)))
    for (const cn of four) await add(cn, from(10, 15))
    expect(await pass()).toMatchObject({ status: 'success' })
    expect((await held()).triggers).toEqual([])
  })

  it('go when an administrator confirms it, and only those that were seen', async () => {
    for (const cn of four.slice(0, 3)) await drop(cn)
    await pass()
    // The groups are empty then, and the people of their team wait.
    for (const start of [letGo, sync]) {
      expect(await pass(start)).toMatchObject({ data: { triggers: 'membership' } })
      expect(await peopleOf(team)).toHaveLength(15)
    }
    await pass(letGo)
    expect(await peopleOf(team)).toEqual([])
    for (const group of linked.slice(0, 3)) expect((await groupOf(group)).delete_at).toBeGreaterThan(0)
    expect(await pass()).toMatchObject({ status: 'success' })
    expect((await groupOf(linked[3] as Group)).delete_at).toBe(0)
  })
})

describe.skipIf(!hasSlapd)('people who do not fit', () => {
  it('are told to the administrator, with the reason', async () => {
    await add('misfits', [20, 21])
    const group = await link('misfits')
    const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
    const team = await at.root.call(teams.create, { body })
    const domains = (allowed_domains: string) =>
      at.root.call(teams.update, { params: { team_id: team.id }, body: { ...team, allowed_domains } })
    await domains('elsewhere.example')
    const params = { group_id: group.id, team_id: team.id }
    await at.root.call(syncables.linkTeam, { params, body: { auto_add: true } })
    const told = async () => {
      const { data } = await pass()
      const list: { place_id: string; problem: string }[] = JSON.parse(data.refused ?? '[]')
      return list.filter(({ place_id }) => place_id === team.id).map(({ problem }) => problem)
    }
    expect(await told()).toEqual(['onboarding.domain', 'onboarding.domain'])
    await domains('')
    const seats = (MaxUsersPerTeam: number) =>
      at.root.call(settings.patch, { body: { TeamSettings: { MaxUsersPerTeam } } })
    await seats(2)
    expect(await told()).toEqual(['teams.full'])
    await seats(1000)
    expect(await told()).toEqual([])
  })
})

describe.skipIf(!hasSlapd)('what is held', () => {
  let group: Group

  it('stays with the pass that held it first, also while an answer is not believed', async () => {
    await add('wide', from(0, 20))
    group = await link('wide')
    await pass()
    await at.ldap.change(
      `dn: ${groupDn('wide')}\nchangetype: modify\ndelete: member\n${from(0, 10)
        .map((n) => `member: ${dn(n)}`)
        .join('\n')}\n\n`,
    )
    const first = await pass()
    const list = await held()
    expect(list).toMatchObject({ job_id: first.id, triggers: ['membership'] })
    await pass()
    expect(await held()).toEqual(list)
    const filter = (UserFilter: string) =>
      at.root.call(settings.patch, { body: { LdapSettings: { UserFilter } } })
    await filter('(uid=nobody)')
    expect(await pass()).toMatchObject({ status: 'warning' })
    const doubted = await held()
    expect(doubted.triggers).toContain('empty')
    expect(doubted.memberships).toEqual(list.memberships)
    await filter('(objectClass=inetOrgPerson)')
    await pass()
    expect(await held()).toEqual(list)
    // Whoever saw the list with the doubts has not seen this one.
    await refused('directory.held_changed', release(doubted.seen))
  })

  it('stays when a pass is canceled before it came to it', async () => {
    await rows(
      `insert into directory_held_members (place_id, user_id, kind, job_id, held_at)
       select $1, id, 'Team', $2, 1 from users where username = 'p1'`,
      [at.team.id, (await held()).job_id],
    )
    const list = await held()
    expect(list.memberships.map(({ type }) => type)).toContain('Team')
    await at.ldap.add(ldifPerson({ uid: 'stranger' }))
    await rows(`create function cancels() returns trigger as $$ begin
      update jobs set status = 'cancel_requested' where status = 'in_progress'; return new;
      end $$ language plpgsql`)
    await rows('create trigger cancels after insert on users for each row execute function cancels()')
    expect(await pass()).toMatchObject({ status: 'canceled' })
    await rows('drop trigger cancels on users')
    expect(await held()).toEqual(list)
  })

  it('goes by a release, although another pass comes in between', async () => {
    await pass()
    const { seen, memberships } = await held()
    expect(memberships.map(({ type }) => type)).not.toContain('Team')
    await pass(async () => {
      // It waits, and runs before the release does.
      await sync()
      await release(seen)
    })
    expect(await membersOf(group)).toEqual(names(from(10, 10)))
    expect((await held()).memberships).toEqual([])
    await refused('directory.nothing_held', release(seen))
  })
})
