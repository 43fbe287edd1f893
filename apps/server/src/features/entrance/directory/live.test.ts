/** Changes of a real OpenLDAP arrive by themselves. */
import { dnOf, hasSlapd, hurry, type Laboratory, laboratory, ldifPerson } from '@plausch/testkit'
import { settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
  await at.ldap.add(ldifPerson({ uid: 'ada' }))
})
afterAll(() => at.stop())

const names = async (term: string) =>
  (await at.root.call(users.search, { body: { term, allow_inactive: true } })).map(({ username }) => username)
/** Looks at the directory, and lets a pass run if one was started. */
const look = async () => {
  await at.server.app.pool.run(`update queue_jobs set run_at = 0 where queue = 'directory.live'`)
  await hurry(at.server, 'jobs.run')
}

describe.skipIf(!hasSlapd)('with live changes', () => {
  it('newcomers come, names change and people go without a pass by hand', async () => {
    await at.root.call(settings.patch, {
      body: {
        LdapSettings: { EnableSync: true, SyncIntervalMinutes: 10_000 },
        PlauschSettings: { LdapLiveSeconds: 1, LdapConfirmMissingMinutes: 0 },
      },
    })
    // The look that knows where it begins.
    await hurry(at.server, 'directory.live')
    await at.ldap.add(ldifPerson({ uid: 'bea' }))
    await expect
      .poll(async () => {
        await look()
        return await names('bea')
      })
      .toEqual(['bea'])
    await at.ldap.change(`dn: ${dnOf({ uid: 'bea' })}\nchangetype: modify\nreplace: sn\nsn: Neu\n\n`)
    await expect
      .poll(async () => {
        await look()
        return (await at.root.call(users.search, { body: { term: 'bea' } }))[0]?.last_name
      })
      .toBe('Neu')
  })
})
