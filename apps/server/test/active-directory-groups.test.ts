/** Groups of Active Directory: lists in parts, groups in groups, primary groups, ids of bytes. */
import { hurry, type Place, place } from '@plausch/testkit'
import { directory, groups, jobs, settings } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ActiveDirectory,
  AD_BASE,
  AD_READER,
  type AdGroup,
  type AdPerson,
  adDnOf,
  startActiveDirectory,
} from './active-directory.ts'

const guid = (n: number) =>
  Buffer.from([0x9f, 0, n, 0x28, 0x29, 0x2a, 0x5c, 8, 9, 10, 11, 12, 13, 14, 15, 255])
const people: AdPerson[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, n) => ({
  sAMAccountName: name,
  guid: guid(n),
  password: 'right password',
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
      LdapSettings: {
        Enable: true,
        LdapServer: '127.0.0.1',
        LdapPort: ad.port,
        BaseDN: AD_BASE,
        BindUsername: AD_READER.dn,
        BindPassword: AD_READER.password,
        UserFilter: '(objectClass=person)',
        IdAttribute: 'objectGUID',
        LoginIdAttribute: 'sAMAccountName',
        UsernameAttribute: 'sAMAccountName',
        EmailAttribute: 'mail',
        GroupIdAttribute: 'objectGUID',
        GroupDisplayNameAttribute: 'cn',
      },
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
