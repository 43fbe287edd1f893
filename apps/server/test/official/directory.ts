/** The administration of the directory and of jobs, with the official client. */
import { ldapSettings, startSlapd } from '@plausch/testkit'
import { expect } from 'vitest'
import type { Day } from './cast.ts'

const ok = { status: 'OK' }
const PASS = 'ldap_sync'

export const connectDirectory = async ({ root }: Day) => {
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
    const job = await root.createJob({ type: PASS } as never)
    expect((await root.getJob(job.id)).type).toBe(PASS)
    expect((await root.getJobs()).map(({ id }) => id)).toContain(job.id)
    expect((await root.getJobsByType(PASS)).map(({ id }) => id)).toContain(job.id)
    await root.cancelJob(job.id).catch((error: unknown) => {
      // It may have ended already.
      expect(error).toMatchObject({ server_error_id: 'app.job.request_cancellation.status.error' })
    })
    // Not a type that this server has.
    await expect(root.createAccessControlSyncJob({} as never)).rejects.toMatchObject({ status_code: 400 })
  } finally {
    await root.patchConfig({ LdapSettings: { Enable: false } } as never)
    await ldap.stop()
  }
}
