import { type Place, place, refused, stranger } from '@plausch/testkit'
import { system } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('answers a ping to anybody, and looks at the database when asked to', async () => {
  const nobody = stranger(at.server)
  const answer = await nobody.call(system.ping)
  expect(answer).toEqual({
    status: 'OK',
    AndroidLatestVersion: '',
    AndroidMinVersion: '',
    IosLatestVersion: '',
    IosMinVersion: '',
    ActiveSearchBackend: 'database',
  })
  expect(await nobody.call(system.ping, { query: { get_server_status: true } })).toEqual({
    ...answer,
    database_status: 'OK',
  })
  expect(await nobody.call(system.ping, { query: { device_id: 'phone' } })).toEqual({
    ...answer,
    CanReceiveNotifications: 'false',
  })
})

it('gives the licence map in the one format that v4 knows', async () => {
  const nobody = stranger(at.server)
  expect(await nobody.call(system.license, { query: { format: 'old' } })).toMatchObject({
    IsLicensed: 'true',
    MFA: 'true',
  })
  await refused('api.context.invalid_url_param.app_error', nobody.call(system.license))
})

it('has no limits, and tells the number of accounts to administrators only', async () => {
  const none = { maxUsersLimit: 0, maxUsersHardLimit: 0, postHistoryLimit: 0, lastAccessiblePostTime: 0 }
  expect(await at.root.call(system.limits)).toMatchObject({ ...none, activeUserCount: 4 })
  expect(await at.ana.call(system.limits)).toMatchObject({ ...none, activeUserCount: 0 })
  await refused('api.context.session_expired.app_error', stranger(at.server).call(system.limits))
})

it('has no plugins', async () => {
  expect(await stranger(at.server).call(system.plugins)).toEqual([])
})

it('knows the time zones', async () => {
  const zones = await at.ana.call(system.timezones)
  expect(zones).toEqual(expect.arrayContaining(['Europe/Berlin', 'America/New_York', 'UTC']))
  expect(new Set(zones).size).toBe(zones.length)
})
