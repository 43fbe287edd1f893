import {
  dropDatabase,
  freshDatabase,
  type Place,
  place,
  refused,
  serverForTest,
  startServer,
  stranger,
} from '@plausch/testkit'
import { defaultSettings, type ErrorBody, settings, users } from '@plausch/wire'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { canMail } from '../../../core/mail.ts'
import { MASK } from './secrets.ts'

let at: Place
beforeAll(async () => {
  at = await place({
    fixed: { TeamSettings: { MaxNotificationsPerChannel: 77 }, LdapSettings: { LdapPort: 636 } },
  })
})
afterAll(() => at.stop())

const patch = (body: Record<string, Record<string, unknown>>) => at.root.call(settings.patch, { body })
const told = async () => await at.ana.call(settings.client, { query: { format: 'old' } })

describe('the client configuration', () => {
  it('is short before signing in, and complete after it', async () => {
    const [before, after] = [await stranger(at.server).call(settings.client), await told()]
    expect(before).toMatchObject({ SiteName: 'Plausch', NoAccounts: 'false', Version: '11.6.0' })
    expect(before).not.toHaveProperty('MaxNotificationsPerChannel')
    expect(after).toMatchObject({
      MaxNotificationsPerChannel: '77',
      InstallationDate: expect.stringMatching(/^\d{13}$/),
    })
    expect(before.DiagnosticId).toMatch(/^[a-z0-9]{26}$/)
    expect(after.DiagnosticId).toBe(before.DiagnosticId)
  })

  it('says on an empty server that there are no accounts', async () => {
    const empty = await serverForTest()
    expect(await stranger(empty).call(settings.client)).toMatchObject({ NoAccounts: 'true' })
  })

  it('changes with a patch at once, on the socket and in X-Version-Id, too', async () => {
    const versionId = async () => (await at.ana.fetch('/api/v4/system/ping')).headers.get('x-version-id')
    const [listener, versionBefore] = [await at.ana.listen(), await versionId()]
    expect(versionBefore).toMatch(/^11\.6\.0\.11\.6\.0\.[0-9a-f]{32}\.true$/)
    const reply = await patch({ TeamSettings: { SiteName: 'Labor' } })
    expect(reply).toMatchObject({ TeamSettings: { SiteName: 'Labor' } })
    expect(await told()).toMatchObject({ SiteName: 'Labor' })
    const { config } = await listener.next('config_changed', (data) => data.config.SiteName === 'Labor')
    expect(config).toEqual(await told())
    expect(await versionId()).not.toBe(versionBefore)
    await patch({ TeamSettings: { SiteName: 'Plausch' } })
    expect(await versionId()).toBe(versionBefore)
  })

  it('is not sent again if a patch changes nothing', async () => {
    const listener = await at.bo.listen()
    await patch({ TeamSettings: { SiteName: 'Plausch', EnableOpenServer: false } })
    await listener.settle()
    expect(listener.all('config_changed')).toEqual([])
  })
})

describe('secrets', () => {
  it('are masked in every reply, and stay unchanged when the mask is sent back', async () => {
    const secrets = {
      LdapSettings: { BindPassword: 'geheim' },
      SqlSettings: { DataSourceReplicas: ['postgres://geheim'] },
    }
    const reply = await patch(secrets)
    const read = await at.root.call(settings.get)
    for (const config of [reply, read]) {
      expect(JSON.stringify(config)).not.toContain('geheim')
      expect(config).toMatchObject({
        LdapSettings: { BindPassword: MASK },
        SqlSettings: { DataSourceReplicas: [MASK] },
      })
    }
    await patch(read)
    expect(at.server.app.server.settings()).toMatchObject(secrets)
    expect(at.server.logged.join('\n')).not.toContain('geheim')
    expect(Object.values(await told()).join('\n')).not.toContain('geheim')
  })

  it('can be replaced and removed like any other value', async () => {
    await patch({ EmailSettings: { SMTPPassword: 'alt' } })
    await patch({ EmailSettings: { SMTPPassword: 'neu' } })
    expect(at.server.app.server.settings().EmailSettings.SMTPPassword).toBe('neu')
    const reply = await patch({ EmailSettings: { SMTPPassword: '' } })
    expect(reply).toMatchObject({ EmailSettings: { SMTPPassword: '' } })
    expect(at.server.app.server.settings().EmailSettings.SMTPPassword).toBe('')
  })
})

describe('a patch', () => {
  const rows = () => at.server.app.pool.rows('select section, key, value from settings order by section, key')

  it.each([
    ['settings.unknown', { Nowhere: { A: 1 } }],
    ['settings.unknown', { TeamSettings: { Nothing: 1 } }],
    ['settings.unknown', { constructor: { name: 'x' } }],
    ['settings.wrong_value', { TeamSettings: { MaxUsersPerTeam: '5' } }],
    ['settings.wrong_value', { ServiceSettings: { SiteURL: 'javascript:alert(1)' } }],
    ['settings.below_path', { ServiceSettings: { SiteURL: 'https://chat.example.org/chat' } }],
    ['settings.below_path', { ServiceSettings: { SiteURL: 'https://chat.example.org/chat/' } }],
    ['settings.wrong_value', { MessageExportSettings: { GlobalRelaySettings: { Nothing: 1 } } }],
    ['settings.fixed', { LdapSettings: { LdapPort: 389 } }],
    [
      'api.context.invalid_body_param.app_error',
      { TeamSettings: 5 } as unknown as Record<string, Record<string, unknown>>,
    ],
  ] as const)('is refused as a whole: %s %o', async (code, wrong) => {
    const before = await rows()
    await refused(code, patch({ SupportSettings: { SupportEmail: 'help@example.org' }, ...wrong }))
    expect(await rows()).toEqual(before)
    expect(await told()).toMatchObject({ SupportEmail: '' })
  })

  it('removes the slash at the end of the site address', async () => {
    const before = at.server.app.server.settings().ServiceSettings
    const reply = await patch({
      ServiceSettings: { SiteURL: 'https://chat.example.org/', WebsocketURL: 'wss://chat.example.org/' },
    })
    const kept = { SiteURL: 'https://chat.example.org', WebsocketURL: 'wss://chat.example.org' }
    expect(reply).toMatchObject({ ServiceSettings: kept })
    expect(at.server.app.server.settings().ServiceSettings).toMatchObject(kept)
    const { SiteURL, WebsocketURL } = before
    await patch({ ServiceSettings: { SiteURL, WebsocketURL } })
  })

  it('names the invalid setting and its allowed values, in the language of the actor', async () => {
    const body = JSON.stringify({ TeamSettings: { RestrictDirectMessage: 'none' } })
    const ask = async (locale: string) => {
      const { username } = at.root
      await at.root.call(users.patch, { params: { user_id: at.root.id }, body: { username, locale } })
      const response = await at.root.fetch('/api/v4/config/patch', { method: 'PUT', body })
      return (await response.json()) as ErrorBody
    }
    const [german, english] = [await ask('de'), await ask('en')]
    for (const { message } of [german, english]) {
      expect(message).toContain('TeamSettings.RestrictDirectMessage')
      expect(message).toContain('"any" | "team"')
    }
    expect(german.message).not.toBe(english.message)
  })

  it('accepts the value that the environment has fixed, and null for nothing', async () => {
    const before = await rows()
    await patch({ LdapSettings: { LdapPort: 636 }, TeamSettings: { SiteName: null } })
    expect(await rows()).toEqual(before)
  })

  it('of a part keeps the other parts', async () => {
    await patch({ MessageExportSettings: { GlobalRelaySettings: { EmailAddress: 'archive@example.org' } } })
    const reply = await patch({ MessageExportSettings: { GlobalRelaySettings: { CustomerType: 'A10' } } })
    expect(reply.MessageExportSettings).toMatchObject({
      GlobalRelaySettings: { EmailAddress: 'archive@example.org', CustomerType: 'A10', CustomSMTPPort: '25' },
    })
  })

  it('keeps both of two concurrent ones, and memory and table agree', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six']
    await Promise.all([
      ...names.map((name) => patch({ FeatureFlags: { TestFeature: name } })),
      patch({ ThemeSettings: { DefaultTheme: 'onyx' } }),
    ])
    const { FeatureFlags, ThemeSettings } = at.server.app.server.settings()
    expect(ThemeSettings.DefaultTheme).toBe('onyx')
    const stored = await rows()
    expect(stored).toContainEqual({
      section: 'FeatureFlags',
      key: 'TestFeature',
      value: FeatureFlags.TestFeature,
    })
    expect(stored).toContainEqual({ section: 'ThemeSettings', key: 'DefaultTheme', value: 'onyx' })
  })
})

describe('a whole configuration', () => {
  it('that is sent back as it was read changes nothing, secrets included', async () => {
    const before = await at.root.call(settings.get, {})
    expect(await at.root.call(settings.replace, { body: before })).toEqual(before)
  })

  it('resets missing settings to their defaults, except those that the environment fixes', async () => {
    await patch({ TeamSettings: { SiteName: 'Laboratory', MaxUsersPerTeam: 77 } })
    const whole = await at.root.call(settings.get, {})
    const { MaxUsersPerTeam: _, MaxNotificationsPerChannel: __, ...team } = whole.TeamSettings ?? {}
    const after = await at.root.call(settings.replace, { body: { ...whole, TeamSettings: team } })
    const { TeamSettings } = defaultSettings
    expect(after.TeamSettings).toMatchObject({
      SiteName: 'Laboratory',
      MaxUsersPerTeam: TeamSettings.MaxUsersPerTeam,
      MaxNotificationsPerChannel: 77,
    })
    await patch({ TeamSettings: { SiteName: TeamSettings.SiteName } })
  })

  it('is accepted if it differs from what the environment fixes, and that stays', async () => {
    const whole = await at.root.call(settings.get, {})
    const body = {
      ...whole,
      LdapSettings: { ...whole.LdapSettings, LdapPort: 389 },
      ServiceSettings: { ...whole.ServiceSettings, ListenAddress: ':8065' },
      ThemeSettings: { ...whole.ThemeSettings, DefaultTheme: 'indigo' },
    }
    const after = await at.root.call(settings.replace, { body })
    expect(after).toMatchObject({
      LdapSettings: { LdapPort: 636 },
      ServiceSettings: { ListenAddress: ':8065' },
      ThemeSettings: { DefaultTheme: 'indigo' },
    })
    await at.root.call(settings.replace, { body: whole })
  })

  it('with one invalid value changes nothing', async () => {
    const whole = await at.root.call(settings.get, {})
    const body = { ...whole, TeamSettings: { SiteName: 'Other', MaxUsersPerTeam: 'many' } }
    await refused('settings.wrong_value', at.root.call(settings.replace, { body }))
    expect(await at.root.call(settings.get, {})).toEqual(whole)
  })

  it('is read again on request, and clients get it', async () => {
    const socket = await at.ana.listen()
    await at.root.call(settings.reload, {})
    await socket.next('config_changed')
    socket.close()
  })
})

describe('an address that official consoles demand', () => {
  it('has a value from the start; no mail is sent from it, and no client gets it', async () => {
    const { EmailSettings, SupportSettings } = await at.root.call(settings.get, {})
    for (const value of [
      EmailSettings?.FeedbackName,
      EmailSettings?.FeedbackEmail,
      SupportSettings?.SupportEmail,
    ])
      expect(value).toMatch(/./)
    await patch({ ServiceSettings: { SiteURL: 'https://chat.example.org' } })
    expect(canMail(at.server.app.server.settings())).toBe(false)
    expect(await told()).toMatchObject({ SupportEmail: '', SendEmailNotifications: 'false' })
    await patch({
      EmailSettings: { FeedbackEmail: 'chat@example.org' },
      SupportSettings: { SupportEmail: 'help@example.org' },
    })
    expect(canMail(at.server.app.server.settings())).toBe(true)
    expect(await told()).toMatchObject({ SupportEmail: 'help@example.org' })
    await patch({
      EmailSettings: { FeedbackEmail: EmailSettings?.FeedbackEmail },
      SupportSettings: { SupportEmail: SupportSettings?.SupportEmail },
      ServiceSettings: { SiteURL: '' },
    })
  })
})

describe('reading the settings', () => {
  it('leaves out defaults and secrets if asked to', async () => {
    await patch({
      LdapSettings: { BindPassword: 'geheim' },
      AnnouncementSettings: { BannerText: 'Heute Wartung' },
    })
    const query = { remove_defaults: true, remove_masked: true }
    const config = await at.root.call(settings.get, { query })
    expect(config).toMatchObject({
      AnnouncementSettings: { BannerText: 'Heute Wartung' },
      LdapSettings: { LdapPort: 636 },
    })
    expect(config).not.toHaveProperty('PasswordSettings')
    expect(config.LdapSettings).not.toHaveProperty('BindPassword')
  })

  it('tells which settings the environment fixes', async () => {
    expect(await at.root.call(settings.environment)).toEqual({
      TeamSettings: { MaxNotificationsPerChannel: true },
      LdapSettings: { LdapPort: true },
    })
  })

  it('and changing them is for administrators', async () => {
    for (const person of [at.ana, at.bo, at.eve]) {
      await refused('api.context.permissions.app_error', person.call(settings.get))
      await refused('api.context.permissions.app_error', person.call(settings.environment))
      await refused(
        'api.context.permissions.app_error',
        person.call(settings.patch, { body: { TeamSettings: { SiteName: 'Eve' } } }),
      )
    }
    const nobody = stranger(at.server)
    await refused('api.context.session_expired.app_error', nobody.call(settings.get))
    await refused('api.context.session_expired.app_error', nobody.call(settings.patch, { body: {} }))
    expect(await told()).toMatchObject({ SiteName: 'Plausch' })
  })
})

describe('the read-only administrator', () => {
  it('reads everything and changes nothing', async () => {
    const params = { user_id: at.bo.id }
    await at.root.call(users.setRoles, { params, body: { roles: 'system_user system_read_only_admin' } })
    expect(await at.bo.call(settings.get)).toEqual(await at.root.call(settings.get))
    await refused(
      'api.context.permissions.app_error',
      at.bo.call(settings.patch, { body: { TeamSettings: { SiteName: 'Bo' } } }),
    )
    await at.root.call(users.setRoles, { params, body: { roles: 'system_user' } })
    await refused('api.context.permissions.app_error', at.bo.call(settings.get))
  })
})

describe('after a restart', () => {
  it('chosen values exist, invalid ones are ignored but kept, and the installation is the same', async () => {
    const databaseUrl = await freshDatabase()
    onTestFinished(() => dropDatabase(databaseUrl))
    const first = await startServer({}, databaseUrl)
    const { pool, server } = first.app
    await pool.run(`insert into settings (section, key, value, update_at) values
      ('TeamSettings', 'SiteName', '"Labor"', 1), ('TeamSettings', 'MaxUsersPerTeam', '"many"', 1), ('Gone', 'Key', '1', 1)`)
    const { DiagnosticId } = await stranger(first).call(settings.client)
    expect(server.settings().TeamSettings.SiteName).toBe('Plausch')
    await first.stop()

    const second = await startServer({}, databaseUrl)
    onTestFinished(() => second.stop())
    const current = second.app.server.settings().TeamSettings
    expect(current).toMatchObject({ SiteName: 'Labor', MaxUsersPerTeam: 1_000_000_000 })
    expect((await stranger(second).call(settings.client)).DiagnosticId).toBe(DiagnosticId)
    expect(second.logged.join('\n')).toContain('TeamSettings.MaxUsersPerTeam')
    expect(
      await second.app.pool.rows(`select key from settings where section <> 'PlauschSettings'`),
    ).toHaveLength(3)
  })
})
