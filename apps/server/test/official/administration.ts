/** Server administration with the official client. */
import { expect } from 'vitest'
import type { Day } from './cast.ts'
import { pixel } from './places.ts'

export const lookAfterServer = async ({ root }: Day) => {
  const config = await root.getConfig()
  expect(config.TeamSettings.SiteName).toBe('Plausch')
  const patched = await root.patchConfig({ TeamSettings: { CustomDescriptionText: 'ours' } })
  expect(patched.TeamSettings.CustomDescriptionText).toBe('ours')
  expect((await root.updateConfig(config)).TeamSettings.CustomDescriptionText).toBe('')
  expect(await root.reloadConfig()).toEqual({ status: 'OK' })
  expect(await root.getEnvironmentConfig()).toEqual(expect.any(Object))
  expect((await root.getAudits(0, 5)).length).toBeGreaterThan(0)
  expect(await root.uploadBrandImage(new File([Buffer.from(pixel, 'base64')], 'brand.png'))).toEqual({
    status: 'OK',
  })
  expect(await root.deleteBrandImage()).toEqual({ status: 'OK' })
  const role = await root.getRoleByName('channel_user')
  const { permissions } = await root.patchRole(role.id, { permissions: role.permissions })
  expect(permissions.toSorted()).toEqual(role.permissions.toSorted())
}
