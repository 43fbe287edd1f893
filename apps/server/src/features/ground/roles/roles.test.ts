import { type Place, place, refused, write } from '@plausch/testkit'
import { permissions, roles, settings, teams } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let at: Place
beforeAll(async () => {
  at = await place()
})
afterAll(() => at.stop())

const named = async (name: string) => await at.bo.call(roles.getByName, { params: { role_name: name } })

describe('the list of roles', () => {
  it('is for administrators; single roles are for everybody', async () => {
    const all = await at.root.call(roles.list)
    expect(all.map((role) => role.name)).toEqual(
      expect.arrayContaining(['system_admin', 'team_user', 'channel_guest']),
    )
    await refused('api.context.permissions.app_error', at.ana.call(roles.list))
    const admin = await named('system_admin')
    expect(await at.bo.call(roles.get, { params: { role_id: admin.id } })).toEqual(admin)
  })

  it('returns roles by names, skips unknown names, and refuses too many', async () => {
    const some = await at.bo.call(roles.listByNames, {
      body: ['team_user', 'constructor', 'team_user', 'nonsense', ''],
    })
    expect(some.map((role) => role.name)).toEqual(['team_user'])
    const names = Array.from({ length: 101 }, () => 'team_user')
    await refused('api.context.invalid_body_param.app_error', at.bo.call(roles.listByNames, { body: names }))
    await refused(
      'api.context.404.app_error',
      at.bo.call(roles.getByName, { params: { role_name: 'nonsense' } }),
    )
  })
})

describe('the permissions of the built-in roles', () => {
  it("are v4's, except for creating teams", async () => {
    const holds = async (name: string) => new Set((await named(name)).permissions)
    const [user, teamUser, guest] = [
      await holds('system_user'),
      await holds('team_user'),
      await holds('team_guest'),
    ]
    expect(user).toContain('create_direct_channel')
    expect(user).not.toContain('create_team')
    expect(teamUser).toContain('create_private_channel')
    expect([...guest]).toEqual(['view_team'])
  })

  it('all exist', async () => {
    const all = await at.root.call(roles.list)
    const unknown = all.flatMap((role) => role.permissions.filter((id) => !(id in permissions)))
    expect(unknown).toEqual([])
    const admin = all.find((role) => role.name === 'system_admin')
    const live = new Set(admin?.permissions)
    expect(all.flatMap((role) => role.permissions.filter((id) => !live.has(id)))).toEqual([])
  })
})

it('members can create teams while an administrator has switched that on', async () => {
  const create = (name: string) => at.bo.call(teams.create, { body: { name, display_name: name, type: 'O' } })
  const isSwitched = (isOn: boolean) =>
    at.root.call(settings.patch, { body: { PlauschSettings: { MembersMayCreateTeams: isOn } } })
  await refused('api.context.permissions.app_error', create('before-switch'))
  await isSwitched(true)
  expect((await named('system_user')).permissions).toContain('create_team')
  expect(await create('while-switched')).toMatchObject({ name: 'while-switched' })
  await isSwitched(false)
  expect((await named('system_user')).permissions).not.toContain('create_team')
  await refused('api.context.permissions.app_error', create('after-switch'))
})

describe('changing a role', () => {
  it('takes effect at once, and everybody gets the event', async () => {
    const role = await named('channel_user')
    const set = (list: string[]) =>
      at.root.call(roles.patch, { params: { role_id: role.id }, body: { permissions: list } })
    const socket = await at.eve.listen()
    const less = await set(role.permissions.filter((id) => id !== 'create_post'))
    expect(less.permissions).not.toContain('create_post')
    expect(JSON.parse((await socket.next('role_updated')).role)).toEqual(less)
    await refused('api.context.permissions.app_error', write(at.bo, at.townSquare, 'no'))
    expect((await set(role.permissions)).permissions.toSorted()).toEqual(role.permissions.toSorted())
    await write(at.bo, at.townSquare, 'yes')
    socket.close()
  })

  it('is for administrators of the server, and impossible for their own role', async () => {
    const role = await named('team_user')
    const change = (by: typeof at.root, id: string, list: string[]) =>
      by.call(roles.patch, { params: { role_id: id }, body: { permissions: list } })
    await refused('api.context.permissions.app_error', change(at.ana, role.id, ['manage_system']))
    await refused('roles.fixed', change(at.root, (await named('system_admin')).id, []))
    await refused('roles.unknown_permission', change(at.root, role.id, ['fly']))
    expect(await named('team_user')).toEqual(role)
  })
})
