/** Signing in by a directory with the ways of Active Directory. */
import { hurry, type Place, place, refused, signIn } from '@plausch/testkit'
import { directory, jobs, settings } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ActiveDirectory,
  type AdPerson,
  adSettings,
  guid,
  startActiveDirectory,
} from './active-directory.ts'

const PASSWORD = 'right password'
const person = (n: number, sAMAccountName: string, more: Partial<AdPerson> = {}): AdPerson => ({
  sAMAccountName,
  guid: guid(n),
  password: PASSWORD,
  mail: `${sAMAccountName}@lab.example`,
  ...more,
})

const photographed = person(8, 'photographed')

let at: Place
let ad: ActiveDirectory
beforeAll(async () => {
  ad = await startActiveDirectory([
    person(1, 'ada'),
    person(2, 'expired', { refusal: '532' }),
    person(3, 'mustchange', { refusal: '773' }),
    person(4, 'off', { refusal: '533' }),
    person(5, 'locked', { refusal: '775' }),
    person(6, 'hours', { refusal: '530' }),
    person(7, 'disabled', { userAccountControl: 514 }),
    photographed,
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

const enter = (name: string, password = PASSWORD) => signIn(at.server, name, password)
const WRONG = 'api.user.login.invalid_credentials_email_username'

it('the id is objectGUID in hexadecimal digits, and finds the account again by its address', async () => {
  const ada = await enter('ada')
  expect(ada.user).toMatchObject({ username: 'ada', last_name: 'Müller', auth_service: 'ldap' })
  const row = await at.server.app.pool.row<{ auth_data: string }>(
    'select auth_data from users where id = $1',
    [ada.id],
  )
  expect(row?.auth_data).toBe(guid(1).toString('hex'))
  expect((await enter('ada@lab.example')).id).toBe(ada.id)
})

it('the reasons in its refusals become sentences', async () => {
  await refused(WRONG, enter('ada', 'wrong'))
  await refused('directory.password_expired', enter('expired'))
  await refused(WRONG, enter('expired', 'wrong'))
  await refused('directory.password_expired', enter('mustchange'))
  await refused('directory.refused', enter('off'))
  await refused('directory.refused', enter('hours'))
  await refused('directory.locked', enter('locked'))
  await refused('directory.refused', enter('disabled'))
})

it('an empty password, which it takes for nobody, is never sent', async () => {
  const before = ad.binds.length
  await refused(WRONG, enter('ada', ''))
  expect(ad.binds.slice(before)).toEqual([])
})

it('pictures follow the time of change that it can be searched by', async () => {
  const one = (background: string) =>
    sharp({ create: { width: 90, height: 90, channels: 3, background } })
      .jpeg()
      .toBuffer()
  await at.root.call(settings.patch, {
    body: {
      LdapSettings: { EnableSync: true, PictureAttribute: 'thumbnailPhoto' },
      PlauschSettings: { LdapLiveSeconds: 0 },
    },
  })
  const pass = async () => {
    await at.root.call(directory.sync, {})
    await hurry(at.server, 'jobs.run')
    return (await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } }))[0]?.data
  }
  photographed.thumbnailPhoto = await one('#f00')
  expect(await pass()).toMatchObject({ picture_count: '1' })
  photographed.thumbnailPhoto = await one('#00f')
  photographed.whenChanged = '20990101000000.0Z'
  expect(await pass()).toMatchObject({ picture_count: '1' })
})
