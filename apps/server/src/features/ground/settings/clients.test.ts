import type { AdminConfig, ClientConfig } from '@mattermost/types/config'
import { defaultSettings, type Settings } from '@plausch/wire'
import { expect, expectTypeOf, test } from 'vitest'
import { clientLicense, servedBy, unservedKeys } from './capabilities.ts'
import { earlyConfig, fullConfig } from './client-config.ts'

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
/** Settings whose type is another than Mattermost's own types say. */
type Other = {
  [S in Shared]: {
    [K in SharedKey<S>]: AdminConfig[S][K] extends Settings[S][K] ? never : `${S}.${K}`
  }[SharedKey<S>]
}[Shared]
/** Sections and keys that Mattermost's own types have and we do not. */
type Absent = {
  [S in Exclude<keyof AdminConfig, 'FeatureFlags'>]: S extends keyof Settings
    ? Exclude<keyof AdminConfig[S], keyof Settings[S]>
    : S
}[Exclude<keyof AdminConfig, 'FeatureFlags'>]

test('settings have the names and types of Mattermost, but for those newer than 11.6 and some marked optional', () => {
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

test('clients are told the 277 keys of Mattermost 11.6, and 137 before signing in, all as text', () => {
  expect(Object.keys(full)).toHaveLength(277)
  expect(Object.keys(early)).toHaveLength(137)
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

test('before signing in nobody learns what only members need', () => {
  for (const key of ['ExperimentalPrimaryTeam', 'InstallationDate', 'RestrictDirectMessage', 'MaxFileSize']) {
    expect(full).toHaveProperty(key)
    expect(early).not.toHaveProperty(key)
  }
})

test('clients are not sent to anybody else', () => {
  expect(
    Object.entries(full).filter(([, value]) => /:\/\/|\.(com|org|net)\b|mattermost/i.test(value)),
  ).toEqual([])
  expect(full).toMatchObject({
    AppDownloadLink: '',
    EnableDesktopLandingPage: 'false',
    DiagnosticsEnabled: 'false',
  })
})

test('lists are told with commas', () => {
  const settings = structuredClone(defaultSettings)
  settings.ThemeSettings.AllowedThemes = ['quartz', 'onyx']
  expect(fullConfig(settings, about).AllowedThemes).toBe('quartz,onyx')
})

test('what is not served is told as off, whatever its setting, and appears with its operation', () => {
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

test('there is a licence as soon as clients must look into one, and it grants only what is served', () => {
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
