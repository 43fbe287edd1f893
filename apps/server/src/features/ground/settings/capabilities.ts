/**
 * The features that this server really offers. Official clients show a feature if the client configuration
 * and the licence map say so, and a button that leads to a 404 is worse than none. So both are computed from
 * the mounted operations. Here the licence map describes capabilities, never a purchase.
 */
import type { Operation } from '@plausch/wire'

type Capability = {
  /**
   * An operation of API v4 that the feature cannot do without: if it is mounted, the feature exists. Null:
   * this server cannot offer it yet.
   */
  operation: string | null
  /** Keys of the client configuration that are sent as off without it. */
  config?: readonly string[]
  /** Keys of the licence map that it sets to "true". */
  license?: readonly string[]
  /** Official clients show it only if there is a licence, whatever that contains. */
  needsLicense?: true
}

/** Mounting its operation switches a feature on; this table need not change for that. */
export const capabilities = {
  accessPolicies: {
    operation: 'POST /access_control_policies/search',
    config: [
      'FeatureFlagAttributeBasedAccessControl',
      'EnableAttributeBasedAccessControl',
      'EnableUserManagedAttributes',
    ],
    needsLicense: true,
  },
  accessTokens: { operation: 'POST /users/{user_id}/tokens', config: ['EnableUserAccessTokens'] },
  acknowledgements: {
    operation: 'POST /users/{user_id}/posts/{post_id}/ack',
    // v4 has no operation for the priority of a post; it came together with this one.
    config: [
      'PostAcknowledgements',
      'PostPriority',
      'AllowPersistentNotifications',
      'AllowPersistentNotificationsForGuests',
    ],
    needsLicense: true,
  },
  bookmarks: {
    operation: 'GET /channels/{channel_id}/bookmarks',
    config: ['FeatureFlagChannelBookmarks'],
    needsLicense: true,
  },
  bots: { operation: 'POST /bots', config: ['EnableBotAccountCreation'] },
  brandImage: { operation: 'GET /brand/image', config: ['EnableCustomBrand'] },
  burnOnRead: {
    operation: 'DELETE /posts/{post_id}/burn',
    config: ['EnableBurnOnRead', 'FeatureFlagBurnOnRead'],
  },
  clientMetrics: {
    operation: 'POST /client_perf',
    config: ['EnableClientMetrics', 'EnableNotificationMetrics'],
  },
  // Built-in commands always exist; the setting is about those that people make.
  commands: { operation: 'POST /commands', config: ['EnableCommands'] },
  compliance: {
    operation: 'GET /compliance/reports',
    config: ['EnableCompliance', 'EnableComplianceExport'],
    license: ['Compliance', 'MessageExport'],
  },
  customEmoji: { operation: 'POST /emoji', config: ['EnableCustomEmoji'] },
  customGroups: { operation: 'POST /groups', config: ['EnableCustomGroups'], needsLicense: true },
  customStatuses: { operation: 'PUT /users/{user_id}/status/custom', config: ['EnableCustomUserStatuses'] },
  drafts: { operation: 'POST /drafts', config: ['AllowSyncedDrafts'] },
  emailInvitations: { operation: 'POST /teams/{team_id}/invite/email', config: ['EnableEmailInvitations'] },
  files: {
    operation: 'POST /files',
    config: ['EnableFileAttachments', 'EnableMobileFileDownload', 'EnableMobileFileUpload'],
  },
  flagging: {
    operation: 'GET /content_flagging/flag/config',
    config: ['ContentFlaggingEnabled', 'FeatureFlagContentFlagging'],
    needsLicense: true,
  },
  guests: {
    operation: 'POST /users/{user_id}/demote',
    config: ['EnableGuestAccounts'],
    license: ['GuestAccounts', 'GuestAccountsPermissions'],
  },
  guestLinks: { operation: 'GET /login/one_time_link', config: ['EnableGuestMagicLink'] },
  imageProxy: { operation: 'GET /image', config: ['HasImageProxy'] },
  incomingWebhooks: {
    operation: 'POST /hooks/incoming',
    config: ['EnableIncomingWebhooks', 'EnablePostIconOverride', 'EnablePostUsernameOverride'],
  },
  ldap: { operation: 'POST /ldap/sync', config: ['EnableLdap'], license: ['LDAP'] },
  ldapGroups: { operation: 'GET /ldap/groups', license: ['LDAPGroups'] },
  // Mail has no operation. A server that can send the mail for a forgotten password can send others.
  mail: {
    operation: 'POST /users/password/reset/send',
    config: [
      'PasswordEnableForgotLink',
      'SendEmailNotifications',
      'EnableEmailBatching',
      'RequireEmailVerification',
    ],
    license: ['EmailNotificationContents'],
  },
  mfa: {
    operation: 'POST /users/{user_id}/mfa/generate',
    config: [
      'EnableMultifactorAuthentication',
      'EnforceMultifactorAuthentication',
      'GuestAccountsEnforceMultifactorAuthentication',
    ],
    license: ['MFA'],
  },
  oauthApps: { operation: 'POST /oauth/apps', config: ['EnableOAuthServiceProvider'] },
  oauthSignIn: {
    operation: 'GET /oauth/{service}/login',
    config: [
      'EnableSignUpWithGitLab',
      'EnableSignUpWithGoogle',
      'EnableSignUpWithOffice365',
      'EnableSignUpWithOpenId',
    ],
    license: ['GoogleOAuth', 'Office365OAuth', 'OpenId'],
  },
  outgoingOauth: {
    operation: 'POST /oauth/outgoing_connections',
    config: ['EnableOutgoingOAuthConnections'],
    license: ['OutgoingOAuthConnections'],
  },
  outgoingWebhooks: { operation: 'POST /hooks/outgoing', config: ['EnableOutgoingWebhooks'] },
  profileAttributes: {
    operation: 'GET /custom_profile_attributes/fields',
    config: ['FeatureFlagCustomProfileAttributes'],
    needsLicense: true,
  },
  publicLinks: { operation: 'GET /files/{file_id}/link', config: ['EnablePublicLink'] },
  // No operation sends push notifications, and the one by which devices acknowledge them proves nothing.
  push: { operation: null, config: ['SendPushNotifications'], license: ['MHPNS'] },
  retention: {
    operation: 'GET /data_retention/policy',
    config: ['DataRetentionEnableFileDeletion', 'DataRetentionEnableMessageDeletion'],
    license: ['DataRetention'],
  },
  saml: { operation: 'GET /login/sso/saml', config: ['EnableSaml'], license: ['SAML'] },
  scheduledPosts: { operation: 'POST /posts/schedule', config: ['ScheduledPosts'], needsLicense: true },
  selfDeactivation: { operation: 'PUT /users/{user_id}/active', config: ['EnableUserDeactivation'] },
  sharedChannels: {
    operation: 'GET /sharedchannels/{team_id}',
    config: ['ExperimentalSharedChannels', 'ExperimentalRemoteClusterService'],
    license: ['SharedChannels', 'RemoteClusterService'],
  },
  terms: {
    operation: 'GET /terms_of_service',
    config: ['EnableCustomTermsOfService'],
    license: ['CustomTermsOfService'],
  },
  threads: {
    operation: 'PUT /users/{user_id}/teams/{team_id}/threads/{thread_id}/read/{timestamp}',
    config: ['CollapsedThreads'],
  },
  translation: {
    operation: 'PUT /channels/{channel_id}/members/{user_id}/autotranslation',
    config: ['EnableAutoTranslation', 'FeatureFlagAutoTranslation'],
    needsLicense: true,
  },
} as const satisfies Record<string, Capability>

const table: readonly Capability[] = Object.values(capabilities)

/** The mounted operations, as `METHOD /path`. */
export type Served = ReadonlySet<string>

// Parameters lose their names, because a contract may name them differently.
const plain = (method: string, path: string) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`

/** What the operations of the mounted route tables make possible. */
export const servedBy = (operations: Iterable<Pick<Operation, 'method' | 'path'>>): Served =>
  new Set([...operations].map(({ method, path }) => plain(method, path.replace(/^\/api\/v4/, ''))))

const isThere = (served: Served, { operation }: Capability): boolean => {
  if (operation === null) return false
  const [method = '', path = ''] = operation.split(' ')
  return served.has(plain(method, path))
}

/**
 * Keys of the client configuration that must be sent as off. Without mail, features that need it are off,
 * too.
 */
export const unservedKeys = (served: Served, canMail = true): ReadonlySet<string> =>
  new Set(
    table.flatMap((each) => {
      const isOff = !isThere(served, each) || (each === capabilities.mail && !canMail)
      return isOff ? (each.config ?? []) : []
    }),
  )

const licenseKeys = [...new Set(table.flatMap(({ license = [] }) => license))]

/**
 * The map of GET /license/client. It says "not licensed" while the server offers nothing that official
 * clients look up in it. Otherwise it has every key, and names the tier in which Mattermost sells all of
 * them, because clients also compare tiers.
 */
export const clientLicense = (served: Served, siteName: string): Record<string, string> => {
  const there = table.filter((each) => (each.license || each.needsLicense) && isThere(served, each))
  if (there.length === 0) return { IsLicensed: 'false' }
  const granted = new Set(there.flatMap(({ license = [] }) => license))
  return {
    IsLicensed: 'true',
    IsTrial: 'false',
    IsGovSku: 'false',
    Cloud: 'false',
    Id: 'plausch',
    SkuName: siteName,
    SkuShortName: 'enterprise',
    Company: siteName,
    Name: siteName,
    Email: '',
    // Official clients compare it with the number of accounts, and warn if there are more.
    Users: String(2 ** 31 - 1),
    IssuedAt: '0',
    StartsAt: '0',
    ExpiresAt: '253402300799000',
    SelfHostedProducts: '[]',
    ...Object.fromEntries(licenseKeys.map((key) => [key, String(granted.has(key))])),
  }
}

/** Does the licence map say that there is a licence? This is a part of X-Version-Id. */
export const isLicensed = (license: Record<string, string>): boolean => license.IsLicensed === 'true'
