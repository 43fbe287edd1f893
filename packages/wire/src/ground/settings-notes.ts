/** Texts for the tables of the settings reference. Nothing here has an effect. */
import type { SettingName, SettingSection } from './settings-table.ts'

/** Defaults that differ from those of Mattermost 11.6 on a new server: its value, and the reason for ours. */
export const changedDefaults: readonly { why: string; v4: Partial<Record<SettingName, unknown>> }[] = [
  {
    why: 'One team may hold the whole organisation and as many channels as it likes.',
    v4: {
      'TeamSettings.MaxUsersPerTeam': 50,
      'TeamSettings.MaxChannelsPerTeam': 2000,
    },
  },
  {
    why: 'A wrong password here is one in the directory, too, whose lock also locks people out of mail and computer.',
    v4: {
      'LdapSettings.MaximumLoginAttempts': 10,
    },
  },
  {
    why: 'Away comes after 60 minutes without input in the client.',
    v4: {
      'TeamSettings.UserStatusAwayTimeout': 300,
    },
  },
  {
    why: 'The product has a name of its own.',
    v4: {
      'TeamSettings.SiteName': 'Mattermost',
      'ServiceSettings.LocalModeSocketLocation': '/var/tmp/mattermost_local.socket',
    },
  },
  {
    why: 'The page belongs to the vendor. Empty hides the link; an organisation enters its own pages.',
    v4: {
      'SupportSettings.TermsOfServiceLink': 'https://mattermost.com/pl/terms-of-use/',
      'SupportSettings.PrivacyPolicyLink': 'https://mattermost.com/pl/privacy-policy/',
      'SupportSettings.AboutLink': 'https://mattermost.com/pl/about-mattermost',
      'SupportSettings.HelpLink': 'https://mattermost.com/pl/help/',
      'SupportSettings.ReportAProblemLink': 'https://mattermost.com/pl/report-a-bug',
      'SupportSettings.ReportAProblemType': 'default',
      'SupportSettings.EnableAskCommunityLink': true,
      'NativeAppSettings.AppDownloadLink': 'https://mattermost.com/pl/download-apps',
      'NativeAppSettings.AndroidAppDownloadLink': 'https://mattermost.com/pl/android-app/',
      'NativeAppSettings.IosAppDownloadLink': 'https://mattermost.com/pl/ios-app/',
    },
  },
  {
    why: 'There are no apps of ours to advertise before the first page.',
    v4: {
      'ServiceSettings.EnableDesktopLandingPage': true,
    },
  },
  {
    why: 'It sends data to the vendor or fetches from it; Plausch asks nothing of any third party.',
    v4: {
      'ServiceSettings.EnableSecurityFixAlert': true,
      'LogSettings.EnableDiagnostics': true,
      'LogSettings.EnableSentry': true,
      'EmailSettings.SendPushNotifications': true,
      'EmailSettings.PushNotificationServer': 'https://push-test.mattermost.com',
      'AnnouncementSettings.AdminNoticesEnabled': true,
      'AnnouncementSettings.UserNoticesEnabled': true,
      'AnnouncementSettings.NoticesURL': 'https://notices.mattermost.com/',
      'CloudSettings.CWSURL': 'https://customers.mattermost.com',
      'CloudSettings.CWSAPIURL': 'https://portal.internal.prod.cloud.mattermost.com',
      'CloudSettings.Disable': false,
      'FeatureFlags.EnableMattermostEntry': true,
    },
  },
  {
    why: 'The server names no third party before an administrator chooses one.',
    v4: {
      'ServiceSettings.EnableGifPicker': true,
      'GoogleSettings.AuthEndpoint': 'https://accounts.google.com/o/oauth2/v2/auth',
      'GoogleSettings.TokenEndpoint': 'https://www.googleapis.com/oauth2/v4/token',
      'GoogleSettings.UserAPIEndpoint':
        'https://people.googleapis.com/v1/people/me?personFields=names,emailAddresses,nicknames,metadata',
      'Office365Settings.AuthEndpoint': 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      'Office365Settings.TokenEndpoint': 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      'Office365Settings.UserAPIEndpoint': 'https://graph.microsoft.com/v1.0/me',
      'FileSettings.AmazonS3Endpoint': 's3.amazonaws.com',
      'FileSettings.ExportAmazonS3Endpoint': 's3.amazonaws.com',
      'FeatureFlags.AutoTranslation': true,
    },
  },
  {
    why: 'Plausch has no plugin runtime and no marketplace.',
    v4: {
      'PluginSettings.Enable': true,
      'PluginSettings.EnableMarketplace': true,
      'PluginSettings.EnableRemoteMarketplace': true,
      'PluginSettings.AutomaticPrepackagedPlugins': true,
      'PluginSettings.MarketplaceURL': 'https://api.integrations.mattermost.com',
      'FeatureFlags.StreamlinedMarketplace': true,
    },
  },
  {
    why: 'Nobody is being watched: clients do not report how they are used.',
    v4: {
      'MetricsSettings.EnableClientMetrics': true,
      'MetricsSettings.EnableNotificationMetrics': true,
      'FeatureFlags.NotificationMonitoring': true,
    },
  },
  {
    why: 'Every deletion is real here; messages that vanish once they are read are left out on purpose.',
    v4: {
      'ServiceSettings.EnableBurnOnRead': true,
      'FeatureFlags.BurnOnRead': true,
    },
  },
  {
    why: 'No mail leaves before an administrator names a mail server and a sender.',
    v4: {
      'EmailSettings.SendEmailNotifications': true,
      'EmailSettings.EnablePreviewModeBanner': true,
      'EmailSettings.FeedbackEmail': 'test@example.com',
      'EmailSettings.ReplyToAddress': 'test@example.com',
    },
  },
  {
    why: 'Official consoles save no page on which these are empty. The address stands for none: no mail has it as sender, and no client is told of it. The name stands for that of the site.',
    v4: {
      'EmailSettings.FeedbackName': '',
      'SupportSettings.SupportEmail': '',
    },
  },
  {
    why: 'A password that everybody knows is no default.',
    v4: {
      'ElasticsearchSettings.Password': 'changeme',
    },
  },
  {
    why: 'The environment decides: PLAUSCH_LISTEN and PLAUSCH_DATABASE_URL.',
    v4: {
      'ServiceSettings.ListenAddress': ':8065',
      'SqlSettings.DataSource': 'postgres://…',
    },
  },
  {
    why: 'A relative folder lies below PLAUSCH_DATA, beside the database.',
    v4: { 'FileSettings.Directory': './data/' },
  },
  {
    why: 'The log goes to standard error, and whoever runs the server keeps it; there is no log file.',
    v4: {
      'LogSettings.EnableFile': true,
      'LogSettings.ConsoleLevel': 'DEBUG',
    },
  },
]

/** What each section is about. */
export const sectionNotes: Record<SettingSection, string> = {
  PlauschSettings: 'What only Plausch has.',
  ServiceSettings: 'The server as a whole: address, sessions, what it offers to clients and integrations.',
  CacheSettings: 'Caches of the server.',
  ClusterSettings: 'Several nodes.',
  MetricsSettings: 'Figures for monitoring.',
  ExperimentalSettings: 'Behaviour of clients and server that v4 calls experimental.',
  AnalyticsSettings: 'Statistics.',
  SqlSettings: 'The database.',
  LogSettings: 'The log.',
  ExperimentalAuditSettings: 'The audit log.',
  RateLimitSettings: 'Limits on requests.',
  ElasticsearchSettings: 'An external search engine.',
  JobSettings: 'Background work.',
  CloudSettings: "The vendor's cloud; never used.",
  ImportSettings: 'Import.',
  ExportSettings: 'Export.',
  FeatureFlags: "Switches of v4's clients, handed to them as `FeatureFlag…`.",
  GitLabSettings: 'Signing in by GitLab.',
  GoogleSettings: 'Signing in by Google.',
  Office365Settings: 'Signing in by Entra ID.',
  OpenIdSettings: 'Signing in by OpenID Connect.',
  IntuneSettings: 'Mobile device management by Intune.',
  PasswordSettings: 'What a password must be.',
  LdapSettings: 'The directory.',
  SamlSettings: 'Signing in by SAML.',
  GuestAccountsSettings: 'Guests.',
  AccessControlSettings: 'Access by attributes.',
  TeamSettings: 'The name of the place, teams, channels and accounts.',
  PrivacySettings: 'What members see of each other.',
  SupportSettings: 'Links to help, terms and support.',
  AnnouncementSettings: 'The banner on top, and notices.',
  ThemeSettings: 'Themes.',
  LocalizationSettings: 'Languages.',
  DisplaySettings: 'How messages are shown.',
  ClientRequirements: 'Versions that apps must have.',
  NativeAppSettings: 'Mobile and desktop apps.',
  FileSettings: 'Files that people attach, and where they lie.',
  EmailSettings: 'Signing in by e-mail, mail and push notifications.',
  ImageProxySettings: 'Images of other hosts, fetched by the server.',
  AutoTranslationSettings: 'Translation of messages.',
  PluginSettings: 'Plugins; there is no plugin runtime.',
  WranglerSettings: 'Moving threads.',
  ConnectedWorkspacesSettings: 'Servers linked to each other.',
  ComplianceSettings: 'Compliance reports.',
  DataRetentionSettings: 'How long messages and files are kept.',
  ContentFlaggingSettings: 'Messages that members report.',
  MessageExportSettings: 'Export of messages for archives.',
}
