/** Pictures that a real OpenLDAP has of its people. */
import {
  dnOf,
  formWith,
  hurry,
  type Laboratory,
  laboratory,
  ldifGroup,
  ldifPerson,
  signIn,
} from '@plausch/testkit'
import { directory, type Job, jobs, settings, users } from '@plausch/wire'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'

const PASSWORD = 'directory password'
const jpeg = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .jpeg()
    .toBuffer()

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
  await at.root.call(settings.patch, {
    body: { LdapSettings: { EnableSync: true, PictureAttribute: 'jpegPhoto' } },
  })
  const broken = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(2000, 7)])
  await at.ldap.add(
    ldifPerson({ uid: 'blue', password: PASSWORD, more: [['jpegPhoto', await jpeg('#00f')]] }) +
      ldifPerson({ uid: 'red', password: PASSWORD, more: [['jpegPhoto', await jpeg('#f00')]] }) +
      ldifPerson({ uid: 'broken', more: [['jpegPhoto', broken]] }) +
      ldifPerson({ uid: 'none' }),
  )
})
afterAll(() => at.stop())

const pass = async (): Promise<Job> => {
  await at.root.call(directory.sync, {})
  await hurry(at.server, 'jobs.run')
  const [job] = await at.root.call(jobs.listOfType, { params: { job_type: 'ldap_sync' } })
  if (!job) throw new Error('no pass has run')
  return job
}

const userOf = (username: string) => at.root.call(users.getByUsername, { params: { username } })
/** The colour in the middle of somebody's picture: red, green, blue. */
const colourOf = async (username: string): Promise<number[]> => {
  const { id } = await userOf(username)
  const bytes = Buffer.from(await (await at.root.fetch(`/api/v4/users/${id}/image`)).arrayBuffer())
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
  return [...data.subarray(middle, middle + 3)].map((each) => Math.round(each / 64) * 64)
}

const replace = async (uid: string, picture: Buffer | undefined) =>
  at.ldap.change(
    `dn: ${dnOf({ uid })}\nchangetype: modify\n${
      picture ? `replace: jpegPhoto\njpegPhoto:: ${picture.toString('base64')}` : 'delete: jpegPhoto'
    }\n\n`,
  )

it('come at the first sign-in, and another one at the next', async () => {
  await signIn(at.server, 'blue', PASSWORD)
  expect(await colourOf('blue')).toEqual([0, 0, 256])
  const before = (await userOf('blue')).last_picture_update
  await signIn(at.server, 'blue', PASSWORD)
  expect((await userOf('blue')).last_picture_update).toBe(before)
  await replace('blue', await jpeg('#0f0'))
  await signIn(at.server, 'blue', PASSWORD)
  expect(await colourOf('blue')).toEqual([0, 256, 0])
})

it('come with a pass; a broken one keeps nobody from coming in', async () => {
  expect((await pass()).data).toMatchObject({ created_count: '3', picture_count: '1' })
  expect(await colourOf('red')).toEqual([256, 0, 0])
  expect((await userOf('broken')).last_picture_update ?? 0).toBe(0)
  expect((await userOf('none')).last_picture_update ?? 0).toBe(0)
})

it('change with a pass when the entry has changed, and go with it', async () => {
  expect((await pass()).data).toMatchObject({ picture_count: '0' })
  await replace('red', await jpeg('#00f'))
  expect((await pass()).data).toMatchObject({ picture_count: '1' })
  expect(await colourOf('red')).toEqual([0, 0, 256])
  await replace('red', undefined)
  expect((await pass()).data).toMatchObject({ picture_count: '1' })
  expect(await colourOf('red')).not.toEqual([0, 0, 256])
})

const blind = (isBlind: boolean) =>
  isBlind
    ? at.ldap.add(ldifGroup('blind', [at.ldap.reader.dn]))
    : at.ldap.change(`dn: cn=blind,ou=groups,${at.ldap.base}\nchangetype: delete\n\n`)

it('stay while the service account may not read them, and come when it may', async () => {
  await at.ldap.add(ldifPerson({ uid: 'late', more: [['jpegPhoto', await jpeg('#f00')]] }))
  await blind(true)
  // Its entry has changed, and shows no picture.
  await at.ldap.change(`dn: ${dnOf({ uid: 'blue' })}\nchangetype: modify\nreplace: sn\nsn: Other\n\n`)
  expect((await pass()).data).toMatchObject({ created_count: '1', picture_count: '0' })
  await signIn(at.server, 'blue', PASSWORD)
  expect(await colourOf('blue')).toEqual([0, 256, 0])
  await blind(false)
  // As if the changes were long ago.
  await at.server.app.pool.run(
    `update jobs set data = data || jsonb_build_object('pictures_at', $1::text) where type = 'ldap_sync'`,
    [String(Date.now() + 3_600_000)],
  )
  expect((await pass()).data).toMatchObject({ picture_count: '1' })
  expect(await colourOf('late')).toEqual([256, 0, 0])
})

it('come when the limit of their size is raised, and with the name of the attribute in any case', async () => {
  const limit = (MaxImageResolution: number) =>
    at.root.call(settings.patch, { body: { FileSettings: { MaxImageResolution } } })
  const { MaxImageResolution } = (await at.root.call(settings.get)).FileSettings as {
    MaxImageResolution: number
  }
  await limit(1000)
  await at.root.call(settings.patch, { body: { LdapSettings: { PictureAttribute: 'jpegphoto' } } })
  await at.ldap.add(ldifPerson({ uid: 'large', more: [['jpegPhoto', await jpeg('#00f')]] }))
  expect((await pass()).data).toMatchObject({ created_count: '1', picture_count: '0' })
  await limit(MaxImageResolution)
  await at.server.app.pool.run(
    `update jobs set data = data || jsonb_build_object('pictures_at', $1::text) where type = 'ldap_sync'`,
    [String(Date.now() + 3_600_000)],
  )
  expect((await pass()).data).toMatchObject({ picture_count: '1' })
  expect(await colourOf('large')).toEqual([0, 0, 256])
})

it('are not changed here', async () => {
  const person = await signIn(at.server, 'blue', PASSWORD)
  const path = '/api/v4/users/me/image'
  const body = formWith('image', 'me.jpg', new Uint8Array(await jpeg('#000')))
  const set = await person.fetch(path, { method: 'POST', body })
  const fault = { id: 'api.user.patch_user.login_provider_attribute_set.app_error' }
  expect(await set.json()).toMatchObject(fault)
  expect(await (await person.fetch(path, { method: 'DELETE' })).json()).toMatchObject(fault)
})
