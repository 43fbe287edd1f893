import type { AdminConfig, ClientConfig } from '@mattermost/types/config'
import { defaultSettings, type Settings } from '@plausch/wire'
import { expect, expectTypeOf, test } from 'vitest'
import { clientLicense, servedBy, unservedKeys } from './capabilities.ts'
import { earlyConfig, fullConfig } from './client-config.ts'
import { ownKeys } from './client-keys.ts'

const about = {
  installation: { id: 'x'.repeat(26), create_at: 17 },
  termsId: '',
  unserved: unservedKeys(new Set()),
  isLicensed: false,
}
const full = fullConfig(defaultSettings, about)
const early = earlyConfig(defaultSettings, about, true)

type Shared = Exclude<keyof AdminConfig & keyof Settings, 'FeatureFlags'>
type SharedKey<S extends Shared> = keyof AdminConfig[S] & keyof Settings[S] & string
/** Settings whose real type differs from Mattermost's own type definitions. */
type Other = {
  [S in Shared]: {
    [K in SharedKey<S>]: AdminConfig[S][K] extends Settings[S][K] ? never : `${S}.${K}`
  }[SharedKey<S>]
}[Shared]
/** Sections and keys in Mattermost's own type definitions that we do not have. */
type Absent = {
  [S in Exclude<keyof AdminConfig, 'FeatureFlags'>]: S extends keyof Settings
    ? Exclude<keyof AdminConfig[S], keyof Settings[S]>
    : S
}[Exclude<keyof AdminConfig, 'FeatureFlags'>]

test('settings have the names and types of Mattermost, except newer and some optional ones', () => {
  expectTypeOf<Other>().toEqualTypeOf<
    | 'AutoTranslationSettings.Agents'
    | 'IntuneSettings.TenantId'
    | 'IntuneSettings.ClientId'
    | 'IntuneSettings.AuthService'
  >()
  expectTypeOf<Absent>().toEqualTypeOf<
    | 'AnalyticsQueryTimeout'
    | 'EnableChannelCategorySorting'
    | 'EnableWatermark'
    | 'EnforceDeviceIDConsistency'
    | 'ExtractContentTimeout'
    | 'MaximumPersonalAccessTokenLifetimeDays'
    | 'MobileEphemeralModeSettings'
    | 'PushNotificationServerLocation'
    | 'PushNotificationServerType'
    | 'TrustProxyDeviceIdentityHeader'
    | 'VaryByHeader'
  >()
})

test('clients get the 277 keys of Mattermost 11.6, 137 of them before signing in, all as text', () => {
  const shared = (config: Record<string, string>) => Object.keys(config).filter((key) => !(key in ownKeys))
  expect(shared(full)).toHaveLength(277)
  expect(shared(early)).toHaveLength(137)
  expect(Object.entries(full).filter(([, value]) => typeof value !== 'string')).toEqual([])
  const wanted: Partial<ClientConfig> = {
    SiteName: 'Plausch',
    Version: '11.6.0',
    BuildHash: 'plausch',
    MaxPostSize: '16383',
  }
  expect(full).toMatchObject(wanted)
  expect(early).toMatchObject({ NoAccounts: 'true', EnableOpenServer: 'false', PasswordMinimumLength: '8' })
  expect(Object.keys(early).filter((key) => !(key in full))).toEqual([])
})

test('before signing in nobody gets what only members need', () => {
  for (const key of ['ExperimentalPrimaryTeam', 'InstallationDate', 'RestrictDirectMessage', 'MaxFileSize']) {
    expect(full).toHaveProperty(key)
    expect(early).not.toHaveProperty(key)
  }
})

test('no value sends clients to a third party', () => {
  expect(
    Object.entries(full).filter(([, value]) => /:\/\/|\.(com|org|net)\b|mattermost/i.test(value)),
  ).toEqual([])
  expect(full).toMatchObject({
    AppDownloadLink: '',
    EnableDesktopLandingPage: 'false',
    DiagnosticsEnabled: 'false',
  })
})

test('lists are sent as text with commas', () => {
  const settings = structuredClone(defaultSettings)
  settings.ThemeSettings.AllowedThemes = ['quartz', 'onyx']
  expect(fullConfig(settings, about).AllowedThemes).toBe('quartz,onyx')
})

test('a feature that is not offered is sent as off until its operation is mounted', () => {
  expect(full).toMatchObject({
    EnableFileAttachments: 'false',
    CollapsedThreads: 'disabled',
    EnableCommands: 'false',
  })
  const served = servedBy([
    { method: 'POST', path: '/api/v4/files' },
    { method: 'POST', path: '/api/v4/commands/execute' },
  ])
  const settings = structuredClone(defaultSettings)
  settings.ServiceSettings.EnableCommands = false
  const config = fullConfig(settings, { ...about, unserved: unservedKeys(served) })
  expect(config).toMatchObject({
    EnableFileAttachments: 'true',
    CollapsedThreads: 'disabled',
    EnableCommands: 'false',
  })
})

test('a licence exists once clients must look into it, and grants only what is offered', () => {
  expect(clientLicense(servedBy([{ method: 'POST', path: '/api/v4/files' }]), 'Plausch')).toEqual({
    IsLicensed: 'false',
  })
  const mfa = clientLicense(
    servedBy([{ method: 'POST', path: '/api/v4/users/{id}/mfa/generate' }]),
    'Plausch',
  )
  expect(mfa).toMatchObject({
    IsLicensed: 'true',
    MFA: 'true',
    LDAP: 'false',
    SAML: 'false',
    IsTrial: 'false',
    Cloud: 'false',
  })
  const scheduled = clientLicense(servedBy([{ method: 'POST', path: '/api/v4/posts/schedule' }]), 'Plausch')
  expect(scheduled).toMatchObject({ IsLicensed: 'true', SkuShortName: 'enterprise', MFA: 'false' })
})
