/** What passes say about their changes, and to whom. */
import {
  dnOf,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  refused,
  unique,
} from '@plausch/testkit'
import { directory, type Job, jobs, roles, settings, syncables, teams, users } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listPlaceNames } from './store.ts'

let at: Laboratory
beforeAll(async () => {
  at = await laboratory({ isBis: true })
  await at.root.call(settings.patch, {
    body: { LdapSettings: { EnableSync: true }, PlauschSettings: { LdapConfirmMissingMinutes: 0 } },
  })
  await at.ldap.add(
    ['one', 'two', 'three'].map((uid) => ldifPerson({ uid })).join('') +
      ldifGroup('optics', [dnOf({ uid: 'one' }), dnOf({ uid: 'two' })]),
  )
})
afterAll(() => at.stop())

const pass = async (start: () => Promise<unknown> = () => at.root.call(directory.sync, {})): Promise<Job> => {
  await start()
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}
const changesOf = async ({ id }: Job, kind = '') =>
  (await at.root.call(directory.listChanges, { params: { job_id: id }, query: { kind } })).map(
    ({ kind: what, username, display_name, reason }) => [what, username, display_name, reason],
  )

it('tells each change of accounts with its reason, and nothing when nothing has changed', async () => {
  expect(await changesOf(await pass(), 'created')).toEqual([
    ['created', 'one', '', ''],
    ['created', 'two', '', ''],
    ['created', 'three', '', ''],
  ])
  expect(await changesOf(await pass())).toEqual([])
  await at.ldap.change(
    `dn: ${dnOf({ uid: 'three' })}\nchangetype: modify\nreplace: sn\nsn: Novák\n-\nadd: title\ntitle: Chief\n\n`,
  )
  expect(await changesOf(await pass())).toEqual([['changed', 'three', '', 'last_name, position']])
  await at.ldap.change(`dn: ${dnOf({ uid: 'three' })}\nchangetype: delete\n\n`)
  await pass()
  await pass()
  const [person] = await at.root.call(users.search, { body: { term: 'three', allow_inactive: true } })
  expect(person?.delete_at).toBeGreaterThan(0)
  const all = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  const told = (await Promise.all(all.map((job) => changesOf(job, 'deactivated')))).flat()
  expect(told).toEqual([['deactivated', 'three', '', 'missing']])
})

it('tells memberships with the groups that they follow from; private places only to administrators', async () => {
  const { groups } = await at.root.call(directory.listGroups, { query: { q: 'optics' } })
  const remote_id = groups[0]?.primary_key ?? ''
  const group = await at.root.call(directory.linkGroup, { params: { remote_id } })
  const team = await at.root.call(teams.create, {
    body: { name: unique('team'), display_name: 'Secret team', type: 'I' },
  })
  const params = { group_id: group.id, team_id: team.id }
  await at.root.call(syncables.linkTeam, { params, body: { auto_add: true, scheme_admin: true } })
  await pass(async () => {})
  const all = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  const told = (await Promise.all(all.map((job) => changesOf(job)))).flat()
  expect(told).toContainEqual(['group_joined', 'one', 'optics', ''])
  await at.ldap.change(
    `dn: cn=optics,ou=groups,dc=lab,dc=example\nchangetype: modify\nadd: member\nmember: ${dnOf({ uid: 'four' })}\n\n`,
  )
  await at.ldap.add(ldifPerson({ uid: 'four' }))
  const job = await pass()
  expect(await changesOf(job)).toEqual([
    ['created', 'four', '', ''],
    ['group_joined', 'four', 'optics', ''],
    ['joined', 'four', 'Secret team', 'optics'],
    ['promoted', 'four', 'Secret team', 'optics'],
  ])

  // A helper who may read passes learns of no private team.
  await at.root.call(users.setRoles, {
    params: { user_id: at.ana.id },
    body: { roles: 'system_user system_read_only_admin' },
  })
  const [role] = await at.root.call(roles.listByNames, { body: ['system_read_only_admin'] })
  expect(role?.permissions).toContain('read_ldap_sync_job')
  const seen = await at.ana.call(directory.listChanges, {
    params: { job_id: job.id },
    query: { kind: 'joined' },
  })
  expect(seen).toMatchObject([{ username: 'four', place_type: 'Team', display_name: '' }])
  // What makes a team public is that everybody may join it, whatever its old type says.
  const nameFor = async (allow_open_invite: boolean, type: string) => {
    await at.server.app.pool.run('update teams set allow_open_invite = $2, type = $3 where id = $1', [
      team.id,
      allow_open_invite,
      type,
    ])
    const query = { kind: 'joined' as const }
    const rows = await at.ana.call(directory.listChanges, { params: { job_id: job.id }, query })
    const names = await listPlaceNames(at.server.app.pool, [team.id], false)
    return [rows[0]?.display_name, names.get(team.id)]
  }
  expect(await nameFor(true, 'I')).toEqual(['Secret team', 'Secret team'])
  expect(await nameFor(false, 'O')).toEqual(['', undefined])
  await refused(
    'api.context.permissions.app_error',
    at.bo.call(directory.listChanges, { params: { job_id: job.id } }),
  )
})
