/** What an upgrade keeps for existing people where a new server starts with another default. */
import { dropDatabase, freshDatabase, serverForTest, signUp, startServer, unique } from '@plausch/testkit'
import { settings, teams, users } from '@plausch/wire'
import { expect, it, onTestFinished } from 'vitest'

/** A database without a certain migration, which then runs again. */
const before = async (migration: string): Promise<string> => {
  const url = await freshDatabase()
  onTestFinished(() => dropDatabase(url))
  const server = await startServer({}, url)
  await server.app.pool.run('delete from migrations where name = $1', [migration])
  await server.stop()
  return url
}

const isShown = async (url?: string): Promise<boolean> => {
  const server = url ? await startServer({}, url) : await serverForTest()
  if (url) onTestFinished(() => server.stop())
  const root = await signUp(server, 'root')
  const body = { name: unique('team'), display_name: 'Team', type: 'I' as const }
  const bo = await signUp(server, 'bo', (await root.call(teams.create, { body })).invite_id)
  const seen = await bo.call(users.get, { params: { user_id: root.id } })
  const { PrivacySettings } = await root.call(settings.get)
  expect(seen.email !== '').toBe(PrivacySettings?.ShowEmailAddress)
  expect((await bo.call(users.get, { params: { user_id: 'me' } })).email).toBe(bo.user.email)
  expect((await root.call(users.get, { params: { user_id: bo.id } })).email).toBe(bo.user.email)
  return seen.email !== ''
}

it('hides addresses from others on a new server, and keeps showing them on one that did before', async () => {
  expect(await isShown()).toBe(false)
  expect(await isShown(await before('0078_addresses.sql'))).toBe(true)
})
