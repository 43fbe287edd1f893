import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, isLoopback, readConfig } from './config.ts'

/** The problems of an environment. */
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('an empty environment runs on loopback with the embedded database', () => {
  expect(readConfig({ PATH: '/bin', HOME: undefined })).toEqual({
    listen: { host: '127.0.0.1', port: 8065 },
    data: resolve('data'),
    databaseUrl: undefined,
    fixed: {},
  })
})

test.each([
  ['127.0.0.1:8065', '127.0.0.1', 8065],
  ['localhost:0', 'localhost', 0],
  ['[::1]:8065', '::1', 8065],
  ['[::]:80', '::', 80],
  [':8065', '::', 8065],
  ['chat.example.org:443', 'chat.example.org', 443],
])('PLAUSCH_LISTEN=%s', (text, host, port) => {
  expect(readConfig({ PLAUSCH_LISTEN: text }).listen).toEqual({ host, port })
})

test.each([
  '8065',
  'localhost',
  '127.0.0.1:',
  '127.0.0.1:65536',
  '127.0.0.1:-1',
  '::1:8065',
  'a b:1',
  'http://a:1',
  '[x]:1',
])('PLAUSCH_LISTEN=%s is refused', (text) => {
  expect(problemsOf({ PLAUSCH_LISTEN: text })).toEqual([
    'PLAUSCH_LISTEN must be host:port, [::1]:port or :port, for example 127.0.0.1:8065.',
  ])
})

test('settings are fixed by section and key, in upper or lower case', () => {
  const { fixed } = readConfig({
    PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER: 'true',
    PLAUSCH_TeamSettings_MaxUsersPerTeam: '12',
    PLAUSCH_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS: '["news", "help"]',
    PLAUSCH_LDAPSETTINGS_BINDPASSWORD: '  with spaces "and quotes"  ',
    PLAUSCH_PLAUSCHSETTINGS_MEMBERSMAYCREATETEAMS: 'False',
    PLAUSCH_FEATUREFLAGS_APPSENABLED: 'true',
    PLAUSCH_SUPPORTSETTINGS_HELPLINK: '',
  })
  expect(fixed).toEqual({
    TeamSettings: {
      EnableOpenServer: true,
      MaxUsersPerTeam: 12,
      ExperimentalDefaultChannels: ['news', 'help'],
    },
    LdapSettings: { BindPassword: '  with spaces "and quotes"  ' },
    PlauschSettings: { MembersMayCreateTeams: false },
    FeatureFlags: { AppsEnabled: true },
    SupportSettings: { HelpLink: '' },
  })
})

test('PLAUSCH_SITE_URL is short for the setting, and setting both is refused', () => {
  const siteUrl = 'https://chat.example.org'
  expect(readConfig({ PLAUSCH_SITE_URL: siteUrl }).fixed).toEqual({ ServiceSettings: { SiteURL: siteUrl } })
  expect(problemsOf({ PLAUSCH_SITE_URL: siteUrl, PLAUSCH_SERVICESETTINGS_SITEURL: siteUrl })).toEqual([
    'PLAUSCH_SITE_URL and PLAUSCH_SERVICESETTINGS_SITEURL are the same setting; only one of them may be there.',
  ])
})

test('the site URL loses a trailing slash, and must have no path', () => {
  const siteUrl = 'https://chat.example.org'
  const below =
    'must have no path after the host: Plausch needs a host name of its own, such as https://chat.example.org.'
  for (const name of ['PLAUSCH_SITE_URL', 'PLAUSCH_SERVICESETTINGS_SITEURL']) {
    expect(readConfig({ [name]: `${siteUrl}/` }).fixed).toEqual({ ServiceSettings: { SiteURL: siteUrl } })
    for (const path of ['/chat', '/chat/', '/a/b'])
      expect(problemsOf({ [name]: `${siteUrl}${path}` })).toEqual([`${name} ${below}`])
    expect(problemsOf({ [name]: `${siteUrl}//` })).toEqual([`${name} must be "" | "https://host[:port]".`])
  }
})

test('empty variables of our own count as unset', () => {
  const env = { PLAUSCH_LISTEN: '', PLAUSCH_DATA: '', PLAUSCH_DATABASE_URL: '', PLAUSCH_SITE_URL: '' }
  expect(readConfig(env)).toEqual(readConfig({}))
})

test('an unknown name is refused, with the nearest known one', () => {
  expect(
    problemsOf({ PLAUSCH_TEAMSETTING_ENABLEOPENSERVER: 'true', PLAUSCH_LISTN: ':1', PLAUSCH_WHATEVER: 'x' }),
  ).toEqual([
    'PLAUSCH_TEAMSETTING_ENABLEOPENSERVER is no variable of Plausch. Did you mean PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER?',
    'PLAUSCH_LISTN is no variable of Plausch. Did you mean PLAUSCH_LISTEN?',
    'PLAUSCH_WHATEVER is no variable of Plausch.',
  ])
})

test.each([
  ['PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER', 'yes', 'true | false'],
  ['PLAUSCH_TEAMSETTINGS_ENABLEOPENSERVER', 'constructor', 'true | false'],
  ['PLAUSCH_TEAMSETTINGS_MAXUSERSPERTEAM', '12.5', '1 … 2147483647'],
  ['PLAUSCH_TEAMSETTINGS_MAXUSERSPERTEAM', '', '1 … 2147483647'],
  ['PLAUSCH_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS', 'news,help', '["…"]'],
  ['PLAUSCH_TEAMSETTINGS_EXPERIMENTALDEFAULTCHANNELS', '[1]', '["…"]'],
  [
    'PLAUSCH_SERVICESETTINGS_COLLAPSEDTHREADS',
    'on',
    '"disabled" | "default_off" | "default_on" | "always_on"',
  ],
])('%s=%s is refused by name', (name, text, expected) => {
  expect(problemsOf({ [name]: text })).toEqual([`${name} must be ${expected}.`])
})

test('the database must be PostgreSQL, and its URL is never repeated', () => {
  const url = 'postgres://plausch:geheim@db.example.org:5432/plausch'
  expect(readConfig({ PLAUSCH_DATABASE_URL: url }).databaseUrl).toBe(url)
  for (const wrong of ['mysql://plausch:geheim@db.example.org/plausch', 'geheim']) {
    expect(problemsOf({ PLAUSCH_DATABASE_URL: wrong })).toEqual([
      'PLAUSCH_DATABASE_URL must be "postgres://user@host:port/database".',
    ])
  }
  const secret = problemsOf({
    PLAUSCH_SQLSETTINGS_DATASOURCEREPLICAS: 'geheim',
    PLAUSCH_SQLSETTINGS_DATASOURCE: 'geheim',
  })
  expect(secret).toHaveLength(2)
  expect(secret.join()).not.toContain('geheim')
})

test('all problems are reported at once', () => {
  const env = {
    PLAUSCH_LISTEN: 'x',
    PLAUSCH_DATABASE_URL: 'x',
    PLAUSCH_X: 'x',
    PLAUSCH_LDAPSETTINGS_LDAPPORT: 'x',
  }
  expect(problemsOf(env)).toHaveLength(4)
  expect(problemsOf({ PLAUSCH_LISTEN: ':1', plausch_listen: ':2' })).toEqual([
    'PLAUSCH_LISTEN is there twice, in different spellings.',
  ])
})

test.each(['127.0.0.1', '127.8.9.1', '::1', '[::1]', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1'])(
  '%s is loopback',
  (host) => {
    expect(isLoopback(host)).toBe(true)
  },
)

test.each([
  '0.0.0.0',
  '::',
  '',
  '10.0.0.1',
  '128.0.0.1',
  '127.example.org',
  'localhost.example.org',
  '::ffff:10.0.0.1',
])('%s is reachable from elsewhere', (host) => {
  expect(isLoopback(host)).toBe(false)
})
