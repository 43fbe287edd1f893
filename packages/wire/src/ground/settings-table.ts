/**
 * All settings with their defaults, in v4's sections and keys: those of Mattermost 11.6 on a new server, and
 * our own in PlauschSettings. The types of these values are the types of the settings. If a default differs
 * from v4's, settings-notes.ts says why.
 */
import { contentDefaults } from './settings-content.ts'
import { peopleDefaults } from './settings-people.ts'
import { runningDefaults } from './settings-running.ts'
import { serviceDefaults } from './settings-service.ts'
import { signInDefaults } from './settings-sign-in.ts'

export { NO_ADDRESS } from './settings-people.ts'

export const defaultSettings = {
  ...serviceDefaults,
  ...runningDefaults,
  ...signInDefaults,
  ...peopleDefaults,
  ...contentDefaults,
}

export type Settings = typeof defaultSettings
export type SettingSection = keyof Settings
/** `Section.Key`: the name of a setting in messages, tables and documents. */
export type SettingName = { [S in SettingSection]: `${S}.${keyof Settings[S] & string}` }[SettingSection]

type NestedSecret =
  | 'AutoTranslationSettings.LibreTranslate.APIKey'
  | 'MessageExportSettings.GlobalRelaySettings.SMTPPassword'

/** Settings whose values never leave the server: replies mask them, and messages and logs omit them. */
export const secretSettings: ReadonlySet<string> = new Set<SettingName | NestedSecret>([
  'AutoTranslationSettings.LibreTranslate.APIKey',
  'CacheSettings.RedisPassword',
  'ElasticsearchSettings.Password',
  'EmailSettings.SMTPPassword',
  'FileSettings.AmazonS3SecretAccessKey',
  'FileSettings.ExportAmazonS3SecretAccessKey',
  'FileSettings.PublicLinkSalt',
  'GitLabSettings.Secret',
  'GoogleSettings.Secret',
  'LdapSettings.BindPassword',
  'MessageExportSettings.GlobalRelaySettings.SMTPPassword',
  'Office365Settings.Secret',
  'OpenIdSettings.Secret',
  'PluginSettings.Plugins',
  'ServiceSettings.SplitKey',
  'SqlSettings.AtRestEncryptKey',
  'SqlSettings.DataSource',
  'SqlSettings.DataSourceReplicas',
  'SqlSettings.DataSourceSearchReplicas',
  'SqlSettings.ReplicaLagSettings',
])
