/**
 * Delegated rights do not reach people with more rights. Somebody with every right on the server except
 * managing it acts for members, and in no operation for an administrator. Made from the permission matrix:
 * every operation about another person is tried automatically.
 */
import { place, refused, unlimited } from '@plausch/testkit'
import { passwords, roles, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operationNamed, paramsOf } from '../rows.ts'
import { draftOf, isSuccess, send } from './request.ts'
import { build, type Scene } from './scene.ts'
import { table } from './table.ts'

/** A person who may read everybody's audit log may read an administrator's. */
const withheld = new Set(['manage_system', 'read_audits'])

let scene: Scene
beforeAll(async () => {
  scene = await build(await place({ fixed: unlimited }))
  const role = await scene.owner.call(roles.getByName, { params: { role_name: 'system_user_manager' } })
  const { permissions } = await scene.owner.call(roles.getByName, { params: { role_name: 'system_admin' } })
  const granted = permissions.filter((name) => !withheld.has(name))
  await scene.owner.call(roles.patch, { params: { role_id: role.id }, body: { permissions: granted } })
  await setRoles(scene.people.member.id, 'system_user system_user_manager')
})
afterAll(() => scene.at.stop())

const setRoles = (user_id: string, names: string) =>
  scene.owner.call(users.setRoles, { params: { user_id }, body: { roles: names } })

/** Operations on an account for which not simply everybody succeeds. */
const ids = Object.entries(table)
  .filter(([id, { others }]) => others && paramsOf(operationNamed(id)).includes('user_id'))
  .filter(([, { others }]) => !others?.includes('inside'))
  // It is about guests, and no guest is an administrator.
  .filter(([id]) => id !== 'users.promote')
  .map(([id]) => id)

const attempt = async (id: string, isAboutAdministrator = false) => {
  const draft = await draftOf(scene, operationNamed(id), 'others', 'member')
  if (isAboutAdministrator) await setRoles(draft.params.user_id ?? '', 'system_user system_admin')
  const answer = await send(id, draft)
  await draft.after?.()
  return answer
}

describe('a person with every right except managing the server', () => {
  it('acts for members', async () => {
    for (const id of ['users.patch', 'sessions.list', 'preferences.list', 'presence.set', 'teams.listOfUser'])
      expect(isSuccess(await attempt(id)), id).toBe(true)
  })

  it.each(ids)('H25: cannot use %s on an administrator', async (id) => {
    const answer = await attempt(id, true)
    expect([403, 404], answer.text).toContain(answer.status)
  })
})

it('nobody acts for a person with a right that they do not have themselves', async () => {
  const { inside, elsewhere } = scene.people
  const role = await scene.owner.call(roles.getByName, { params: { role_name: 'system_custom_group_admin' } })
  const body = { permissions: [...role.permissions, 'edit_other_users'] }
  await scene.owner.call(roles.patch, { params: { role_id: role.id }, body })
  await setRoles(inside.id, 'system_user system_custom_group_admin')
  const change = () =>
    inside.call(passwords.change, {
      params: { user_id: elsewhere.id },
      body: { new_password: 'another horse battery' },
    })
  await change()
  await setRoles(elsewhere.id, 'system_user system_user_access_token')
  await refused('api.context.permissions.app_error', change())
})
