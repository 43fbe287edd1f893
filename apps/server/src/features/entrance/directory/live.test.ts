/** Changes of a real OpenLDAP arrive by themselves. */
import { dnOf, hasSlapd, hurry, type Laboratory, laboratory, ldifPerson } from '@plausch/testkit'
import { jobs, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { distanceOf, isInVain } from './live.ts'

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

it('the distance of passes in vain grows up to a bound, and with the time that a pass takes', () => {
  expect([0, 1, 4].map((inVain) => distanceOf(1000, inVain, 0))).toEqual([1000, 2000, 16_000])
  expect(distanceOf(1000, 100, 0)).toBe(distanceOf(1000, 9, 0))
  expect(distanceOf(1000, 0, 60_000)).toBe(600_000)
})

it('a pass is not in vain if it only made places, or took pictures', () => {
  const pass = (data: Record<string, string>) => isInVain({ status: 'success', data })
  expect([pass({}), pass({ picture_count: '0' })]).toEqual([true, true])
  expect([pass({ picture_count: '1' }), pass({ namespace_made_count: '1' })]).toEqual([false, false])
})

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

  it('a pass that failed is tried again, although nothing has changed since', {
    timeout: 180_000,
  }, async () => {
    const BaseDN = at.ldap.base
    await at.root.call(settings.patch, { body: { LdapSettings: { BaseDN: `ou=nowhere,${BaseDN}` } } })
    await at.ldap.add(ldifPerson({ uid: 'cleo' }))
    await expect
      .poll(
        async () => {
          await look()
          const list = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
          return list.filter(({ status }) => status === 'error').length
        },
        { timeout: 60_000 },
      )
      .toBeGreaterThan(1)
    await at.root.call(settings.patch, { body: { LdapSettings: { BaseDN } } })
    await expect
      .poll(
        async () => {
          await look()
          return await names('cleo')
        },
        { timeout: 60_000 },
      )
      .toEqual(['cleo'])
  })
})
