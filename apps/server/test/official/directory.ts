/** The administration of the directory and of jobs, with the official client. */
import { ldapSettings, ldifGroup, signUp, startSlapd } from '@plausch/testkit'
import { expect } from 'vitest'
import type { Day } from './cast.ts'

const ok = { status: 'OK' }
const PASS = 'ldap_sync'

export const connectDirectory = async ({ at, root, teamId, channelId }: Day) => {
  const ldap = await startSlapd()
  try {
    const tried = ldapSettings(ldap) as never
    expect(await root.testLdapConnection(tried)).toEqual(ok)
    const filters = (await root.testLdapFilters(tried)) as unknown as { test_name: string }[]
    expect(filters.map((row) => row.test_name)).toContain('UserFilter')
    expect(await root.testLdapAttributes(tried)).toEqual(expect.any(Array))
    expect(await root.testLdapGroupAttributes(tried)).toEqual(expect.any(Array))
    expect(await root.testLdapDiagnostics(tried, 'filters' as never)).toEqual(filters)
    await root.patchConfig({ LdapSettings: tried })
    expect(await root.testLdap()).toEqual(ok)
    expect(await root.uploadPublicLdapCertificate(new File([ldap.client.certificate], 'a.crt'))).toEqual(ok)
    expect(await root.uploadPrivateLdapCertificate(new File([ldap.client.key], 'a.key'))).toEqual(ok)
    expect((await root.getConfig()).LdapSettings.PrivateKeyFile).toBe('ldap-private.key')
    expect(await root.deletePublicLdapCertificate()).toEqual(ok)
    expect(await root.deletePrivateLdapCertificate()).toEqual(ok)
    expect(await root.syncLdap()).toEqual(ok)
    await ldap.add(ldifGroup('flash', []))
    const [found] = (await root.getLdapGroups()).groups
    const key = found?.primary_key ?? ''
    const group = await root.linkLdapGroup(key)
    expect(group).toMatchObject({ source: 'ldap', remote_id: key, allow_reference: false })
    const link = { auto_add: true, scheme_admin: false } as never
    const places = [
      ['team', teamId],
      ['channel', channelId],
    ] as const
    for (const [kind, id] of places) {
      await root.linkGroupSyncable(group.id, id, kind as never, link)
      expect(await root.patchGroupSyncable(group.id, id, kind as never, link)).toMatchObject({
        auto_add: true,
      })
      expect(await root.getGroupSyncables(group.id, kind as never)).toHaveLength(1)
    }
    expect(await root.teamMembersMinusGroupMembers(teamId, [group.id], 0, 10)).toHaveProperty('total_count')
    expect(await root.channelMembersMinusGroupMembers(channelId, [group.id], 0, 10)).toHaveProperty('users')
    for (const [kind, id] of places.toReversed())
      expect(await root.unlinkGroupSyncable(group.id, id, kind as never)).toEqual(ok)
    expect(await root.unlinkLdapGroup(key)).toEqual(ok)
    // Not an account of the directory.
    await expect(root.createGroupTeamsAndChannels(at.bo.id)).rejects.toMatchObject({ status_code: 400 })
    const job = await root.createJob({ type: PASS } as never)
    expect((await root.getJob(job.id)).type).toBe(PASS)
    expect((await root.getJobs()).map(({ id }) => id)).toContain(job.id)
    expect((await root.getJobsByType(PASS)).map(({ id }) => id)).toContain(job.id)
    await root.cancelJob(job.id).catch((error: unknown) => {
      // It may have ended already.
      expect(error).toMatchObject({ server_error_id: 'app.job.request_cancellation.status.error' })
    })
    // An administrator says how somebody signs in.
    const { invite_id } = await root.getTeam(teamId)
    const { id } = await signUp(at.server, 'moved', invite_id)
    const way = { auth_service: 'gitlab', auth_data: id }
    expect(await root.updateUserAuth(id, way as never)).toEqual(way)
    // Not a type that this server has.
    await expect(root.createAccessControlSyncJob({} as never)).rejects.toMatchObject({ status_code: 400 })
  } finally {
    await root.patchConfig({ LdapSettings: { Enable: false } } as never)
    await ldap.stop()
  }
}
