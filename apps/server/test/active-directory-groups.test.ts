/** Groups of Active Directory: lists in parts, groups in groups, primary groups, ids of bytes. */
import { hurry, type Place, place, signIn } from '@plausch/testkit'
import { directory, groups, jobs, settings } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ActiveDirectory,
  AD_BASE,
  type AdGroup,
  type AdPerson,
  adDnOf,
  adSettings,
  guid,
  startActiveDirectory,
} from './active-directory.ts'

const PASSWORD = 'right password'
const people: AdPerson[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, n) => ({
  sAMAccountName: name,
  guid: guid(n),
  password: PASSWORD,
  mail: `${name}@lab.example`,
  // The primary group is not in the list of its members.
  ...(name === 'h' && { primaryGroup: 1200 }),
}))
const dn = (name: string) => adDnOf({ sAMAccountName: name })
const groupDn = (cn: string) => `cn=${cn},ou=groups,${AD_BASE.toLowerCase()}`
const group = (n: number, cn: string, members: readonly string[]): AdGroup => ({
  cn,
  guid: guid(100 + n),
  rid: 1200 + n,
  members,
})

let at: Place
let ad: ActiveDirectory
beforeAll(async () => {
  ad = await startActiveDirectory(people, [
    group(0, 'Primary', [dn('a')]),
    group(1, 'Long', ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(dn)),
    group(2, 'Outer', [groupDn('Inner')]),
    // It contains the other one in turn.
    group(3, 'Inner', [dn('b').toUpperCase(), groupDn('Outer')]),
  ])
  at = await place()
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: adSettings(ad),
    },
  })
})
afterAll(async () => {
  await at.stop()
  ad.stop()
})

it('are linked by their GUID in hexadecimal digits, with all of their members', async () => {
  const { groups: found } = await at.root.call(directory.listGroups, {})
  expect(found.map(({ name }) => name)).toEqual(['Inner', 'Long', 'Outer', 'Primary'])
  expect(found[1]?.primary_key).toBe(guid(101).toString('hex'))
  for (const { primary_key: remote_id } of found)
    await at.root.call(directory.linkGroup, { params: { remote_id } })
  await at.root.call(directory.sync, {})
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  expect(job).toMatchObject({ status: 'success', data: { ldap_groups_count: '4' } })
  const { groups: linked } = await at.root.call(directory.listGroups, {})
  const members: Record<string, string[]> = {}
  for (const { name, mattermost_group_id } of linked) {
    const params = { group_id: mattermost_group_id ?? '' }
    members[name] = (await at.root.call(groups.listMembers, { params })).members.map((user) => user.username)
  }
  expect(members).toEqual({
    Inner: ['b'],
    Long: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    Outer: ['b'],
    Primary: ['a', 'h'],
  })
})

it('are asked about one person at sign-in, without their members', async () => {
  const before = ad.asked.length
  await signIn(at.server, 'a', PASSWORD)
  expect(ad.asked.length).toBeGreaterThan(before)
  for (const wanted of ad.asked) expect(wanted.map((each) => each.toLowerCase())).not.toContain('member')
})

it('that nobody tells in time keep nobody from signing in', async () => {
  ad.isSilent = true
  expect((await signIn(at.server, 'b', PASSWORD)).user).toMatchObject({ username: 'b' })
  ad.isSilent = false
  // The next one asks the directory as always.
  expect((await signIn(at.server, 'c', PASSWORD)).user).toMatchObject({ username: 'c' })
})
