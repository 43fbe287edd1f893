/**
 * Which values a setting may have. The environment, PUT /config/patch and the pages of the administrators all
 * use these checks. A value has the type of its default, and some settings have a further rule.
 */
import { defaultSettings, type SettingName, type SettingSection, type Settings } from './settings-table.ts'

/** `expected` describes the allowed values in notation, not words, because every language shows it. */
type Rule = { expected: string; accepts(value: unknown): boolean }

const MAX_INT = 2_147_483_647
const MAX_TEXT = 65_536
const MAX_ITEMS = 1000
const MAX_DEPTH = 16

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const whole = (min: number, max = MAX_INT): Rule => ({
  expected: `${min} … ${max}`,
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
})

const oneOf = (...words: string[]): Rule => ({
  expected: words.map((word) => `"${word}"`).join(' | '),
  accepts: (value) => typeof value === 'string' && words.includes(value),
})

const matching = (expected: string, pattern: RegExp): Rule => ({
  expected,
  accepts: (value) => isText(value) && pattern.test(value),
})

const url = (
  expected: string,
  protocols: string[],
  isFine: (url: URL, text: string) => boolean = () => true,
): Rule => ({
  expected: `"" | ${expected}`,
  accepts: (value) => {
    if (value === '') return true
    const parsed = isText(value) && !/\s/.test(value) ? URL.parse(value) : null
    return parsed !== null && protocols.includes(parsed.protocol) && isFine(parsed, value as string)
  },
})

/**
 * An address that something can be appended to: no query, fragment or user name, no empty or dotted path
 * segments, and no slash at the end.
 */
const isBase = ({ pathname, search, hash, username, password }: URL, text: string): boolean =>
  /^\w+:\/\/[^/?#\\]+(\/[^/?#\\]+)*$/.test(text) &&
  text.replace(/^\w+:\/\/[^/]+/, '') === pathname.replace(/^\/$/, '') &&
  `${search}${hash}${username}${password}` === ''

/** A host without a path: pages, files and cookies do not work below a path. */
const siteUrl = url(
  '"https://host[:port]"',
  ['http:', 'https:'],
  (parsed, text) => isBase(parsed, text) && parsed.pathname === '/',
)
const siteBelowPath = url('"https://host[:port]/path"', ['http:', 'https:'], isBase)
const socketUrl = url('"wss://host[:port][/path]"', ['ws:', 'wss:'], isBase)
/** Clients show it as a link, so only http and https are allowed, never `javascript:`. */
const link = url('"https://…"', ['http:', 'https:'])
const colour = matching('"#rrggbb"', /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i)
const timeOfDay = matching('"HH:MM"', /^([01]\d|2[0-3]):[0-5]\d$/)
const port = whole(1, 65_535)
/** A locale such as `en` or `pt-BR`. */
const locale = matching('"en" | "de" | …', /^[a-z]{2}(-[A-Za-z]{2})?$/)
const security = (...words: string[]) => oneOf('', ...words)
const level = oneOf('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR')
const id = matching('"" | a–z 0–9 - (1 … 64)', /^[a-z0-9-]{0,64}$/)
/** Origins of pages, patterns of origins, or `*`. */
const origins = matching('"https://host[:port] …" | "*"', /^[\x21-\x7e]*( +[\x21-\x7e]+)* *$/)
const headerNames = matching('"X-Name …"', /^[A-Za-z0-9-]*( +[A-Za-z0-9-]+)* *$/)
/** A list of strings that all pass `isFine`. */
const listOf = (expected: string, isFine: (text: string) => boolean): Rule => ({
  expected: `[${expected}]`,
  accepts: (value) =>
    Array.isArray(value) && value.length <= MAX_ITEMS && value.every((each) => isText(each) && isFine(each)),
})
/** An IPv4 or IPv6 address, or a network in CIDR notation (`10.0.0.0/8`). */
const isNetwork = (text: string): boolean => {
  const [, address = '', , bits] = /^([0-9a-fA-F:.]+)(\/(\d{1,3}))?$/.exec(text) ?? []
  const isV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(address)
  const isV6 = address.includes(':') && URL.canParse(`http://[${address}]/`)
  return (isV4 || isV6) && Number(bits ?? 0) <= (isV4 ? 32 : 128)
}
const networks = listOf('"address" | "address/bits"', isNetwork)
const headers = listOf('"X-Forwarded-For" | …', (text) => /^[A-Za-z0-9-]{1,64}$/.test(text))
/**
 * The environment decides this before the server can read the database. A value here would have no effect.
 */
const elsewhere = (variable: string): Rule => ({
  expected: `"" (${variable})`,
  accepts: (value) => value === '',
})

/** Rules beyond the type. Where it makes sense, ranges are those that Mattermost's server enforces. */
const rules: Partial<Record<SettingName, Rule>> = {
  'PlauschSettings.MaxActiveUsers': whole(0, 10_000_000),
  'PlauschSettings.HelpDeskPhone': matching('"" or a telephone number', /^(?:\+?[\d(][\d ()/.-]{1,38})?$/),
  'PlauschSettings.ImprintLink': link,
  'PlauschSettings.AccessibilityLink': link,
  'PlauschSettings.TrustedProxies': networks,
  'PlauschSettings.SessionRequestsPerSecond': whole(0, 1_000_000),
  'PlauschSettings.SessionRequestsBurst': whole(1, 1_000_000),
  'PlauschSettings.AddressRequestsPerSecond': whole(0, 1_000_000),
  'PlauschSettings.AddressRequestsBurst': whole(1, 1_000_000),
  'PlauschSettings.AddressSignInsPerSecond': whole(0, 1_000_000),

  'ServiceSettings.SiteURL': siteUrl,
  'ServiceSettings.WebsocketURL': socketUrl,
  'ServiceSettings.TrustedProxyIPHeader': headers,
  // Kept because consoles send it; the environment decides.
  'ServiceSettings.ListenAddress': matching('"" | "[host]:port" (PLAUSCH_LISTEN)', /^(\S{0,255}:\d{1,5})?$/),
  'ServiceSettings.CollapsedThreads': oneOf('disabled', 'default_off', 'default_on', 'always_on'),
  'ServiceSettings.ExperimentalGroupUnreadChannels': oneOf('disabled', 'default_off', 'default_on'),
  'ServiceSettings.ConnectionSecurity': security('TLS'),
  'ServiceSettings.TLSMinVer': oneOf('1.0', '1.1', '1.2', '1.3'),
  'ServiceSettings.AllowCorsFrom': origins,
  'ServiceSettings.CorsExposedHeaders': headerNames,
  'ServiceSettings.WebserverMode': oneOf('gzip', 'uncompressed', 'disabled'),
  'ServiceSettings.WebsocketPort': port,
  'ServiceSettings.WebsocketSecurePort': port,
  'ServiceSettings.TimeBetweenUserTypingUpdatesMilliseconds': whole(1000),
  'ServiceSettings.MinimumHashtagLength': whole(2, 1000),
  'ServiceSettings.PostEditTimeLimit': whole(-1),
  'ServiceSettings.SessionLengthWebInHours': whole(1, 1_000_000),
  'ServiceSettings.SessionLengthMobileInHours': whole(1, 1_000_000),
  'ServiceSettings.SessionLengthSSOInHours': whole(1, 1_000_000),
  'ServiceSettings.SessionIdleTimeoutInMinutes': whole(0),
  'ServiceSettings.SessionCacheInMinutes': whole(0),
  'ServiceSettings.TLSStrictTransportMaxAge': whole(0),
  'ServiceSettings.OutgoingIntegrationRequestsTimeout': whole(1, 300),
  'ServiceSettings.UniqueEmojiReactionLimitPerPost': whole(0, 500),
  'ServiceSettings.PersistentNotificationIntervalMinutes': whole(2),
  'ServiceSettings.RefreshPostStatsRunTime': timeOfDay,
  'ServiceSettings.DeleteAccountLink': link,
  'ServiceSettings.MaximumPayloadSizeBytes': whole(1000),
  'ServiceSettings.MaximumURLLength': whole(256),
  'CacheSettings.CacheType': oneOf('lru', 'redis'),
  'ClusterSettings.GossipPort': port,
  'SqlSettings.DriverName': oneOf('postgres'),
  'SqlSettings.DataSource': elsewhere('PLAUSCH_DATABASE_URL'),
  'SqlSettings.MaxIdleConns': whole(0),
  'SqlSettings.ConnMaxLifetimeMilliseconds': whole(0),
  'SqlSettings.ConnMaxIdleTimeMilliseconds': whole(0),
  'LogSettings.ConsoleLevel': level,
  'LogSettings.FileLevel': level,
  'PasswordSettings.MinimumLength': whole(5, 72),
  'FileSettings.DriverName': oneOf('local', 'amazons3'),
  'FileSettings.ExportDriverName': oneOf('local', 'amazons3'),
  'FileSettings.MaxFileSize': whole(1, Number.MAX_SAFE_INTEGER),
  'FileSettings.MaxImageResolution': whole(1, Number.MAX_SAFE_INTEGER),
  'EmailSettings.SMTPPort': matching('"1 … 65535"', /^[1-9]\d{0,4}$/),
  'EmailSettings.ConnectionSecurity': security('TLS', 'STARTTLS'),
  'EmailSettings.PushNotificationServer': link,
  'EmailSettings.PushNotificationContents': oneOf('full', 'generic', 'generic_no_channel', 'id_loaded'),
  'EmailSettings.EmailNotificationContentsType': oneOf('full', 'generic'),
  'EmailSettings.LoginButtonColor': colour,
  'EmailSettings.LoginButtonBorderColor': colour,
  'EmailSettings.LoginButtonTextColor': colour,
  'SupportSettings.TermsOfServiceLink': link,
  'SupportSettings.PrivacyPolicyLink': link,
  'SupportSettings.AboutLink': link,
  'SupportSettings.HelpLink': link,
  'SupportSettings.ReportAProblemLink': link,
  'SupportSettings.ForgotPasswordLink': link,
  'SupportSettings.ReportAProblemType': oneOf('default', 'link', 'email', 'hidden'),
  'AnnouncementSettings.BannerColor': colour,
  'AnnouncementSettings.BannerTextColor': colour,
  'AnnouncementSettings.NoticesURL': link,
  'TeamSettings.SiteName': matching('"…" (1 … 30)', /^.{1,30}$/u),
  'TeamSettings.RestrictDirectMessage': oneOf('any', 'team'),
  'TeamSettings.TeammateNameDisplay': oneOf('username', 'nickname_full_name', 'full_name'),
  'TeamSettings.ExperimentalPrimaryTeam': id,
  'PlauschSettings.LdapConfirmMissingMinutes': whole(0),
  'PlauschSettings.LdapLiveSeconds': whole(0),
  'PlauschSettings.OpenIdGroupsClaim': matching('"" or the name of a claim', /^[\x21-\x7e]{0,256}$/),
  'PlauschSettings.SamlGroupsAttribute': matching('"" or the name of an attribute', /^[\x21-\x7e]{0,256}$/),
  'PlauschSettings.MaxOpenTeamRequests': whole(1, 1000),
  'PlauschSettings.TeamRequestEndorser': matching('"" or a username', /^[a-z0-9._-]{0,64}$/),
  'PlauschSettings.TeamRequestLeaderAttribute': matching(
    '"" or the name of an attribute',
    /^[A-Za-z0-9.;-]{0,128}$/,
  ),
  'PlauschSettings.TeamReviewDays': whole(0, 3660),
  'LdapSettings.LdapPort': port,
  'LdapSettings.ConnectionSecurity': security('TLS', 'STARTTLS'),
  'LdapSettings.LoginButtonColor': colour,
  'LdapSettings.LoginButtonBorderColor': colour,
  'LdapSettings.LoginButtonTextColor': colour,
  'LocalizationSettings.DefaultServerLocale': oneOf('en', 'de'),
  'LocalizationSettings.DefaultClientLocale': locale,
  'SamlSettings.SignatureAlgorithm': oneOf('RSAwithSHA1', 'RSAwithSHA256', 'RSAwithSHA512'),
  'SamlSettings.CanonicalAlgorithm': oneOf('Canonical1.0', 'Canonical1.1'),
  'SamlSettings.LoginButtonColor': colour,
  'SamlSettings.LoginButtonBorderColor': colour,
  'SamlSettings.LoginButtonTextColor': colour,
  'NativeAppSettings.AppDownloadLink': link,
  'NativeAppSettings.AndroidAppDownloadLink': link,
  'NativeAppSettings.IosAppDownloadLink': link,
  'ElasticsearchSettings.Backend': oneOf('elasticsearch', 'opensearch'),
  'ElasticsearchSettings.PostIndexReplicas': whole(0),
  'ElasticsearchSettings.ChannelIndexReplicas': whole(0),
  'ElasticsearchSettings.UserIndexReplicas': whole(0),
  'ElasticsearchSettings.PostsAggregatorJobStartTime': timeOfDay,
  'DataRetentionSettings.MessageRetentionDays': whole(0),
  'DataRetentionSettings.FileRetentionDays': whole(0),
  'DataRetentionSettings.BoardsRetentionDays': whole(0),
  'DataRetentionSettings.DeletionJobStartTime': timeOfDay,
  'MessageExportSettings.DailyRunTime': timeOfDay,
  'MessageExportSettings.ExportFormat': oneOf('actiance', 'globalrelay', 'csv'),
  'MessageExportSettings.ExportFromTimestamp': whole(0, Number.MAX_SAFE_INTEGER),
  'ImageProxySettings.ImageProxyType': oneOf('local', 'atmos/camo'),
  'ImageProxySettings.RemoteImageProxyURL': link,
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((deepest, each) => Math.max(deepest, depthOf(each)), 0)
    : 0

/** Free JSON: anything that PostgreSQL can store. */
const isFree = (value: unknown): boolean => {
  const json = JSON.stringify(value)
  return json.length <= MAX_TEXT && !json.includes('\\u0000') && depthOf(value) <= MAX_DEPTH
}

const flag: Rule = { expected: 'true | false', accepts: (value) => typeof value === 'boolean' }
const text: Rule = { expected: '"…"', accepts: isText }
const texts: Rule = {
  expected: '["…"]',
  accepts: (value) => Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isText),
}
const objects: Rule = {
  expected: '[{…}]',
  accepts: (value) =>
    Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isObject) && isFree(value),
}
const free: Rule = { expected: '{…}', accepts: (value) => isObject(value) && isFree(value) }

/** An object with named properties: each must be present and have the type of its default. */
const parts = (byDefault: Record<string, unknown>): Rule => {
  const inner = Object.entries(byDefault).map(([key, value]) => [key, ruleByDefault(value)] as const)
  return {
    expected: `{ ${inner.map(([key, rule]) => `"${key}": ${rule.expected}`).join(', ')} }`,
    accepts: (value) =>
      isObject(value) &&
      Object.keys(value).every((key) => Object.hasOwn(byDefault, key)) &&
      inner.every(([key, rule]) => rule.accepts(value[key])),
  }
}

/** If the default is -1 or 0, these stand for "none"; any other number must be at least 1. */
const ruleByDefault = (value: unknown): Rule => {
  if (typeof value === 'boolean') return flag
  if (typeof value === 'number') return whole(Math.min(value, 1))
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return value === defaultSettings.SqlSettings.ReplicaLagSettings ? objects : texts
  return isObject(value) && Object.keys(value).length > 0 ? parts(value) : free
}

const ruleOf = (section: SettingSection, key: string): Rule =>
  rules[`${section}.${key}` as SettingName] ?? ruleByDefault(valueIn(defaultSettings, section, key))

/** The value of a setting whose name is known only at run time; undefined if no such setting exists. */
export const valueIn = (settings: Settings, section: string, key: string): unknown => {
  const keys: Record<string, unknown> | undefined = Object.hasOwn(settings, section)
    ? settings[section as SettingSection]
    : undefined
  return keys && Object.hasOwn(keys, key) ? keys[key] : undefined
}

/** Does a setting with this name exist? */
export const isSetting = (section: string, key: string): boolean =>
  valueIn(defaultSettings, section, key) !== undefined

/**
 * The allowed values of a setting, in a notation that needs no language: `true | false`, `1 … 65535`, `"any"
 * | "team"`.
 */
export const expectedOf = (section: SettingSection, key: string): string => ruleOf(section, key).expected

/** Settings that hold an address to which something is appended. */
const bases: readonly SettingName[] = ['ServiceSettings.SiteURL', 'ServiceSettings.WebsocketURL']

/** The value as it is stored. Slashes at the end of an address are removed, because they mean nothing. */
export const tidied = (section: string, key: string, value: unknown): unknown =>
  bases.some((name) => name === `${section}.${key}`) && typeof value === 'string'
    ? value.replace(/\/$/, '')
    : value

/** Is it a site address with a path? That is refused with its own fault. */
export const isBelowPath = (section: string, key: string, value: unknown): boolean =>
  `${section}.${key}` === 'ServiceSettings.SiteURL' && siteBelowPath.accepts(value) && !siteUrl.accepts(value)

/** May this setting have this value? */
export const mayBe = (section: SettingSection, key: string, value: unknown): boolean =>
  ruleOf(section, key).accepts(value)

/** All settings by section and key, in the order of the table. */
export const everySetting = (): { section: SettingSection; key: string; value: unknown }[] =>
  Object.entries(defaultSettings).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ section: section as SettingSection, key, value })),
  )
