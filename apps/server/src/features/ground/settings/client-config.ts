/** The settings that clients get: GET /config/client, where every value is text. */
import { NO_ADDRESS, type SettingName, type Settings, valueIn } from '@plausch/wire'
import { earlyKeys, filledKeys, lateKeys, ownKeys } from './client-keys.ts'

/**
 * The version of Mattermost whose protocol this server speaks. Clients compare it to learn which requests
 * they may send.
 */
export const VERSION = '11.6.0'

/** v4's limit for the text of a post, in characters. */
export const MAX_POST_SIZE = 16_383

export type About = {
  installation: { id: string; create_at: number }
  /** Keys of features that the server does not offer. */
  unserved: ReadonlySet<string>
  isLicensed: boolean
  /** The terms that everybody must accept; '' for none. */
  termsId: string
}

export type ClientConfig = Record<string, string>

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const told = (
  settings: Settings,
  keys: Record<string, SettingName>,
  say: (value: unknown) => string,
): ClientConfig =>
  Object.fromEntries(
    Object.entries(keys).map(([key, name]) => {
      const [section = '', setting = ''] = name.split('.')
      return [key, say(valueIn(settings, section, setting))]
    }),
  )

const early = (
  { SupportSettings: { SupportEmail } }: Settings,
  { installation, isLicensed, termsId }: About,
): ClientConfig => ({
  Version: VERSION,
  BuildNumber: VERSION,
  BuildDate: '',
  BuildHash: 'plausch',
  BuildHashEnterprise: 'none',
  // Without a licence map, official clients of an "enterprise build" offer to buy a licence.
  BuildEnterpriseReady: String(isLicensed),
  IsFipsEnabled: 'false',
  ServiceEnvironment: 'production',
  // Mobile apps distinguish servers by it, and refuse a server without one. It is sent nowhere else.
  DiagnosticId: installation.id,
  TelemetryId: installation.id,
  AsymmetricSigningPublicKey: '',
  CustomTermsOfServiceId: termsId,
  AndroidLatestVersion: '',
  AndroidMinVersion: '',
  IosLatestVersion: '',
  IosMinVersion: '',
  IntuneMAMEnabled: 'false',
  IntuneScope: '',
  SupportEmail: SupportEmail === NO_ADDRESS ? '' : SupportEmail,
})

const late = ({ DataRetentionSettings }: Settings, { installation }: About): ClientConfig => {
  const messageHours = DataRetentionSettings.MessageRetentionDays * 24
  const fileHours = DataRetentionSettings.FileRetentionDays * 24
  return {
    DataRetentionMessageRetentionHours: String(DataRetentionSettings.MessageRetentionHours || messageHours),
    DataRetentionFileRetentionHours: String(DataRetentionSettings.FileRetentionHours || fileHours),
    CWSMock: 'false',
    ExperimentalEnablePostMetadata: 'true',
    ExperimentalTimezone: 'true',
    InstallationDate: String(installation.create_at),
    IsDefaultMarketplace: 'false',
    MaxPostSize: String(MAX_POST_SIZE),
    PostAcknowledgements: 'true',
    SchemaVersion: '',
    UpgradedFromTE: 'false',
    NoAccounts: 'false',
  }
}

const switchedOff = (config: ClientConfig, unserved: ReadonlySet<string>): ClientConfig => {
  const off = Object.keys(config).filter((key) => unserved.has(key))
  return {
    ...config,
    ...Object.fromEntries(off.map((key) => [key, key === 'CollapsedThreads' ? 'disabled' : 'false'])),
  }
}

/** For clients that are not signed in: what the first pages need. */
export const earlyConfig = (settings: Settings, about: About, hasNoAccounts: boolean): ClientConfig =>
  switchedOff(
    {
      ...told(settings, { ...earlyKeys, ...ownKeys }, textOf),
      ...early(settings, about),
      NoAccounts: String(hasNoAccounts),
    },
    about.unserved,
  )

/** For signed-in clients: everything. By then accounts exist. */
export const fullConfig = (settings: Settings, about: About): ClientConfig =>
  switchedOff(
    {
      ...told(settings, { ...earlyKeys, ...ownKeys }, textOf),
      ...told(settings, lateKeys, textOf),
      ...told(settings, filledKeys, (value) => String(value !== '')),
      ...early(settings, about),
      ...late(settings, about),
    },
    about.unserved,
  )
