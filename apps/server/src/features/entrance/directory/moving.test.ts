/** Moving accounts of other ways to a real OpenLDAP, which an administrator does after a preview. */
import {
  hurry,
  type Laboratory,
  laboratory,
  ldifPerson,
  refused,
  signIn,
  signUp,
  unique,
} from '@plausch/testkit'
import { accounts, directory, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PASSWORD = 'directory password'

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
})
afterAll(() => at.stop())

const byMail = { from: 'email', match_field: 'email' } as const
const preview = (body: { from: 'email'; match_field: 'email' | 'username' } = byMail) =>
  at.root.call(directory.previewMigration, { body })
const migrate = (force = true) => at.root.call(directory.migrateAccounts, { body: { ...byMail, force } })
const wayOf = async (username: string) =>
  (await at.root.call(users.getByUsername, { params: { username } })).auth_service

describe('accounts with a password', () => {
  it('move only as an administrator has seen it, and sign in by the directory then', async () => {
    const nia = await signUp(at.server, 'nia', at.team.invite_id)
    await refused('directory.preview_first', migrate())
    await at.ldap.add(
      ldifPerson({ uid: nia.username, mail: `${nia.username}@example.org`, password: PASSWORD }),
    )
    const seen = await preview()
    expect(seen.moves).toMatchObject([{ user_id: nia.id, username: nia.username }])
    expect(seen.left).toEqual(
      expect.arrayContaining([
        { user_id: at.root.id, username: at.root.username, reason: 'administrator' },
        { user_id: at.ana.id, username: at.ana.username, reason: 'not_found' },
      ]),
    )
    // Somebody else fits now: that was not seen.
    const ole = await signUp(at.server, 'ole', at.team.invite_id)
    await at.ldap.add(ldifPerson({ uid: ole.username, mail: `${ole.username}@example.org` }))
    await refused('directory.preview_first', migrate())
    await preview()
    await refused('ent.migration.migratetoldap.user_not_found', migrate(false))
    await migrate()
    expect([await wayOf(nia.username), await wayOf(ole.username)]).toEqual(['ldap', 'ldap'])
    expect(await wayOf(at.ana.username)).toBe('')
    await refused('api.context.session_expired.app_error', nia.call(users.get, { params: { user_id: 'me' } }))
    await expect(signIn(at.server, nia.username)).rejects.toThrow()
    expect((await signIn(at.server, nia.username, PASSWORD)).id).toBe(nia.id)
  })

  it('stay if several entries or accounts could be meant', async () => {
    const kim = await signUp(at.server, 'kim', at.team.invite_id)
    const mail = `${kim.username}@example.org`
    await at.ldap.add(
      ldifPerson({ uid: unique('one'), mail }) +
        ldifPerson({ uid: unique('other'), mail: mail.toUpperCase() }),
    )
    const { left } = await preview()
    expect(left).toContainEqual({ user_id: kim.id, username: kim.username, reason: 'duplicate' })
    await refused('ent.migration.migratetoldap.duplicate_field', migrate(false))
    await migrate()
    expect(await wayOf(kim.username)).toBe('')
  })

  it('are moved by nobody but administrators of the server', async () => {
    const body = { ...byMail, force: true }
    await refused('api.context.permissions.app_error', at.ana.call(directory.migrateAccounts, { body }))
    await refused(
      'api.context.permissions.app_error',
      at.ana.call(directory.previewMigration, { body: byMail }),
    )
  })
})

describe('an administrator', () => {
  const set = (user_id: string, body: { auth_service?: string; auth_data?: string }) =>
    at.root.call(accounts.setWay, { params: { user_id }, body })

  it('says how somebody signs in, which ends their sessions', async () => {
    const lea = await signUp(at.server, 'lea', at.team.invite_id)
    const auth_data = unique('id')
    expect(await set(lea.id, { auth_service: 'gitlab', auth_data })).toEqual({
      auth_service: 'gitlab',
      auth_data,
    })
    await refused('api.context.session_expired.app_error', lea.call(users.get, { params: { user_id: 'me' } }))
    await expect(signIn(at.server, lea.username)).rejects.toThrow()
    // The id is taken now.
    const max = await signUp(at.server, 'max', at.team.invite_id)
    const invalid = 'api.user.update_user_auth.invalid_request'
    await refused(invalid, set(max.id, { auth_service: 'gitlab', auth_data }))
    for (const body of [
      { auth_service: 'unknown', auth_data: 'x' },
      { auth_service: 'gitlab' },
      { auth_service: '', auth_data: 'x' },
    ])
      await refused(invalid, set(max.id, body))
    expect(await wayOf(max.username)).toBe('')
    expect(await set(lea.id, { auth_service: 'email' })).toEqual({ auth_service: '', auth_data: '' })
    await hurry(at.server, 'jobs.run')
  })

  it('cannot lock out the last one who gets in without a provider', async () => {
    await refused('roles.last_admin', set(at.root.id, { auth_service: 'ldap', auth_data: unique('id') }))
    expect((await signIn(at.server, at.root.username)).id).toBe(at.root.id)
  })
})
