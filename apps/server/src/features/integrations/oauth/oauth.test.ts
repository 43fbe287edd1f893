import { type Place, place, refused } from '@plausch/testkit'
import { oauth } from '@plausch/wire'
import { afterAll, beforeAll, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

it('there are no applications, and nobody has authorised one', async () => {
  await refused('oauth.app_not_found', at.root.call(oauth.appInfo, { params: { app_id: at.team.id } }))
  const params = { user_id: at.bo.id }
  expect(await at.bo.call(oauth.listAuthorized, { params })).toEqual([])
  await refused('api.context.permissions.app_error', at.eve.call(oauth.listAuthorized, { params }))
})
