/** What administrators try before they switch the directory on, and what is never given away by it. */
import { createServer } from 'node:net'
import {
  dnOf,
  formWith,
  type Laboratory,
  laboratory,
  ldapSettings,
  ldifGroup,
  ldifPerson,
  refused,
  signIn,
  startSlapd,
} from '@plausch/testkit'
import { directory, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const MASK = '*'.repeat(32)

let at: Laboratory
beforeAll(async () => {
  at = await laboratory()
  await at.ldap.add(
    ldifPerson({ uid: 'one', title: 'Chief' }) +
      ldifPerson({ uid: 'two', mail: '' }) +
      ldifGroup('g', [dnOf({ uid: 'one' })]),
  )
})
afterAll(() => at.stop())

const patch = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const attempt = (body: Record<string, unknown>) => at.root.call(directory.testConnection, { body })
const masked = () => ({ ...ldapSettings(at.ldap), BindPassword: MASK })

/** A server that records what it is sent. */
const listener = async () => {
  let heard = ''
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
      socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, heard: () => heard }
}

describe('a stored secret', () => {
  it('is masked, and used where it was entered', async () => {
    const config = await at.root.call(settings.get, {})
    expect(config.LdapSettings?.BindPassword).toBe(MASK)
    expect(await attempt(masked())).toEqual({ status: 'OK' })
  })

  it('is never sent to another server: not by a test', async () => {
    const thief = await listener()
    for (const change of [{ LdapPort: thief.port }, { LdapServer: '127.0.0.1', LdapPort: thief.port }])
      await refused('directory.secret_needed', attempt({ ...masked(), ...change }))
    await refused(
      'directory.secret_needed',
      at.root.call(directory.diagnose, {
        query: { test: 'filters' },
        body: { ...masked(), LdapPort: thief.port },
      }),
    )
    await refused('directory.secret_needed', attempt({ ...masked(), ConnectionSecurity: 'TLS' }))
    expect(thief.heard()).toBe('')
    await refused(
      'ent.ldap.connection.test_failed',
      attempt({ ...masked(), LdapPort: thief.port, BindPassword: 'other' }),
    )
    expect(thief.heard()).toContain('other')
  })

  it('is not sent under an authority that was not in force when it was entered', async () => {
    const encrypted = { ...ldapSettings(at.ldap), LdapPort: at.ldap.tlsPort, ConnectionSecurity: 'TLS' }
    await refused('ent.ldap.connection.test_failed', attempt(encrypted))
    expect(await attempt({ ...encrypted, LdapCertificateAuthority: at.ldap.ca })).toEqual({ status: 'OK' })
    await refused('directory.secret_needed', attempt({ ...masked(), LdapCertificateAuthority: at.ldap.ca }))
    // Nothing of it was saved.
    expect((await at.root.call(settings.get, {})).PlauschSettings?.LdapCertificateAuthority).toBe('')
  })

  it('and not by a change of the settings', async () => {
    for (const change of [
      { LdapPort: 1 },
      { LdapServer: 'other.example' },
      { ConnectionSecurity: 'TLS' },
      { SkipCertificateVerification: true },
      { LdapPort: 1, BindPassword: MASK },
    ])
      await refused('directory.secret_needed', patch({ LdapSettings: change }))
    await refused('directory.secret_needed', patch({ PlauschSettings: { LdapAllowPlainText: true } }))
    const config = await at.root.call(settings.get, {})
    const moved = { ...config, LdapSettings: { ...config.LdapSettings, LdapServer: 'other.example' } }
    await refused('directory.secret_needed', at.root.call(settings.replace, { body: moved as never }))
    expect((await at.root.call(settings.get, {})).LdapSettings?.LdapServer).toBe(at.ldap.host)
    // With the password it moves.
    await patch({ LdapSettings: { LdapServer: '127.0.0.1', BindPassword: at.ldap.reader.password } })
    await patch({ LdapSettings: { LdapServer: at.ldap.host, BindPassword: at.ldap.reader.password } })
  })
})

describe('a client certificate', () => {
  const send = (kind: 'public' | 'private', content: string, field = 'certificate') =>
    at.root.fetch(`/api/v4/ldap/certificate/${kind}`, {
      method: 'POST',
      body: formWith(field, 'file.pem', Buffer.from(content)),
    })
  const idOf = async (response: Response) => ((await response.json()) as { id?: string }).id

  it('is shown to a directory that wants one, and its key is never told', async () => {
    const strict = await startSlapd({ wantsCertificate: true })
    onTestFinished(() => strict.stop())
    await strict.add(ldifPerson({ uid: 'strict', password: 'directory password' }))
    await patch({
      LdapSettings: { ...ldapSettings(strict), LdapPort: strict.tlsPort, ConnectionSecurity: 'TLS' },
      PlauschSettings: { LdapCertificateAuthority: strict.ca },
    })
    await refused('ent.ldap.connection.test_failed', at.root.call(directory.test, {}))
    expect((await send('public', strict.client.certificate)).status).toBe(200)
    expect((await send('private', strict.client.key)).status).toBe(200)
    expect(await at.root.call(directory.test, {})).toEqual({ status: 'OK' })
    expect((await signIn(at.server, 'strict', 'directory password')).username).toBe('strict')
    const config = await at.root.call(settings.get, {})
    expect(config.LdapSettings).toMatchObject({
      PublicCertificateFile: 'ldap-public.crt',
      PrivateKeyFile: 'ldap-private.key',
    })
    expect(JSON.stringify(config)).not.toContain('PRIVATE KEY')
    await at.root.call(directory.removeKey, {})
    await refused('ent.ldap.connection.test_failed', at.root.call(directory.test, {}))
    await at.root.call(directory.removeCertificate, {})
    await patch({
      LdapSettings: { ...ldapSettings(at.ldap), ConnectionSecurity: '' },
      PlauschSettings: { LdapCertificateAuthority: '' },
    })
  })

  it('must be one', async () => {
    expect(await idOf(await send('public', 'nonsense'))).toBe('api.admin.add_certificate.saving.app_error')
    expect(await idOf(await send('private', at.ldap.client.certificate))).toBe(
      'api.admin.add_certificate.saving.app_error',
    )
    expect(await idOf(await send('private', at.ldap.client.key, 'other'))).toBe(
      'api.admin.add_certificate.no_file.app_error',
    )
    const plain = await at.root.fetch('/api/v4/ldap/certificate/public', { method: 'POST', body: 'x' })
    expect(await idOf(plain)).toBe('api.admin.add_certificate.parseform.app_error')
  })
})

describe('settings', () => {
  it('with which nobody could sign in are refused', async () => {
    for (const [key, code] of [
      ['LdapServer', 'model.config.is_valid.ldap_server'],
      ['BaseDN', 'model.config.is_valid.ldap_basedn'],
      ['IdAttribute', 'model.config.is_valid.ldap_id'],
      ['LoginIdAttribute', 'model.config.is_valid.ldap_login_id'],
      ['EmailAttribute', 'model.config.is_valid.ldap_email'],
      ['UsernameAttribute', 'model.config.is_valid.ldap_username'],
    ] as const)
      await refused(code, patch({ LdapSettings: { [key]: '', BindPassword: at.ldap.reader.password } }))
  })

  it('take only filters that are filters', async () => {
    for (const [key, code] of [
      ['UserFilter', 'ent.ldap.validate_filter.app_error'],
      ['GuestFilter', 'ent.ldap.validate_guest_filter.app_error'],
      ['AdminFilter', 'ent.ldap.validate_admin_filter.app_error'],
      ['GroupFilter', 'directory.group_filter'],
    ] as const)
      await refused(code, patch({ LdapSettings: { [key]: '(uid=x' } }))
  })
})

describe('the tests', () => {
  it('say what is wrong with the connection', async () => {
    expect(await at.root.call(directory.test, {})).toEqual({ status: 'OK' })
    for (const change of [{ BindPassword: 'wrong' }, { BaseDN: 'dc=nowhere' }, { BindUsername: 'cn=nobody' }])
      await refused('ent.ldap.connection.test_failed', attempt({ ...ldapSettings(at.ldap), ...change }))
  })

  it('show filters and attributes with what they find', async () => {
    const diagnose = (test: string, change: Record<string, unknown> = {}) =>
      at.root.call(directory.diagnose, { query: { test }, body: { ...masked(), ...change } })
    const filters = await diagnose('filters', { GuestFilter: '(title=Chief)', AdminFilter: '(uid=nobody)' })
    const row = (name: string) => filters.find(({ test_name }) => test_name === name)
    expect(row('BaseDN')).toMatchObject({ error: '' })
    expect(row('UserFilter')).toMatchObject({ total_count: 2, error: '' })
    expect(row('GuestFilter')).toMatchObject({ total_count: 1, error: '' })
    expect(row('AdminFilter')?.error).not.toBe('')
    const attributes = await diagnose('attributes', { NicknameAttribute: 'displayName' })
    const attribute = (name: string) => attributes.find(({ test_name }) => test_name === name)
    expect(attribute('IdAttribute')).toMatchObject({ entries_with_value: 2, error: '' })
    expect(attribute('EmailAttribute')).toMatchObject({
      entries_with_value: 1,
      error: expect.stringMatching(/1 of 2/),
    })
    expect(attribute('PositionAttribute')).toMatchObject({ entries_with_value: 1, error: '' })
    expect(attribute('NicknameAttribute')?.error).not.toBe('')
    const [sample] = attribute('UsernameAttribute')?.sample_results ?? []
    expect(sample?.available_attributes).toMatchObject({ uid: expect.any(String) })
    expect(JSON.stringify(attributes)).not.toContain('userpassword')
    const groups = await diagnose('group_attributes')
    expect(groups.map(({ error }) => error)).toEqual(['', ''])
    await refused('api.context.invalid_url_param.app_error', diagnose('anything'))
  })

  it('are for administrators of the directory only', async () => {
    for (const person of [at.ana, at.bo, at.eve]) {
      const NO = 'api.context.permissions.app_error'
      await refused(NO, person.call(directory.test, {}))
      await refused(NO, person.call(directory.testConnection, { body: {} }))
      await refused(NO, person.call(directory.diagnose, { query: { test: 'filters' }, body: {} }))
      await refused(NO, person.call(directory.migrateIds, { body: { toAttribute: 'uid' } }))
    }
  })
})

describe('ids', () => {
  it('move to another attribute for everybody or for nobody', async () => {
    await at.ldap.add(
      ldifPerson({ uid: 'mover', password: 'directory password', more: [['employeeNumber', '17']] }),
    )
    const strict = await at.server.app.pool.row<{ id: string }>(
      `select id from users where username = 'strict'`,
    )
    const mover = await signIn(at.server, 'mover', 'directory password')
    const move = (toAttribute: string) => at.root.call(directory.migrateIds, { body: { toAttribute } })
    await refused('ent.ldap_id_migrate.app_error', move('departmentNumber'))
    // Of somebody who is in another directory.
    await refused('ent.ldap_id_migrate.app_error', move('uid'))
    await at.root.call(users.setActive, { params: { user_id: strict?.id ?? '' }, body: { active: false } })
    expect((await signIn(at.server, 'mover', 'directory password')).id).toBe(mover.id)
    await move('uid')
    expect((await at.root.call(settings.get, {})).LdapSettings?.IdAttribute).toBe('uid')
    expect((await signIn(at.server, 'mover', 'directory password')).id).toBe(mover.id)
  })
})
